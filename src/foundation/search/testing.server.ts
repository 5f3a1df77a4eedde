import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '../actor.ts';
import { openDoor } from '../database/door.server.ts';
import type { TestDatabase } from '../database/testing.server.ts';
import type { Installation } from '../installation.ts';
import { openFolderKeyring } from '../keyring/keyring.server.ts';
import { findCases, searchIsComplete } from './find-cases.server.ts';
import { indexing } from './index-words.server.ts';

/** The moment at which everything happens in `makeWorld`. */
export const now = new Date('2026-03-02T09:00:00Z');

/** A network with one person who sits at every case that `write` makes. */
export const makeWorld = async (database: TestDatabase) => {
	const folder = await mkdtemp(join(tmpdir(), 'loopplank-search-'));
	const keyring = await openFolderKeyring(join(folder, 'keyring'), randomBytes);
	const installation = {
		door: openDoor(database.connections),
		keyring,
		world: { now: () => now, id: () => randomUUID(), random: randomBytes }
	} as Pick<Installation, 'door' | 'keyring' | 'world'> as Installation;
	const [networkId, organisationId, personId, membershipId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
	const owner = await database.connections.owner();
	const run = (text: string, values: readonly unknown[]) => owner.query(text, [...values]);
	await run(`insert into network values ($1, 'Proef', 'de pot', false, $2)`, [networkId, now]);
	await run(`insert into organisation values ($1, $2, 'Proef', 'proef', 'welfare', $3)`, [networkId, organisationId, now]);
	await run(`insert into person values ($1, $2, $3, 'Anna', 'anna', $4)`, [networkId, personId, randomUUID(), now]);
	await run(`insert into membership values ($1, $2, $3, $4, 'x', '{professional}', $5)`, [
		networkId,
		membershipId,
		personId,
		organisationId,
		now
	]);
	const actor: Actor = { networkId, personId, membershipId, organisationId, roles: ['professional'], origin: 'page' };

	let written = 0;
	const write = async (...texts: readonly string[]): Promise<string> => {
		const caseId = randomUUID();
		await run(`insert into subject values ($1, $2, 'case', $3, $4, $5)`, [networkId, caseId, personId, membershipId, now]);
		await run(`insert into case_record values ($1, $2, $3, true, $4, $5, $6, $7)`, [
			networkId,
			caseId,
			// No letters that a query could be taken for.
			`# ${(written += 1)}`,
			now,
			personId,
			membershipId,
			organisationId
		]);
		await run(`insert into case_seat values ($1, $2, $3, $4, $5, $6, true, $4, $7)`, [
			networkId,
			caseId,
			randomUUID(),
			personId,
			membershipId,
			organisationId,
			now
		]);
		await keyring.createKey(networkId, caseId);
		for (const text of texts) {
			const wordsId = randomUUID();
			const sealed = await keyring.sealWords({ networkId, caseId }, { aboutId: caseId, part: 'stuck', wordsId }, text);
			await installation.door.actor(actor, now, async (tx, send) => {
				await tx
					.insertInto('caseWords')
					.values({ networkId, caseId, wordsId, aboutId: caseId, part: 'stuck', ciphertext: Buffer.from(sealed), at: now, personId })
					.execute();
				send(indexing(tx, { networkId, caseId, wordsId, text }));
			});
		}
		return caseId;
	};
	const find = async (query: string): Promise<readonly string[]> =>
		(await installation.door.actor(actor, now, (tx) => findCases(tx, query))).map((found) => found.caseId);
	const complete = () => installation.door.actor(actor, now, (tx) => searchIsComplete(tx, networkId));
	return {
		installation,
		networkId,
		actor,
		owner,
		write,
		find,
		complete,
		async close() {
			await owner.end();
			await rm(folder, { recursive: true, force: true });
		}
	};
};
