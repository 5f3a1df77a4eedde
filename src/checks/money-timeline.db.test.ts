import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pdfFile } from '#foundation/files/testing.server.ts';
import { acceptInvitation, inviteToTable } from '#rooms/cases/commands.server.ts';
import { confirmReversal, reverseJournal } from '#rooms/fund/ledger/commands.server.ts';
import { submitPayment, tickTransfer } from '#rooms/fund/payments/commands.server.ts';
import { voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { listTimeline } from '#rooms/table/rules.ts';
import { addPerson } from './more-people.server.ts';
import { openRequestScene } from './request-scene.server.ts';
import type { RequestScene } from './request-scene.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** What stands in the timeline of a case about its money, for everyone at its table, on a real PostgreSQL. */

let scene: Scene;
let room: RequestScene;
beforeAll(async () => {
	scene = await openScene(25);
	room = await openRequestScene(scene);
});
beforeEach(() => scene.installation.world.tick(60_000));
afterAll(() => scene.drop());

test('asked, agreed, decided, paid by transfer and taken back: everyone at the table reads it, with who did it', async () => {
	const { installation, actors } = scene;
	const tick = () => installation.world.tick(60_000);
	const asked = await room.ask({ amount: '75' });
	const { caseId, requestId } = asked;
	const seat = sure(
		await inviteToTable(installation, actors.holder, { caseId, membershipId: actors.seated.membershipId, message: 'Doe je mee?' })
	);
	sure(await acceptInvitation(installation, actors.seated, seat));
	for (const voter of [room.voters.kade, room.voters.wijk, room.voters.gemeente]) {
		tick();
		sure(await voteOnRequest(installation, voter, { askId: asked.askOf(voter) }));
	}
	tick();
	const payment = sure(
		await submitPayment(installation, actors.holder, {
			...{ requestId, amount: '70', way: 'transfer', lastOne: true, receipt: Buffer.from(pdfFile()).toString('base64') },
			...{
				payee: 'Witgoed BV',
				iban: 'NL91ABNA0417164300',
				reference: 'F-1',
				postcode: '5211 AB',
				houseNumber: '9',
				birthDate: '1980-02-29'
			}
		})
	);
	const [treasurer, governor] = [await addPerson(scene, ['treasurer']), await addPerson(scene, ['governor'])];
	sure(await tickTransfer(installation, treasurer, payment));
	tick();
	sure(await tickTransfer(installation, governor, payment));
	tick();
	const [row] = await room.asOwner<{ id: string }>('select journal_id as id from journal_subject where subject_id = $1', [
		payment.paymentId
	]);
	const reversal = sure(await reverseJournal(installation, await addPerson(scene, ['treasurer']), { journalId: row?.id ?? '' }));
	sure(await confirmReversal(installation, await addPerson(scene, ['treasurer']), reversal));
	for (const who of [actors.holder, actors.seated]) {
		const table = sure(await getCaseTable(installation, who, caseId));
		const told = listTimeline(table).filter((one) => one.kind.startsWith('money') || one.kind.startsWith('question'));
		expect(told.map((one) => one.kind)).toEqual([
			...['money_reversed', 'money_paid', 'question_advised', 'money_decided', 'question_advised', 'question_advised', 'money_asked']
		]);
		expect(told.filter((one) => 'membershipId' in one && !table.names.has(one.membershipId))).toEqual([]);
		expect(told.find((one) => one.kind === 'money_paid')).toMatchObject({ amountCents: 7_000, way: 'transfer', requestId });
	}
});
