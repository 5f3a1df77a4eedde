import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/**
 * Row-level security of every table x role x operation, made from the catalogue: a table that is added later is tested from its first day.
 * Straight in SQL, past every rule of the product.
 */

/** Tables that belong to the installation and not to a network (Designs 2), and pg-boss's own schema. */
const installationSchemas = new Set(['app', 'identity', 'pgboss']);
/** Readable without a network, on purpose: from the word in an address to a network, the epoch, the migrations. */
const readableWithoutContext = new Set(['app.installation', 'app.network_directory', 'app.migration']);
/** Functions that read past row-level security; each gives counts, ids of one's own, or yes and no. */
const definers = new Set([
	'app.acts_in_network',
	'app.figure_cases',
	'app.figure_causes',
	'app.has_role',
	'app.list_account_memberships',
	'app.list_invented_accounts',
	'app.may_sit',
	'app.my_cases',
	'app.my_invitations',
	'app.pseudonym_taken'
]);
/** Filled only by what comes after an act: the sealer, the relay. */
const filledLater = new Set(['public.log_seal', 'public.search_filling']);

const roles = ['app', 'jobs', 'identity'] as const;
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
const clients: Partial<Record<(typeof roles)[number], pg.Client>> = {};

const clientOf = (role: (typeof roles)[number]): pg.Client => {
	const client = clients[role];
	if (!client) throw new Error('connected in beforeAll');
	return client;
};

beforeAll(async () => {
	scene = await openScene(7);
	owner = await scene.database.connections.owner();
	for (const role of roles) clients[role] = await scene.database.connections.single(role);
	await fill();
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
	for (const client of [owner, ...Object.values(clients)]) await client.end();
	await scene.drop();
});

/** A case with everything in it, so that no table is empty. */
async function fill(): Promise<void> {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords, { key: 'one' }));
	sure(
		await acceptInvitation(
			installation,
			actors.seated,
			sure(await inviteToTable(installation, actors.holder, { caseId, membershipId: actors.seated.membershipId, message: 'Doe mee' }))
		)
	);
	const { agreementId } = sure(
		await makeAgreement(installation, actors.seated, {
			caseId,
			what: 'Bel de deurwaarder',
			dueOn: '2026-12-01',
			receiverId: actors.holder.personId
		})
	);
	sure(await reportAgreement(installation, actors.seated, { agreementId, outcome: 'kept' }));
	sure(await answerReport(installation, actors.holder, { agreementId, answer: 'confirmed' }));
	sure(
		await recordValueMap(installation, actors.holder, {
			...{ caseId, potCents: 100, horizonYears: 1, looming: [{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1 }] }
		})
	);
	sure(await closeCase(installation, actors.holder, { caseId, outcome: 'helped', cause: 'none', responsible: '' }));
}

type Context = Readonly<Record<string, string>>;

/** Runs one statement in a transaction of its own, under a context, and rolls it back: rows touched or the SQLSTATE. */
async function tried(role: (typeof roles)[number], context: Context, sql: string, values: unknown[] = []): Promise<number | string> {
	const client = clientOf(role);
	await client.query('begin');
	try {
		for (const [name, value] of Object.entries(context)) await client.query('select set_config($1, $2, true)', [`app.${name}`, value]);
		const result = await client.query(sql, values);
		return result.rowCount ?? 0;
	} catch (error) {
		return (error as { code?: string }).code ?? 'no code';
	} finally {
		await client.query('rollback');
	}
}

