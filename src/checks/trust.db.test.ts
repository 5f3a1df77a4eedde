import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { remindOfAgreements } from '#rooms/agreements/turns/jobs.server.ts';
import { acceptInvitation, declineInvitation } from '#rooms/cases/commands.server.ts';
import { listMyCases } from '#rooms/cases/read.server.ts';
import { endPair, openPair } from '#rooms/chain/pairs/commands.server.ts';
import { getPair, listMyPairs } from '#rooms/chain/pairs/read.server.ts';
import { answerTrust, openRound } from '#rooms/chain/trust/commands.server.ts';
import { said } from './acts-document.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Trust in a pair: what one side answered is nowhere until the other did, and what both did is nobody else's. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(52);
});
afterAll(() => scene.drop());

const asOwner = async <R extends object>(statement: string, values: unknown[] = []): Promise<R[]> => {
	const owner = await scene.database.connections.owner();
	return owner
		.query<R>(statement, values)
		.then(({ rows }) => rows)
		.finally(() => owner.end());
};
const message = 'Zullen we kijken hoe het tussen ons gaat?';
const ask = (actor: Actor, { membershipId }: Actor) => openPair(scene.installation, actor, { membershipId, message });
const later = () => scene.installation.world.tick(1000);
const asActor = <R>(actor: Actor, work: Parameters<typeof scene.installation.door.actor<R>>[2]) =>
	scene.installation.door.actor(actor, scene.installation.world.now(), work);
const countedBy = (actor: Actor, table: 'pair' | 'trust_round' | 'trust_answer' | 'subject' | 'case_seat') =>
	asActor(actor, async (tx) => Number((await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(tx)).rows[0]?.n));

async function standing(one: Actor, other: Actor): Promise<string> {
	const { pairId, invitationId } = sure(await ask(one, other));
	sure(await acceptInvitation(scene.installation, other, { invitationId }));
	later();
	return pairId;
}

describe('a round', () => {
	let pairId: string;
	let roundId: string;
	beforeAll(async () => {
		pairId = await standing(scene.actors.holder, scene.actors.seated);
		roundId = sure(await openRound(scene.installation, scene.actors.holder, { pairId })).roundId;
	});

	test('shows nothing of one side to the other: not on the page, not in a table, not in the log, not in a letter, not to a page that waits', async () => {
		const { installation, actors } = scene;
		const { holder, seated } = actors;
		const seen = async () => {
			const { rounds } = sure(await getPair(installation, seated, pairId));
			const rows = await countedBy(seated, 'trust_answer');
			const lines = await asActor(seated, async (tx) => {
				const found = await sql<{ act: string }>`select act from log_line where case_id = ${pairId} and act <> 'pair.read'`.execute(tx);
				return found.rows.map(({ act }) => act);
			});
			const whole = await asActor(seated, async (tx) => (await sql`select from app.whole_rounds()`.execute(tx)).rows.length);
			return { rounds, rows, lines, whole, mine: (await asActor(seated, (tx) => listMyPairs(tx, seated, installation.world.now())))[0] };
		};
		const before = await seen();
		const told = (await asOwner('select from outbox where payload::text like $1', [`%${pairId}%`])).length;
		later();
		sure(await answerTrust(installation, holder, { roundId, scores: [4, 3, 4, 4, 5] }));
		expect(await seen()).toEqual(before);
		expect((await asOwner('select from outbox where payload::text like $1', [`%${pairId}%`])).length).toBe(told);
		expect(before).toMatchObject({ rows: 0, whole: 0, rounds: [{ state: 'to_answer', told: null }] });
		expect(sure(await getPair(installation, holder, pairId)).rounds).toMatchObject([{ state: 'waits', told: null }]);
	});

	test('shows both to both once both answered, and says so to who answered first', async () => {
		const { installation, actors } = scene;
		const { holder, seated, colleague, facilitator } = actors;
		later();
		sure(await answerTrust(installation, seated, { roundId, scores: [3, 3, 5, 2, 4] }));
		const [mine, theirs] = [sure(await getPair(installation, holder, pairId)), sure(await getPair(installation, seated, pairId))];
		expect(mine.rounds[0]?.told).toMatchObject({ level: 3.7, gap: 2 });
		expect(theirs.rounds[0]?.told?.lines.map((line) => [line.mine, line.theirs])).toEqual([
			...[
				[3, 4],
				[3, 3],
				[5, 4]
			],
			...[
				[2, 4],
				[4, 5]
			]
		]);
		const letters = await asOwner<{ kind: string; to: string }>(
			"select kind, payload->>'personId' as to from outbox where kind like 'mail.trust%' order by at"
		);
		expect(letters).toEqual([
			{ kind: 'mail.trust_round', to: seated.personId },
			{ kind: 'mail.trust_whole', to: holder.personId }
		]);
		for (const other of [colleague, facilitator, actors.checker, actors.oversight, actors.stranger, scene.officers.governor])
			for (const table of ['pair', 'trust_round', 'trust_answer', 'subject', 'case_seat'] as const)
				expect([other.roles, table, await countedBy(other, table)]).toEqual([other.roles, table, 0]);
	});

	test('is done when each promised the other something, in an agreement like any other', async () => {
		const { installation, actors } = scene;
		const { holder, seated } = actors;
		const dueOn = addDays(dayAt(installation.world.now()), 14);
		const state = async (actor: Actor) => sure(await getPair(installation, actor, pairId)).rounds[0]?.state;
		later();
		const what = { caseId: pairId, dueOn, what: 'Ik laat het dezelfde dag weten als een monteur uitvalt.' };
		const { agreementId } = sure(await makeAgreement(installation, holder, { ...what, receiverId: seated.personId }));
		expect([await state(holder), await state(seated)]).toEqual(['other_promises', 'to_promise']);
		sure(await makeAgreement(installation, seated, { ...what, what: 'Ik deel de planning.', receiverId: holder.personId }));
		expect([await state(holder), await state(seated)]).toEqual(['done', 'done']);
		sure(await reportAgreement(installation, holder, { agreementId, outcome: 'kept' }));
		const mine = await asActor(seated, (tx) => listMyPairs(tx, seated, installation.world.now()));
		expect(mine).toMatchObject([{ state: 'standing', waits: 'agreement', round: { state: 'done' } }]);
		sure(await answerReport(installation, seated, { agreementId, answer: 'confirmed' }));
		expect(await asActor(seated, (tx) => listMyCases(tx, seated, { limit: 10 }))).toEqual([]);
	});

	test('is refused by the database for another seat, another side, or half a sheet', async () => {
		const { networkId, personId, membershipId } = scene.actors.seated;
		const [round] = await asOwner<{ seat_one: string }>('select seat_one from trust_round where round_id = $1', [roundId]);
		await asOwner('delete from trust_answer where round_id = $1 and seat_id = $2', [roundId, round?.seat_one]);
		const write = (scores: number[]) =>
			asActor(scene.actors.seated, (tx) =>
				tx
					.insertInto('trustAnswer')
					.values({ networkId, roundId, pairId, seatId: round?.seat_one ?? '', scores, personId, membershipId, at: new Date() })
					.execute()
			);
		await expect(write([1, 1, 1, 1, 1])).rejects.toMatchObject({ code: '42501' });
		const half = asOwner('insert into trust_answer values ($1, $2, $3, $4, $5, $6, $7, now())', [
			...[networkId, roundId, pairId, round?.seat_one, [1, 2, 6, 1, 1], personId, membershipId]
		]);
		await expect(half).rejects.toMatchObject({ code: '23514' });
	});
});

