import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { receiveContribution, pledgeContribution } from '#rooms/fund/contributions/commands.server.ts';
import { confirmReversal, declineReversal, reverseJournal } from '#rooms/fund/ledger/commands.server.ts';
import { getPotFigures } from '#rooms/fund/ledger/read.server.ts';
import { submitPayment, tickTransfer } from '#rooms/fund/payments/commands.server.ts';
import { readTransfers } from '#rooms/fund/payments/read.server.ts';
import { listOwed } from '#rooms/fund/waiting/read.server.ts';
import { answerClose, proposeClose } from '#rooms/fund/years/commands.server.ts';
import { listYearLines, listYears } from '#rooms/fund/years/read.server.ts';
import { closingCents } from '#rooms/fund/years/rules.ts';
import { said } from './acts-document.ts';
import { grantRequest } from './granted.server.ts';
import { openPotScene } from './pot-scene.server.ts';
import type { PotScene } from './pot-scene.server.ts';
import { sure } from './scene.server.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';

/** What two people do to the books, and what reading who is paid leaves in the log, on a real PostgreSQL. */

let pot: PotScene;
beforeAll(async () => void (pot = await openPotScene(43)));
beforeEach(() => pot.scene.installation.world.tick(60_000));
afterAll(() => pot.scene.drop());

const receive = async (amount = '25'): Promise<string> => {
	const { contributionId } = sure(await pledgeContribution(pot.scene.installation, pot.governor, { amount, year: 2026 }));
	return sure(await receiveContribution(pot.scene.installation, pot.treasurer, { contributionId, amount })).stepId;
};
const cash = async (): Promise<number> => (await pot.seen(pot.treasurer, getPotFigures)).cashCents;

describe('taking a journal back', () => {
	test('is proposed by the treasurer and confirmed by another; until then nothing has changed', async () => {
		const { installation } = pot.scene;
		const journalId = await pot.journalOf(await receive());
		const before = await cash();
		const { reversalId } = sure(await reverseJournal(installation, pot.treasurer, { journalId }));
		expect(await cash()).toBe(before);
		expect(said(await reverseJournal(installation, pot.treasurer, { journalId }))).toBe('already_proposed');
		expect(said(await confirmReversal(installation, pot.treasurer, { reversalId }))).toBe('other_eyes');
		const answers = await Promise.all([pot.second, pot.secretary].map((actor) => confirmReversal(installation, actor, { reversalId })));
		expect(answers.map(said).toSorted()).toEqual(['already_answered', 'yes']);
		expect(await cash()).toBe(before - 25_00);
		expect(said(await reverseJournal(installation, pot.treasurer, { journalId }))).toBe('wrong_state');
	});

	test('does not happen after a no, and can be proposed anew', async () => {
		const { installation } = pot.scene;
		const journalId = await pot.journalOf(await receive());
		const before = await cash();
		const { reversalId } = sure(await reverseJournal(installation, pot.treasurer, { journalId }));
		sure(await declineReversal(installation, pot.governor, { reversalId }));
		expect(said(await confirmReversal(installation, pot.second, { reversalId }))).toBe('already_answered');
		expect(said(await declineReversal(installation, pot.treasurer, { reversalId }))).toBe('already_answered');
		sure(await reverseJournal(installation, pot.treasurer, { journalId }));
		expect(await cash()).toBe(before);
	});

	test('of a payment by nobody who had a hand in it: neither proposed nor confirmed', async () => {
		const { installation, actors } = pot.scene;
		const { requestId } = await grantRequest(pot.scene, { cents: 100_00 });
		const payment = sure(await submitPayment(installation, actors.holder, pot.byTransfer(requestId, '100')));
		sure(await tickTransfer(installation, pot.treasurer, payment));
		sure(await tickTransfer(installation, pot.second, payment));
		const journalId = await pot.journalOf(payment.paymentId);
		expect(said(await reverseJournal(installation, pot.treasurer, { journalId }))).toBe('other_eyes');
		const { officers } = pot.scene;
		const { reversalId } = sure(await reverseJournal(installation, officers.treasurer, { journalId }));
		expect(said(await confirmReversal(installation, pot.second, { reversalId }))).toBe('other_eyes');
		sure(await confirmReversal(installation, pot.governor, { reversalId }));
	});

	test('by one alone is refused by the database too', async () => {
		const { installation } = pot.scene;
		const journalId = await pot.journalOf(await receive());
		const roles = await openSqlRoles(pot.scene.database.connections);
		const call = "select 1 from app.reverse_journal($1, $2, null) a where a = 'done'";
		const at = (actor: typeof pot.treasurer) => contextOf(actor, installation.world.now().toISOString());
		try {
			expect(await roles.tried('app', at(pot.treasurer), call, [journalId, installation.world.id()])).toBe(0);
			sure(await reverseJournal(installation, pot.treasurer, { journalId }));
			expect(await roles.tried('app', at(pot.treasurer), call, [journalId, installation.world.id()])).toBe(0);
			expect(await roles.tried('app', at(pot.scene.actors.colleague), call, [journalId, installation.world.id()])).toBe('42501');
			expect(await roles.tried('app', at(pot.governor), call, [journalId, installation.world.id()])).toBe(1);
		} finally {
			await roles.close();
		}
	});
});

