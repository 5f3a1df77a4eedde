import type pg from 'pg';
import type { Keyring } from '../../src/foundation/keyring/keyring.server.ts';
import { verifyLog } from '../../src/foundation/log/verify.server.ts';
import { faultActs } from './ledger.ts';
import type { FaultAct, Ledger } from './ledger.ts';

/** What went wrong, each with what it was; all empty when nothing was lost. */
export interface Losses {
	/** Acknowledged, and not there. */
	readonly missing: readonly string[];
	/** There without something that belongs to it. */
	readonly half: readonly string[];
	/** There, and never acknowledged as such: when every act was answered in the end, it was done twice. */
	readonly twice: readonly string[];
	/** What `loopplank verify` finds. */
	readonly log: readonly string[];
}

export interface Counted extends Losses {
	readonly facts: number;
	readonly lines: number;
	readonly seals: number;
}

/** Where the fact of an act stands, and what its log line is about. `id` names the fact, `object` the object of the line. */
const facts: Readonly<Record<FaultAct, { from: string; id: string; object: string }>> = {
	'case.open': { from: 'case_record f', id: 'f.case_id', object: 'f.case_id' },
	'seat.invite': { from: 'seat_invitation f', id: 'f.invitation_id', object: 'f.invitation_id' },
	'seat.accept': { from: `seat_answer f`, id: 'f.invitation_id', object: 'f.invitation_id' },
	// Its line is about the acceptance of the first version: that id is the proof.
	'agreement.make': {
		from: 'agreement f',
		id: 'f.agreement_id',
		object:
			'(select a.acceptance_id from agreement_acceptance a where a.network_id = f.network_id and a.agreement_id = f.agreement_id order by a.at, a.acceptance_id limit 1)'
	},
	'agreement.report': { from: 'agreement_report f', id: 'f.report_id', object: 'f.report_id' },
	'agreement.answer': { from: 'agreement_answer f', id: 'f.report_id', object: 'f.report_id' },
	'value_map.record': { from: 'value_map f', id: 'f.value_map_id', object: 'f.value_map_id' },
	'case.close': { from: 'cause_naming f', id: 'f.naming_id', object: 'f.case_id' }
};

const wordsOf = (about: string, part: string): string =>
	`(select count(*) from case_words w where w.network_id = f.network_id and w.about_id = ${about} and w.part = '${part}')`;

/** Each finds what is half done: ids of facts without something that belongs to them. */
const halves: Readonly<Record<string, string>> = {
	'a case without its one holder': `select f.case_id as id from case_record f where f.network_id = $1
		and 1 <> (select count(*) from case_seat s where s.network_id = f.network_id and s.case_id = f.case_id and s.holder)`,
	'a case that was not opened once': `select f.case_id as id from case_record f where f.network_id = $1
		and 1 <> (select count(*) from case_event e where e.network_id = f.network_id and e.case_id = f.case_id and e.kind = 'opened')`,
	'a case without its words': `select f.case_id as id from case_record f where f.network_id = $1
		and (1, 1, 1) <> (${wordsOf('f.case_id', 'stuck')}, ${wordsOf('f.case_id', 'first_need')}, ${wordsOf('f.case_id', 'own_organisation')})`,
	'an invitation without its words': `select f.invitation_id as id from seat_invitation f where f.network_id = $1 and 1 <> ${wordsOf('f.invitation_id', 'invitation')}`,
	'an accepted invitation without its seat': `select f.invitation_id as id from seat_answer f where f.network_id = $1 and f.answer = 'accepted'
		and 1 <> (select count(*) from case_seat s where s.network_id = f.network_id and s.case_id = f.case_id and s.person_id = f.person_id)`,
	'a seat that nobody accepted': `select f.seat_id as id from case_seat f where f.network_id = $1 and not f.holder
		and not exists (select from seat_answer a where a.network_id = f.network_id and a.case_id = f.case_id and a.person_id = f.person_id and a.answer = 'accepted')`,
	'an agreement without its one version and the words of it': `select f.agreement_id as id from agreement f where f.network_id = $1
		and 1 <> (select count(*) from agreement_version v where v.network_id = f.network_id and v.agreement_id = f.agreement_id
			and exists (select from case_words w where w.network_id = v.network_id and w.about_id = v.version_id and w.part = 'agreement'))`,
	'a report without its words': `select f.report_id as id from agreement_report f where f.network_id = $1 and 1 <> ${wordsOf('f.report_id', 'report')}`,
	'a cause without the closing of its case': `select f.naming_id as id from cause_naming f where f.network_id = $1
		and 1 <> (select count(*) from case_event e where e.network_id = f.network_id and e.case_id = f.case_id and e.kind = 'closed')`,
	'a closed case without its cause': `select f.event_id as id from case_event f where f.network_id = $1 and f.kind = 'closed'
		and 1 <> (select count(*) from cause_naming n where n.network_id = f.network_id and n.case_id = f.case_id)`,
	'a key that was taken and got no answer': `select null::uuid as id from command_key f where f.network_id = $1 and f.answer is null`
};