describe('a pair', () => {
	test('is one for two organisations, whoever opens it, until it is ended or declined', async () => {
		const { installation, actors, officers } = scene;
		const { holder, seated, colleague, invited } = actors;
		for (const { pairId } of await asActor(holder, (tx) => listMyPairs(tx, holder, installation.world.now())))
			sure(await endPair(installation, holder, { pairId }));
		const first = sure(await ask(holder, colleague));
		expect([said(await ask(holder, seated)), said(await ask(seated, holder))]).toEqual(['already_paired', 'already_paired']);
		// With a third organisation it is another pair.
		sure(await ask(officers.governor, holder));
		sure(await declineInvitation(installation, colleague, { invitationId: first.invitationId }));
		const [declined] = await asActor(holder, (tx) => listMyPairs(tx, holder, installation.world.now()));
		expect(declined?.state).toBe('declined');
		const next = sure(await ask(seated, holder));
		expect(said(await ask(invited, holder))).toBe('already_paired');
		sure(await endPair(installation, seated, { pairId: next.pairId }));
		expect(said(await ask(actors.facilitator, holder))).toBe('not_allowed');
		expect(said(await ask(holder, actors.facilitator))).toBe('invalid');
	});

	test('is no obstacle once someone of it no longer works there, and the successor sees nothing of before', async () => {
		const { installation, actors } = scene;
		const { holder, seated, colleague } = actors;
		const pairId = await standing(holder, seated);
		sure(await openRound(installation, holder, { pairId }));
		await asOwner('update membership set valid_until = $1 where membership_id = $2', [installation.world.now(), seated.membershipId]);
		later();
		const table = sure(await getPair(installation, holder, pairId));
		expect(table.other.works).toBe(false);
		expect(said(await getPair(installation, seated, pairId))).toBe('not_found');
		const newer = await standing(colleague, holder);
		expect(sure(await getPair(installation, colleague, newer)).rounds).toEqual([]);
		expect(await countedBy(colleague, 'trust_round')).toBe(0);
		sure(await endPair(installation, colleague, { pairId: newer }));
		await asOwner('update membership set valid_until = null where membership_id = $1', [seated.membershipId]);
		sure(await endPair(installation, holder, { pairId }));
	});

	test('when ended leaves what was promised unfinished, and nobody is reminded of it', async () => {
		const { installation, actors } = scene;
		const { holder, invited } = actors;
		const pairId = await standing(holder, invited);
		const dueOn = dayAt(installation.world.now());
		const promise = { caseId: pairId, what: 'Ik bel de dakdekker', dueOn, receiverId: holder.personId };
		const { agreementId } = sure(await makeAgreement(installation, invited, promise));
		sure(await endPair(installation, holder, { pairId }));
		expect(
			await asOwner("select payload ->> 'personId' as to from outbox where kind = 'mail.pair_ended' and payload ->> 'pairId' = $1", [
				pairId
			])
		).toEqual([{ to: invited.personId }]);
		later();
		expect(said(await reportAgreement(installation, invited, { agreementId, outcome: 'kept' }))).toBe('wrong_state');
		const after = new Date(installation.world.now().getTime() + 20 * 86_400_000);
		await remindOfAgreements(installation, holder.networkId, after);
		expect(await asOwner('select from agreement_reminder where agreement_id = $1', [agreementId])).toEqual([]);
		const mine = await installation.door.actor(
			invited,
			after,
			async (tx) => (await sql<{ what: string }>`select what from app.figure_mine()`.execute(tx)).rows
		);
		expect(mine.map(({ what }) => what)).not.toContain('overdue');
	});
});
