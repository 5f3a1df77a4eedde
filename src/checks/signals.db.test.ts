import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nameOften, sharedCause } from './fill-causes.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Job } from '#foundation/jobs/job.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { closeCase, nameCause } from '#rooms/causes/commands.server.ts';
import { agreeChange, putInForce, takeUpSignal } from '#rooms/causes/signals/commands.server.ts';
import { signalJobs } from '#rooms/causes/signals/jobs.server.ts';
import { listSignals } from '#rooms/causes/signals/read.server.ts';
import type { Signal } from '#rooms/causes/signals/read.server.ts';

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(23);
});
afterAll(() => scene.drop());

const day = 24 * 60 * 60 * 1000;
let number = 0;
/** A cause that no other test names. */
const another = () => ({ ...sharedCause(scene), title: `Gewoonte ${number++}` });
const ofCase = async (caseId: string): Promise<string> => {
	const { rows } = await owner<{ cause_id: string }>('select cause_id from cause_naming where case_id = $1 order by at desc limit 1', [
		caseId
	]);
	return rows[0]?.cause_id ?? '';
};
const owner = async <Row extends object>(sql: string, values: unknown[] = []) => {
	const client = await scene.database.connections.owner();
	return await client.query<Row>(sql, values).finally(() => client.end());
};
const signalOf = async (causeId: string, actor: Actor = scene.actors.colleague): Promise<Signal | undefined> =>
	(await read(scene.installation, actor, (tx) => listSignals(tx, actor.networkId, { causeId })))[0];
const told = async (kind: string, causeId: string): Promise<string[]> =>
	(
		await owner<{ person: string }>("select payload ->> 'personId' as person from outbox where kind = $1 and payload ->> 'causeId' = $2", [
			kind,
			causeId
		])
	).rows.map((row) => row.person);
const sweep = async (): Promise<void> => {
	const { installation, actors } = scene;
	const job = { kind: 'daily.signals', networkId: actors.holder.networkId, payload: {}, now: installation.world.now() } as unknown as Job;
	await signalJobs['daily.signals']?.(installation, job);
};

describe('the same cause', () => {
	test('opens a signal with the third case, and the fourth joins it', async () => {
		const cause = another();
		const [first = ''] = await nameOften(scene, 2, cause);
		const causeId = await ofCase(first);
		expect(await signalOf(causeId)).toBeUndefined();
		await nameOften(scene, 1, cause);
		const signal = await signalOf(causeId);
		expect(signal).toMatchObject({ state: 'seen', dueOn: '2026-12-21' });
		await nameOften(scene, 1, cause);
		expect((await signalOf(causeId))?.signalId).toBe(signal?.signalId);
		// Who goes about it was asked once: the administrator of that organisation.
		expect(await told('mail.signal_opened', causeId)).toEqual([scene.actors.administrator.personId]);
	});

	test('counts a case once, however often it is named there and confirmed at closing', async () => {
		const { installation, actors } = scene;
		const cause = another();
		const [caseId = ''] = await nameOften(scene, 1, cause);
		const causeId = await ofCase(caseId);
		sure(await nameCause(installation, actors.holder, { caseId, causeId }));
		sure(await nameCause(installation, actors.holder, { caseId, ...cause }));
		sure(await closeCase(installation, actors.holder, { caseId, outcome: 'helped', same: true }));
		await nameOften(scene, 1, cause);
		expect(await signalOf(causeId)).toBeUndefined();
	});

	test('counts no case in which something else was named later', async () => {
		const cause = another();
		const [first = ''] = await nameOften(scene, 1, cause);
		const causeId = await ofCase(first);
		sure(await nameCause(scene.installation, scene.actors.holder, { caseId: first, cause: 'none' }));
		await nameOften(scene, 2, cause);
		expect(await signalOf(causeId)).toBeUndefined();
	});

	test('counts over twelve months from naming, and not from closing', async () => {
		const { installation, actors } = scene;
		const cause = another();
		const [first = ''] = await nameOften(scene, 1, cause);
		const causeId = await ofCase(first);
		installation.world.tick(366 * day);
		// Confirmed now, it was named then.
		sure(await closeCase(installation, actors.holder, { caseId: first, outcome: 'helped', same: true }));
		await nameOften(scene, 2, cause);
		expect(await signalOf(causeId)).toBeUndefined();
		await nameOften(scene, 1, cause);
		expect(await signalOf(causeId)).toMatchObject({ state: 'seen' });
	});

	test('named in three cases at once opens one signal', async () => {
		const { installation, actors } = scene;
		const cause = another();
		const caseIds = await Promise.all([1, 2, 3].map(async () => sure(await openCase(installation, actors.holder, caseWords)).caseId));
		await Promise.all(caseIds.map((caseId) => nameCause(installation, actors.holder, { caseId, ...cause })));
		const causeId = await ofCase(caseIds[0] ?? '');
		expect(await signalOf(causeId)).toMatchObject({ state: 'seen' });
		expect((await owner('select from signal where cause_id = $1', [causeId])).rowCount).toBe(1);
	});

	test('is recognised by its title in whatever capitals, and by its choice from the list', async () => {
		const { installation, actors } = scene;
		const cause = another();
		const [first = '', second = ''] = [
			...(await nameOften(scene, 1, cause)),
			...(await nameOften(scene, 1, { ...cause, title: cause.title.toUpperCase() }))
		];
		expect(await ofCase(second)).toBe(await ofCase(first));
		const { caseId } = sure(await openCase(installation, actors.seated, caseWords));
		expect(sure(await nameCause(installation, actors.seated, { caseId, causeId: await ofCase(first) }))).toMatchObject({
			causeId: await ofCase(first)
		});
		expect(await signalOf(await ofCase(first))).toMatchObject({ state: 'seen' });
	});

	test('a title with what looks like a number or address of a person is refused, whatever is acknowledged', async () => {
		const { caseId } = sure(await openCase(scene.installation, scene.actors.holder, caseWords));
		const naming = { caseId, ...sharedCause(scene), title: 'Bel 06-12345678', acknowledged: true };
		expect(await nameCause(scene.installation, scene.actors.holder, naming)).toMatchObject({
			refusal: { code: 'invalid', fields: [{ path: ['title'], code: 'looks_like_phone' }] }
		});
	});

	test('of another network cannot be named', async () => {
		const [caseId = ''] = await nameOften(scene, 1, another());
		const theirs = sure(await openCase(scene.installation, scene.actors.stranger, caseWords));
		expect(
			await nameCause(scene.installation, scene.actors.stranger, { caseId: theirs.caseId, causeId: await ofCase(caseId) })
		).toMatchObject({ refusal: { code: 'invalid', fields: [{ path: ['causeId'] }] } });
	});
});