async function attempt(
	role: (typeof roles)[number],
	context: Context,
	table: Table,
	operation: (typeof operations)[number]
): Promise<number | string> {
	switch (operation) {
		case 'select': {
			// A role may be granted some columns only.
			const column = await grantedColumn(role, table, 'select');
			return column === null ? '42501' : tried(role, context, `select ${column} from ${table.name}`);
		}
		case 'delete':
			return tried(role, context, `delete from ${table.name}`);
		case 'update': {
			const column = (await grantedColumn(role, table, 'update')) ?? table.columns[0] ?? '';
			return tried(role, context, `update ${table.name} set ${column} = ${column}`);
		}
		case 'insert': {
			const { rows } = await owner.query<{ row: unknown }>(`select to_jsonb(t) as row from ${table.name} t limit 1`);
			return tried(role, context, `insert into ${table.name} select * from jsonb_populate_record(null::${table.name}, $1)`, [
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
	test('keeps to facts: the application may not change or remove what was accepted, decided or logged', async () => {
		const facts = [
			'agreement',
			'agreement_answer',
			'agreement_report',
			'case_event',
			'case_record',
			'case_words',
			'cause_naming',
			'log_line',
			'log_seal',
			'seat_answer',
			'seat_invitation',
			'value_map'
		];
		for (const fact of facts)
			for (const role of roles)
				for (const operation of ['update', 'delete'] as const) {
					const table = tables.find((entry) => entry.name === `public.${fact}`);
					if (!table) throw new Error(`${fact} is a table`);
					expect({ fact, role, operation, may: await may(role, table, operation) }).toMatchObject({ may: false });
				}
	});
});

describe.each(roles)('role %s', (role) => {
	describe.each(operations)('%s', (operation) => {
		test('without a grant: refused, with or without context', async () => {
			const { networkId, personId, membershipId } = scene.actors.holder;
			for (const table of ours()) {
				if (await may(role, table, operation)) continue;
				for (const context of [{}, { network_id: networkId, person_id: personId, membership_id: membershipId }])
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
			const { networkId, personId, membershipId } = scene.actors.stranger;
			const context = { network_id: networkId, person_id: personId, membership_id: membershipId };
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
	const { networkId, personId, membershipId } = scene.actors.colleague;
	const context = { network_id: networkId, person_id: personId, membership_id: membershipId };
	const ofCases = ofNetworks().filter((table) => table.columns.includes('case_id'));
	expect(ofCases.length).toBeGreaterThanOrEqual(13);
	for (const table of ofCases)
		expect({ table: table.name, rows: await attempt('app', context, table, 'select') }).toEqual({ table: table.name, rows: 0 });
});

test('a colleague cannot take a seat, nor write into a case, straight in SQL', async () => {
	const { networkId, personId, membershipId, organisationId } = scene.actors.colleague;
	const context = { network_id: networkId, person_id: personId, membership_id: membershipId };
	const { rows } = await owner.query<{ case_id: string }>('select case_id from case_record limit 1');
	const caseId = rows[0]?.case_id;
	for (const holder of [true, false])
		expect(
			await tried(
				'app',
				context,
				'insert into case_seat (network_id, case_id, seat_id, person_id, membership_id, organisation_id, holder, given_by, valid_from) values ($1, $2, gen_random_uuid(), $3, $4, $5, $6, $3, now())',
				[networkId, caseId, personId, membershipId, organisationId, holder]
			)
		).toBe('42501');
	expect(
		await tried(
			'app',
			context,
			"insert into case_event (network_id, case_id, event_id, kind, at, person_id, membership_id) values ($1, $2, gen_random_uuid(), 'reopened', now(), $3, $4)",
			[networkId, caseId, personId, membershipId]
		)
	).toBe('42501');
});

test('who left the table sees nothing of it any more, by the product’s own clock', async () => {
	const { networkId, personId, membershipId } = scene.actors.seated;
	const context = { network_id: networkId, person_id: personId, membership_id: membershipId };
	const now = scene.installation.world.now().toISOString();
	expect(await tried('app', { ...context, now }, 'select from case_record')).toBe(1);
	await owner.query('update case_seat set valid_until = $1 where person_id = $2', [now, personId]);
	expect(await tried('app', { ...context, now }, 'select from case_record')).toBe(0);
	await owner.query('update case_seat set valid_until = null where person_id = $1', [personId]);
});

describe('what someone at the table cannot do, straight in SQL', () => {
	const contextOf = ({ networkId, personId, membershipId }: Scene['actors']['seated'], now?: string): Context => ({
		...{ network_id: networkId, person_id: personId, membership_id: membershipId },
		...(now === undefined ? {} : { now })
	});
	const caseOfScene = async (): Promise<string> => {
		const { rows } = await owner.query<{ case_id: string }>('select case_id from case_seat where person_id = $1', [
			scene.actors.seated.personId
		]);
		return rows[0]?.case_id ?? '';
	};

	test('keep seeing a case when the membership they sat there with has ended', async () => {
		const { seated } = scene.actors;
		const now = scene.installation.world.now().toISOString();
		const other = scene.installation.world.id();
		await owner.query(
			`insert into membership select network_id, $2, person_id, organisation_id, function_title, roles, valid_from, null from membership where membership_id = $1`,
			[seated.membershipId, other]
		);
		await owner.query('update membership set valid_until = $2 where membership_id = $1', [seated.membershipId, now]);
		expect(await tried('app', { ...contextOf(seated, now), membership_id: other }, 'select from case_record')).toBe(0);
		await owner.query('update membership set valid_until = null where membership_id = $1', [seated.membershipId]);
		expect(await tried('app', contextOf(seated, now), 'select from case_record')).toBe(1);
		// Nor while acting for another organisation: a seat is taken with one membership.
		expect(await tried('app', { ...contextOf(seated, now), membership_id: other }, 'select from case_record')).toBe(0);
		await owner.query('delete from membership where membership_id = $1', [other]);
	});

	test('sit down again after leaving: neither by taking the leaving back, nor by the invitation of then', async () => {
		const { seated } = scene.actors;
		const now = scene.installation.world.now().toISOString();
		const caseId = await caseOfScene();
		await owner.query('update case_seat set valid_until = $1 where person_id = $2', [now, seated.personId]);
		expect(await tried('app', contextOf(seated, now), 'update case_seat set valid_until = null')).toBe(0);
		expect(
			await tried(
				'app',
				contextOf(seated, now),
				'insert into case_seat (network_id, case_id, seat_id, person_id, membership_id, organisation_id, holder, given_by, valid_from) values ($1, $2, gen_random_uuid(), $3, $4, $5, false, $3, $6)',
				[seated.networkId, caseId, seated.personId, seated.membershipId, seated.organisationId, now]
			)
		).toBe('42501');
		await owner.query('update case_seat set valid_until = null where person_id = $1', [seated.personId]);
		expect(await tried('app', contextOf(seated, now), 'update case_seat set valid_until = null')).toBe('42501');
		expect(await tried('app', contextOf(seated, now), 'update case_seat set valid_until = $1', [now])).toBe(1);
	});

	test('invite without holding the case, or invite a membership that is another person’s', async () => {
		const { holder, seated, invited, colleague } = scene.actors;
		const caseId = await caseOfScene();
		const invite = (by: Scene['actors']['seated'], personId: string, membershipId: string) =>
			tried(
				'app',
				contextOf(by),
				'insert into seat_invitation (network_id, invitation_id, case_id, person_id, membership_id, invited_by, at) values ($1, gen_random_uuid(), $2, $3, $4, $5, now())',
				[by.networkId, caseId, personId, membershipId, by.personId]
			);
		expect(await invite(seated, invited.personId, invited.membershipId)).toBe('42501');
		expect(await invite(holder, invited.personId, colleague.membershipId)).toBe('23503');
		expect(await invite(holder, invited.personId, invited.membershipId)).toBe(1);
	});

	test('answer or report under another case, reopen without holding it, or write a fact under another person’s membership', async () => {
		const { installation, actors } = scene;
		const { holder, seated, colleague } = actors;
		const caseId = await caseOfScene();
		const elsewhere = sure(await openCase(installation, colleague, caseWords)).caseId;
		const { invitationId } = sure(
			await inviteToTable(installation, colleague, { caseId: elsewhere, membershipId: holder.membershipId, message: 'Doe mee' })
		);
		expect(
			await tried(
				'app',
				contextOf(seated),
				"insert into seat_answer (network_id, invitation_id, case_id, answer, person_id, at) values ($1, $2, $3, 'withdrawn', $4, now())",
				[seated.networkId, invitationId, caseId, seated.personId]
			)
		).toBe('23503');
		const { rows } = await owner.query<{ agreement_id: string }>('select agreement_id from agreement where case_id = $1', [caseId]);
		expect(
			await tried(
				'app',
				contextOf(colleague),
				"insert into agreement_report (network_id, report_id, agreement_id, case_id, outcome, person_id, at) values ($1, gen_random_uuid(), $2, $3, 'kept', $4, now())",
				[colleague.networkId, rows[0]?.agreement_id, elsewhere, colleague.personId]
			)
		).toBe('23503');
		const reopen = (by: Scene['actors']['seated'], membershipId: string) =>
			tried(
				'app',
				contextOf(by),
				"insert into case_event (network_id, case_id, event_id, kind, at, person_id, membership_id) values ($1, $2, gen_random_uuid(), 'reopened', now(), $3, $4)",
				[by.networkId, caseId, by.personId, membershipId]
			);
		expect(await reopen(seated, seated.membershipId)).toBe('42501');
		expect(await reopen(holder, seated.membershipId)).toBe('23503');
		expect(await reopen(holder, holder.membershipId)).toBe(1);
	});

	test('write a line in the log as another membership', async () => {
		const { holder, seated } = scene.actors;
		const line = (membershipId: string) =>
			tried(
				'app',
				contextOf(seated),
				"insert into log_line (network_id, line_id, epoch, at, act, result, object_kind, person_id, membership_id, origin, span_id) values ($1, gen_random_uuid(), 1, now(), 'case.read', 'seen', 'case', $2, $3, 'page', '0123456789abcdef')",
				[seated.networkId, seated.personId, membershipId]
			);
		expect(await line(seated.membershipId)).toBe(1);
		expect(await line(holder.membershipId)).toBe('42501');
	});
});
