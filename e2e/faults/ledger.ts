/** The acts that the harness does, in the order in which they are done on one case. */
export const faultActs = [
	'case.open',
	'seat.invite',
	'seat.accept',
	'agreement.make',
	'agreement.report',
	'agreement.answer',
	'value_map.record',
	'case.close'
] as const;
export type FaultAct = (typeof faultActs)[number];

/** An act for which the API answered that it was done. */
export interface Acknowledged {
	readonly act: FaultAct;
	readonly caseId: string;
	/** What was made: the case, invitation, agreement, report, value map or naming of a cause; of an answer the report, of a seat the invitation. */
	readonly objectId: string;
}

/** What the clients were told. Everything in it must stand in the database in the end, once. */
export class Ledger {
	readonly acknowledged: Acknowledged[] = [];
	/** Requests that got no answer, or the answer that the server is away: sent again with the same key. */
	unanswered = 0;
	/** Answers that should not have come: another status than the act has, another answer to the same key. */
	readonly strange: string[] = [];

	write(entry: Acknowledged): void {
		this.acknowledged.push(entry);
	}

	of(act: FaultAct): Acknowledged[] {
		return this.acknowledged.filter((entry) => entry.act === act);
	}
}