describe('a changed rule', () => {
	/** A signal of a new cause, in force since today. */
	const changed = async (): Promise<{ causeId: string; cause: ReturnType<typeof another> }> => {
		const { installation, actors } = scene;
		const cause = another();
		const [first = ''] = await nameOften(scene, 3, cause);
		const causeId = await ofCase(first);
		const { signalId = '' } = (await signalOf(causeId)) ?? {};
		sure(await takeUpSignal(installation, actors.colleague, { signalId, dueOn: '2040-01-01' }));
		installation.world.tick(day);
		const changedOn = installation.world.now().toISOString().slice(0, 10);
		sure(await putInForce(installation, actors.colleague, { signalId, words: 'De intake vraagt het voortaan.', changedOn }));
		return { causeId, cause };
	};

	test('is verified after six quiet months in which as many cases were brought in and named', async () => {
		const { causeId } = await changed();
		scene.installation.world.tick(170 * day);
		await nameOften(scene, 60, { cause: 'none' });
		scene.installation.world.tick(5 * day);
		await sweep();
		expect((await signalOf(causeId))?.state).toBe('in_force');
		scene.installation.world.tick(10 * day);
		await sweep();
		expect((await signalOf(causeId))?.state).toBe('verified');
		await sweep();
		expect((await signalOf(causeId))?.events.filter((event) => event.kind === 'verified').length).toBe(1);
		expect(await told('mail.signal_verified', causeId)).toEqual([scene.actors.colleague.personId]);
		const lines = await owner("select from log_line where act = 'signal.verify' and origin = 'job' and person_id is null");
		expect(lines.rowCount).toBeGreaterThan(0);
	});

	test('an empty pot verifies nothing', async () => {
		const { causeId } = await changed();
		scene.installation.world.tick(400 * day);
		await sweep();
		expect((await signalOf(causeId))?.state).toBe('in_force');
	});

	test('a pot that is used less verifies nothing, even when there is no new case', async () => {
		scene.installation.world.tick(400 * day);
		await nameOften(scene, 6, { cause: 'none' });
		const { causeId } = await changed();
		scene.installation.world.tick(150 * day);
		// Eight cases and more before the change, five after it.
		await nameOften(scene, 5, { cause: 'none' });
		scene.installation.world.tick(40 * day);
		await sweep();
		expect((await signalOf(causeId))?.state).toBe('in_force');
	});

	test('is verified although a case named it by mistake, once that was put right', async () => {
		const { installation, actors } = scene;
		installation.world.tick(400 * day);
		const { causeId, cause } = await changed();
		const { signalId = '', changedOn } = (await signalOf(causeId)) ?? {};
		const [slip = ''] = await nameOften(scene, 1, cause);
		installation.world.tick(1000);
		sure(await nameCause(installation, actors.holder, { caseId: slip, ...another() }));
		installation.world.tick(1000);
		sure(await takeUpSignal(installation, actors.colleague, { signalId, words: 'Een vergissing.', dueOn: '2040-01-01' }));
		installation.world.tick(1000);
		sure(await putInForce(installation, actors.colleague, { signalId, words: 'De intake vraagt het.', changedOn: changedOn ?? '' }));
		installation.world.tick(150 * day);
		await nameOften(scene, 12, { cause: 'none' });
		installation.world.tick(40 * day);
		await sweep();
		expect((await signalOf(causeId))?.state).toBe('verified');
	});

	test('that was verified is opened again by a new case', async () => {
		const { installation, actors } = scene;
		installation.world.tick(400 * day);
		const { causeId, cause } = await changed();
		installation.world.tick(150 * day);
		await nameOften(scene, 12, { cause: 'none' });
		installation.world.tick(40 * day);
		await sweep();
		expect((await signalOf(causeId))?.state).toBe('verified');
		await nameOften(scene, 1, cause);
		expect(await signalOf(causeId)).toMatchObject({ state: 'reopened', changedOn: null });
		expect(await told('mail.signal_reopened', causeId)).toEqual([actors.administrator.personId]);
	});

	test('a new case opens it again, and an old one does not', async () => {
		const { installation, actors } = scene;
		const old = sure(await openCase(installation, actors.holder, caseWords)).caseId;
		installation.world.tick(2 * day);
		const { causeId, cause } = await changed();
		sure(await nameCause(installation, actors.holder, { caseId: old, ...cause }));
		expect((await signalOf(causeId))?.state).toBe('in_force');
		await nameOften(scene, 1, cause);
		expect(await signalOf(causeId)).toMatchObject({ state: 'reopened', changedOn: null });
		expect(await told('mail.signal_reopened', causeId)).toEqual([actors.administrator.personId]);
	});
});

