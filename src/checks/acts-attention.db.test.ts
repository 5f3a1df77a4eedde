import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attentionJobs } from '#rooms/table/attention/jobs.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import type { Actor } from '#foundation/actor.ts';
import { actCodes } from '#foundation/command/acts.ts';
import { read } from '#foundation/command/reading.server.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { openPair } from '#rooms/chain/pairs/commands.server.ts';
import { remindOrganisation } from '#rooms/table/attention/commands.server.ts';
import { listMyAttention } from '#rooms/table/attention/read.server.ts';
import { attentionCodes, countAttention } from '#rooms/table/attention/rules.ts';
import { getOrganisationFigures } from '#rooms/table/roles/read.server.ts';
import { listDocumentedTables, said, tableUnder } from './acts-document.ts';
import { addPerson } from './more-people.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** What asks for attention (G3): every act x role x state for real, what each learns of it, and that a facilitator decides nothing. */

let scene: Scene;
let by: Readonly<Record<string, Actor>>;
let caseId: string;
beforeAll(async () => {
	scene = await openScene(58);
	const { actors, officers } = scene;
	by = {
		...{ facilitator: actors.facilitator, administrator: actors.administrator, governor: officers.governor },
		...{ secretariat: officers.secretaryOne, treasurer: officers.treasurer, checker: actors.checker },
		...{ oversight: actors.oversight, professional: actors.holder, stranger: actors.stranger }
	};
	caseId = sure(await openCase(scene.installation, actors.holder, caseWords)).caseId;
	const wish = { caseId, membershipId: actors.seated.membershipId, message: 'Doe je mee?' };
	sure(await acceptInvitation(scene.installation, actors.seated, sure(await inviteToTable(scene.installation, actors.holder, wish))));
});
afterAll(() => scene.drop());

const days = (count: number): void => scene.installation.world.tick(count * 86_400_000);
const remind = (actor: Actor, code = 'silent', of = scene.actors.holder) =>
	remindOrganisation(scene.installation, actor, { organisationId: of.organisationId, code });
const mine = (actor: Actor) => read(scene.installation, actor, (tx, now) => listMyAttention(tx, scene.installation.keyring, actor, now));

/** Whom the product would write to after a reminder. */
async function told(reminderId: string): Promise<string[]> {
	const { installation, actors } = scene;
	const people: string[] = [];
	await attentionJobs['facilitation.reminded']?.(installation, {
		...{ id: installation.world.id(), kind: 'facilitation.reminded', networkId: actors.holder.networkId, payload: { reminderId } },
		...{ now: installation.world.now(), tries: 0 },
		sendMail: () => Promise.resolve(),
		ask: (kind, _, { personId = '' }) => Promise.resolve(void people.push(`${kind} ${personId}`))
	});
	return people.toSorted();
}

describe('acts of facilitation', () => {
	const { columns, rows } = tableUnder('Acts of facilitation');
	for (const [act = '', state = '', ...cells] of rows)
		test(`${act} when it is ${state}`, async () => {
			const { actors } = scene;
			const of = { well: actors.seated, small: scene.officers.governor }[state] ?? actors.holder;
			const answers: Record<string, string> = {};
			for (const role of columns.slice(1)) {
				const actor = by[role];
				if (!actor) throw new Error(`nobody plays ${role}`);
				days(15);
				if (state === 'reminded') {
					sure(await remind(actors.facilitator));
					days(13);
				}
				answers[role] = said(await remind(actor, 'silent', of));
			}
			expect(answers).toEqual(Object.fromEntries(columns.slice(1).map((role, index) => [role, cells[index]])));
		});

	test('two at the same moment remind once, and only those whom it concerns are told', async () => {
		days(15);
		const both = await Promise.all([remind(scene.actors.facilitator), remind(scene.actors.facilitator)]);
		expect(both.map(said).toSorted()).toEqual(['already_nudged', 'yes']);
		const done = both.find(({ ok }) => ok);
		if (!done) throw new Error('One was done.');
		expect(await told(sure(done).reminderId)).toEqual([`mail.attention ${scene.actors.holder.personId}`]);
		expect(said(await remind(scene.actors.facilitator, 'nothing'))).toBe('invalid');
	});

	test('the facilitator learns neither who nor how many: not of one, not past the rules, and no role but the jobs asks', async () => {
		const { installation, actors } = scene;
		const { facilitator } = actors;
		const figures = await read(installation, facilitator, (tx, now) => getOrganisationFigures(tx, facilitator, now));
		expect(figures?.find(({ organisationId }) => organisationId === actors.holder.organisationId)?.cells.silent).toBeNull();
		for (const statement of ['select * from app.people_concerned(gen_random_uuid())', 'select * from app.attention_rows()']) {
			const rows = await read(installation, facilitator, (tx) => sql`${sql.raw(statement)}`.execute(tx)).then(
				(answer) => answer.rows,
				(error: unknown) => (error as { code?: string }).code
			);
			expect({ statement, rows }).toEqual({ statement, rows: '42501' });
		}
		for (const actor of [actors.holder, actors.administrator]) {
			const seen = await read(installation, actor, (tx) => sql`select from facilitation_reminder`.execute(tx));
			expect(seen.rows).toEqual([]);
		}
	});
});

