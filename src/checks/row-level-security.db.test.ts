import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFullCase, openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { definers } from './definers.ts';
import { facts } from './facts.ts';
import { contextOf, openSqlRoles, sqlRoles } from './sql-as-role.server.ts';
import type { SqlContext, SqlRole, SqlRoles } from './sql-as-role.server.ts';

/**
 * Row-level security of every table x role x operation, made from the catalogue: a table that is added later is tested from its first day.
 * Straight in SQL, past every rule of the product.
 */

/** Tables that belong to the installation and not to a network (Designs 2), and pg-boss's own schema. */
const installationSchemas = new Set(['app', 'identity', 'pgboss']);
/** Readable without a network, on purpose: from the word in an address to a network, the epoch, the migrations. */
const readableWithoutContext = new Set(['app.installation', 'app.network_directory', 'app.migration']);
/** Filled only by what comes after an act: the sealer, the relay. */
const filledLater = new Set(['public.log_seal', 'public.search_filling']);

const operations = ['select', 'insert', 'update', 'delete'] as const;

interface Table {
	readonly name: string;
	readonly schema: string;
	readonly enabled: boolean;
	readonly forced: boolean;
	readonly comment: string | null;
	readonly columns: readonly string[];
	readonly primary: readonly string[];
}

let scene: Scene;
let tables: readonly Table[] = [];
let owner: pg.Client;
let roles: SqlRoles;

beforeAll(async () => {
	scene = await openScene(7);
	owner = await scene.database.connections.owner();
	roles = await openSqlRoles(scene.database.connections);
	await makeFullCase(scene);
	// What is destroyed is two years old: nothing of this scene is.
	await owner.query("insert into destruction values ($1, gen_random_uuid(), 'duty_ask', 1, now())", [scene.actors.holder.networkId]);
	const { rows } = await owner.query<Table>(`
		select n.nspname || '.' || c.relname as name, n.nspname as schema, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
			obj_description(c.oid, 'pg_class') as comment,
			array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
			array(select a.attname::text from pg_index i, unnest(i.indkey) with ordinality k(num, place) join pg_attribute a on a.attnum = k.num
				where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid order by k.place) as primary
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' order by 1`);
	tables = rows;
});
afterAll(async () => {
	await owner.end();
	await roles.close();
	await scene.drop();
});

async function attempt(role: SqlRole, context: SqlContext, table: Table, operation: (typeof operations)[number]): Promise<number | string> {
	switch (operation) {
		case 'select': {
			// A role may be granted some columns only.
			const column = await grantedColumn(role, table, 'select');
			return column === null ? '42501' : roles.tried(role, context, `select ${column} from ${table.name}`);
		}
		case 'delete':
			return roles.tried(role, context, `delete from ${table.name}`);
		case 'update': {
			const column = (await grantedColumn(role, table, 'update')) ?? table.columns[0] ?? '';
			return roles.tried(role, context, `update ${table.name} set ${column} = ${column}`);
		}
		case 'insert': {
			const { rows } = await owner.query<{ row: unknown }>(`select to_jsonb(t) as row from ${table.name} t limit 1`);
			return roles.tried(role, context, `insert into ${table.name} select * from jsonb_populate_record(null::${table.name}, $1)`, [
				JSON.stringify(rows[0]?.row ?? {})
			]);
		}
	}
}

async function grantedColumn(role: string, table: Table, privilege: string): Promise<string | null> {
	const { rows } = await owner.query<{ column: string }>(
		'select c as column from unnest($1::text[]) c where has_column_privilege($2, $3, c, $4) limit 1',
		[table.columns, `loopplank_${role}`, table.name, privilege]
	);
	return rows[0]?.column ?? null;
}

const may = async (role: string, table: Table, operation: string): Promise<boolean> => {
	const { rows } = await owner.query<{ may: boolean }>(
		`select has_schema_privilege($1, $4, 'usage') and (has_table_privilege($1, $2, $3)${operation === 'delete' ? '' : ' or has_any_column_privilege($1, $2, $3)'}) as may`,
		[`loopplank_${role}`, table.name, operation, table.schema]
	);
	return rows[0]?.may ?? false;
};

const ours = () => tables.filter((table) => table.schema !== 'pgboss');
const ofNetworks = () => tables.filter((table) => !installationSchemas.has(table.schema));

describe('every table', () => {
	test('is found', () => expect(ofNetworks().length).toBeGreaterThanOrEqual(22));
	test('has row-level security, forced', () =>
		expect(
			ours()
				.filter((table) => !table.enabled || !table.forced)
				.map((table) => table.name)
		).toEqual([]));
	test('says what it holds and how long it is kept', () =>
		expect(
			ours()
				.filter((table) => !/retention: \S/.test(table.comment ?? ''))
				.map((table) => table.name)
		).toEqual([]));
	test('has a row in this test, or nothing would be tried on it', async () => {
		const empty: string[] = [];
		for (const table of ofNetworks())
			if ((await owner.query(`select from ${table.name} limit 1`)).rowCount === 0 && !filledLater.has(table.name)) empty.push(table.name);
		expect(empty).toEqual([]);
	});
	test('of a network has a primary key that begins with network_id', () =>
		expect(
			ofNetworks()
				.filter((table) => table.primary[0] !== 'network_id')
				.map((table) => table.name)
		).toEqual([]));
	test('of a network has only foreign keys that begin with network_id', async () => {
		const { rows } = await owner.query<{ name: string }>(`
			select k.conrelid::regclass || ' ' || k.conname as name from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
			where k.contype = 'f' and n.nspname = 'public'
				and ((select attname from pg_attribute where attrelid = k.conrelid and attnum = k.conkey[1]) <> 'network_id'
					or (select attname from pg_attribute where attrelid = k.confrelid and attnum = k.confkey[1]) <> 'network_id')`);
		expect(rows).toEqual([]);
	});
	test('lets its owner in by an explicit policy', async () => {
		const { rows } = await owner.query<{ name: string }>(
			"select schemaname || '.' || tablename as name from pg_policies where 'loopplank_owner' = any(roles) and cmd = 'ALL' and qual = 'true' and with_check = 'true'"
		);
		const open = new Set(rows.map((row) => row.name));
		expect(
			ours()
				.filter((table) => !open.has(table.name))
				.map((table) => table.name)
		).toEqual([]);
	});
});