test('reading who is to be paid leaves a line in the log of each case, and nothing is shown without it', async () => {
	const { installation, actors } = pot.scene;
	const cases: string[] = [];
	for (const amount of ['10', '20']) {
		const { requestId, caseId } = await grantRequest(pot.scene, { cents: 50_00 });
		sure(await submitPayment(installation, actors.holder, pot.byTransfer(requestId, amount)));
		cases.push(caseId);
	}
	const now = installation.world.now();
	const shown = await pot.seen(pot.second, (tx, send) => readTransfers(installation, { tx, send }, pot.second, now));
	expect(shown.map((one) => one.payee?.name)).toEqual(['Witgoed BV', 'Witgoed BV']);
	const lines = await pot.asOwner<{ case_id: string; person_id: string; object_kind: string }>(
		"select case_id, person_id, object_kind from log_line where act = 'payee.read' and result = 'seen'"
	);
	expect(lines.map((line) => line.case_id).toSorted()).toEqual(cases.toSorted());
	expect(lines.every((line) => line.person_id === pot.second.personId && line.object_kind === 'payment')).toBe(true);
	expect(await pot.seen(actors.colleague, (tx, send) => readTransfers(installation, { tx, send }, actors.colleague, now))).toEqual([]);
	expect(await pot.asOwner("select from log_line where act = 'payee.read'")).toHaveLength(2);
});

test('the treasurer sees who still has to do something, each with where it is done; nobody else does', async () => {
	const { installation } = pot.scene;
	const owed = async (actor = pot.treasurer, now = installation.world.now()) => pot.seen(actor, (tx) => listOwed(tx, actor, now));
	const { contributionId } = sure(await pledgeContribution(installation, pot.governor, { amount: '70', year: 2026 }));
	const of = async (kind: string, now?: Date) => (await owed(pot.treasurer, now)).filter((one) => one.kind === kind);
	expect((await of('contribution_open')).map((one) => [one.path, one.cents])).toContainEqual([`/pot/bijdragen#${contributionId}`, 70_00]);
	expect((await of('transfer')).map((one) => one.cents)).toEqual([10_00, 20_00]);
	// Once one made it ready, it waits for another.
	const [first] = await of('transfer');
	sure(await tickTransfer(installation, pot.treasurer, { paymentId: first?.id }));
	expect((await of('transfer')).map((one) => one.cents)).toEqual([20_00]);
	expect((await of('transfer_second')).map((one) => one.cents)).toEqual([10_00]);
	expect((await of('reversal')).every((one) => one.path === '/pot#terugdraaien')).toBe(true);
	const { requestId } = await grantRequest(pot.scene, { cents: 30_00 });
	// Above the threshold a third person lets it go first.
	const large = await grantRequest(pot.scene, { cents: 1_200_00 });
	expect((await of('release')).map((one) => one.id)).toEqual([large.requestId]);
	const later = (days: number) => new Date(installation.world.now().getTime() + days * 86_400_000);
	expect((await of('lapses', later(40))).some((one) => one.id === requestId)).toBe(false);
	expect((await of('lapses', later(50))).find((one) => one.id === requestId)).toMatchObject({
		cents: 30_00,
		path: `/pot/aanvraag/${requestId}`
	});
	expect(await of('year')).toEqual([]);
	expect((await of('year', new Date('2027-01-02T10:00:00Z'))).map((one) => one.path)).toEqual(['/pot/jaren#jaar-2026']);
	expect(await owed(pot.governor)).toEqual([]);
});

