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
import { countAttention } from '#rooms/table/attention/rules.ts';
import { getOrganisationFigures } from '#rooms/table/roles/read.server.ts';
import { listDocumentedTables, said, tableUnder } from './acts-document.ts';
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
			const of = state === 'well' ? actors.seated : actors.holder;
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

	test('promises that go one way are brought up of an organisation, and both ends are reminded of their own', async () => {
		const { actors } = scene;
		const { seated, holder, facilitator } = actors;
		const concerned = async (of: Actor) => told(sure(await remind(facilitator, 'one_sided', of)).reminderId);
		expect(await concerned(seated)).toEqual([`mail.attention ${seated.personId}`]);
		expect(await concerned(holder)).toEqual([`mail.attention ${holder.personId}`]);
		// Half a year later nothing of it counts.
		days(190);
		expect(said(await remind(facilitator, 'one_sided', seated))).toBe('nothing_to_nudge');
	});
});

describe('a facilitator', () => {
	/** What words and roles a decision has in the codes of acts. */
	const decides =
		/\.(confirm\w*|accept\w*|decline\w*|answer|judge|vote|decide|take_up|put_in_force|agree_change|take_over|release|settle)$/;
	/** A second pair of eyes on a text for everyone: it says nothing of a case, and takes two organisations. */
	const secondEyes = ['release.confirm'];

	test('alone decides nothing, in whatever state', () => {
		const allowed = listDocumentedTables().flatMap(({ columns, rows }) => {
			const at = columns.indexOf('facilitator');
			return at < 0 ? [] : rows.filter((row) => row[at + 1] === 'yes').map(([act = '']) => act);
		});
		expect(actCodes.filter((act) => decides.test(act)).length).toBeGreaterThan(30);
		expect(allowed.length).toBeGreaterThan(10);
		expect([...new Set(allowed.filter((act) => decides.test(act)))]).toEqual(secondEyes);
	});
});