describe('a day that was promised', () => {
	const opened = async (cause: object = another()): Promise<{ causeId: string; signalId: string }> => {
		const [first = ''] = await nameOften(scene, 3, cause);
		const causeId = await ofCase(first);
		return { causeId, signalId: (await signalOf(causeId))?.signalId ?? '' };
	};

	test('is reminded of once, three days before, to who took it up and nobody else', async () => {
		const { installation, actors } = scene;
		const { causeId, signalId } = await opened();
		const dueOn = addDays(dayAt(installation.world.now()), 20);
		sure(await takeUpSignal(installation, actors.colleague, { signalId, dueOn }));
		installation.world.tick(16 * day);
		await sweep();
		expect(await told('mail.signal_due', causeId)).toEqual([]);
		installation.world.tick(day);
		await Promise.all([sweep(), sweep()]);
		installation.world.tick(day);
		await sweep();
		expect(await told('mail.signal_due', causeId)).toEqual([actors.colleague.personId]);
		const lines = await owner(
			"select from log_line where act = 'signal.remind' and object_id = $1 and origin = 'job' and person_id is null",
			[signalId]
		);
		expect(lines.rowCount).toBe(1);
		// Another day that is promised is reminded of again.
		sure(await agreeChange(installation, actors.colleague, { signalId, words: 'Wij passen het aan.', dueOn: addDays(dueOn, 30) }));
		installation.world.tick(29 * day);
		await sweep();
		expect(await told('mail.signal_due', causeId)).toEqual([actors.colleague.personId, actors.colleague.personId]);
	});

	test('of a signal that nobody took up is asked of who governs or administers it; outside the network of the facilitators', async () => {
		const inside = await opened();
		const outside = await opened({ cause: 'national_scheme', responsible: 'uwv', title: 'Een loket dat niet belt' });
		scene.installation.world.tick(26 * day);
		await sweep();
		expect(await told('mail.signal_due', inside.causeId)).toEqual([scene.actors.administrator.personId]);
		expect(await told('mail.signal_due', outside.causeId)).toEqual([scene.actors.facilitator.personId]);
	});

	test('is not reminded of once the rule holds', async () => {
		const { installation, actors } = scene;
		const { causeId, signalId } = await opened();
		sure(await takeUpSignal(installation, actors.colleague, { signalId, dueOn: addDays(dayAt(installation.world.now()), 5) }));
		installation.world.tick(day);
		const changedOn = dayAt(installation.world.now());
		sure(await putInForce(installation, actors.colleague, { signalId, words: 'Zo is het nu.', changedOn }));
		installation.world.tick(10 * day);
		await sweep();
		expect(await told('mail.signal_due', causeId)).toEqual([]);
	});
});
