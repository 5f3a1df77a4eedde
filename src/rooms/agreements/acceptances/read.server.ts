import type { ClientBase } from 'pg';
import { canonicalWords } from '#foundation/command/words.server.ts';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';
import { acceptanceId, proveAcceptance } from './rules.ts';

/** What is wrong with an acceptance. */
export interface AcceptanceFinding {
	/**
	 * Its facts or those of its version were altered (`acceptance_altered`), its words were (`acceptance_words`), no line in the log names it
	 * (`acceptance_unlogged`), or a line names one that is gone (`acceptance_missing`).
	 */
	readonly kind: 'acceptance_altered' | 'acceptance_words' | 'acceptance_unlogged' | 'acceptance_missing';
	readonly networkId: string;
	readonly acceptanceId: string;
}

export interface AcceptanceReport {
	readonly networks: readonly { readonly networkId: string; readonly acceptances: number }[];
	readonly findings: readonly AcceptanceFinding[];
}

interface Row {
	readonly network_id: string;
	readonly acceptance_id: string;
	readonly case_id: string;
	readonly agreement_id: string;
	readonly kind: string;
	readonly promiser_id: string;
	readonly organisation_id: string;
	readonly receiver_id: string;
	readonly version_id: string;
	readonly number: number;
	readonly due_on: string;
	readonly amount_cents: string | number | null;
	readonly offered_by: string;
	readonly version_at: string;
	readonly answer: string;
	readonly person_id: string;
	readonly membership_id: string;
	readonly at: string;
	readonly words_hash: Buffer;
	readonly proof: Buffer;
	readonly logged: boolean;
	readonly words: readonly SealedWords[] | null;
}

const milliseconds = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::text`;

/**
 * Proves every acceptance again (C6): its facts against its proof, its id against the line of the log that the seals protect, and its words
 * against their keyed hash as long as the key of the case is there. Acceptances of before proofs were kept have none and are not looked for.
 */
export async function verifyAcceptances(
	owner: ClientBase,
	keyring: Pick<Keyring, 'openWords' | 'hashWords'>,
	wish: { readonly networkId?: string } = {}
): Promise<AcceptanceReport> {
	const only = wish.networkId ?? null;
	const counts = new Map<string, number>();
	const findings: AcceptanceFinding[] = [];
	let after: string | null = null;
	for (;;) {
		const { rows }: { rows: Row[] } = await owner.query<Row>(
			`select b.network_id, b.acceptance_id, b.case_id, b.agreement_id, a.kind, a.person_id as promiser_id, a.organisation_id, a.receiver_id,
				b.version_id, v.number, v.due_on::text as due_on, v.amount_cents, v.offered_by, ${milliseconds('v.at')} as version_at,
				b.answer, b.person_id, b.membership_id, ${milliseconds('b.at')} as at, b.words_hash, b.proof,
				exists (select from log_line l where l.network_id = b.network_id and l.case_id = b.case_id and l.object_kind = 'acceptance'
					and l.object_id = b.acceptance_id and l.result = 'done' and l.person_id = b.person_id) as logged,
				(select json_agg(json_build_object('part', w.part, 'id', w.words_id, 'sealed', encode(w.ciphertext, 'base64'))) from (
					select distinct on (w.part) w.part, w.words_id, w.ciphertext from case_words w
					where w.network_id = b.network_id and w.about_id = b.version_id and w.part in ('agreement', 'proof')
					order by w.part, w.at desc, w.words_id desc) w) as words
			from agreement_acceptance b
			join agreement_version v on v.network_id = b.network_id and v.version_id = b.version_id
			join agreement a on a.network_id = b.network_id and a.agreement_id = b.agreement_id
			where ($1::uuid is null or b.network_id = $1::uuid) and ($2::uuid is null or b.acceptance_id > $2::uuid)
			order by b.acceptance_id limit 500`,
			[only, after]
		);
		for (const row of rows) {
			counts.set(row.network_id, (counts.get(row.network_id) ?? 0) + 1);
			const kind = await faultOf(keyring, row);
			if (kind) findings.push({ kind, networkId: row.network_id, acceptanceId: row.acceptance_id });
		}
		const last = rows.at(-1);
		if (!last || rows.length < 500) break;
		after = last.acceptance_id;
	}
	const { rows: missing } = await owner.query<{ network_id: string; object_id: string }>(
		`select l.network_id, l.object_id from log_line l
		where l.object_kind = 'acceptance' and l.result = 'done' and ($1::uuid is null or l.network_id = $1::uuid)
			and not exists (select from agreement_acceptance b where b.network_id = l.network_id and b.acceptance_id = l.object_id)
		order by l.network_id, l.line_id`,
		[only]
	);
	for (const row of missing) findings.push({ kind: 'acceptance_missing', networkId: row.network_id, acceptanceId: row.object_id });
	return { networks: [...counts].map(([networkId, acceptances]) => ({ networkId, acceptances })), findings };
}

async function faultOf(keyring: Pick<Keyring, 'openWords' | 'hashWords'>, row: Row): Promise<AcceptanceFinding['kind'] | null> {
	const proof = proveAcceptance({
		...{ networkId: row.network_id, caseId: row.case_id, agreementId: row.agreement_id, kind: row.kind, promiserId: row.promiser_id },
		...{ organisationId: row.organisation_id, receiverId: row.receiver_id, versionId: row.version_id, number: row.number },
		...{ dueOn: row.due_on, amountCents: row.amount_cents === null ? null : Number(row.amount_cents), offeredBy: row.offered_by },
		...{ versionAt: new Date(Number(row.version_at)), answer: row.answer, personId: row.person_id, membershipId: row.membership_id },
		...{ at: new Date(Number(row.at)), wordsHash: row.words_hash }
	});
	if (!proof.equals(row.proof) || acceptanceId(proof) !== row.acceptance_id) return 'acceptance_altered';
	if (!row.logged) return 'acceptance_unlogged';
	const key = { networkId: row.network_id, caseId: row.case_id };
	return (await areWordsProved(keyring, key, row.version_id, row.words ?? [], row.words_hash)) ? null : 'acceptance_words';
}

/** Words as they stand sealed in the database. */
export interface SealedWords {
	readonly part: string;
	readonly id: string;
	readonly sealed: string;
}

/** Whether words are still those of which a keyed hash was kept. When the key of their table is gone they are nobody's any more, and only facts can be proved. */
export async function areWordsProved(
	keyring: Pick<Keyring, 'openWords' | 'hashWords'>,
	key: { readonly networkId: string; readonly caseId: string },
	aboutId: string,
	sealed: readonly SealedWords[],
	kept: Buffer
): Promise<boolean> {
	const words = new Map<string, string>();
	for (const one of sealed) {
		const text = await openOr(keyring, key, { aboutId, part: one.part, wordsId: one.id }, Buffer.from(one.sealed, 'base64'));
		if (text === null) return true;
		if (text === undefined) return false;
		words.set(one.part, text);
	}
	const hash = await keyring.hashWords(key, canonicalWords(words));
	return hash === null || kept.equals(hash);
}

/** Opens words; undefined when what is stored does not open. */
async function openOr(
	keyring: Pick<Keyring, 'openWords'>,
	...[key, about, sealed]: Parameters<Keyring['openWords']>
): Promise<string | null | undefined> {
	try {
		return await keyring.openWords(key, about, sealed);
	} catch {
		return undefined;
	}
}
