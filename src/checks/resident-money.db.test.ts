import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hashOf } from '#foundation/identity/secret.server.ts';
import { pdfFile } from '#foundation/files/testing.server.ts';
import { confirmReversal, reverseJournal } from '#rooms/fund/ledger/commands.server.ts';
import { submitPayment } from '#rooms/fund/payments/commands.server.ts';
import { withdrawRequest } from '#rooms/fund/requests/commands.server.ts';
import { judgeRequest } from '#rooms/fund/requests/judging/commands.server.ts';
import { voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { makeResidentLink } from '#rooms/privacy/resident/commands.server.ts';
import { readResidentPlan } from '#rooms/privacy/resident/read.server.ts';
import type { ResidentPlan } from '#rooms/privacy/resident/read.server.ts';
import { residentToken } from './fill-privacy.server.ts';
import { addPerson } from './more-people.server.ts';
import { lightWords, openRequestScene } from './request-scene.server.ts';
import type { RequestScene } from './request-scene.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { openSqlRoles } from './sql-as-role.server.ts';
import { sure } from './sure.ts';

/** What a resident reads of money by their own link (I5): what was decided and what they do themselves, and never how much. */

let scene: Scene;
let room: RequestScene;
beforeAll(async () => {
	scene = await openScene(24);
	room = await openRequestScene(scene);
});
beforeEach(() => scene.installation.world.tick(60_000));
afterAll(() => scene.drop());

const tokenOf = async (caseId: string): Promise<string> =>
	residentToken(scene, sure(await makeResidentLink(scene.installation, scene.actors.holder, { caseId })).linkId);
const look = async (token: string): Promise<ResidentPlan> => sure(await readResidentPlan(scene.installation, 'haven', token));
const told = async (token: string) => (await look(token)).money.map((one) => one.told);
/** What stands on the page, without ids and dates, in which any number may stand. */
const wordsOf = ({ money, residentDoes, goal, firstNeed, agreements }: ResidentPlan): string =>
	JSON.stringify([money.map(({ what, told }) => [what, told]), residentDoes, goal, firstNeed, agreements.map((one) => one.what)]);

test('a small request: nothing while it is asked, then that the network pays, then that it was paid, and again when that was taken back', async () => {
	const { installation, actors } = scene;
	const asked = await room.ask({ amount: '173' });
	const token = await tokenOf(asked.caseId);
	expect((await look(token)).money).toEqual([]);
	for (const voter of [room.voters.kade, room.voters.wijk, room.voters.gemeente])
		sure(await voteOnRequest(installation, voter, { askId: asked.askOf(voter) }));
	const granted = await look(token);
	expect(granted.money).toMatchObject([{ what: lightWords.what, told: 'pays' }]);
	sure(
		await submitPayment(installation, actors.holder, {
			...{ requestId: asked.requestId, amount: '173', way: 'card', lastOne: true, receipt: Buffer.from(pdfFile()).toString('base64') },
			...{ postcode: '5211 AB', houseNumber: '8', birthDate: '1981-02-28' }
		})
	);
	const paid = await look(token);
	expect(paid.money.map((one) => one.told)).toEqual(['paid']);
	for (const plan of [granted, paid]) {
		expect(wordsOf(plan)).not.toMatch(/173|17300|€|euro/);
		for (const hidden of [lightWords.supplier, lightWords.why]) expect(JSON.stringify(plan)).not.toContain(hidden);
	}
	const treasurer = await addPerson(scene, ['treasurer']);
	const [row] = await room.asOwner<{ id: string }>(
		'select s.journal_id as id from journal_subject s join payment p on p.payment_id = s.subject_id where p.request_id = $1',
		[asked.requestId]
	);
	const reversal = sure(await reverseJournal(installation, treasurer, { journalId: row?.id ?? '' }));
	sure(await confirmReversal(installation, await addPerson(scene, ['treasurer']), reversal));
	expect(await told(token)).toEqual(['pays']);
});

test('an amount that someone typed in what is needed does not stand there', async () => {
	const { installation } = scene;
	const asked = await room.ask({ amount: '120' });
	const token = await tokenOf(asked.caseId);
	for (const voter of [room.voters.kade, room.voters.wijk, room.voters.gemeente])
		sure(await voteOnRequest(installation, voter, { askId: asked.askOf(voter) }));
	const [words] = await room.asOwner<{ case_id: string; words_id: string }>(
		"select case_id, words_id from case_words where about_id = $1 and part = 'request_what'",
		[asked.requestId]
	);
	const sealed = await installation.keyring.sealWords(
		{ networkId: scene.actors.holder.networkId, caseId: words?.case_id ?? '' },
		{ aboutId: asked.requestId, part: 'request_what', wordsId: words?.words_id ?? '' },
		'Een bed van 120 euro voor het kind.'
	);
	await room.asOwner('update case_words set ciphertext = $2 where words_id = $1', [words?.words_id, Buffer.from(sealed)]);
	expect((await look(token)).money.map((one) => one.what)).toEqual(['Een bed voor het kind.']);
});

test('a larger request: what the resident does from the beginning, a part or a refusal said as such, nothing of what was withdrawn', async () => {
	const { installation, actors } = scene;
	const secretaries = [
		await addPerson(scene, ['secretariat'], actors.colleague),
		await addPerson(scene, ['secretariat'], scene.officers.governor)
	];
	const decide = async (requestId: string, verdict: object) => {
		for (const secretary of secretaries) sure(await judgeRequest(installation, secretary, { requestId, ...verdict }));
	};
	const partly = await room.send({ amount: '2.500' });
	const token = await tokenOf(partly.caseId);
	expect(await look(token)).toMatchObject({ money: [], residentDoes: ['Hij belt zelf.'] });
	await decide(partly.requestId, { verdict: 'partly', amount: '1.200', reason: 'De rest kan anders.' });
	const plan = await look(token);
	expect(plan).toMatchObject({ money: [{ told: 'pays_part' }], residentDoes: ['Hij belt zelf.'] });
	expect(wordsOf(plan)).not.toMatch(/1\.?200|2\.?500/);
	expect(JSON.stringify(plan)).not.toContain('De rest kan anders');
	sure(await withdrawRequest(installation, actors.holder, { requestId: partly.requestId }));
	expect(await look(token)).toMatchObject({ money: [], residentDoes: [] });

	const refused = await room.send();
	const other = await tokenOf(refused.caseId);
	await decide(refused.requestId, { verdict: 'refuse', reason: 'Dit kan niet.', whoHelps: 'Het wijkteam.' });
	expect(await look(other)).toMatchObject({ money: [{ what: lightWords.what, told: 'refused' }], residentDoes: [] });
});

test('straight in SQL: of a request that is not decided, its words are not opened; with a wrong secret, nothing', async () => {
	const { caseId, requestId } = await room.send();
	const token = await tokenOf(caseId);
	const roles = await openSqlRoles(scene.database.connections);
	const context = { network_id: scene.actors.holder.networkId, now: scene.installation.world.now().toISOString() };
	try {
		const words = (part: string) =>
			roles.tried('app', context, 'select from app.resident_words($1) where about_id = $2 and part = $3', [hashOf(token), requestId, part]);
		expect([await words('request_resident_does'), await words('request_what'), await words('request_why')]).toEqual([1, 0, 0]);
		expect(await roles.tried('app', context, 'select * from app.resident_money($1)', [hashOf(token)])).toBe(1);
		expect(await roles.tried('app', context, 'select * from app.resident_money($1)', [hashOf('B'.repeat(43))])).toBe(0);
		for (const role of ['jobs', 'identity'] as const)
			expect(await roles.tried(role, context, 'select * from app.resident_money($1)', [hashOf(token)])).toBe('42501');
	} finally {
		await roles.close();
	}
});
