import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { momentAt } from '#foundation/time/days.ts';
import { makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { answerRung, askRung } from '#rooms/agreements/escalation/commands.server.ts';
import { escalationJobs, tellOverdue } from '#rooms/agreements/escalation/jobs.server.ts';
import { getMyAskedRung, listMyAskedRungs, listMyLadders, listSteps } from '#rooms/agreements/escalation/read.server.ts';
import { stateOf } from '#rooms/agreements/escalation/rules.ts';
import { didMore } from '#rooms/agreements/more/commands.server.ts';
import { listMore } from '#rooms/agreements/more/read.server.ts';
import { disputeRoom } from '#rooms/agreements/turns/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { said } from './acts-document.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** The ladder by a fake clock, from colleagues to outside over Christmas and the year's end; who is asked; a time-out; more than agreed. */

let scene: Scene;
let caseId: string;
beforeAll(async () => {
	scene = await openScene(71);
	const { installation, actors } = scene;
	caseId = sure(await openCase(installation, actors.holder, caseWords)).caseId;
	for (const other of [actors.seated, actors.colleague]) {
		const wish = { caseId, membershipId: other.membershipId, message: 'Doe je mee?' };
		sure(await acceptInvitation(installation, other, sure(await inviteToTable(installation, actors.holder, wish))));
	}
});
afterAll(() => scene.drop());

const goTo = (day: string, hour: number): Date => {
	const { world } = scene.installation;
	world.tick(momentAt(day, hour * 60).getTime() - world.now().getTime());
	return world.now();
};
const sweep = () => tellOverdue(scene.installation, scene.actors.holder.networkId, scene.installation.world.now());

/** Kinds of letter with whom they go to, that were left in the outbox since the last look. */
const seen = new Set<string>();
async function letters(): Promise<string[]> {
	const owner = await scene.database.connections.owner();
	const { rows } = await owner.query<{ id: string; kind: string; person: string | null }>(
		"select outbox_id as id, kind, payload->>'personId' as person from outbox where kind like 'mail.escalation%' or kind like 'escalation.%' or kind = 'mail.did_more'"
	);
	await owner.end();
	const fresh = rows.filter(({ id }) => !seen.has(id));
	for (const { id } of fresh) seen.add(id);
	const names = new Map(
		[...Object.entries(scene.actors), ...Object.entries(scene.officers)].map(([name, { personId }]) => [personId, name])
	);
	return fresh.map(({ kind, person }) => (person === null ? kind : `${kind} ${names.get(person) ?? person}`)).toSorted();
}
const stateNow = async (): Promise<string> => {
	const { installation, actors } = scene;
	const steps = await read(installation, actors.holder, (tx) => listSteps(tx, actors.holder, caseId));
	const last = steps.at(-1);
	return last ? `${last.rung} ${stateOf(last, installation.world.now())}` : 'none';
};
const climb = async (input: object): Promise<string> =>
	sure(await askRung(scene.installation, scene.actors.holder, { caseId, words: 'Wacht met de incasso.', ...input })).escalationId;
const toGoOn = (actor: Actor) => read(scene.installation, actor, (tx, now) => listMyLadders(tx, actor, now));
const waiting = (actor: Actor) => read(scene.installation, actor, (tx) => listMyAskedRungs(tx, scene.installation.keyring, actor));

describe('the ladder by a fake clock', () => {
	test('climbs only when it is asked to, and tells both sides once when a term is over', async () => {
		const { actors, officers } = scene;
		// Thursday before Christmas, at ten: Friday is Christmas Day, Saturday the second; two working days end on Tuesday at ten.
		goTo('2026-12-24', 10);
		await climb({ rung: 'colleagues', membershipIds: [actors.invited.membershipId] });
		expect(await letters()).toEqual(['mail.escalation_asked invited']);
		expect(await waiting(actors.invited)).toMatchObject([{ words: 'Wacht met de incasso.', rung: 'colleagues' }]);
		goTo('2026-12-29', 9.99);
		await sweep();
		expect([await stateNow(), await letters()]).toEqual(['colleagues asked', []]);
		goTo('2026-12-29', 10);
		await Promise.all([sweep(), sweep()]);
		await sweep();
		expect([await stateNow(), await letters()]).toEqual([
			'colleagues late',
			['mail.escalation_go_on holder', 'mail.escalation_late invited']
		]);
		expect(await toGoOn(actors.holder)).toMatchObject([{ caseId, rung: 'colleagues', answer: null }]);
		expect(await toGoOn(actors.seated)).toEqual([]);

		// Over the year's end: Wednesday and Thursday are worked, Friday is New Year's Day; the secretariat has till Thursday at ten.
		await climb({ rung: 'secretariat' });
		expect(await waiting(actors.invited)).toEqual([]);
		expect(await letters()).toEqual(['secretaryOne', 'secretaryThree', 'secretaryTwo'].map((name) => `mail.escalation_asked ${name}`));
		goTo('2026-12-31', 10);
		await sweep();
		expect((await letters()).filter((line) => line.includes('late'))).toHaveLength(3);

		await climb({ rung: 'governors', organisationId: officers.governor.organisationId });
		// Five working days: Thursday, Monday to Friday.
		goTo('2027-01-08', 9.99);
		await sweep();
		expect(await stateNow()).toBe('governors asked');
		goTo('2027-01-08', 10);
		await sweep();
		expect(await stateNow()).toBe('governors late');
		await letters();

		await climb({ rung: 'outside', outside: 'bailiff' });
		goTo('2027-01-22', 10);
		await sweep();
		expect([await stateNow(), await letters()]).toEqual(['outside late', ['mail.escalation_go_on holder']]);
		// Nothing went up by itself: four steps, each by the holder.
		const { installation } = scene;
		expect(await read(installation, actors.holder, (tx) => listSteps(tx, actors.holder, caseId))).toHaveLength(4);
	});

	test('another matter begins at the foot again, and its answer is told to who holds the case', async () => {
		const { installation, actors } = scene;
		const escalationId = await climb({ rung: 'colleagues', wish: 'time_out', membershipIds: [actors.invited.membershipId] });
		await letters();
		installation.world.tick(1000);
		sure(await answerRung(installation, actors.invited, { escalationId, answer: 'time_out', words: 'Tot 1 maart.' }));
		expect(await letters()).toEqual(['escalation.answered']);
		const asked: string[] = [];
		await escalationJobs['escalation.answered']?.(installation, {
			...{ id: installation.world.id(), kind: 'escalation.answered', networkId: actors.holder.networkId, payload: { escalationId } },
			...{ now: installation.world.now(), tries: 0 },
			sendMail: () => Promise.resolve(),
			ask: (kind, _, { personId = '' }) => Promise.resolve(void asked.push(`${kind} ${personId}`))
		});
		expect(asked).toEqual([`mail.escalation_answered ${actors.holder.personId}`]);
		const table = sure(await getCaseTable(installation, actors.holder, caseId));
		expect(table.words.get(escalationId)?.get('escalation_reply')?.text).toBe('Tot 1 maart.');
		expect(await toGoOn(actors.holder)).toMatchObject([{ rung: 'colleagues', answer: 'time_out' }]);
		sure(await inviteToTable(installation, actors.holder, { caseId, membershipId: actors.invited.membershipId, message: 'Kom erbij' }));
		expect(await toGoOn(actors.holder)).toEqual([]);
	});
});

describe('who is asked', () => {
	test('sees the question and no case, and its words as long as it waits for them', async () => {
		const { installation, actors } = scene;
		const asked = scene.officers.treasurer;
		const other = sure(await openCase(installation, actors.holder, caseWords)).caseId;
		const wish = { caseId: other, rung: 'colleagues', words: 'Wie kan dit?', membershipIds: [asked.membershipId], amount: '345' };
		const { escalationId } = sure(await askRung(installation, actors.holder, wish));
		const before = sure(await getMyAskedRung(installation, asked, escalationId));
		expect(before).toMatchObject({ words: 'Wie kan dit?', amountCents: 34_500, isOpen: true });
		// A page sends all of it to the browser: two questions of one case cannot be laid side by side.
		expect(JSON.stringify([before, await waiting(asked)])).not.toContain(other);
		expect(said(await getCaseTable(installation, asked, other))).toBe('not_found');
		const owner = await scene.database.connections.owner();
		const lines = await owner.query('select act, result from log_line where case_id = $1 and person_id = $2 order by at, line_id', [
			other,
			asked.personId
		]);
		await owner.end();
		expect(lines.rows).toEqual(
			expect.arrayContaining([
				{ act: 'escalation.read', result: 'seen' },
				{ act: 'case.read', result: 'refused_reading' }
			])
		);
		const counts = await read(installation, asked, async (tx) => {
			const found: Record<string, number> = {};
			for (const table of ['case_escalation', 'case_record', 'escalation', 'escalation_asked', 'case_words'])
				found[table] = (
					await sql`select from ${sql.table(table)} where ${sql.raw(
						table.startsWith('case_') ? `case_id = '${other}'` : `escalation_id = '${escalationId}'`
					)}`.execute(tx)
				).rows.length;
			return found;
		});
		expect(counts).toEqual({ case_escalation: 0, case_record: 0, escalation: 1, escalation_asked: 1, case_words: 1 });
		sure(await answerRung(installation, asked, { escalationId, answer: 'no', words: 'Wij gaan hier niet over.' }));
		const after = sure(await getMyAskedRung(installation, asked, escalationId));
		expect(after).toMatchObject({ words: null, amountCents: null, isOpen: false, answer: 'no' });
		expect(JSON.stringify(after)).not.toContain(other);
	});

	test('no answer is written past the rules: not by who was not asked, and not of another rung', async () => {
		const { installation, actors, officers } = scene;
		const other = sure(await openCase(installation, actors.holder, caseWords)).caseId;
		const wish = { caseId: other, rung: 'colleagues', words: 'Wie kan dit?', membershipIds: [officers.treasurer.membershipId] };
		const { escalationId } = sure(await askRung(installation, actors.holder, wish));
		for (const actor of [actors.holder, actors.colleague, actors.stranger])
			for (const answer of ['will', 'outside_said']) {
				const { networkId, personId, membershipId } = actor;
				const writing = installation.door.actor(actor, installation.world.now(), (tx) =>
					tx
						.insertInto('escalationAnswer')
						.values({ networkId, escalationId, answer, personId, membershipId, at: installation.world.now() })
						.execute()
				);
				await expect(writing).rejects.toMatchObject({ code: '42501' });
			}
	});
});

describe('a time-out', () => {
	test('binds the organisation until a day, says what happens meanwhile, and is about no amount', async () => {
		const { installation, actors } = scene;
		const wish = { caseId, kind: 'time_out', what: 'Wij wachten', proof: 'De schuldhulp begint', insideRoom: true };
		const give = (more: object) =>
			makeAgreement(installation, actors.seated, { ...wish, dueOn: '2027-06-01', receiverId: actors.holder.personId, ...more });
		expect(said(await give({ insideRoom: false }))).toBe('room_not_declared');
		expect(said(await give({ proof: ' ' }))).toBe('invalid');
		expect(said(await give({ amount: '100' }))).toBe('invalid');
		const { agreementId } = sure(await give({}));
		// A colleague of the same organisation at the table can say that it falls outside their room, as of any promise on behalf.
		expect(said(await disputeRoom(installation, actors.colleague, { agreementId }))).toBe('yes');
		expect(said(await reportAgreement(installation, actors.seated, { agreementId, outcome: 'taken' }))).toBe('invalid');
		sure(await reportAgreement(installation, actors.seated, { agreementId, outcome: 'kept' }));
	});
});

describe('more than agreed', () => {
	test('is told to the promiser, and read by those two alone', async () => {
		const { installation, actors } = scene;
		const { holder, seated, colleague } = actors;
		const wish = { caseId, what: 'Ik bel', dueOn: '2027-06-01', receiverId: holder.personId };
		const { agreementId } = sure(await makeAgreement(installation, seated, wish));
		sure(await reportAgreement(installation, seated, { agreementId, outcome: 'kept' }));
		await letters();
		sure(await didMore(installation, holder, { agreementId, words: 'Je ging ook nog mee.' }));
		expect(await letters()).toEqual(['mail.did_more seated']);
		const more = (actor: Actor) => read(installation, actor, (tx) => listMore(tx, installation.keyring, actor, caseId));
		for (const actor of [holder, seated]) expect((await more(actor)).get(agreementId)?.words).toBe('Je ging ook nog mee.');
		expect((await more(colleague)).size).toBe(0);
		// Nor among the words of the case, which the whole table reads and searches.
		const table = sure(await getCaseTable(installation, colleague, caseId));
		expect([...table.words.values()].flatMap((parts) => [...parts.values()]).map(({ text }) => text)).not.toContain('Je ging ook nog mee.');
	});

	test('a case that is closed waits for nobody on its ladder', async () => {
		const { installation, actors } = scene;
		const other = sure(await openCase(installation, actors.holder, caseWords)).caseId;
		const wish = { caseId: other, rung: 'colleagues', words: 'Wie kan dit?', membershipIds: [actors.administrator.membershipId] };
		sure(await askRung(installation, actors.holder, wish));
		sure(await closeCase(installation, actors.holder, { caseId: other, outcome: 'helped', cause: 'none', responsible: '' }));
		expect(await waiting(actors.administrator)).toEqual([]);
		await letters();
		installation.world.tick(30 * 86_400_000);
		await sweep();
		expect((await letters()).filter((line) => line.endsWith('administrator'))).toEqual([]);
	});
});
