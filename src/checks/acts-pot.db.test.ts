import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { pdfFile } from '#foundation/files/testing.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { acceptInvitation, inviteToTable } from '#rooms/cases/commands.server.ts';
import { acceptClaim, declineClaim, payClaim, proposeClaim, writeOffClaim } from '#rooms/fund/claims/commands.server.ts';
import { readClaims } from '#rooms/fund/claims/read.server.ts';
import { acceptSplit, claimBySplit, proposeSplit } from '#rooms/fund/splits/commands.server.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { confirmReversal, declineReversal, reverseJournal } from '#rooms/fund/ledger/commands.server.ts';
import { releasePayment, submitPayment, tickTransfer, withdrawPayment } from '#rooms/fund/payments/commands.server.ts';
import { addReceipt } from '#rooms/fund/payments/receipts/commands.server.ts';
import { readReceipt, readTransfers } from '#rooms/fund/payments/read.server.ts';
import { answerClose, proposeClose } from '#rooms/fund/years/commands.server.ts';
import { confirmTeamFunding, fundTeam } from '#rooms/fund/team-money/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { runDaily } from './run-daily.server.ts';
import { addTeam, grantRequest, lapse } from './granted.server.ts';
import { addPerson } from './more-people.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Whole: every act on the pot of docs/ACTIONS.md, as every role in every state, for real. */

const onPot = tableUnder('Acts on the pot');
const onGranted = tableUnder('Acts on money that was granted');
const onPaidBack = tableUnder('Acts on what is paid back');
const ofProduct = tableUnder('Acts of the product on the pot');
let scene: Scene;
let people: Readonly<Record<string, Actor>>;
let treasurer: Actor;
let governor: Actor;
let teamId: string;
let splitId: string;
beforeAll(async () => {
	scene = await openScene(5);
	const { holder, seated, colleague, administrator, facilitator, checker, oversight, stranger } = scene.actors;
	// The treasurer works for another organisation than who may bind the one that is asked to pay back.
	treasurer = await addPerson(scene, ['treasurer'], holder);
	governor = await addPerson(scene, ['governor']);
	people = {
		...{ professional: colleague, administrator, facilitator, checker, oversight, stranger, governor, treasurer },
		...{ asker: holder, seated, colleague, secretariat: await addPerson(scene, ['secretariat']) }
	};
	const { contributionId } = sure(await pledgeContribution(scene.installation, governor, { amount: '200000', year: '2026' }));
	sure(await receiveContribution(scene.installation, treasurer, { contributionId, amount: '200000' }));
	teamId = await addTeam(scene);
	const { fundingId } = sure(await fundTeam(scene.installation, treasurer, { teamId, amount: '20000' }));
	sure(await confirmTeamFunding(scene.installation, governor, { fundingId, answer: 'confirmed' }));
	splitId = sure(await proposeSplit(scene.installation, treasurer, { kind: 'equal' })).splitId;
	sure(await acceptSplit(scene.installation, governor, { splitId }));
});
afterAll(() => scene.drop());

const as = (role: string): Actor => {
	const actor = people[role];
	if (!actor) throw new Error(`nobody plays ${role}`);
	return actor;
};
const pledge = async (): Promise<string> =>
	sure(await pledgeContribution(scene.installation, scene.actors.administrator, { amount: '100', year: '2026' })).contributionId;
const receive = async (): Promise<string> =>
	sure(await receiveContribution(scene.installation, treasurer, { contributionId: await pledge(), amount: '1' })).stepId;
const journalOf = async (subjectId: string): Promise<string> =>
	(
		await scene.installation.door.actor(treasurer, scene.installation.world.now(), (tx) =>
			tx.selectFrom('journalSubject').select('journalId').where('subjectId', '=', subjectId).executeTakeFirstOrThrow()
		)
	).journalId;

const proposeReversal = async () =>
	sure(await reverseJournal(scene.installation, treasurer, { journalId: await journalOf(await receive()) }));
/** Does something as if the year were over. */
async function inNextYear<T>(work: () => Promise<T>): Promise<T> {
	const { world } = scene.installation;
	const now = world.now();
	world.set(new Date('2027-01-04T09:00:00Z'));
	try {
		return await work();
	} finally {
		world.set(now);
	}
}