/**
 * Counts what was acknowledged against what stands in the database.
 * @param owner a connection as the owner of the database, who sees all rows
 */
export async function countLosses(owner: pg.ClientBase, keyring: Keyring, networkId: string, ledger: Ledger): Promise<Counted> {
	const ids = async (query: string): Promise<string[]> =>
		(await owner.query<{ id: string | null }>(query, [networkId])).rows.map((row) => row.id ?? '-');
	const missing: string[] = [];
	const twice: string[] = [];
	const half: string[] = [];
	let total = 0;
	for (const act of faultActs) {
		const { from, id, object } = facts[act];
		const there = await ids(`select ${id} as id from ${from} where f.network_id = $1`);
		total += there.length;
		const acknowledged = ledger.of(act).map((entry) => entry.objectId);
		const standing = new Set(there);
		const known = new Set(acknowledged);
		missing.push(...acknowledged.filter((one) => !standing.has(one)).map((one) => `${act} ${one}`));
		twice.push(...there.filter((one) => !known.has(one)).map((one) => `${act} ${one}`));
		const lines = `(select count(*) from log_line l where l.network_id = f.network_id and l.act = '${act}' and l.result = 'done' and l.object_id = ${object})`;
		half.push(
			...(await ids(`select ${id} as id from ${from} where f.network_id = $1 and 1 <> ${lines}`)).map(
				(one) => `${act} without its one line in the log: ${one}`
			)
		);
		half.push(
			...(
				await ids(
					`select l.line_id as id from log_line l where l.network_id = $1 and l.act = '${act}' and l.result = 'done'
					and not exists (select from ${from} where f.network_id = l.network_id and ${object} = l.object_id)`
				)
			).map((one) => `a line '${act}' of what was not done: ${one}`)
		);
		const keys = await owner.query<{ keys: number }>(`select count(*)::int as keys from command_key where network_id = $1 and act = $2`, [
			networkId,
			act
		]);
		if (keys.rows[0]?.keys !== there.length) half.push(`${act}: ${there.length} facts, ${keys.rows[0]?.keys ?? 0} keys`);
	}
	for (const [what, query] of Object.entries(halves)) half.push(...(await ids(query)).map((one) => `${what}: ${one}`));
	half.push(...(await findShutWords(owner, keyring, networkId)));
	const report = await verifyLog(owner, { networkId });
	const network = report.networks[0];
	return {
		missing,
		half,
		twice,
		log: report.findings.map((finding) => JSON.stringify(finding)),
		facts: total,
		lines: network?.lines ?? 0,
		seals: network?.seals ?? 0
	};
}

/** Words that the key of their case does not open. */
async function findShutWords(owner: pg.ClientBase, keyring: Keyring, networkId: string): Promise<string[]> {
	const { rows } = await owner.query<{ case_id: string; words_id: string; about_id: string; part: string; ciphertext: Buffer }>(
		'select case_id, words_id, about_id, part, ciphertext from case_words where network_id = $1',
		[networkId]
	);
	const shut: string[] = [];
	for (const row of rows) {
		const about = { aboutId: row.about_id, part: row.part, wordsId: row.words_id };
		const text = await keyring.openWords({ networkId, caseId: row.case_id }, about, row.ciphertext);
		if (text === null) shut.push(`words without a key: ${row.words_id}`);
	}
	return shut;
}
