import type pg from 'pg';
import type { Keyring } from '../src/foundation/keyring/keyring.server.ts';
import { canonicalWords } from '../src/foundation/command/words.server.ts';
import { searchableText } from '../src/foundation/search/search-words.ts';
import { makePseudonym } from '../src/foundation/text/pseudonym.ts';
import { realWorld } from '../src/foundation/world.ts';
import { acceptanceId, proveAcceptance } from '../src/rooms/agreements/acceptances/rules.ts';
import { caseRows, columns } from './case-rows.ts';
import type { CaseRows, Member, Row, Table } from './case-rows.ts';

export interface FillWish {
	readonly networkId: string;
	readonly members: readonly Member[];
	readonly cases: number;
	/** Code of a price in the network's list. */
	readonly price: string;
	readonly onProgress?: (done: number) => void;
}

/** A case at whose table someone sits, and who sits there too. */
export interface Seat {
	readonly caseId: string;
	readonly otherId: string;
	readonly closed: boolean;
}

/** By person. */
export type Seats = ReadonlyMap<string, readonly Seat[]>;

/**
 * Fills a network with cases as people would have made them: keys, sealed words, seats, agreements, a value map, log lines, search index. Straight into
 * the tables, as the owner of the database: by commands it would take many minutes.
 */
export async function fillNetwork(owner: pg.Client, keyring: Keyring, wish: FillWish): Promise<Seats> {
	const { networkId, members } = wish;
	const lists = await owner.query<{ price_list_id: string }>('select price_list_id from price_list where network_id = $1', [networkId]);
	const priceListId = lists.rows[0]?.price_list_id ?? '';
	const seats = new Map<string, Seat[]>(members.map((member) => [member.personId, []]));
	const pseudonyms = new Set<string>();
	const end = Date.now() - 60_000;
	const hour = 60 * 60_000;
	const batch = 250;
	for (let from = 0; from < wish.cases; from += batch) {
		const rows = new Map<Table, Row[]>();
		const index: Row[] = [];
		const upto = Math.min(from + batch, wish.cases);
		const making: Promise<void>[] = [];
		for (let number = from; number < upto; number++) {
			const at = new Date(end - (wish.cases - number) * hour);
			const holder = memberAt(members, number);
			const other = memberAt(members, number + 1 + (number % (members.length - 1)));
			const pseudonym = makePseudonym((size) => realWorld.random(size), pseudonyms);
			pseudonyms.add(pseudonym);
			// Of ten cases nine are over: the oldest.
			const closed = number < wish.cases * 0.9;
			const one = caseRows({ networkId, priceListId, price: wish.price, number, at, holder, other, pseudonym, closed });
			seats.get(holder.personId)?.push({ caseId: one.caseId, otherId: other.personId, closed });
			seats.get(other.personId)?.push({ caseId: one.caseId, otherId: holder.personId, closed });
			for (const [table, more] of one.rows) rows.set(table, [...(rows.get(table) ?? []), ...more]);
			making.push(sealWords(keyring, networkId, one, rows, index));
		}
		await Promise.all(making);
		await owner.query('begin');
		for (const table of Object.keys(columns) as Table[]) {
			const names = columns[table].join(', ');
			await owner.query(`insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, $1::json)`, [
				JSON.stringify(rows.get(table) ?? [])
			]);
		}
		await owner.query(
			`insert into search_document (network_id, case_id, words_id, terms, folded)
			select network_id, case_id, words_id, to_tsvector('dutch', text), folded
			from json_to_recordset($1::json) as w (network_id uuid, case_id uuid, words_id uuid, text text, folded text)`,
			[JSON.stringify(index)]
		);
		await owner.query('commit');
		wish.onProgress?.(upto);
	}
	await owner.query(
		'insert into search_filling (network_id, attempt, alive_at, filled_at) values ($1, $2, now(), now()) on conflict (network_id) do nothing',
		[networkId, realWorld.id()]
	);
	return seats;
}

function memberAt(members: readonly Member[], number: number): Member {
	const member = members[number % members.length];
	if (member === undefined) throw new RangeError('A network has members.');
	return member;
}

/** Makes the key of a case, seals its words, and proves what was promised. */
async function sealWords(
	keyring: Keyring,
	networkId: string,
	{ caseId, words, promises }: CaseRows,
	rows: Map<Table, Row[]>,
	index: Row[]
): Promise<void> {
	await keyring.createKey(networkId, caseId);
	for (const { aboutId, part, text, personId, at } of words) {
		const wordsId = realWorld.id();
		const sealed = await keyring.sealWords({ networkId, caseId }, { aboutId, part, wordsId }, text);
		const ciphertext = `\\x${Buffer.from(sealed).toString('hex')}`;
		const row = { network_id: networkId, case_id: caseId, words_id: wordsId, about_id: aboutId, part, ciphertext, at, person_id: personId };
		rows.set('case_words', [...(rows.get('case_words') ?? []), row]);
		index.push({ network_id: networkId, case_id: caseId, words_id: wordsId, ...searchableText(text) });
	}
	for (const { text, accepted, line } of promises) {
		const wordsHash = await keyring.hashWords({ networkId, caseId }, canonicalWords(new Map([['agreement', text]])));
		if (!wordsHash) throw new Error('The key of the case was just made.');
		const proof = proveAcceptance({ ...accepted, wordsHash });
		const bytea = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;
		const row = {
			...{ network_id: networkId, acceptance_id: acceptanceId(proof), version_id: accepted.versionId, agreement_id: accepted.agreementId },
			...{ case_id: caseId, answer: accepted.answer, person_id: accepted.personId, membership_id: accepted.membershipId },
			...{ words_hash: bytea(wordsHash), proof: bytea(proof), at: accepted.at.toISOString() }
		};
		rows.set('agreement_acceptance', [...(rows.get('agreement_acceptance') ?? []), row]);
		rows.set('log_line', [...(rows.get('log_line') ?? []), { ...line, object_id: row.acceptance_id }]);
	}
}
