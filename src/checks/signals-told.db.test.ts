import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { acceptInvitation, inviteToTable, leaveTable, openCase } from '#rooms/cases/commands.server.ts';
import { nameCause } from '#rooms/causes/commands.server.ts';
import { agreeChange, askOther, declineSignal, putInForce, takeUpSignal } from '#rooms/causes/signals/commands.server.ts';
import { signalJobs } from '#rooms/causes/signals/jobs.server.ts';
import { listCauseNews, listSignals } from '#rooms/causes/signals/read.server.ts';
import type { ToldStep } from '#rooms/causes/signals/rules.ts';
import { bringYearly, withdrawYearly } from '#rooms/causes/yearly/commands.server.ts';
import { nameOften, sharedCause } from './fill-causes.server.ts';
import { runDaily } from './run-daily.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Each step of a signal is told to whom it concerns, and to nobody else (F3, S8). */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(829);
});
afterAll(() => scene.drop());

let number = 0;
const signalOf = async (title: string): Promise<{ signalId: string; causeId: string }> => {
	const { actors, installation } = scene;
	const [signal] = await read(installation, actors.holder, (tx) => listSignals(tx, actors.holder.networkId));
	if (!signal) throw new Error(`"${title}" is a signal by now.`);
	return signal;
};
const opened = async (): Promise<{ signalId: string; causeId: string }> => {
	const title = `Gewoonte ${number++}`;
	await nameOften(scene, 3, { ...sharedCause(scene), title });
	return signalOf(title);
};
/** A case of the holder in which another names a cause, and what lets that other leave it. */
async function namedBy(actor: Actor, causeId: string): Promise<() => Promise<void>> {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	const invited = await inviteToTable(installation, actors.holder, { caseId, membershipId: actor.membershipId, message: 'Doe mee' });
	sure(await acceptInvitation(installation, actor, sure(invited)));
	sure(await nameCause(installation, actor, { caseId, causeId }));
	installation.world.tick(1000);
	return async () => {
		sure(await leaveTable(installation, actor, { caseId }));
		installation.world.tick(1000);
	};
}

/** Does what the outbox asks for a step that was not done yet, and answers whom it asks to be written to. */
const done = new Set<string>();
async function told(step: ToldStep, signalId: string): Promise<string[][]> {
	const client = await scene.database.connections.owner();
	const { rows } = await client
		.query<{ id: string; payload: Record<string, string> }>(
			"select outbox_id as id, payload from outbox where kind = $1 and payload ->> 'signalId' = $2 order by at, outbox_id",
			[`signal.${step}`, signalId]
		)
		.finally(() => client.end());
	const all: string[][] = [];
	for (const { id, payload } of rows.filter((row) => !done.has(row.id))) {
		done.add(id);
		const people: string[] = [];
		await signalJobs[`signal.${step}`]?.(scene.installation, {
			...{ id, kind: `signal.${step}`, networkId: scene.actors.holder.networkId, payload, now: scene.installation.world.now(), tries: 0 },
			sendMail: () => Promise.reject(new Error('It asks for letters and sends none.')),
			ask: (kind, _, asked) => {
				expect(kind).toBe(`mail.signal_step_${step}`);
				expect(Object.keys(asked).toSorted()).toEqual(['causeId', 'personId']);
				people.push(asked['personId'] ?? '');
				return Promise.resolve();
			}
		});
		all.push(people.toSorted());
	}
	return all;
}
const ids = (...actors: readonly Actor[]): string[] => actors.map(({ personId }) => personId).toSorted();
const news = (actor: Actor) => read(scene.installation, actor, (tx, now) => listCauseNews(tx, actor, now));
const newsOf = async (actor: Actor, causeId: string) => (await news(actor)).find((one) => one.causeId === causeId)?.step;