describe('one’s own attention', () => {
	test('says what is silent, overdue, much and one-sided, to oneself alone', async () => {
		const { installation, actors } = scene;
		const { holder, seated, colleague, facilitator } = actors;
		expect(await mine(holder)).toMatchObject({ silent: [{ caseId }], overdue: [], open: null, oneSided: [] });
		for (const actor of [seated, colleague, facilitator]) expect(countAttention(await mine(actor))).toBe(0);
		const dueOn = addDays(dayAt(installation.world.now()), 1);
		const promise = () => makeAgreement(installation, seated, { caseId, what: 'Ik bel', dueOn, receiverId: holder.personId });
		sure(await promise());
		sure(await promise());
		expect((await mine(holder)).oneSided).toEqual([]);
		sure(await promise());
		expect(await mine(holder)).toMatchObject({ silent: [], oneSided: [{ caseId, promises: 3 }] });
		for (let count = 0; count < 4; count++) sure(await promise());
		expect((await mine(seated)).open).toBeNull();
		sure(await promise());
		expect((await mine(seated)).open).toBe(8);
		days(3);
		expect((await mine(seated)).overdue).toHaveLength(8);
		expect((await mine(holder)).overdue).toEqual([]);
		// Another promises too: it goes both ways again.
		const back = { caseId, what: 'Ik kom', dueOn: addDays(dueOn, 9), receiverId: seated.personId };
		sure(await makeAgreement(installation, holder, back));
		expect((await mine(holder)).oneSided).toEqual([]);
		expect(countAttention(await mine(facilitator))).toBe(0);
	});

	test('counts what one promised in a pair too; the counts of an organisation do not', async () => {
		const { installation, actors, officers } = scene;
		const [one, other] = [actors.colleague, officers.governor];
		const { pairId, invitationId } = sure(await openPair(installation, one, { membershipId: other.membershipId, message: 'Zullen we?' }));
		sure(await acceptInvitation(installation, other, { invitationId }));
		const wish = { caseId: pairId, what: 'Ik bel', dueOn: addDays(dayAt(installation.world.now()), 1), receiverId: other.personId };
		for (let count = 0; count < 8; count++) sure(await makeAgreement(installation, one, wish));
		expect(await mine(one)).toMatchObject({ open: 8, openOfPairs: 8 });
		expect((await mine(other)).open).toBeNull();
		days(3);
		expect((await mine(one)).overdue).toHaveLength(8);
		// A reminder about others of that organisation does not reach them for it.
		const { reminderId } = sure(await remind(actors.facilitator, 'overloaded', one));
		expect(await told(reminderId)).not.toContain(`mail.attention ${one.personId}`);
	});

	test('promises that go one way are the same tables to the facilitator as to who sits there, and both ends are reminded', async () => {
		const { installation, actors } = scene;
		const { seated, holder, facilitator } = actors;
		const { caseId: other } = sure(await openCase(installation, holder, caseWords));
		const wish = { caseId: other, membershipId: seated.membershipId, message: 'Doe je mee?' };
		sure(await acceptInvitation(installation, seated, sure(await inviteToTable(installation, holder, wish))));
		const dueOn = addDays(dayAt(installation.world.now()), 30);
		const promise = (more: object = {}) =>
			makeAgreement(installation, seated, { caseId: other, what: 'Ik bel', dueOn, receiverId: holder.personId, ...more });
		sure(await promise());
		sure(await promise());
		expect(said(await remind(facilitator, 'one_sided', seated))).toBe('nothing_to_nudge');
		sure(await promise());
		const concerned = async (of: Actor) => told(sure(await remind(facilitator, 'one_sided', of)).reminderId);
		for (const end of [seated, holder]) {
			expect(await concerned(end)).toEqual([`mail.attention ${end.personId}`]);
			// Behind the link in the letter stands the very table.
			expect((await mine(end)).oneSided).toMatchObject([{ caseId: other, promises: 3, organisationName: 'Wijkteam Noord' }]);
		}
		// Once the other end promises too, it is told to nobody any more.
		days(15);
		sure(await makeAgreement(installation, holder, { caseId: other, what: 'Ik kom', dueOn, receiverId: seated.personId }));
		for (const end of [seated, holder]) {
			expect(said(await remind(facilitator, 'one_sided', end))).toBe('nothing_to_nudge');
			expect((await mine(end)).oneSided).toEqual([]);
		}
	});
});