describe('every role', () => {
	test('is neither superuser nor above row-level security, and cannot become another', async () => {
		const { rows } = await owner.query<{ rolname: string }>(
			"select r.rolname from pg_roles r where r.rolname = any(array['loopplank_owner', 'loopplank_app', 'loopplank_jobs', 'loopplank_identity']) and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication or exists (select from pg_auth_members m where m.member = r.oid))"
		);
		expect(rows).toEqual([]);
	});
	test('reads past row-level security only through the listed functions, each with an empty search path', async () => {
		const { rows } = await owner.query<{ name: string; config: string[] | null }>(
			"select n.nspname || '.' || p.proname as name, p.proconfig as config from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname in ('app', 'public', 'identity')"
		);
		expect(rows.map((row) => row.name).toSorted()).toEqual([...definers].toSorted());
		for (const row of rows) expect(row.config).toEqual(['search_path=""']);
	});
	test('asks who acts, where and when once for a statement, never for every row', async () => {
		// Written plainly it is asked again for every row: eighteen times slower for who sits at fifty tables.
		const plainly = String.raw`(?<!select )app\.((network_id|person_id|membership_id|now|acts_in_network)\(\)|has_role\('[a-z]+'\))`;
		const { rows } = await owner.query<{ name: string }>(
			`select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
				where n.nspname = 'app' and l.lanname = 'sql' and p.prosrc ~ $1
			union all select tablename || ' ' || policyname from pg_policies where concat(qual, with_check) ~* $1`,
			[plainly]
		);
		expect(rows.map(({ name }) => name)).toEqual([]);
	});

	test('keeps to facts: the application may not change or remove what was accepted, decided or logged', async () => {
		for (const fact of facts)
			for (const role of sqlRoles)
				for (const operation of ['update', 'delete'] as const) {
					const table = tables.find((entry) => entry.name === `public.${fact}`);
					if (!table) throw new Error(`${fact} is a table`);
					expect({ fact, role, operation, may: await may(role, table, operation) }).toMatchObject({ may: false });
				}
	});
});

describe.each(sqlRoles)('role %s', (role) => {
	describe.each(operations)('%s', (operation) => {
		test('without a grant: refused, with or without context', async () => {
			for (const table of ours()) {
				if (await may(role, table, operation)) continue;
				for (const context of [{}, contextOf(scene.actors.holder)])
					expect({ table: table.name, got: await attempt(role, context, table, operation) }).toEqual({ table: table.name, got: '42501' });
			}
		});

		test('without context: no rows', async () => {
			for (const table of ofNetworks()) {
				if (!(await may(role, table, operation))) continue;
				expect({ table: table.name, got: await attempt(role, {}, table, operation) }).toEqual({
					table: table.name,
					got: operation === 'insert' ? '42501' : 0
				});
			}
			for (const table of ours().filter((entry) => entry.schema === 'app')) {
				if (!(await may(role, table, operation))) continue;
				expect(operation === 'select' && readableWithoutContext.has(table.name)).toBe(true);
			}
		});

		test('in another network: no row of this one', async () => {
			const { networkId } = scene.actors.stranger;
			const context = contextOf(scene.actors.stranger);
			for (const table of ofNetworks()) {
				if (!(await may(role, table, operation))) continue;
				const got = await attempt(role, context, table, operation);
				if (operation === 'insert') {
					// The row tried is one of the first network, save where the first row happens to be the stranger's own.
					const { rows } = await owner.query<{ mine: boolean }>(
						`select (to_jsonb(t) ->> 'network_id') = $1 as mine from ${table.name} t limit 1`,
						[networkId]
					);
					if (rows[0]?.mine !== true) expect({ table: table.name, got }).toEqual({ table: table.name, got: '42501' });
				} else {
					const { rows } = await owner.query<{ own: number }>(`select count(*)::int as own from ${table.name} where network_id = $1`, [
						networkId
					]);
					expect({ table: table.name, atMost: typeof got === 'number' && got <= (rows[0]?.own ?? 0) }).toEqual({
						table: table.name,
						atMost: true
					});
				}
			}
		});
	});
});

test('a colleague who does not sit at the table sees no row of a case, in any table', async () => {
	const context = contextOf(scene.actors.colleague);
	const ofCases = ofNetworks().filter((table) => table.columns.includes('case_id'));
	expect(ofCases.length).toBeGreaterThanOrEqual(13);
	for (const table of ofCases)
		expect({ table: table.name, rows: await attempt('app', context, table, 'select') }).toEqual({ table: table.name, rows: 0 });
});

test('where nobody acts, no row of any table is read but the network and its organisations', async () => {
	const context = { network_id: scene.actors.holder.networkId };
	const seen: string[] = [];
	for (const table of ofNetworks())
		if ((await may('app', table, 'select')) && (await attempt('app', context, table, 'select')) !== 0) seen.push(table.name);
	expect(seen).toEqual(['public.network', 'public.organisation']);
});