describe('a step of a signal', () => {
	test('is told to who named its cause and sits there, and to who answers for who goes about it; not to the doer', async () => {
		const { installation, actors, officers } = scene;
		const { signalId, causeId } = await opened();
		const leaves = await namedBy(actors.seated, causeId);
		const later = addDays(dayAt(installation.world.now()), 40);
		const words = 'Wij vragen het voortaan.';
		sure(await takeUpSignal(installation, actors.colleague, { signalId, dueOn: later }));
		expect(await told('taken_up', signalId)).toEqual([ids(actors.holder, actors.seated, actors.administrator)]);
		installation.world.tick(1000);
		expect(await newsOf(actors.holder, causeId)).toBe('taken_up');
		expect(await newsOf(actors.seated, causeId)).toBe('taken_up');
		expect(await newsOf(actors.administrator, causeId)).toBe('taken_up');
		for (const other of [actors.colleague, actors.invited, actors.facilitator, officers.governor])
			expect(await newsOf(other, causeId)).toBeUndefined();
		// Who sits there no more hears nothing more of it.
		await leaves();
		sure(await agreeChange(installation, actors.colleague, { signalId, words, dueOn: later }));
		expect(await told('change_agreed', signalId)).toEqual([ids(actors.holder, actors.administrator)]);
		installation.world.tick(1000);
		expect(await newsOf(actors.seated, causeId)).toBeUndefined();
		const changedOn = dayAt(installation.world.now());
		sure(await putInForce(installation, actors.administrator, { signalId, words, changedOn }));
		expect(await told('in_force', signalId)).toEqual([ids(actors.holder)]);
		installation.world.tick(1000);
		expect(await newsOf(actors.administrator, causeId)).toBeUndefined();
		// Its first page tells it for two weeks.
		installation.world.tick(14 * 86_400_000);
		expect(await newsOf(actors.holder, causeId)).toBe('in_force');
		installation.world.tick(86_400_000);
		expect(await newsOf(actors.holder, causeId)).toBeUndefined();
		// It comes back: who goes about it has a letter of their own, and who brought the case in did it themselves.
		await namedBy(actors.seated, causeId);
		expect(await told('reopened', signalId)).toEqual([ids(actors.holder)]);
		expect(await newsOf(actors.administrator, causeId)).toBeUndefined();
	});

	test('is told to who asked another, and to who brought it to an agreement for a year until they take that back', async () => {
		const { installation, actors, officers } = scene;
		const { signalId, causeId } = await opened();
		const wish = { year: '2027', title: 'Wie belt, wacht', causeId, organisationIds: [officers.governor.organisationId] };
		const { itemId } = sure(await bringYearly(installation, actors.invited, wish));
		sure(await declineSignal(installation, actors.colleague, { signalId, words: 'Niet van ons.' }));
		expect(await told('not_ours', signalId)).toEqual([ids(actors.holder, actors.invited, actors.administrator)]);
		installation.world.tick(1000);
		expect(await newsOf(actors.invited, causeId)).toBe('not_ours');
		sure(await askOther(installation, actors.facilitator, { signalId, responsible: actors.holder.organisationId }));
		// Who is asked has a letter of their own, and it waits on their first page.
		expect(await told('asked_other', signalId)).toEqual([ids(actors.holder, actors.invited)]);
		installation.world.tick(1000);
		expect(await newsOf(officers.administratorTwo, causeId)).toBeUndefined();
		sure(await withdrawYearly(installation, actors.invited, { itemId }));
		sure(await takeUpSignal(installation, officers.administratorTwo, { signalId, dueOn: dayAt(installation.world.now()) }));
		expect(await told('taken_up', signalId)).toEqual([ids(actors.holder, actors.facilitator)]);
		installation.world.tick(1000);
		expect(await newsOf(actors.facilitator, causeId)).toBe('taken_up');
		expect(await newsOf(actors.invited, causeId)).toBeUndefined();
	});

	test('that the product takes is told too: gone, by a letter of its own to who took it up', async () => {
		const { installation, actors } = scene;
		const { signalId } = await opened();
		sure(await takeUpSignal(installation, actors.colleague, { signalId, dueOn: dayAt(installation.world.now()) }));
		installation.world.tick(86_400_000);
		const changedOn = dayAt(installation.world.now());
		sure(await putInForce(installation, actors.colleague, { signalId, words: 'Zo is het nu.', changedOn }));
		installation.world.tick(190 * 86_400_000);
		// As many cases as before are brought in and named, of another cause.
		await nameOften(scene, 40, { cause: 'work_habit', responsible: actors.holder.organisationId, title: 'Iets anders' });
		await runDaily(scene, 'daily.signals');
		expect(await told('verified', signalId)).toEqual([ids(actors.holder, actors.administrator)]);
	});

	test('tells no member of another network, and no one who acts may ask whom it concerns', async () => {
		const { installation, actors } = scene;
		const { signalId } = await opened();
		expect(await news(actors.stranger)).toEqual([]);
		const asks = installation.door.actor(actors.holder, installation.world.now(), (tx) =>
			tx.selectNoFrom((e) => e.fn('app.signal_concerns', [e.val(signalId)]).as('who')).execute()
		);
		await expect(asks).rejects.toThrow(/permission denied/);
	});
});
