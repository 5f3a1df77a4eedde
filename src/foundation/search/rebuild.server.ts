import { sql } from 'kysely';
import type { Tx } from '../database/door.server.ts';
import type { Installation } from '../installation.ts';
import { forgetWords, indexMissingWords } from './index-words.server.ts';

export interface RebuildReport {
	/** `busy`: another process is at it. */
	readonly state: 'filled' | 'busy';
	/** Texts put into the index now. */
	readonly indexed: number;
	/** Texts that stay out because the key of their case was destroyed. */
	readonly closed: number;
	/** Texts that did not open: changed, or moved from elsewhere. */
	readonly unreadable: number;
}

export interface RebuildWish {
	readonly onProgress?: (done: { readonly indexed: number }) => void;
	/** Stops between two transactions; the promise then rejects. What was filled stays. */
	readonly signal?: AbortSignal;
	/** Texts in one transaction. Default 200. */
	readonly batch?: number;
}

interface SealedWords {
	readonly words_id: string;
	readonly case_id: string;
	readonly about_id: string;
	readonly part: string;
	readonly ciphertext: Buffer;
}

const firstId = '00000000-0000-0000-0000-000000000000';
/** A process that gave no sign of life for this long is dead, and another takes over. */
const patience = '30 seconds';

/**
 * Fills the search index of a network from its sealed words, as the jobs role. The index is unlogged: after a crash or a restore it is
 * empty. The mark in `search_filling` is unlogged too, so it is there exactly when the index is.
 * While it runs people can write and search; what they write now is in the index already.
 */
export async function rebuildSearch(installation: Installation, networkId: string, wish: RebuildWish = {}): Promise<RebuildReport> {
	const { door, world } = installation;
	const report = { indexed: 0, closed: 0, unreadable: 0 };
	const job = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => door.job(networkId, world.now(), (tx) => work(tx.withoutPlugins()));
	const attempt = world.id();
	const begun = await job((tx) =>
		sql`insert into search_filling as f (network_id, attempt, alive_at) values (${networkId}, ${attempt}, clock_timestamp())
			on conflict (network_id) do update set attempt = excluded.attempt, alive_at = excluded.alive_at, filled_at = null
			where f.filled_at is not null or f.alive_at < clock_timestamp() - ${patience}::interval
			returning f.attempt`.execute(tx)
	);
	if (begun.rows.length === 0) return { state: 'busy', ...report };
	let after = firstId;
	for (;;) {
		wish.signal?.throwIfAborted();
		const batch = await job(async (tx) => {
			const stillOurs =
				await sql`update search_filling set alive_at = clock_timestamp() where network_id = ${networkId} and attempt = ${attempt}`.execute(
					tx
				);
			// The database crashed meanwhile and the index is empty again, or another took over: whoever sees no mark begins anew.
			if (stillOurs.numAffectedRows !== 1n) return null;
			const words = await readMissing(tx, networkId, after, wish.batch ?? 200);
			for (const one of words) await fill(installation, tx, networkId, one, report);
			return words;
		});
		if (batch === null) return { state: 'busy', ...report };
		const last = batch.at(-1);
		if (last === undefined) break;
		after = last.words_id;
		wish.onProgress?.({ indexed: report.indexed });
	}
	const marked = await job((tx) =>
		sql`update search_filling set filled_at = clock_timestamp() where network_id = ${networkId} and attempt = ${attempt}`.execute(tx)
	);
	return { state: marked.numAffectedRows === 1n ? 'filled' : 'busy', ...report };
}

/** Takes out of the index every case whose key was destroyed. Answers how many cases. */
export async function removeClosedWords(installation: Installation, networkId: string): Promise<number> {
	const { door, keyring, world } = installation;
	const cases = await door.job(networkId, world.now(), (tx) =>
		sql<{ case_id: string }>`select distinct case_id from search_document where network_id = ${networkId}`.execute(tx.withoutPlugins())
	);
	let removed = 0;
	for (const { case_id: caseId } of cases.rows) {
		if (await keyring.hasKey(networkId, caseId)) continue;
		await door.job(networkId, world.now(), (tx) => forgetWords(tx, { networkId, caseId }));
		removed++;
	}
	return removed;
}

/** Puts the words of one case that are not in the index there, as the jobs role: of what was written by who may not write in it. */
export async function indexCase(installation: Installation, networkId: string, caseId: string): Promise<RebuildReport> {
	const report = { indexed: 0, closed: 0, unreadable: 0 };
	await installation.door.job(networkId, installation.world.now(), async (actors) => {
		const tx = actors.withoutPlugins();
		const { rows } = await sql<SealedWords>`
			select w.words_id, w.case_id, w.about_id, w.part, w.ciphertext from case_words w
			where w.network_id = ${networkId} and w.case_id = ${caseId}
				and not exists (select from search_document d where d.network_id = w.network_id and d.case_id = w.case_id and d.words_id = w.words_id)
			order by w.words_id`.execute(tx);
		for (const words of rows) await fill(installation, tx, networkId, words, report);
	});
	return { state: 'filled', ...report };
}

async function readMissing(tx: Tx, networkId: string, after: string, limit: number): Promise<readonly SealedWords[]> {
	const found = await sql<SealedWords>`
		select w.words_id, w.case_id, w.about_id, w.part, w.ciphertext from case_words w
		where w.network_id = ${networkId} and w.words_id > ${after}
			and not exists (select from search_document d where d.network_id = w.network_id and d.case_id = w.case_id and d.words_id = w.words_id)
		order by w.words_id limit ${limit}`.execute(tx);
	return found.rows;
}

async function fill(
	installation: Installation,
	tx: Tx,
	networkId: string,
	words: SealedWords,
	report: { indexed: number; closed: number; unreadable: number }
): Promise<void> {
	const key = { networkId, caseId: words.case_id };
	const about = { aboutId: words.about_id, part: words.part, wordsId: words.words_id };
	let text: string | null;
	try {
		text = await installation.keyring.openWords(key, about, words.ciphertext);
	} catch {
		// One text that was tampered with must not keep all others out of the index; the report counts it, and the caller tells.
		report.unreadable++;
		return;
	}
	if (text === null) report.closed++;
	else if (await indexMissingWords(tx, { networkId, caseId: words.case_id, wordsId: words.words_id, text })) report.indexed++;
}
