import type pg from 'pg';

/**
 * Tables of a network of which no fact goes out, and why. All others go out: a table that is added later too, with the columns that hold ids, codes,
 * amounts and moments.
 */
export const keptIn: ReadonlyMap<string, string> = new Map([
	['person', 'names of persons'],
	['membership', 'who works where: with it, facts could be ranked by person'],
	['case_words', 'words'],
	['search_document', 'words'],
	['search_filling', 'belongs to the installation'],
	['log_line', 'who did and saw what: it is verified with loopplank verify'],
	['log_seal', 'belongs to the log'],
	['command_key', 'belongs to the installation'],
	['outbox', 'belongs to the installation'],
	['private_link', 'secrets'],
	['private_link_end', 'secrets'],
	['profile', 'what persons say of themselves'],
	['scan_respondent', 'who handed a sheet in'],
	['scan_sheet', 'what each answered: only figures of three or more are told'],
	['trust_round', 'belongs to a pair alone'],
	['trust_answer', 'what two sides say of each other: for those two alone'],
	['agreement_did_more', 'what a receiver says to the promiser: for those two alone, and counted nowhere'],
	['knowledge_posting', 'words'],
	['knowledge_lexeme', 'words']
]);

/** Columns of plain text that hold no words about people and no code either. */
const plainColumns = new Set(['network.name', 'network.pot_name', 'organisation.name', 'price_list.name', ...priceColumns()]);
/** Documents that hold codes and numbers only: a value map. */
const documents = new Set(['value_map.document']);

function priceColumns(): string[] {
	return ['code', 'name_nl', 'name_en', 'unit', 'payer', 'frees_why_nl', 'frees_why_en', 'frees_by', 'source', 'url'].map(
		(column) => `price.${column}`
	);
}

export interface FactTable {
	readonly name: string;
	readonly columns: readonly string[];
	/** The primary key, in order. */
	readonly order: readonly string[];
}

/**
 * Every table of a network with the columns that are facts: ids, amounts, days, yes and no, and text where a check lists the codes it may hold. What
 * points to a person or a membership is left out.
 */
export async function listFactTables(owner: pg.ClientBase): Promise<FactTable[]> {
	const { rows } = await owner.query<{
		name: string;
		columns: { name: string; type: string; coded: boolean; person: boolean }[];
		order: string[];
	}>(`
		select c.relname::text as name,
			(select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
				'coded', exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
					and pg_get_constraintdef(k.oid) ~ '= ANY'),
				'person', a.attname ~ '(person|membership)' or a.attname in ('given_by', 'invited_by', 'asked_by', 'receiver_id') or exists (
					select from pg_constraint k join pg_class r on r.oid = k.confrelid
					where k.conrelid = c.oid and k.contype = 'f' and r.relname in ('person', 'membership') and a.attnum = any(k.conkey)
						and a.attname not in ('network_id', 'organisation_id'))) order by a.attnum)
				from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
			array(select a.attname::text from pg_index i, unnest(i.indkey) with ordinality k(num, place) join pg_attribute a on a.attnum = k.num
				where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid order by k.place) as "order"
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind = 'r' and n.nspname = 'public' and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'network_id')
		order by c.relname collate "C"`);
	return rows
		.filter((table) => !keptIn.has(table.name))
		.map(({ name, columns, order }) => ({
			name,
			order,
			columns: columns.filter((column) => column.name !== 'network_id' && isFact(name, column)).map((column) => column.name)
		}));
}

const factTypes = new Set([
	...['uuid', 'bigint', 'integer', 'smallint', 'double precision', 'numeric', 'boolean', 'date', 'timestamp with time zone', 'uuid[]']
]);

function isFact(
	table: string,
	column: { readonly name: string; readonly type: string; readonly coded: boolean; readonly person: boolean }
): boolean {
	const named = `${table}.${column.name}`;
	if (column.person) return false;
	if (column.type === 'jsonb') return documents.has(named);
	return factTypes.has(column.type) || plainColumns.has(named) || (column.type === 'text' && column.coded);
}

/** A line of the export: first the heading, then every fact. */
export type ExportLine =
	| {
			readonly loopplank: 'facts';
			readonly version: 1;
			readonly networkId: string;
			readonly slug: string;
			readonly at: string;
			readonly tables: readonly string[];
	  }
	| { readonly table: string; readonly row: Readonly<Record<string, unknown>> };

/** How many rows are read at a time. */
const batch = 2_000;

/**
 * The facts of one network at one moment, as the owner of the database: no words, no names of persons. `take` gets each line in turn.
 * @returns how many rows there were
 */
export async function exportFacts(
	owner: pg.ClientBase,
	network: { readonly networkId: string; readonly slug: string },
	now: Date,
	take: (line: ExportLine) => void | Promise<void>
): Promise<number> {
	let rows = 0;
	await owner.query('begin transaction isolation level repeatable read read only');
	try {
		await owner.query("set local timezone = 'UTC'");
		const tables = await listFactTables(owner);
		await take({ loopplank: 'facts', version: 1, ...network, at: now.toISOString(), tables: tables.map((table) => table.name) });
		for (const { name, columns, order } of tables) {
			const listed = columns.map((column) => `"${column}"`).join(', ');
			const sorted = order.map((column) => `"${column}"`).join(', ');
			await owner.query(
				`declare facts no scroll cursor for select ${listed === '' ? '1 as there' : listed} from "${name}" where network_id = '${network.networkId}' order by ${sorted}`
			);
			for (;;) {
				const { rows: found } = await owner.query<{ row: Record<string, unknown> }>(`fetch ${batch} from facts`);
				for (const row of found) await take({ table: name, row: row as unknown as Record<string, unknown> });
				rows += found.length;
				if (found.length < batch) break;
			}
			await owner.query('close facts');
		}
		return rows;
	} finally {
		await owner.query('rollback');
	}
}
