import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import { addMembership } from './more-people.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** A letter is for who works here when it goes: not for who was proposed, asked or took something up and has gone since. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(1201);
});
afterAll(() => scene.drop());

async function endsOn(actor: Actor, days: number | null): Promise<void> {
	const owner = await scene.database.connections.owner();
	const now = scene.installation.world.now();
	const until = days === null ? null : new Date(now.getTime() + days * 86_400_000);
	try {
		await owner.query('update membership set valid_from = least(valid_from, $2::timestamptz), valid_until = $3 where membership_id = $1', [
			actor.membershipId,
			new Date(now.getTime() - 9 * 86_400_000),
			until
		]);
	} finally {
		await owner.end();
	}
}

async function lettersTo({ networkId, personId }: Actor): Promise<number> {
	const { installation } = scene;
	let sent = 0;
	const kind = 'mail.signal_verified';
	const job = { id: installation.world.id(), kind, networkId, payload: { personId }, now: installation.world.now(), tries: 0 };
	await notifyPerson(
		installation,
		{ ...job, sendMail: () => Promise.resolve(void (sent += 1)), ask: () => Promise.resolve() },
		{ subject: 'mail.signal_verified.subject', sentence: 'mail.signal_verified.text', path: '/knelpunten' }
	);
	return sent;
}

test('reaches who works here, also in the last days, and nobody whose work here ended', async () => {
	const { seated } = scene.actors;
	expect(await lettersTo(seated)).toBe(1);
	await endsOn(seated, 3);
	expect(await lettersTo(seated)).toBe(1);
	await endsOn(seated, 0);
	expect(await lettersTo(seated)).toBe(0);
	await endsOn(seated, -2);
	expect(await lettersTo(seated)).toBe(0);
});

test('reaches who went on to another organisation of the network', async () => {
	const { colleague, holder } = scene.actors;
	await endsOn(colleague, -2);
	expect(await lettersTo(colleague)).toBe(0);
	await addMembership(scene, colleague, ['professional'], holder);
	expect(await lettersTo(colleague)).toBe(1);
});
