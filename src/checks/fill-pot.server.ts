import { pdfFile } from '#foundation/files/testing.server.ts';
import { acceptClaim, proposeClaim } from '#rooms/fund/claims/commands.server.ts';
import { acceptSplit, proposeSplit } from '#rooms/fund/splits/commands.server.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { confirmReversal, reverseJournal } from '#rooms/fund/ledger/commands.server.ts';
import { submitPayment, tickTransfer } from '#rooms/fund/payments/commands.server.ts';
import { answerClose, proposeClose } from '#rooms/fund/years/commands.server.ts';
import { confirmTeamFunding, fundTeam } from '#rooms/fund/team-money/commands.server.ts';
import { addTeam, grantRequest } from './granted.server.ts';
import { addPerson } from './more-people.server.ts';
import { runDaily } from './run-daily.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** A pot with something in it, and every table of it with a row. */
export async function fillPot(scene: Scene): Promise<void> {
	const { installation } = scene;
	const { holder, administrator } = scene.actors;
	const treasurer = await addPerson(scene, ['treasurer']);
	const governor = await addPerson(scene, ['governor']);
	const { contributionId } = sure(await pledgeContribution(installation, administrator, { amount: '2000', year: '2026' }));
	sure(await invoiceContribution(installation, treasurer, { contributionId, amount: '1000', dueOn: '2026-12-31' }));
	sure(await receiveContribution(installation, treasurer, { contributionId, amount: '900' }));
	const { stepId } = sure(await receiveContribution(installation, treasurer, { contributionId, amount: '50' }));
	const teamId = await addTeam(scene);
	const { fundingId } = sure(await fundTeam(installation, treasurer, { teamId, amount: '400' }));
	sure(await confirmTeamFunding(installation, governor, { fundingId, answer: 'confirmed' }));
	const { requestId } = await grantRequest(scene, { cents: 10_000, teamId });
	const payment = sure(
		await submitPayment(installation, holder, {
			...{ requestId, amount: '80', way: 'transfer', lastOne: true, receipt: Buffer.from(pdfFile()).toString('base64') },
			...{
				payee: 'Witgoed BV',
				iban: 'NL91ABNA0417164300',
				reference: 'F-1',
				postcode: '5211 AB',
				houseNumber: '1',
				birthDate: '1980-02-29'
			}
		})
	);
	sure(await tickTransfer(installation, treasurer, payment));
	sure(await tickTransfer(installation, governor, payment));
	const { claimId } = sure(
		await proposeClaim(installation, holder, {
			requestId,
			organisationId: administrator.organisationId,
			amount: '80',
			dueOn: '2027-01-31',
			why: 'Een wasmachine; jullie regeling kwam te laat.'
		})
	);
	sure(await acceptClaim(installation, administrator, { claimId }));
	const parts = [{ organisationId: administrator.organisationId, weight: 1 }];
	const { splitId } = sure(await proposeSplit(installation, treasurer, { kind: 'agreed', parts }));
	sure(await acceptSplit(installation, administrator, { splitId }));
	const taken = sure(await reverseJournal(installation, treasurer, { journalId: await findJournal(scene, stepId) }));
	sure(await confirmReversal(installation, governor, taken));
	const now = installation.world.now();
	installation.world.set(new Date('2027-01-04T09:00:00Z'));
	const { closeId } = sure(await proposeClose(installation, treasurer, { year: '2026' }));
	sure(await answerClose(installation, governor, { closeId, answer: 'declined' }));
	installation.world.set(now);
	await runDaily(scene, 'daily.ledger_check');
}

async function findJournal(scene: Scene, subjectId: string): Promise<string> {
	const owner = await scene.database.connections.owner();
	try {
		const { rows } = await owner.query<{ id: string }>('select journal_id as id from journal_subject where subject_id = $1', [subjectId]);
		return rows[0]?.id ?? '';
	} finally {
		await owner.end();
	}
}
