import { createHash } from 'node:crypto';

/**
 * What an acceptance proves: the facts of the version, who bound themselves to it and when, and the words by their keyed hash. What is
 * written here may never change: acceptances of years ago are proved with it.
 */
export interface AcceptanceFacts {
	readonly networkId: string;
	readonly caseId: string;
	readonly agreementId: string;
	readonly kind: string;
	readonly promiserId: string;
	readonly organisationId: string;
	readonly receiverId: string;
	readonly versionId: string;
	readonly number: number;
	readonly dueOn: string;
	readonly amountCents: number | null;
	readonly offeredBy: string;
	readonly versionAt: Date;
	readonly answer: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly at: Date;
	readonly wordsHash: Uint8Array;
}

/** SHA-256 over the facts, each as `name=length:value;` in this order, then a line feed. */
export function proveAcceptance(facts: AcceptanceFacts): Buffer {
	const fields: readonly (readonly [string, string | null])[] = [
		['network_id', facts.networkId],
		['case_id', facts.caseId],
		['agreement_id', facts.agreementId],
		['kind', facts.kind],
		['promiser_id', facts.promiserId],
		['organisation_id', facts.organisationId],
		['receiver_id', facts.receiverId],
		['version_id', facts.versionId],
		['number', String(facts.number)],
		['due_on', facts.dueOn],
		['amount_cents', facts.amountCents === null ? null : String(facts.amountCents)],
		['offered_by', facts.offeredBy],
		['version_at', String(facts.versionAt.getTime())],
		['answer', facts.answer],
		['person_id', facts.personId],
		['membership_id', facts.membershipId],
		['at', String(facts.at.getTime())],
		['words_hash', Buffer.from(facts.wordsHash).toString('hex')]
	];
	const text = fields.map(([name, value]) => (value === null ? '' : `${name}=${Buffer.byteLength(value)}:${value};`)).join('');
	return createHash('sha256').update(`${text}\n`, 'utf8').digest();
}

/**
 * The id of an acceptance is the beginning of its proof, as a UUID of version 8. So the line in the sealed log that names it holds 122 bits of
 * what was accepted: an acceptance that was altered does not fit its line.
 */
export function acceptanceId(proof: Uint8Array): string {
	const bytes = Buffer.from(proof.subarray(0, 16));
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	const hex = bytes.toString('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
