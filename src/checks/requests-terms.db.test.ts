import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { checkPayable } from '#rooms/fund/requests/commands.server.ts';
import { passTerms } from '#rooms/fund/requests/jobs.server.ts';
import { judgeRequest } from '#rooms/fund/requests/judging/commands.server.ts';
import { findFallback } from '#rooms/fund/requests/read.server.ts';
import { recordEffects } from '#rooms/fund/requests/steps/commands.server.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';
import { said } from './acts-document.ts';
import { openRequestScene } from './request-scene.server.ts';
import type { RequestScene } from './request-scene.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** The full lane on a real PostgreSQL: terms of the secretariat that run out, and what comes before payment. */

let scene: Scene;
let room: RequestScene;
beforeAll(async () => {
	scene = await openScene(25);
	room = await openRequestScene(scene);
});
beforeEach(() => scene.installation.world.tick(60_000));
afterAll(() => scene.drop());

const judge = (actor: Actor, requestId: string, verdict: string, more: object = {}): Promise<Outcome<{ outcome: string }>> =>
	judgeRequest(scene.installation, actor, {
		...{ requestId, verdict },
		...(verdict === 'grant' ? {} : { reason: 'Omdat het zo beter past.' }),
		...(verdict === 'refuse' ? { whoHelps: 'Het wijkteam.' } : {}),
		...more
	});
const stateOf = async (requestId: string) => (await room.find(scene.actors.holder, requestId))?.state;
/** A deed of someone, for what other rooms do inside their own acts. */
const within = <T>(actor: Actor, work: (deed: Deed) => Promise<T>): Promise<T> => {
	const { installation } = scene;
	const now = installation.world.now();
	return installation.door.actor(actor, now, (tx) => {
		const tell: Deed['tell'] = async () => {};
		return work({ tx, actor, now, id: () => installation.world.id(), tell } as unknown as Deed);
	});
};

describe('a term that runs out', () => {
	test('asks one more, of another organisation, tells everyone, once; who was asked decides along', async () => {
		const { installation, actors, officers } = scene;
		const { networkId } = actors.holder;
		const before = installation.world.now();
		const { requestId } = await room.send();
		try {
			installation.world.set(new Date('2026-11-25T22:59:59Z'));
			await passTerms(installation, networkId, installation.world.now());
			const fallback = () =>
				installation.door.actor(actors.holder, installation.world.now(), (tx) => findFallback(tx, actors.holder, requestId));
			expect(await fallback()).toBeNull();
			installation.world.set(new Date('2026-11-25T23:00:00Z'));
			await Promise.all([1, 2].map(() => passTerms(installation, networkId, installation.world.now())));
			const found = await fallback();
			expect(found?.personId).toBe(officers.governor.personId);
			expect(await passTerms(installation, networkId, installation.world.now())).toBe(0);
			const told = await room.asOwner<{ kind: string; count: number }>(
				`select kind, count(*)::int as count from outbox where kind in ('mail.request_late', 'mail.request_overdue', 'mail.secretariat_late')
					and (payload->>'requestId' = $1 or kind <> 'mail.request_overdue') group by 1 order by 1`,
				[requestId]
			);
			expect(told.map((row) => row.kind)).toEqual(['mail.request_late', 'mail.request_overdue', 'mail.secretariat_late']);
			// Three of the secretariat and the one who was asked along.
			expect(told.find((row) => row.kind === 'mail.request_overdue')?.count).toBe(4);
			expect(await room.find(officers.governor, requestId)).toMatchObject({ state: 'asked' });
			sure(await judge(officers.secretaryTwo, requestId, 'grant'));
			expect(sure(await judge(officers.governor, requestId, 'grant')).outcome).toBe('granted');
		} finally {
			installation.world.set(before);
		}
	});

	test('of an acute request is 24 hours by the clock', async () => {
		const { installation, actors } = scene;
		const { networkId } = actors.holder;
		const before = installation.world.now();
		const { requestId } = await room.send({ acute: true });
		try {
			installation.world.set(new Date(before.getTime() + 24 * 3_600_000 - 1));
			await passTerms(installation, networkId, installation.world.now());
			expect(await room.asOwner('select from request_fallback where request_id = $1', [requestId])).toEqual([]);
			installation.world.set(new Date(before.getTime() + 24 * 3_600_000));
			await passTerms(installation, networkId, installation.world.now());
			expect((await room.asOwner('select from request_fallback where request_id = $1', [requestId])).length).toBe(1);
		} finally {
			installation.world.set(before);
		}
	});
});

describe('paying', () => {
	test('waits for what side effects ask first, is done once, and is written by nobody but a payment', async () => {
		const { installation, actors, officers } = scene;
		const { requestId } = await room.send();
		const effects = { requestId, socialAssistance: 'yes', gifts: '0', administration: 'administration' };
		sure(await recordEffects(installation, actors.holder, effects));
		expect(said(await within(officers.treasurer, (deed) => checkPayable(deed, requestId)))).toBe('not_found');
		sure(await judge(officers.secretaryTwo, requestId, 'grant'));
		sure(await judge(officers.secretaryThree, requestId, 'grant'));
		expect(said(await within(officers.treasurer, (deed) => checkPayable(deed, requestId)))).toBe('effects_open');
		sure(await recordEffects(installation, actors.holder, { ...effects, writtenWord: true, residentTold: true }));
		expect(said(await within(officers.treasurer, (deed) => checkPayable(deed, requestId)))).toBe('effects_open');
		scene.installation.world.tick(1000);
		sure(
			await recordEffects(installation, actors.holder, { ...effects, writtenWord: true, residentTold: true, administratorAgrees: true })
		);
		sure(await within(officers.treasurer, (deed) => checkPayable(deed, requestId)));
		const paid = "insert into request_event (network_id, request_id, event_id, kind, at, person_id) values ($1, $2, $3, 'paid', $4, $5)";
		const row = [actors.holder.networkId, requestId, installation.world.id(), installation.world.now()];
		const roles = await openSqlRoles(scene.database.connections);
		try {
			for (const who of [officers.treasurer, officers.secretaryTwo, actors.holder])
				expect(await roles.tried('app', contextOf(who, installation.world.now().toISOString()), paid, [...row, who.personId])).toBe(
					'42501'
				);
		} finally {
			await roles.close();
		}
		await room.asOwner(paid, [...row, officers.treasurer.personId]);
		expect(await stateOf(requestId)).toBe('paid');
		expect(said(await within(officers.treasurer, (deed) => checkPayable(deed, requestId)))).toBe('wrong_state');
	});
});
