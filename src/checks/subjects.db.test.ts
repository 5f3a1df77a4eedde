import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '#foundation/outcome.ts';
import { makeAgreement, answerReport, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { remindOfAgreements } from '#rooms/agreements/turns/jobs.server.ts';
import { acceptInvitation, inviteToTable, leaveTable, reopenCase } from '#rooms/cases/commands.server.ts';
import { offerHandOver, takeOver } from '#rooms/cases/hand-over/commands.server.ts';
import { findCase, listMyCases } from '#rooms/cases/read.server.ts';
import { closeCase, nameCause } from '#rooms/causes/commands.server.ts';
import { prepareRequest } from '#rooms/fund/requests/commands.server.ts';
import { askQuestion } from '#rooms/knowledge/commands.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { said } from './acts-document.ts';
import { lightWords } from './request-scene.server.ts';
import { openSubjectRow } from './subject-row.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Around a project and around a pair people sit and promise as around a case; everything else of a case does not exist there. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(50);
});
afterAll(() => scene.drop());

const asOwner = async <R extends object>(statement: string, values: unknown[]): Promise<R[]> => {
	const owner = await scene.database.connections.owner();
	return owner
		.query<R>(statement, values)
		.then(({ rows }) => rows)
		.finally(() => owner.end());
};

const invite = (caseId: string) =>
	inviteToTable(scene.installation, scene.actors.holder, {
		...{ caseId, membershipId: scene.actors.seated.membershipId, message: 'Wil je meedoen?' }
	});

/** Nobody is asked to a pair but by who opens it. */
async function askToPair(caseId: string): Promise<{ invitationId: string }> {
	const { holder, seated } = scene.actors;
	expect(said(await invite(caseId))).toBe('not_found');
	const invitationId = scene.installation.world.id();
	await asOwner('insert into seat_invitation values ($1, $2, $3, $4, $5, $6, $7)', [
		...[holder.networkId, invitationId, caseId, seated.personId, seated.membershipId, holder.personId, scene.installation.world.now()]
	]);
	return { invitationId };
}

describe.each(['project', 'pair'] as const)('a %s', (kind) => {
	let caseId: string;
	beforeAll(async () => {
		caseId = await openSubjectRow(scene, kind);
		const asked = kind === 'pair' ? await askToPair(caseId) : sure(await invite(caseId));
		sure(await acceptInvitation(scene.installation, scene.actors.seated, asked));
	});

	test('takes promises, reports and answers of who sits there', async () => {
		const { installation, actors } = scene;
		const promise = { caseId, what: 'Ik plan de beurt', dueOn: '2026-12-01', receiverId: actors.holder.personId };
		const { agreementId } = sure(await makeAgreement(installation, actors.seated, promise));
		sure(await reportAgreement(installation, actors.seated, { agreementId, outcome: 'kept' }));
		sure(await answerReport(installation, actors.holder, { agreementId, answer: 'confirmed' }));
		for (const stranger of ['colleague', 'facilitator', 'stranger'] as const) {
			expect(said(await makeAgreement(installation, actors[stranger], promise))).toBe('not_found');
			expect(said(await reportAgreement(installation, actors[stranger], { agreementId, outcome: 'kept' }))).toBe('not_found');
		}
	});

	test('is to everything else of a case not there, also for who opened it', async () => {
		const { installation, actors } = scene;
		const { holder, seated } = actors;
		const closing = { caseId, outcome: 'withdrawn', cause: 'none', responsible: '' };
		const tries: Record<string, () => Promise<Outcome<unknown>>> = {
			'question.ask': () => askQuestion(installation, holder, { caseId, text: 'Wie weet dit?', asked: [actors.colleague.membershipId] }),
			'cause.name': () => nameCause(installation, holder, { caseId, cause: 'none', responsible: '' }),
			'request.prepare': () => prepareRequest(installation, holder, { caseId, ...lightWords, amount: '900' }),
			'value_map.record': () =>
				recordValueMap(installation, holder, {
					...{ caseId, potCents: 100, horizonYears: 1, looming: [{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1 }] }
				}),
			'case.close': () => closeCase(installation, holder, closing),
			'case.reopen': () => reopenCase(installation, holder, { caseId }),
			'case.read': () => getCaseTable(installation, holder, caseId),
			'case.copy': () => getCaseTable(installation, holder, caseId, 'case.copy'),
			'seat.offer_hand_over': () => offerHandOver(installation, holder, { caseId, membershipId: seated.membershipId, stays: 'yes' }),
			'seat.take_over': () => takeOver(installation, seated, { caseId })
		};
		for (const [act, attempt] of Object.entries(tries)) expect(`${act} ${said(await attempt())}`).toBe(`${act} not_found`);
		const now = installation.world.now();
		const { found, mine } = await installation.door.actor(holder, now, async (tx) => ({
			found: await findCase(tx, holder, caseId),
			mine: await listMyCases(tx, holder, { limit: 100 })
		}));
		expect(found).toBeNull();
		expect(mine).toEqual([]);
	});

	test('is refused by the database too where only a case can stand', async () => {
		const { networkId, personId, membershipId } = scene.actors.holder;
		await expect(
			asOwner("insert into case_event values ($1, $2, gen_random_uuid(), 'opened', null, now(), $3, $4)", [
				...[networkId, caseId, personId, membershipId]
			])
		).rejects.toMatchObject({ code: '23503' });
		await expect(
			asOwner('insert into case_record values ($1, $2, $3, true, now(), $4, $5, $6)', [
				...[networkId, caseId, `Schuilnaam ${kind}`, personId, membershipId, scene.actors.holder.organisationId]
			])
		).rejects.toMatchObject({ code: '23503' });
	});

	test('counts in no figure of cases, and its kept promise helps no case', async () => {
		const { holder } = scene.actors;
		const now = scene.installation.world.now();
		const figures = await scene.installation.door.actor(
			holder,
			now,
			async (tx) => (await sql<{ cases: string }>`select cases from app.figure_cases()`.execute(tx)).rows
		);
		expect(figures).toEqual([]);
		const helped = await scene.installation.door.job(
			holder.networkId,
			now,
			async (tx) => (await sql`select from app.first_helps()`.execute(tx)).rows
		);
		expect(helped).toEqual([]);
	});

	test('reminds of a promise that is overdue', async () => {
		const { installation, actors } = scene;
		const promise = { caseId, what: 'Ik bel de dakdekker', dueOn: '2026-12-01', receiverId: actors.holder.personId };
		const { agreementId } = sure(await makeAgreement(installation, actors.seated, promise));
		const later = new Date('2026-12-20T09:00:00Z');
		await remindOfAgreements(installation, actors.holder.networkId, later);
		const reminders = await asOwner('select from agreement_reminder where agreement_id = $1', [agreementId]);
		expect(reminders).toHaveLength(1);
	});

	test(kind === 'pair' ? 'is left by nobody: it is ended' : 'is left by who was asked to it, and then no more there for them', async () => {
		const { installation, actors } = scene;
		installation.world.tick(1000);
		const leaves = async (who: 'seated' | 'holder') => said(await leaveTable(installation, actors[who], { caseId }));
		if (kind === 'pair') return expect([await leaves('seated'), await leaves('holder')]).toEqual(['not_found', 'not_found']);
		expect(await leaves('seated')).toBe('yes');
		installation.world.tick(1000);
		expect(await leaves('seated')).toBe('not_found');
		expect(await leaves('holder')).toBe('holder_cannot_leave');
	});
});
