import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, leaveTable } from '#rooms/cases/commands.server.ts';
import { endPair, openPair } from '#rooms/chain/pairs/commands.server.ts';
import { getPair } from '#rooms/chain/pairs/read.server.ts';
import { answerTrust, openRound } from '#rooms/chain/trust/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Whole: every act on trust in a pair of docs/ACTIONS.md, as every role in every state, for real. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(51);
});
afterAll(() => scene.drop());

const asOwner = async (statement: string, values: unknown[] = []): Promise<void> => {
	const owner = await scene.database.connections.owner();
	await owner.query(statement, values).finally(() => owner.end());
};

const message = 'Zullen we kijken hoe het tussen ons gaat?';
const open = (actor: Actor, asked: Actor) => openPair(scene.installation, actor, { membershipId: asked.membershipId, message });

/** Every pair there is was ended: the next one can be opened. */
const endAll = () =>
	asOwner('insert into pair_end select network_id, pair_id, person_id, membership_id, at from pair on conflict do nothing');

async function openPairIn(state: string) {
	const { installation, actors } = scene;
	const { holder, invited } = actors;
	await endAll();
	const { pairId, invitationId } = sure(await open(holder, invited));
	if (state === 'asked') return { pairId, roundId: '' };
	sure(await acceptInvitation(installation, invited, { invitationId }));
	let roundId = '';
	if (state !== 'standing') roundId = sure(await openRound(installation, holder, { pairId })).roundId;
	if (state === 'answered' || state === 'whole') sure(await answerTrust(installation, holder, { roundId, scores: [4, 4, 4, 4, 4] }));
	if (state === 'whole') sure(await answerTrust(installation, invited, { roundId, scores: [2, 3, 4, 5, 4] }));
	// The round was of another quarter.
	if (state === 'lapsed') await asOwner("update trust_round set quarter = '2020-01-01' where round_id = $1", [roundId]);
	if (state === 'ended') sure(await endPair(installation, invited, { pairId }));
	return { pairId, roundId };
}

const people = (role: string): Actor => {
	const { holder, invited, colleague, facilitator, checker, oversight, administrator, stranger } = scene.actors;
	const { governor, secretaryTwo, treasurer } = scene.officers;
	const roles: Readonly<Record<string, Actor>> = {
		...{ opener: holder, other: invited, colleague, facilitator, checker, oversight, administrator, stranger },
		...{ professional: holder, governor, secretariat: secretaryTwo, treasurer }
	};
	const actor = roles[role];
	if (!actor) throw new Error(`nobody plays ${role}`);
	return actor;
};

describe('acts that open a pair', () => {
	const { columns, rows } = tableUnder('Acts that open a pair');
	for (const [act = '', state = '', ...cells] of rows)
		test(`${act}, ${state}`, async () => {
			const answers: Record<string, string> = {};
			for (const role of columns.slice(1)) {
				const actor = people(role);
				const { holder, seated } = scene.actors;
				const asked = actor.organisationId === holder.organisationId ? seated : holder;
				await endAll();
				if (state === 'paired') sure(await open(asked, scene.officers.governor === actor ? actor : asked === holder ? seated : holder));
				const membershipId = scene.installation.world.id();
				if (state === 'both')
					await asOwner(
						`insert into membership (network_id, membership_id, person_id, organisation_id, function_title, roles, valid_from)
							select network_id, $1, $2, $3, 'Ook hier', roles, valid_from from membership where membership_id = $4`,
						[membershipId, asked.personId, actor.organisationId, asked.membershipId]
					);
				scene.installation.world.tick(1000);
				answers[role] = said(await open(actor, asked));
				if (state === 'both') await asOwner('delete from membership where membership_id = $1', [membershipId]);
			}
			expect(answers).toEqual(Object.fromEntries(columns.slice(1).map((role, index) => [role, cells[index]])));
		});
});

type Stage = Awaited<ReturnType<typeof openPairIn>>;
const acts: Readonly<Record<string, (actor: Actor, at: Stage) => Promise<Outcome<unknown>>>> = {
	'pair.read': (actor, { pairId }) => getPair(scene.installation, actor, pairId),
	'pair.end': (actor, { pairId }) => endPair(scene.installation, actor, { pairId }),
	'trust.open_round': (actor, { pairId }) => openRound(scene.installation, actor, { pairId }),
	'trust.answer': (actor, { roundId }) => answerTrust(scene.installation, actor, { roundId, scores: [3, 3, 3, 3, 3] }),
	'seat.invite': (actor, { pairId }) =>
		inviteToTable(scene.installation, actor, { caseId: pairId, membershipId: scene.actors.seated.membershipId, message }),
	'seat.leave': (actor, { pairId }) => leaveTable(scene.installation, actor, { caseId: pairId }),
	'agreement.make': (actor, { pairId }) =>
		makeAgreement(scene.installation, actor, {
			...{ caseId: pairId, what: 'Ik bel elke vrijdag', dueOn: addDays(dayAt(scene.installation.world.now()), 20) },
			receiverId: (actor === scene.actors.holder ? scene.actors.invited : scene.actors.holder).personId
		})
};

describe('acts in a pair', () => {
	const { columns, rows } = tableUnder('Acts in a pair');
	for (const [act = '', state = '', ...cells] of rows)
		test(`${act}, ${state}`, async () => {
			const run = acts[act];
			if (!run) throw new Error(`the matrix test does not know ${act}`);
			const answers: Record<string, string> = {};
			for (const role of columns.slice(1)) {
				const at = await openPairIn(state);
				scene.installation.world.tick(1000);
				answers[role] = said(await run(people(role), at));
			}
			expect(answers).toEqual(Object.fromEntries(columns.slice(1).map((role, index) => [role, cells[index]])));
		});
});
