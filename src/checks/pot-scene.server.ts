import type { Actor } from '#foundation/actor.ts';
import type { Send, Tx } from '#foundation/database/door.server.ts';
import { pdfFile } from '#foundation/files/testing.server.ts';
import { pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { confirmTeamFunding, fundTeam } from '#rooms/fund/team-money/commands.server.ts';
import { addTeam } from './granted.server.ts';
import { addPerson } from './more-people.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** A scene with a pot of 50,000 euro, 20,000 of it on the card of a team, and who keeps it. */
export interface PotScene {
	readonly scene: Scene;
	readonly teamId: string;
	/** Works for the organisation of the scene's colleague, as do `secretary` and `governor`. */
	readonly treasurer: Actor;
	/** A governor of the holder's organisation. */
	readonly second: Actor;
	readonly secretary: Actor;
	readonly governor: Actor;
	asOwner<T extends object>(sql: string, values?: unknown[]): Promise<T[]>;
	/** Reads as someone, at the scene's own moment. */
	seen<T>(actor: Actor, read: (tx: Tx, send: Send) => Promise<T>): Promise<T>;
	/** A household of its own each time. */
	household(): { readonly postcode: string; readonly houseNumber: string; readonly birthDate: string };
	/** The input of a payment by transfer. */
	byTransfer(requestId: string, amount: string, more?: object): Record<string, unknown>;
	/** Puts money in the pot. */
	fund(euro: string): Promise<void>;
	/** A request that was granted this much, put straight in the database; once for each id, one after the other. */
	granted(requestId: string, cents: number): Promise<void>;
	/** The journal that was booked from a fact. */
	journalOf(subjectId: string): Promise<string>;
}

/** Drop its scene in `afterAll`. @param wish.money false: the pot begins empty, and the team too */
export async function openPotScene(seed: number, wish: { readonly money: boolean } = { money: true }): Promise<PotScene> {
	const scene = await openScene(seed);
	const { installation, actors } = scene;
	const treasurer = await addPerson(scene, ['treasurer']);
	const second = await addPerson(scene, ['governor'], actors.holder);
	const secretary = await addPerson(scene, ['secretariat']);
	const governor = await addPerson(scene, ['governor']);
	const teamId = await addTeam(scene);
	const fund: PotScene['fund'] = async (amount) => {
		const { contributionId } = sure(await pledgeContribution(installation, governor, { amount, year: 2026 }));
		sure(await receiveContribution(installation, treasurer, { contributionId, amount }));
	};
	if (wish.money) {
		await fund('50000');
		const { fundingId } = sure(await fundTeam(installation, treasurer, { teamId, amount: '20000' }));
		sure(await confirmTeamFunding(installation, second, { fundingId, answer: 'confirmed' }));
	}
	const asOwner: PotScene['asOwner'] = async <T extends object>(text: string, values: unknown[] = []) => {
		const owner = await scene.database.connections.owner();
		try {
			return (await owner.query<T>(text, values)).rows;
		} finally {
			await owner.end();
		}
	};
	let turn: Promise<unknown> = Promise.resolve();
	const granted: PotScene['granted'] = (requestId, cents) => {
		const { holder } = actors;
		const made = turn.then(() =>
			asOwner(
				`with r as (
					insert into request (network_id, request_id, kind, lane, amount_cents, asked_by, membership_id, organisation_id, acute, at)
					values ($1, $2, 'gift', 'full', $3, $4, $5, $6, false, $7) on conflict do nothing returning network_id, request_id, at)
				insert into request_event (network_id, request_id, event_id, kind, granted_cents, at)
				select network_id, request_id, gen_random_uuid(), 'granted', $3, at from r`,
				[holder.networkId, requestId, cents, holder.personId, holder.membershipId, holder.organisationId, installation.world.now()]
			)
		);
		turn = made;
		return made.then(() => undefined);
	};
	let house = 0;
	const household: PotScene['household'] = () => ({ postcode: '5211 AB', houseNumber: String(++house), birthDate: '1980-02-29' });
	return {
		...{ scene, teamId, treasurer, second, secretary, governor, asOwner, household, fund, granted },
		seen: (actor, read) => installation.door.actor(actor, installation.world.now(), read),
		byTransfer: (requestId, amount, more = {}) => ({
			...{ requestId, amount, way: 'transfer', payee: 'Witgoed BV', iban: 'nl91 abna 0417 1643 00', reference: 'F-2026-17' },
			...{ receipt: Buffer.from(pdfFile()).toString('base64'), ...household(), ...more }
		}),
		async journalOf(subjectId) {
			const [row] = await asOwner<{ id: string }>('select journal_id as id from journal_subject where subject_id = $1', [subjectId]);
			return row?.id ?? '';
		}
	};
}
