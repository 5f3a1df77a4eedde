import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { askRequest, prepareRequest, sendRequest } from '#rooms/fund/requests/commands.server.ts';
import { findRequest } from '#rooms/fund/requests/read.server.ts';
import type { Request } from '#rooms/fund/requests/read.server.ts';
import {
	recordDurability,
	recordEffects,
	recordGoal,
	recordPrecedents,
	recordProblem,
	recordScheme,
	recordTriangle
} from '#rooms/fund/requests/steps/commands.server.ts';
import { inviteToTeam, joinTeam, makeTeam } from '#rooms/people/teams/commands.server.ts';
import { caseWords } from './case-words.ts';
import { addPerson } from './more-people.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** What a request is tried with: a team of three organisations with money on its card, and ways to bring a request where a test begins. */
export interface RequestScene {
	readonly scene: Scene;
	readonly teamId: string;
	/** Of the team, besides the asker (`scene.actors.holder`): two of each of two organisations, one of a third. */
	readonly voters: {
		readonly kade: Actor;
		readonly wijk: Actor;
		readonly wijkToo: Actor;
		readonly wijkThree: Actor;
		readonly gemeente: Actor;
	};
	asOwner<T extends object>(sql: string, values?: unknown[]): Promise<T[]>;
	/** Sets what lies on the card of a team (null: in the pot), in cents, as if it had been booked. */
	setMoney(teamId: string | null, cents: number): Promise<void>;
	openCase(actor?: Actor): Promise<string>;
	/** A small request of the holder, with the ask of every voter. */
	ask(wish?: { readonly amount?: string; readonly caseId?: string; readonly teamId?: string }): Promise<Asked>;
	/** A request in the full lane with every step filled in. */
	prepare(wish?: {
		readonly amount?: string;
		readonly acute?: boolean;
		readonly outlook?: string;
		readonly proposed?: string;
	}): Promise<Prepared>;
	/** The same, sent to the secretariat. */
	send(wish?: Parameters<RequestScene['prepare']>[0]): Promise<Prepared>;
	find(actor: Actor, requestId: string): Promise<Request | null>;
}
export interface Asked {
	readonly caseId: string;
	readonly requestId: string;
	/** The ask of someone. */
	askOf(actor: Actor): string;
}
export interface Prepared {
	readonly caseId: string;
	readonly requestId: string;
}

export const lightWords = {
	what: 'Een bed voor het kind.',
	supplier: 'Beddenwinkel Zacht',
	why: 'De bijzondere bijstand duurt zes weken.'
};

/** Makes a team of these people. */
export async function makeTestTeam(scene: Scene, members: readonly Actor[], name = 'Team Haven'): Promise<string> {
	const { installation, actors } = scene;
	const { teamId } = sure(await makeTeam(installation, actors.administrator, { name, area: 'Haven' }));
	for (const member of members)
		sure(
			await joinTeam(
				installation,
				member,
				sure(await inviteToTeam(installation, actors.administrator, { teamId, membershipId: member.membershipId }))
			)
		);
	return teamId;
}

/** Fills in every step of the full lane. */
export async function fillSteps(
	scene: Scene,
	actor: Actor,
	requestId: string,
	wish: { readonly outlook?: string | undefined; readonly proposed?: string | undefined } = {}
): Promise<void> {
	const { installation } = scene;
	const scores = (score: string) => ({ legitimacy: score, involvement: score, return: score });
	sure(
		await recordGoal(installation, actor, {
			requestId,
			goal: 'Ik wil weer thuis slapen.',
			residentDoes: 'Hij belt zelf.',
			horizonMonths: '12'
		})
	);
	sure(await recordProblem(installation, actor, { requestId, problem: 'Geen bed in huis.', kind: 'household', place: '1' }));
	sure(
		await recordScheme(installation, actor, {
			...{ requestId, scheme: 'Bijzondere bijstand', answer: 'refused', askedOn: '2026-11-02', answeredOn: '2026-11-16' },
			why: 'Een bed valt niet onder de regel.'
		})
	);
	sure(
		await recordTriangle(installation, actor, {
			...{ requestId, present: scores('2'), looming: scores('1'), proposed: scores(wish.proposed ?? '4') },
			...{ presentBecause: 'Zo is het nu.', loomingBecause: 'Dit dreigt.', proposedBecause: 'Dit stellen we voor.' }
		})
	);
	sure(await recordDurability(installation, actor, { requestId, outlook: wish.outlook ?? 'yes', because: 'De huur is weer te betalen.' }));
	sure(await recordEffects(installation, actor, { requestId, socialAssistance: 'no', administration: 'none' }));
	sure(await recordPrecedents(installation, actor, { requestId }));
}