const doing: Readonly<Record<string, (actor: Actor) => Promise<Outcome<unknown>>>> = {
	'contribution.pledge': (actor) => pledgeContribution(scene.installation, actor, { amount: '100', year: '2026' }),
	'contribution.invoice': async (actor) =>
		invoiceContribution(scene.installation, actor, { contributionId: await pledge(), amount: '100', dueOn: '2026-12-31' }),
	'contribution.receive': async (actor) =>
		receiveContribution(scene.installation, actor, { contributionId: await pledge(), amount: '100' }),
	'team.fund': (actor) => fundTeam(scene.installation, actor, { teamId, amount: '1' }),
	'team.confirm_fund': async (actor) => {
		const { fundingId } = sure(await fundTeam(scene.installation, treasurer, { teamId, amount: '1' }));
		return confirmTeamFunding(scene.installation, actor, { fundingId, answer: 'confirmed' });
	},
	'split.propose': (actor) => proposeSplit(scene.installation, actor, { kind: 'by_deposit' }),
	'split.accept': async (actor) =>
		acceptSplit(scene.installation, actor, sure(await proposeSplit(scene.installation, treasurer, { kind: 'equal' }))),
	'journal.reverse': async (actor) => reverseJournal(scene.installation, actor, { journalId: await journalOf(await receive()) }),
	'journal.confirm_reverse': async (actor) => confirmReversal(scene.installation, actor, await proposeReversal()),
	'journal.decline_reverse': async (actor) => declineReversal(scene.installation, actor, await proposeReversal()),
	'year.close': (actor) => inNextYear(() => proposeClose(scene.installation, actor, { year: '2026' })),
	'year.confirm_close': (actor) =>
		inNextYear(async () => {
			const [waiting] = await asOwner<{ id: string }>(
				'select close_id as id from year_close c where not exists (select from year_close_end e where e.close_id = c.close_id)',
				[]
			);
			const closeId = waiting?.id ?? sure(await proposeClose(scene.installation, treasurer, { year: '2026' })).closeId;
			const answered = await answerClose(scene.installation, actor, { closeId, answer: 'confirmed' });
			// Opened again, so that everyone finds the year as the first did.
			await asOwner('delete from year_close_end', []);
			await asOwner('delete from year_close', []);
			return answered;
		}),
	'payee.read': async (actor) => {
		await stage('entered');
		const { installation } = scene;
		const shown = await installation.door.actor(actor, installation.world.now(), (tx, send) =>
			readTransfers(installation, { tx, send }, actor, installation.world.now())
		);
		return shown.some((one) => one.payee !== null) ? { ok: true, value: shown } : { ok: false, refusal: { code: 'not_found' } };
	}
};

describe('acts on the pot', () => {
	for (const [act = '', ...cells] of onPot.rows)
		test(act, async () => {
			const run = doing[act];
			if (!run) throw new Error(`the matrix test does not know ${act}`);
			const answers: Record<string, string> = {};
			const expected: Record<string, string> = {};
			for (const [index, role] of onPot.columns.entries()) {
				expected[role] = cells[index] ?? '';
				answers[role] = said(await run(as(role)));
			}
			expect(answers).toEqual(expected);
		});
});

interface Stage {
	readonly requestId: string;
	readonly paymentId: string;
	readonly receiptId: string;
}
const receipt = Buffer.from(pdfFile()).toString('base64');
let house = 0;
const payment = (requestId: string, way: string, amount: string) => ({
	...{ requestId, amount, way, receipt, postcode: '5211AB', houseNumber: String(++house), birthDate: '1970-01-01' },
	...(way === 'card' ? { lastOne: true } : { payee: 'Witgoed BV', iban: 'NL91ABNA0417164300', reference: 'F-1' })
});

/** A request of the asker in a state, with someone else at its table. */
async function stage(state: string): Promise<Stage> {
	const { installation, actors } = scene;
	const { caseId, requestId } = await grantRequest(scene, state.startsWith('above') ? { cents: 1_500_00 } : { cents: 20_00, teamId });
	const seat = sure(
		await inviteToTable(installation, actors.holder, { caseId, membershipId: actors.seated.membershipId, message: 'Doe mee' })
	);
	sure(await acceptInvitation(installation, actors.seated, seat));
	if (state.endsWith('lapsed')) await lapse(scene, requestId);
	if (['granted', 'above', 'lapsed', 'above_lapsed'].includes(state)) return { requestId, paymentId: '', receiptId: '' };
	const way = state === 'paid' ? 'card' : 'transfer';
	const { paymentId } = sure(await submitPayment(installation, actors.holder, payment(requestId, way, '20')));
	if (state === 'ready') sure(await tickTransfer(installation, treasurer, { paymentId }));
	if (state === 'withdrawn') sure(await withdrawPayment(installation, actors.holder, { paymentId }));
	const { receiptId } = await installation.door.actor(actors.holder, installation.world.now(), (tx) =>
		tx.selectFrom('receipt').select('receiptId').where('paymentId', '=', paymentId).executeTakeFirstOrThrow()
	);
	return { requestId, paymentId, receiptId };
}
const withGranted: Readonly<Record<string, (actor: Actor, at: Stage) => Promise<Outcome<unknown>>>> = {
	'payment.submit': (actor, at) => submitPayment(scene.installation, actor, payment(at.requestId, 'transfer', '5')),
	'payment.release': (actor, at) => releasePayment(scene.installation, actor, { requestId: at.requestId }),
	'payment.withdraw': (actor, at) => withdrawPayment(scene.installation, actor, { paymentId: at.paymentId }),
	'transfer.tick': (actor, at) => tickTransfer(scene.installation, actor, { paymentId: at.paymentId }),
	'receipt.read': (actor, at) => readReceipt(scene.installation, actor, at.receiptId),
	'receipt.add': (actor, at) => addReceipt(scene.installation, actor, { paymentId: at.paymentId, receipt })
};

