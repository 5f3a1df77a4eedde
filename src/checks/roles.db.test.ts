import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { sealAll } from '#foundation/log/seal.server.ts';
import { findCases } from '#foundation/search/find-cases.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { listMyCases } from '#rooms/cases/read.server.ts';
import { getCaseLog, getCaseTable } from '#rooms/table/read.server.ts';
import { getMyFigures, getOrganisationFigures, readLogAsChecker } from '#rooms/table/roles/read.server.ts';
import { said } from './acts-document.ts';
import { caseWords, makeFullCase, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** The roles see what they should: counts, the log, and no case. */

let scene: Scene;
let caseId: string;
/** A network with a row in every table. */
let full: Scene;
beforeAll(async () => {
	[scene, full] = await Promise.all([openScene(31), openScene(32)]);
	await makeFullCase(full);
	caseId = (await openTable()).caseId;
});
afterAll(() => Promise.all([scene.drop(), full.drop()]));

/** A case of the holder with seated at its table. */
async function openTable(): Promise<{ caseId: string }> {
	const { installation, actors } = scene;
	const opened = sure(await openCase(installation, actors.holder, { ...caseWords, stuck: 'Kwartelkoning zoekt een huis.' }));
	const input = { caseId: opened.caseId, membershipId: actors.seated.membershipId, message: 'Kom erbij' };
	sure(await acceptInvitation(installation, actors.seated, sure(await inviteToTable(installation, actors.holder, input))));
	return opened;
}

async function promise(by: Actor, to: Actor, report?: 'kept' | 'late', inCase = caseId): Promise<void> {
	const { installation } = scene;
	const dueOn = addDays(dayAt(installation.world.now()), 1);
	const { agreementId } = sure(await makeAgreement(installation, by, { caseId: inCase, what: 'Bellen', dueOn, receiverId: to.personId }));
	if (report === undefined) return;
	sure(await reportAgreement(installation, by, { agreementId, outcome: report }));
	sure(await answerReport(installation, to, { agreementId, answer: 'confirmed' }));
}

const withoutCases = ({ actors, officers }: Scene): [string, Actor][] => [
	...(['facilitator', 'oversight', 'checker', 'administrator'] as const).map((role): [string, Actor] => [role, actors[role]]),
	...Object.entries(officers)
];

/** Who decides on a request, also when a governor stands in for a silent secretariat, reads what was asked for, and who pays it what it is, from whom and why: of the request, and nothing of its case. */
const payers = ({ roles }: Actor): string =>
	roles.includes('secretariat') || roles.includes('governor')
		? "and part not like 'request\\_%'"
		: roles.includes('treasurer')
			? "and part not in ('request_what', 'request_supplier', 'request_why')"
			: '';

describe('who is not a professional', () => {
	test('reads no case: not by its address, not in a list, not by search', async () => {
		const { installation } = scene;
		for (const [role, actor] of withoutCases(scene)) {
			const seen = await read(installation, actor, async (tx) => ({
				listed: (await listMyCases(tx, actor, { limit: 10 })).length,
				found: (await findCases(tx, 'kwartelkoning')).length
			}));
			const asked = [said(await getCaseTable(installation, actor, caseId)), said(await getCaseLog(installation, actor, caseId))];
			expect({ role, ...seen, asked }).toEqual({ role, listed: 0, found: 0, asked: ['not_found', 'not_found'] });
		}
	});

	test('sees no row of any case in any table, save the lines of the log for a checker, what they were asked themselves, and a request they decide on or pay', async () => {
		const owner = await full.database.connections.owner();
		const { rows: tables } = await owner.query<{ name: string }>(
			"select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name) where c.table_schema = 'public' and c.column_name = 'case_id' and t.table_type = 'BASE TABLE' order by 1"
		);
		await owner.end();
		expect(tables.length).toBeGreaterThanOrEqual(13);
		for (const [role, actor] of withoutCases(full)) {
			const seen = await read(full.installation, actor, async (tx) => {
				const rows: string[] = [];
				for (const { name } of tables) {
					// Who governs may sit at the table of a project, which is of no resident. Who is asked a question without name, to a table, to decide on one agreement, or to pay back for their organisation, reads those words and
					// nothing else of the case.
					const asked =
						name === 'case_words'
							? `and part not in ('question', 'answer', 'message', 'invitation', 'agreement', 'claim_why') ${payers(actor)}`
							: '';
					const found =
						await sql`select from ${sql.table(name)} where not exists (select from project p where p.project_id = case_id) ${sql.raw(asked)} limit 1`.execute(
							tx
						);
					if (found.rows.length > 0) rows.push(name);
				}
				return rows;
			});
			// The treasurer reads receipts, to pay what was granted: they are sealed with the case and say nothing else of it.
			const may = actor.roles.includes('checker') ? ['log_line'] : actor.roles.includes('treasurer') ? ['receipt'] : [];
			expect({ role, seen }).toEqual({ role, seen: may });
		}
	});
});

describe('figures per organisation', () => {
	const figures = (actor: Actor) => read(scene.installation, actor, (tx, now) => getOrganisationFigures(tx, actor, now));
	const ofWijkteam = async (actor: Actor) =>
		(await figures(actor))?.find(({ organisationId }) => organisationId === scene.actors.seated.organisationId)?.cells;

	test('are for oversight, governor and facilitator, and for nobody else, also past the rules', async () => {
		const { actors, officers, installation } = scene;
		for (const actor of [actors.oversight, officers.governor, actors.facilitator]) expect(await figures(actor)).not.toBeNull();
		for (const actor of [actors.holder, actors.checker, actors.administrator, officers.treasurer, officers.secretaryOne]) {
			expect(await figures(actor)).toBeNull();
			const { rows } = await read(installation, actor, (tx) => sql`select * from app.figure_organisations()`.execute(tx));
			expect(rows).toEqual([]);
		}
		// A role that is only said, and not held by the membership, gives nothing.
		const pretends: Actor = { ...actors.colleague, roles: ['oversight'] };
		const { rows } = await read(installation, pretends, (tx) => sql`select * from app.figure_organisations()`.execute(tx));
		expect(rows).toEqual([]);
	});

	test('show no cell under three, and none of one person alone', async () => {
		const { actors } = scene;
		await promise(actors.seated, actors.holder, 'kept');
		await promise(actors.seated, actors.holder, 'kept');
		await promise(actors.seated, actors.holder, 'kept');
		// Enough agreements, all of one person: hidden.
		expect((await ofWijkteam(actors.oversight))?.kept).toBeNull();
		const input = { caseId, membershipId: actors.colleague.membershipId, message: 'Kom erbij' };
		sure(await acceptInvitation(scene.installation, actors.colleague, sure(await inviteToTable(scene.installation, actors.holder, input))));
		await promise(actors.colleague, actors.holder, 'late');
		await promise(actors.colleague, actors.holder, 'kept');
		const cells = await ofWijkteam(actors.oversight);
		expect(cells?.kept).toBe(4);
		expect(cells?.late).toBeNull();
		expect(cells?.overloaded).toBe(0);
	});

	test('tell a facilitator what is silent, overdue and too much, as counts', async () => {
		const { actors, installation } = scene;
		for (let count = 0; count < 8; count++) await promise(actors.seated, actors.holder);
		await promise(actors.colleague, actors.holder);
		await openTable();
		await openTable();
		await openTable();
		installation.world.tick(15 * 86_400_000);
		const cells = await ofWijkteam(actors.facilitator);
		expect(cells?.overdue).toBe(9);
		expect(cells?.overloaded).toBeNull();
		const kade = (await figures(actors.facilitator))?.find(({ organisationId }) => organisationId === actors.holder.organisationId);
		// All of one holder: said as too few, never as a figure of that person.
		expect(kade?.cells.silent).toBeNull();
	});

	test('are hidden from who could take their own away and be left with those of one other', async () => {
		const { actors, installation } = scene;
		// Two people of the organisation keep agreements, and one of them comes to oversee.
		const owner = await scene.database.connections.owner();
		await owner.query("update membership set roles = roles || '{oversight}' where membership_id = $1", [actors.seated.membershipId]);
		await owner.end();
		const looks: Actor = { ...actors.seated, roles: [...actors.seated.roles, 'oversight'] };
		expect((await ofWijkteam(actors.oversight))?.kept).toBe(4);
		expect((await ofWijkteam(looks))?.kept).toBeNull();
		const kade = await read(installation, looks, (tx) =>
			sql<{ amount: unknown }>`select amount from app.figure_organisations() where what = 'kept'`.execute(tx)
		);
		expect(kade.rows).toEqual([{ amount: null }]);
	});

	test('of oneself are one’s own alone', async () => {
		const { actors, installation } = scene;
		const mine = (actor: Actor) => read(installation, actor, (tx) => getMyFigures(tx));
		expect(await mine(actors.seated)).toMatchObject({ overdue: 8, held: 0 });
		expect(await mine(actors.administrator)).toEqual({
			...{ kept: 0, late: 0, ended: 0, unfinished: 0, open: 0, overdue: 0, held: 0, seated: 0 }
		});
	});
});

describe('the log for a checker', () => {
	const look = (wish: Parameters<typeof readLogAsChecker>[2] = {}) => readLogAsChecker(scene.installation, scene.actors.checker, wish);

	test('says that the seals hold, and which does not when a line was changed', async () => {
		const { installation, database, actors } = scene;
		const { networkId } = actors.checker;
		expect(sure(await look()).seals).toMatchObject({ checked: 0, last: null });
		await sealAll(installation.door, networkId, () => installation.world.now(), { maxLines: 10 });
		const whole = sure(await look()).seals;
		expect(whole.broken).toBeNull();
		expect(whole.checked).toBeGreaterThan(2);
		expect(whole.last?.sealNumber).toBe(whole.checked);
		const owner = await database.connections.owner();
		const change = async (to: string, from: string): Promise<void> => {
			const changed = await owner.query(
				`update log_line set origin = $1 where line_id = (select line_id from log_line where network_id = $2 and origin = $3 order by epoch, xid, line_id offset 12 limit 1)`,
				[to, networkId, from]
			);
			expect(changed.rowCount).toBe(1);
		};
		try {
			await owner.query('alter table log_line disable trigger user');
			await change('cli', 'page');
			expect(sure(await look()).seals.broken).toBe(2);
		} finally {
			await owner.query(`update log_line set origin = 'page' where network_id = $1 and origin = 'cli'`, [networkId]);
			await owner.end();
		}
		expect(sure(await look()).seals.broken).toBeNull();
	});

	test('is found by period, act and result, paged by key, and holds no words', async () => {
		const opened = sure(await look({ act: 'case.open', result: 'done' }));
		expect(opened.lines.length).toBe(4);
		expect(new Set(opened.lines.map((line) => line.act))).toEqual(new Set(['case.open']));
		const today = dayAt(scene.installation.world.now());
		expect(sure(await look({ from: today, act: 'case.open' })).lines).toEqual([]);
		expect(sure(await look({ until: addDays(today, -1), act: 'case.open' })).lines.length).toBe(opened.lines.length);
		expect(sure(await look({ from: 'gisteren', act: 'geen', result: '' })).lines).toEqual([]);
		const seen: string[] = [];
		let before: string | undefined;
		for (;;) {
			const page = sure(await look({ act: 'agreement.make', before }));
			seen.push(...page.lines.map((line) => line.lineId));
			if (page.next === null) break;
			before = page.next;
		}
		expect(new Set(seen).size).toBe(seen.length);
		expect(seen).toEqual(seen.toSorted().toReversed());
		expect(JSON.stringify(opened.lines)).not.toContain('Kwartelkoning');
	});

	test('is searched by case: who saw it and what was done in it, and nothing of another', async () => {
		const { lines } = sure(await look({ caseId }));
		expect(lines.length).toBeGreaterThan(0);
		expect(new Set(lines.map((line) => line.caseId))).toEqual(new Set([caseId]));
		expect(sure(await look({ caseId: scene.installation.world.id() })).lines).toEqual([]);
	});
});
