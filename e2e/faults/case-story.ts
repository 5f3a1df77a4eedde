import { randomUUID } from 'node:crypto';
import type { Colleague } from './colleague.ts';
import type { Ledger } from './ledger.ts';

const idIn = (answer: Record<string, unknown>, name: string): string => {
	const id = answer[name];
	if (typeof id !== 'string') throw new Error(`The answer has no ${name}.`);
	return id;
};

export interface StoryWish {
	readonly holder: Colleague;
	readonly other: Colleague;
	readonly ledger: Ledger;
	/** Code of a price in the network's list. */
	readonly price: string;
}

/** One case from beginning to end, each act acknowledged before the next. */
export async function walkCase({ holder, other, ledger, price }: StoryWish): Promise<void> {
	const words = { stuck: 'De huur loopt achter.', firstNeed: 'Tijd.', ownOrganisation: 'Uitstel geven.', residentKnows: 'yes' };
	const { caseId } = await holder.act('/cases', words, randomUUID(), 201).then((answer) => ({ caseId: idIn(answer, 'caseId') }));
	ledger.write({ act: 'case.open', caseId, objectId: caseId });

	const asking = { membershipId: other.person.membershipId, message: 'Doe je mee?' };
	const invitationId = idIn(await holder.act(`/cases/${caseId}/invitations`, asking, randomUUID(), 201), 'invitationId');
	ledger.write({ act: 'seat.invite', caseId, objectId: invitationId });

	await other.act(`/invitations/${invitationId}/acceptance`, undefined, randomUUID(), 201);
	ledger.write({ act: 'seat.accept', caseId, objectId: invitationId });

	const promise = { what: 'Ik bel de deurwaarder.', dueOn: '2099-12-31', receiverId: holder.person.personId };
	const agreementId = idIn(await other.act(`/cases/${caseId}/agreements`, promise, randomUUID(), 201), 'agreementId');
	ledger.write({ act: 'agreement.make', caseId, objectId: agreementId });

	const report = { outcome: 'kept', words: 'Gelukt.' };
	const reportId = idIn(await other.act(`/agreements/${agreementId}/reports`, report, randomUUID(), 201), 'reportId');
	ledger.write({ act: 'agreement.report', caseId, objectId: reportId });

	await holder.act(`/agreements/${agreementId}/answers`, { answer: 'confirmed' }, randomUUID(), 204);
	ledger.write({ act: 'agreement.answer', caseId, objectId: reportId });

	const map = { potCents: 500_00, horizonYears: 1, looming: [{ price, quantity: 1, years: 1, chancePercent: 60 }] };
	const valueMapId = idIn(await other.act(`/cases/${caseId}/value-maps`, map, randomUUID(), 201), 'valueMapId');
	ledger.write({ act: 'value_map.record', caseId, objectId: valueMapId });

	const closing = { outcome: 'helped', cause: 'work_habit', responsible: 'other_outside', words: 'Zo deden we het altijd.' };
	const namingId = idIn(await holder.act(`/cases/${caseId}/closure`, closing, randomUUID(), 201), 'namingId');
	ledger.write({ act: 'case.close', caseId, objectId: namingId });

	// What was acknowledged is there to be read.
	const table = (await other.read(`/cases/${caseId}`)) as { state?: unknown; agreements?: { state?: unknown }[] };
	if (table.state !== 'closed' || table.agreements?.[0]?.state !== 'kept')
		ledger.strange.push(`A closed case reads as ${String(table.state)}.`);
}
