import type pg from 'pg';
import type { Keyring } from '../../src/foundation/keyring/keyring.server.ts';
import { payeePlace, receiptPlace } from '../../src/rooms/fund/payments/read.server.ts';

/** What is sealed and cannot be opened: words that the key of their case does not open, receipts, and payees under a key of their own. */
export async function findShut(owner: pg.ClientBase, keyring: Keyring, networkId: string): Promise<string[]> {
	const shut: string[] = [];
	const words = await owner.query<{ case_id: string; words_id: string; about_id: string; part: string; ciphertext: Buffer }>(
		'select case_id, words_id, about_id, part, ciphertext from case_words where network_id = $1',
		[networkId]
	);
	for (const row of words.rows) {
		const about = { aboutId: row.about_id, part: row.part, wordsId: row.words_id };
		const text = await keyring.openWords({ networkId, caseId: row.case_id }, about, row.ciphertext);
		if (text === null) shut.push(`words without a key: ${row.words_id}`);
	}
	const receipts = await owner.query<{ case_id: string; receipt_id: string; payment_id: string; ciphertext: Buffer }>(
		'select case_id, receipt_id, payment_id, ciphertext from receipt where network_id = $1',
		[networkId]
	);
	for (const row of receipts.rows) {
		const file = await keyring.openFile({ networkId, caseId: row.case_id }, receiptPlace(row.payment_id, row.receipt_id), row.ciphertext);
		if (file === null || file.length === 0) shut.push(`a receipt that does not open: ${row.receipt_id}`);
	}
	const payees = await owner.query<{ payment_id: string; ciphertext: Buffer }>(
		'select payment_id, ciphertext from payee where network_id = $1',
		[networkId]
	);
	for (const row of payees.rows) {
		const text = await keyring.openWords({ networkId, caseId: row.payment_id }, payeePlace(row.payment_id), row.ciphertext);
		if (text === null) shut.push(`a payee that does not open: ${row.payment_id}`);
	}
	return shut;
}
