import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookOperations } from '#lib/api/book-operations.ts';
import { paymentOperations } from '#lib/api/payment-operations.ts';
import { potOperations } from '#lib/api/pot-operations.ts';
import { pdfFile } from '#foundation/files/testing.server.ts';
import { openApiScene } from './api-scene.server.ts';
import { addTeam, grantRequest } from './granted.server.ts';
import { addRole } from './more-people.server.ts';

/** The pot by API: one allowed and one refused per act and reading, each answer held against the OpenAPI document. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
let teamId: string;
beforeAll(async () => {
	scene = await openApiScene(41);
	// Those who have a token already: the administrator guards the pot too, the overseer keeps its books.
	await addRole(scene, 'oversight', 'treasurer');
	await addRole(scene, 'checker', 'governor');
	teamId = await addTeam(scene);
});
afterAll(() => scene.drop());

type Role = 'holder' | 'colleague' | 'administrator' | 'oversight' | 'checker' | 'stranger';
const made = async (as: Role, path: string, body: object, name: string): Promise<string> => {
	const answered = await scene.ask(as, 'POST', path, { body });
	expect([path, answered.status, answered.code]).toEqual([path, 201, undefined]);
	return (answered.json as Record<string, string>)[name] ?? '';
};
const refused = async (as: Role, path: string, body: object | undefined, method = 'POST'): Promise<string | undefined> =>
	(await scene.ask(as, method, path, body === undefined ? {} : { body })).code;
const done = async (as: Role, path: string, body?: object, method = 'POST'): Promise<void> =>
	expect([path, (await scene.ask(as, method, path, body === undefined ? {} : { body })).status]).toEqual([path, 204]);
const household = { postcode: '5211 AB', houseNumber: '1', birthDate: '1980-02-29' };
const receipt = Buffer.from(pdfFile()).toString('base64');

describe('the pot', () => {
	test('contributions, the book, and taking back', async () => {
		expect(await refused('colleague', '/contributions', { amount: '10', year: 2026 })).toBe('not_allowed');
		const contributionId = await made('administrator', '/contributions', { amount: '9000', year: 2026 }, 'contributionId');
		const invoice = { amount: '9000', dueOn: '2026-12-31' };
		expect(await refused('administrator', `/contributions/${contributionId}/invoices`, invoice)).toBe('not_allowed');
		await made('oversight', `/contributions/${contributionId}/invoices`, invoice, 'stepId');
		await made('oversight', `/contributions/${contributionId}/receipts`, { amount: '8000' }, 'stepId');
		expect(await refused('oversight', `/contributions/${contributionId}/receipts`, { amount: '1000,01' })).toBe('over_amount');
		await made('oversight', `/contributions/${contributionId}/receipts`, { amount: '1' }, 'stepId');

		const book = await scene.ask('colleague', 'GET', '/pot/journals?limit=2');
		const { journals } = book.json as { journals: { journalId: string; kind: string; lines: { amountCents: number }[] }[] };
		expect(journals.map((journal) => journal.lines.reduce((sum, line) => sum + line.amountCents, 0))).toEqual([0, 0]);
		expect(book.headers.get('link')).toContain('rel="next"');
		expect((await scene.ask('colleague', 'GET', '/pot/journals?limit=0')).status).toBe(400);
		const path = `/pot/journals/${journals[0]?.journalId ?? ''}/reversal`;
		expect(await refused('administrator', path, undefined)).toBe('not_allowed');
		const declined = await made('oversight', path, {}, 'reversalId');
		expect(await refused('oversight', path, {})).toBe('already_proposed');
		expect(await refused('administrator', `/pot/reversals/${declined}`, undefined, 'DELETE')).toBe('not_allowed');
		await done('checker', `/pot/reversals/${declined}`, undefined, 'DELETE');
		const reversalId = await made('oversight', path, {}, 'reversalId');
		expect((await scene.ask('colleague', 'GET', '/pot/reversals')).json).toMatchObject({ reversals: [{ reversalId, amountCents: 1_00 }] });
		expect(await refused('oversight', `/pot/reversals/${reversalId}/confirmation`, {})).toBe('other_eyes');
		await made('checker', `/pot/reversals/${reversalId}/confirmation`, {}, 'journalId');
		expect(await refused('checker', `/pot/reversals/${reversalId}/confirmation`, {})).toBe('already_answered');
		expect(await refused('oversight', path, {})).toBe('wrong_state');
		const { contributions } = (await scene.ask('colleague', 'GET', '/contributions')).json as { contributions: object[] };
		expect(contributions).toContainEqual(expect.objectContaining({ contributionId, receivedCents: 8_000_00, openCents: 1_000_00 }));
	});

	test('its sums are for its network', async () => {
		const pot = await scene.ask('colleague', 'GET', '/pot');
		expect(pot.json).toMatchObject({ cashCents: 8_000_00, receivedCents: 8_000_00, check: null });
		expect((await scene.ask('stranger', 'GET', '/pot')).json).toMatchObject({ cashCents: 0 });
		expect((await scene.ask('colleague', 'GET', '/pot/rules')).json).toMatchObject({ rules: { request_team_cents: 500_00 } });
		for (const path of [
			'/pot',
			'/pot/rules',
			'/pot/reversals',
			'/contributions',
			'/team-fundings',
			'/pot/years',
			'/pot/year-figures?year=2026'
		])
			expect((await scene.ask(null, 'GET', path)).status).toBe(401);
	});

	test('money for a team goes by four eyes', async () => {
		expect(await refused('administrator', '/team-fundings', { teamId, amount: '500' })).toBe('not_allowed');
		const fundingId = await made('oversight', '/team-fundings', { teamId, amount: '2000' }, 'fundingId');
		expect(await refused('oversight', `/team-fundings/${fundingId}/answer`, { answer: 'confirmed' })).toBe('other_eyes');
		expect((await scene.ask('colleague', 'GET', '/team-fundings')).json).toMatchObject({
			fundings: [{ fundingId, amountCents: 2_000_00 }]
		});
		await done('checker', `/team-fundings/${fundingId}/answer`, { answer: 'confirmed' });
	});
});

describe('payments', () => {
	test('with a receipt larger than any other body; it is read by who may', async () => {
		const { requestId } = await grantRequest(scene, { cents: 50_00, teamId });
		const large = Buffer.from(pdfFile(2_000_000)).toString('base64');
		const input = { amount: '20', way: 'card', receipt: large, ...household };
		expect(await refused('colleague', `/requests/${requestId}/payments`, input)).toBe('not_found');
		expect(
			(await scene.ask('holder', 'POST', `/requests/${requestId}/payments`, { body: { ...input, receipt: 'geen bon' } })).errors
		).toEqual(['receipt wrong_type']);
		const paymentId = await made('holder', `/requests/${requestId}/payments`, input, 'paymentId');
		const owner = await scene.database.connections.owner();
		const { rows } = await owner.query<{ id: string }>('select receipt_id as id from receipt where payment_id = $1', [paymentId]);
		await owner.end();
		const path = `/receipts/${rows[0]?.id ?? ''}`;
		expect((await scene.ask('holder', 'GET', path)).json).toMatchObject({ mediaType: 'application/pdf' });
		expect((await scene.ask('colleague', 'GET', path)).status).toBe(404);
		const more = `/payments/${paymentId}/receipts`;
		expect(await made('holder', more, { receipt: large }, 'receiptId')).toMatch(/^[0-9a-f-]{36}$/);
		expect(await refused('colleague', more, { receipt: large })).toBe('not_found');
		expect((await scene.ask('holder', 'POST', more, { body: {} })).errors).toEqual(['receipt required']);
	});

	test('by transfer: entered, ticked off by two, taken back; released by a third above the threshold', async () => {
		const { requestId } = await grantRequest(scene, { cents: 1_200_00 });
		const input = { amount: '100', way: 'transfer', payee: 'Witgoed', iban: 'NL91ABNA0417164300', reference: 'F1', receipt, ...household };
		expect(await refused('holder', `/requests/${requestId}/payments`, input)).toBe('not_released');
		expect(await refused('holder', `/requests/${requestId}/release`, undefined)).toBe('not_allowed');
		await done('oversight', `/requests/${requestId}/release`);
		const first = await made('holder', `/requests/${requestId}/payments`, input, 'paymentId');
		expect((await scene.ask('checker', 'GET', '/transfers')).json).toMatchObject({
			transfers: [{ paymentId: first, payee: 'Witgoed', iban: 'NL91ABNA0417164300', ticks: 0 }]
		});
		expect(await scene.countLines('payee.read', 'seen')).toBe(1);
		expect((await scene.ask('holder', 'GET', '/transfers')).code).toBe('not_allowed');
		await made('oversight', `/payments/${first}/ticks`, {}, 'state');
		expect(await refused('oversight', `/payments/${first}/ticks`, undefined)).toBe('other_eyes');
		await made('checker', `/payments/${first}/ticks`, {}, 'state');
		expect(await refused('holder', `/payments/${first}`, undefined, 'DELETE')).toBe('wrong_state');
		const second = await made('holder', `/requests/${requestId}/payments`, input, 'paymentId');
		await done('holder', `/payments/${second}`, undefined, 'DELETE');
	});

	test('what is paid back: asked, accepted, declined, paid, written off, shared', async () => {
		const splitId = await made('oversight', '/splits', { kind: 'equal' }, 'splitId');
		expect(await refused('colleague', '/splits', { kind: 'equal' })).toBe('not_allowed');
		await done('administrator', `/splits/${splitId}/acceptance`);
		expect(await refused('administrator', `/splits/${splitId}/acceptance`, undefined)).toBe('already_answered');
		scene.installation.world.tick(1000);
		const { requestId } = await grantRequest(scene, { cents: 90_00, teamId });
		await made('holder', `/requests/${requestId}/payments`, { amount: '90', way: 'card', receipt, ...household }, 'paymentId');
		const ask = {
			organisationId: scene.actors.administrator.organisationId,
			amount: '30',
			dueOn: '2027-01-31',
			why: 'Een wasmachine; jullie regeling kwam te laat.'
		};
		expect(await refused('colleague', `/requests/${requestId}/claims`, ask)).toBe('not_found');
		const claimId = await made('holder', `/requests/${requestId}/claims`, ask, 'claimId');
		expect(await refused('holder', `/claims/${claimId}/acceptance`, undefined)).toBe('not_allowed');
		await done('administrator', `/claims/${claimId}/acceptance`);
		const no = await made('holder', `/requests/${requestId}/claims`, ask, 'claimId');
		expect(await refused('holder', `/claims/${no}/refusal`, undefined)).toBe('not_allowed');
		await done('administrator', `/claims/${no}/refusal`);
		expect(await refused('oversight', `/claims/${claimId}/payments`, { amount: '31' })).toBe('over_amount');
		await done('oversight', `/claims/${claimId}/payments`, { amount: '10' });
		expect(await refused('holder', `/claims/${claimId}/write-off`, undefined)).toBe('not_allowed');
		await done('oversight', `/claims/${claimId}/write-off`);
		const share = { requestId, amount: '50', dueOn: '2027-01-31', why: 'Een bed, samen gedragen.' };
		expect(await refused('holder', `/splits/${splitId}/claims`, share)).toBe('not_allowed');
		const shared = await scene.ask('oversight', 'POST', `/splits/${splitId}/claims`, { body: share });
		expect(shared.status).toBe(201);
		expect(await refused('oversight', `/splits/${splitId}/claims`, share)).toBe('already_shared');
		const { splits } = (await scene.ask('colleague', 'GET', '/splits')).json as {
			splits: { splitId: string; parties: { organisationId: string; acceptedAt: string | null }[] }[];
		};
		const parties = splits.find((one) => one.splitId === splitId)?.parties ?? [];
		expect(parties.filter((party) => party.acceptedAt !== null).map((party) => party.organisationId)).toEqual([ask.organisationId]);
		const { claims } = (await scene.ask('administrator', 'GET', '/claims')).json as { claims: object[] };
		expect(claims).toContainEqual(
			expect.objectContaining({ splitId, sharedCents: 50_00, state: 'accepted', why: share.why, requestId: null })
		);
		expect((await scene.ask('colleague', 'GET', '/claims')).json).toEqual({ claims: [] });
		for (const path of ['/claims', '/splits']) expect((await scene.ask(null, 'GET', path)).status).toBe(401);
	});
});

test('a year is closed by two, and says what it closed with', async () => {
	const { world } = scene.installation;
	expect(await refused('oversight', '/pot/years', { year: '2026' })).toBe('wrong_state');
	world.set(new Date('2027-01-04T09:00:00Z'));
	expect(await refused('checker', '/pot/years', { year: '2026' })).toBe('not_allowed');
	const closeId = await made('oversight', '/pot/years', { year: '2026' }, 'closeId');
	expect(await refused('oversight', `/pot/years/${closeId}/answer`, { answer: 'confirmed' })).toBe('other_eyes');
	await done('checker', `/pot/years/${closeId}/answer`, { answer: 'confirmed' });
	expect((await scene.ask('colleague', 'GET', '/pot/years')).json).toMatchObject({ years: [{ year: 2026, closeId: null }] });
	const figures = await scene.ask('colleague', 'GET', '/pot/year-figures?year=2026');
	const { accounts } = figures.json as { accounts: { debitCents: number; creditCents: number; account: string }[] };
	expect(accounts.reduce((sum, one) => sum + one.debitCents - one.creditCents, 0)).toBe(0);
	expect(accounts.map((one) => one.account)).toContain('cash');
	expect((await scene.ask('colleague', 'GET', '/pot/year-figures?year=26')).status).toBe(400);
});

test('every operation was seen to be done and to be refused', () => {
	expect(scene.documented.neverSeen([...potOperations, ...bookOperations])).toEqual({ done: [], refused: [] });
	expect(scene.documented.neverSeen(paymentOperations)).toEqual({ done: [], refused: [] });
});