describe('acts on money that was granted', () => {
	for (const [act = '', state = '', ...cells] of onGranted.rows)
		test(`${act} when it is ${state}`, async () => {
			const run = withGranted[act];
			if (!run) throw new Error(`the matrix test does not know ${act}`);
			const answers: Record<string, string> = {};
			const expected: Record<string, string> = {};
			for (const [index, role] of onGranted.columns.slice(1).entries()) {
				expected[role] = cells[index] ?? '';
				answers[role] = said(await run(as(role), await stage(state)));
			}
			expect(answers).toEqual(expected);
		});
});

interface Back {
	readonly requestId: string;
	readonly claimId: string;
}
const dueOn = '2027-12-31';
const why = 'Een wasmachine; jullie regeling kwam te laat.';
/** A request of the asker that was paid, and what is asked back for it. */
async function back(state: string): Promise<Back> {
	const { installation, actors } = scene;
	installation.world.tick(1000);
	const { requestId } = await stage('paid');
	if (state === 'shared') sure(await claimBySplit(installation, treasurer, { splitId, requestId, amount: '10', dueOn, why }));
	if (state === 'paid' || state === 'shared') return { requestId, claimId: '' };
	const { claimId } = sure(
		await proposeClaim(installation, actors.holder, { requestId, organisationId: governor.organisationId, amount: '10', dueOn, why })
	);
	if (state === 'declined') sure(await declineClaim(installation, governor, { claimId }));
	if (state === 'accepted' || state === 'one_hand') sure(await acceptClaim(installation, governor, { claimId }));
	if (state === 'one_hand') sure(await writeOffClaim(installation, treasurer, { claimId }));
	return { requestId, claimId };
}
const paidBack: Readonly<Record<string, (actor: Actor, at: Back) => Promise<Outcome<unknown>>>> = {
	'claim.propose': (actor, { requestId }) =>
		proposeClaim(scene.installation, actor, { requestId, organisationId: governor.organisationId, amount: '10', dueOn, why }),
	'claim.read': async (actor, { claimId }) => {
		const { installation } = scene;
		const now = installation.world.now();
		const shown = await installation.door.actor(actor, now, (tx, send) => readClaims(installation, { tx, send }, actor, now));
		const found = shown.find((claim) => claim.claimId === claimId);
		return found?.why === why ? { ok: true, value: found } : { ok: false, refusal: { code: 'not_found' } };
	},
	'claim.split': (actor, { requestId }) => claimBySplit(scene.installation, actor, { splitId, requestId, amount: '10', dueOn, why }),
	'claim.accept': (actor, { claimId }) => acceptClaim(scene.installation, actor, { claimId }),
	'claim.decline': (actor, { claimId }) => declineClaim(scene.installation, actor, { claimId }),
	'claim.paid': (actor, { claimId }) => payClaim(scene.installation, actor, { claimId, amount: '10' }),
	'claim.write_off': (actor, { claimId }) => writeOffClaim(scene.installation, actor, { claimId })
};

describe('acts on what is paid back', () => {
	for (const [act = '', state = '', ...cells] of onPaidBack.rows)
		test(`${act} when it is ${state}`, async () => {
			const run = paidBack[act];
			if (!run) throw new Error(`the matrix test does not know ${act}`);
			const answers: Record<string, string> = {};
			const expected: Record<string, string> = {};
			for (const [index, role] of onPaidBack.columns.slice(1).entries()) {
				expected[role] = cells[index] ?? '';
				answers[role] = said(await run(as(role), await back(state)));
			}
			expect(answers).toEqual(expected);
		});
});

describe('acts of the product on the pot', () => {
	for (const [act = '', state = '', wanted = ''] of ofProduct.rows)
		test(`${act} of one that is ${state}`, async () => {
			const { requestId } = await stage(state === 'overdue' ? 'granted' : state);
			const lines = async () =>
				(
					await asOwner<{ kind: string }>(
						`select e.kind from log_line l join reservation r on r.reservation_id = l.object_id join reservation_end e on e.reservation_id = r.reservation_id
						where l.act = $1 and l.result = 'done' and l.origin = 'job' and l.person_id is null and l.case_id is not null and r.request_id = $2`,
						[act, requestId]
					)
				).length;
			const before = await lines();
			await lapse(scene, requestId);
			await runDaily(scene, 'sweep.reservations');
			expect((await lines()) - before === 1 ? 'yes' : 'wrong_state').toBe(wanted);
		});
});

async function asOwner<T extends object>(text: string, values: unknown[]): Promise<T[]> {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query<T>(text, values)).rows;
	} finally {
		await owner.end();
	}
}