test('a year is closed by two people when it is over; then nothing is booked in it, and a mistake is put right in the open year', async () => {
	const { installation } = pot.scene;
	const { world } = installation;
	const step = await receive('12');
	expect(said(await proposeClose(installation, pot.treasurer, { year: '2026' }))).toBe('wrong_state');
	const in2026 = world.now();
	world.set(new Date('2026-12-31T22:59:59Z'));
	expect(said(await proposeClose(installation, pot.treasurer, { year: '2026' }))).toBe('wrong_state');
	world.set(new Date('2026-12-31T23:00:00Z'));
	const { closeId } = sure(await proposeClose(installation, pot.treasurer, { year: '2026' }));
	expect(said(await proposeClose(installation, pot.treasurer, { year: '2026' }))).toBe('already_proposed');
	expect(said(await answerClose(installation, pot.treasurer, { closeId, answer: 'confirmed' }))).toBe('other_eyes');
	sure(await answerClose(installation, pot.second, { closeId, answer: 'confirmed' }));
	expect(said(await answerClose(installation, pot.governor, { closeId, answer: 'confirmed' }))).toBe('already_answered');
	expect(await pot.seen(pot.governor, (tx) => listYears(tx, pot.governor))).toMatchObject([{ year: 2026, closedBy: pot.second.personId }]);
	const lines = () => pot.seen(pot.governor, (tx) => listYearLines(tx, pot.governor, 2026));
	const closed = await lines();
	expect(closed.reduce((sum, line) => sum + line.debitCents - line.creditCents, 0)).toBe(0);
	const cashOf = (all: typeof closed) => all.filter((line) => line.account === 'cash' && line.team === null).map(closingCents);
	expect(cashOf(closed)).toEqual([await cash()]);

	// A mistake of the closed year is put right now, and what the year closed with stays as it was.
	const { reversalId } = sure(await reverseJournal(installation, pot.treasurer, { journalId: await pot.journalOf(step) }));
	sure(await confirmReversal(installation, pot.second, { reversalId }));
	expect(await lines()).toEqual(closed);
	const next = await pot.seen(pot.governor, (tx) => listYearLines(tx, pot.governor, 2027));
	expect(next.filter((line) => line.account === 'cash' && line.team === null).map((line) => line.openingCents)).toEqual(cashOf(closed));
	expect(cashOf(next)).toEqual([await cash()]);
	// Also when a clock is set back, nothing gets into it.
	world.set(in2026);
	await expect(receive('1')).rejects.toThrow(/closed/);
	const owner = await pot.scene.database.connections.owner();
	await expect(
		owner.query(
			"insert into journal (network_id, journal_id, kind, at) values ($1, gen_random_uuid(), 'reservation', '2026-05-05T10:00:00Z')",
			[pot.treasurer.networkId]
		)
	).rejects.toThrow(/closed/);
	await owner.end();
});