/** Opens the scene's team and money. Of the scene, the holder asks. */
export async function openRequestScene(scene: Scene, wish: { readonly money: boolean } = { money: true }): Promise<RequestScene> {
	const { installation, actors, officers } = scene;
	const voters = {
		kade: await addPerson(scene, ['professional'], actors.holder),
		wijk: await addPerson(scene, ['professional'], actors.colleague),
		wijkToo: await addPerson(scene, ['professional'], actors.colleague),
		wijkThree: await addPerson(scene, ['professional'], actors.colleague),
		gemeente: await addPerson(scene, ['professional'], officers.governor)
	};
	const asOwner: RequestScene['asOwner'] = async (sql, values = []) => {
		const owner = await scene.database.connections.owner();
		try {
			return (await owner.query(sql, values)).rows as never[];
		} finally {
			await owner.end();
		}
	};
	const teamId = await makeTestTeam(scene, [actors.holder, ...Object.values(voters)]);
	const setMoney: RequestScene['setMoney'] = async (team, cents) => {
		const { networkId } = actors.holder;
		const changed = await asOwner(
			'update fund_source set cash_cents = $3 + reserved_cents where network_id = $1 and team_id is not distinct from $2 returning 1',
			[networkId, team, cents]
		);
		if (changed.length === 0)
			await asOwner(
				'insert into fund_source (network_id, source_id, team_id, cash_cents, made_at) values ($1, gen_random_uuid(), $2, $3, $4)',
				[networkId, team, cents, installation.world.now()]
			);
	};
	if (wish.money) {
		await setMoney(teamId, 10_000_00);
		await setMoney(null, 100_000_00);
	}
	const open = async (actor: Actor = actors.holder) => sure(await openCase(installation, actor, caseWords)).caseId;
	const prepare: RequestScene['prepare'] = async ({ amount = '2.500', acute = false, ...steps } = {}) => {
		const caseId = await open();
		const { requestId } = sure(await prepareRequest(installation, actors.holder, { caseId, ...lightWords, amount, acute }));
		await fillSteps(scene, actors.holder, requestId, steps);
		return { caseId, requestId };
	};
	return {
		...{ scene, teamId, voters, asOwner, setMoney, openCase: open, prepare },
		async ask({ amount = '75', caseId, teamId: team = teamId } = {}) {
			const of = caseId ?? (await open());
			const { requestId, questionId } = sure(
				await askRequest(installation, actors.holder, { caseId: of, teamId: team, ...lightWords, amount })
			);
			const asks = await asOwner<{ ask_id: string; person_id: string }>(
				'select ask_id, person_id from question_ask where question_id = $1',
				[questionId]
			);
			return {
				...{ caseId: of, requestId },
				askOf: (actor) => asks.find((ask) => ask.person_id === actor.personId)?.ask_id ?? '00000000-0000-7000-8000-000000000000'
			};
		},
		async send(how) {
			const made = await prepare(how);
			sure(await sendRequest(installation, actors.holder, { requestId: made.requestId }));
			return made;
		},
		find: (actor, requestId) => read(installation, actor, (tx) => findRequest(tx, actor, requestId))
	};
}
