import { createHash } from 'node:crypto';

/**
 * How a line of the log and a seal become bytes. What is written here may never change: seals made years ago are checked with it.
 *
 * A record is its fields in the order below; a field without value is left out, the others are `name=length:value;`, where `length` counts
 * the bytes of the value in UTF-8. A record ends with a line feed. Ids are lower-case UUIDs, numbers are decimal, moments are whole
 * microseconds since 1970-01-01T00:00:00Z. No value can pass for another, and a later column that is null leaves older lines as they are.
 *
 * The hash of a seal is SHA-256 over: the hash of the seal before it (32 zero bytes for the first), SHA-256 over the records of its lines in
 * the order (epoch, xid, line_id), and the record of the seal itself.
 */
export const lineFields = [
	'network_id',
	'line_id',
	'epoch',
	'xid',
	'at',
	'act',
	'result',
	'reason',
	'object_kind',
	'object_id',
	'case_id',
	'person_id',
	'membership_id',
	'organisation_id',
	'origin',
	'span_id'
] as const;

export const sealFields = ['network_id', 'seal_number', 'epoch', 'upto_xid', 'line_count', 'sealed_at'] as const;

/** A record as PostgreSQL gives it: every value as text, moments in microseconds. */
export type LineRecord = Readonly<Record<(typeof lineFields)[number], string | null>>;
export type SealRecord = Readonly<Record<(typeof sealFields)[number], string>>;

// A moment without end has no microseconds; it stays the word that PostgreSQL gives, so that such a line can be sealed too.
const momentSql = (column: string): string =>
	`case when isfinite(${column}) then floor(extract(epoch from ${column}) * 1000000)::numeric(30, 0)::text else ${column}::text end as ${column}`;

const selectSql = (fields: readonly string[]): string =>
	fields.map((field) => (field === 'at' || field === 'sealed_at' ? momentSql(field) : `${field}::text as ${field}`)).join(', ');

/** The columns of `log_line`, ready for `canonicalBytes`, in any version and any locale of PostgreSQL. */
export const lineSelection: string = selectSql(lineFields);
/** The columns of `log_seal` that its hash covers. */
export const sealSelection: string = selectSql(sealFields);

const canonical = <F extends string>(fields: readonly F[], record: Readonly<Record<F, string | null>>): string => {
	let text = '';
	for (const field of fields) {
		const value = record[field];
		if (value !== null) text += `${field}=${Buffer.byteLength(value)}:${value};`;
	}
	return `${text}\n`;
};

export const canonicalLine = (line: LineRecord): string => canonical(lineFields, line);
export const canonicalSeal = (seal: SealRecord): string => canonical(sealFields, seal);

/** What stands before the first seal. */
export const beforeFirstSeal: Buffer = Buffer.alloc(32);

/** The hash of a seal. `linesHash` is SHA-256 over the records of its lines. */
export const hashSeal = (previous: Uint8Array, linesHash: Uint8Array, seal: SealRecord): Buffer =>
	createHash('sha256').update(previous).update(linesHash).update(canonicalSeal(seal), 'utf8').digest();