describe('an organisation of few people', () => {
	const rowsFor = (reader: Actor, of: Actor) =>
		read(
			scene.installation,
			reader,
			async (tx) =>
				(
					await sql<{ what: string; amount: unknown }>`select what, amount from app.figure_organisations()
						where organisation_id = ${of.organisationId} order by what`.execute(tx)
				).rows
		);
	const small = [{ what: 'small', amount: null }];

	test('has one row that says so, whatever its people did, also when it is nothing', async () => {
		const { installation, actors, officers } = scene;
		const { facilitator, holder } = actors;
		// The municipality has two people: one of the secretariat, one who governs.
		expect(await rowsFor(facilitator, officers.governor)).toEqual(small);
		const busy = await addPerson(scene, ['professional'], officers.treasurerTwo);
		const { caseId: at } = sure(await openCase(installation, busy, caseWords));
		const wish = { caseId: at, membershipId: holder.membershipId, message: 'Doe je mee?' };
		sure(await acceptInvitation(installation, holder, sure(await inviteToTable(installation, busy, wish))));
		const dueOn = addDays(dayAt(installation.world.now()), 1);
		for (let count = 0; count < 9; count++)
			sure(await makeAgreement(installation, busy, { caseId: at, what: 'Ik bel', dueOn, receiverId: holder.personId }));
		days(20);
		expect(await rowsFor(facilitator, busy)).toEqual(small);
		const figures = await read(installation, facilitator, (tx, now) => getOrganisationFigures(tx, facilitator, now));
		const found = figures?.find(({ organisationId }) => organisationId === busy.organisationId);
		expect(found?.small).toBe(true);
		expect(new Set(Object.values(found?.cells ?? {}))).toEqual(new Set([null]));
		for (const code of attentionCodes) expect(said(await remind(facilitator, code, busy))).toBe('too_few_people');
		// Who only looks along makes it no larger; a third who works there does.
		await addPerson(scene, ['oversight', 'checker'], busy);
		expect(await rowsFor(facilitator, busy)).toEqual(small);
		const third = await addPerson(scene, ['professional'], busy);
		const three = await rowsFor(facilitator, busy);
		expect(three).toEqual(expect.arrayContaining([{ what: 'overdue', amount: null }]));
		expect(three).not.toEqual(expect.arrayContaining(small));
		// Of an organisation of three, to one of those three it is still of two.
		const owner = await scene.database.connections.owner();
		await owner.query("update membership set roles = '{professional,governor}' where membership_id = $1", [third.membershipId]);
		expect(await rowsFor({ ...third, roles: ['professional', 'governor'] }, busy)).toEqual(small);
		// And when one of them stops working there, it is small again to everyone.
		await owner.query('update membership set valid_until = $1 where membership_id = $2', [installation.world.now(), third.membershipId]);
		await owner.end();
		expect(await rowsFor(facilitator, busy)).toEqual(small);
	});

	test('is told so to who may see figures, and to nobody else', async () => {
		const { actors, officers, installation } = scene;
		for (const actor of [actors.holder, actors.checker, officers.treasurer]) expect(await rowsFor(actor, officers.governor)).toEqual([]);
		const asks = read(installation, actors.facilitator, (tx) => sql`select app.too_few_people(gen_random_uuid())`.execute(tx));
		await expect(asks).rejects.toMatchObject({ code: '42501' });
	});
});

describe('a facilitator', () => {
	/** What words and roles a decision has in the codes of acts. */
	const decides =
		/\.(confirm\w*|accept\w*|decline\w*|answer|judge|vote|decide|take_up|put_in_force|agree_change|take_over|release|settle)$/;
	/** A second pair of eyes on a text for everyone: it says nothing of a case, and takes two organisations. */
	const secondEyes = ['release.confirm'];
	/** Writing down what a ministry or an association outside the network wrote back: no decision of anyone here. */
	const fromOutside = ['letter.answer'];

	test('alone decides nothing, in whatever state', () => {
		const allowed = listDocumentedTables().flatMap(({ columns, rows }) => {
			const at = columns.indexOf('facilitator');
			return at < 0 ? [] : rows.filter((row) => row[at + 1] === 'yes').map(([act = '']) => act);
		});
		expect(actCodes.filter((act) => decides.test(act)).length).toBeGreaterThan(30);
		expect(allowed.length).toBeGreaterThan(10);
		expect([...new Set(allowed.filter((act) => decides.test(act)))]).toEqual([...secondEyes, ...fromOutside]);
	});
});
