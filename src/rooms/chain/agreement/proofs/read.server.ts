import type { ClientBase } from 'pg';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';
import { areWordsProved } from '#rooms/agreements/acceptances/read.server.ts';
import type { AcceptanceFinding, AcceptanceReport, SealedWords } from '#rooms/agreements/acceptances/read.server.ts';
import { acceptanceId } from '#rooms/agreements/acceptances/rules.ts';
import { kpiProved, proveChainAnswer } from '../rules.ts';

type ProvedKpi = Parameters<typeof kpiProved>[0];

interface Row {
	readonly network_id: string;
	readonly project_id: string;
	readonly version_id: string;
	readonly answer_id: string;
	readonly number: number;
	readonly starts_on: string;
	readonly ends_on: string | null;
	readonly version_at: string;
	readonly coordinators: readonly string[];
	readonly kpis: readonly ProvedKpi[];
	readonly organisation_id: string;
	readonly answer: string;
	readonly person_id: string;
	readonly membership_id: string;
	readonly at: string;
	readonly words_hash: Buffer;
	readonly proof: Buffer;
	readonly logged: boolean;
	readonly words: readonly SealedWords[];
}

const milliseconds = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::text`;

/**
 * Proves every answer to an agreement of a chain again, as an acceptance is (C6): who coordinates and what is measured against its proof, its id against the
 * line of the log that the seals protect, and its words against their keyed hash as long as the key of the project is there.
 */
export async function verifyChainAnswers(
	owner: ClientBase,
	keyring: Pick<Keyring, 'openWords' | 'hashWords'>,
	wish: { readonly networkId?: string } = {}
): Promise<AcceptanceReport> {
	const only = wish.networkId ?? null;
	const counts = new Map<string, number>();
	const findings: AcceptanceFinding[] = [];
	const { rows } = await owner.query<Row>(
		`select w.network_id, w.project_id, w.version_id, w.answer_id, v.number, v.starts_on::text as starts_on, v.ends_on::text as ends_on,
			${milliseconds('v.at')} as version_at, w.organisation_id, w.answer, w.person_id, w.membership_id, ${milliseconds('w.at')} as at, w.words_hash, w.proof,
			array(select c.organisation_id || '/' || c.membership_id from chain_coordinator c
				where c.network_id = w.network_id and c.version_id = w.version_id) as coordinators,
			(select coalesce(json_agg(json_build_object('code', k.code, 'title', k.title, 'unit', k.unit, 'better', k.better, 'baseline', k.baseline,
				'baselineOn', k.baseline_on, 'steps', (select coalesce(json_agg(json_build_object('aim', s.aim, 'dueOn', s.due_on, 'homes', s.homes) order by s.number), '[]')
					from kpi_step s where s.network_id = k.network_id and s.kpi_id = k.kpi_id))), '[]')
				from kpi k where k.network_id = w.network_id and k.version_id = w.version_id) as kpis,
			exists (select from log_line l where l.network_id = w.network_id and l.case_id = w.project_id and l.object_kind = 'chain_answer'
				and l.object_id = w.answer_id and l.result = 'done' and l.person_id = w.person_id) as logged,
			(select coalesce(json_agg(json_build_object('part', x.part, 'id', x.words_id, 'sealed', encode(x.ciphertext, 'base64'))), '[]') from (
				select distinct on (c.part) c.part, c.words_id, c.ciphertext from case_words c
				where c.network_id = w.network_id and c.about_id = w.version_id and c.part in ('demand', 'conflict')
				order by c.part, c.at desc, c.words_id desc) x) as words
		from chain_answer w
		join chain_version v on v.network_id = w.network_id and v.version_id = w.version_id
		where $1::uuid is null or w.network_id = $1::uuid
		order by w.network_id, w.answer_id`,
		[only]
	);
	for (const row of rows) {
		counts.set(row.network_id, (counts.get(row.network_id) ?? 0) + 1);
		const kind = await faultOf(keyring, row);
		if (kind) findings.push({ kind, networkId: row.network_id, acceptanceId: row.answer_id });
	}
	const { rows: missing } = await owner.query<{ network_id: string; object_id: string }>(
		`select l.network_id, l.object_id from log_line l
		where l.object_kind = 'chain_answer' and l.result = 'done' and ($1::uuid is null or l.network_id = $1::uuid)
			and not exists (select from chain_answer w where w.network_id = l.network_id and w.answer_id = l.object_id)
		order by l.network_id, l.line_id`,
		[only]
	);
	for (const row of missing) findings.push({ kind: 'acceptance_missing', networkId: row.network_id, acceptanceId: row.object_id });
	return { networks: [...counts].map(([networkId, acceptances]) => ({ networkId, acceptances })), findings };
}

async function faultOf(keyring: Pick<Keyring, 'openWords' | 'hashWords'>, row: Row): Promise<AcceptanceFinding['kind'] | null> {
	const proof = proveChainAnswer({
		...{ networkId: row.network_id, projectId: row.project_id, versionId: row.version_id, number: row.number },
		...{ startsOn: row.starts_on, endsOn: row.ends_on, versionAt: new Date(Number(row.version_at)) },
		...{ coordinators: row.coordinators, kpis: row.kpis.map(kpiProved), organisationId: row.organisation_id, answer: row.answer },
		...{ personId: row.person_id, membershipId: row.membership_id, at: new Date(Number(row.at)), wordsHash: row.words_hash }
	});
	if (!proof.equals(row.proof) || acceptanceId(proof) !== row.answer_id) return 'acceptance_altered';
	if (!row.logged) return 'acceptance_unlogged';
	const key = { networkId: row.network_id, caseId: row.project_id };
	return (await areWordsProved(keyring, key, row.version_id, row.words, row.words_hash)) ? null : 'acceptance_words';
}
