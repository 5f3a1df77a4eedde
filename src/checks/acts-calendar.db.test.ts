import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { openLink } from '#foundation/links/private-links.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { callMeeting } from '#rooms/meetings/agenda/commands.server.ts';
import { acceptSeat, makeBody, offerSeat } from '#rooms/meetings/bodies/commands.server.ts';
import { makeCalendarLink, revokeCalendarLink } from '#rooms/meetings/calendar/commands.server.ts';
import { calendarAddress, listMyAgenda } from '#rooms/meetings/calendar/read.server.ts';
import { linkDays } from '#rooms/meetings/calendar/rules.ts';
import { said, tableUnder } from './acts-document.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';

/** Every act x role x state on one's own calendar, and what the link gives. */

let scene: Scene;
let by: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(671);
	const { actors, officers } = scene;
	by = {
		...{ professional: actors.holder, facilitator: actors.facilitator, governor: officers.governor, secretariat: officers.secretaryOne },
		...{ treasurer: officers.treasurer, administrator: actors.administrator, checker: actors.checker, oversight: actors.oversight },
		stranger: actors.stranger
	};
});
afterAll(() => scene.drop());

const actorOf = (column: string): Actor => {
	const actor = by[column];
	if (!actor) throw new Error(`Nobody is ${column}.`);
	return actor;
};
const make = async (actor: Actor): Promise<string> => {
	scene.installation.world.tick(1000);
	const { linkId } = sure(await makeCalendarLink(scene.installation, actor, {}));
	return (await calendarAddress(scene.installation, actor, linkId)).split('/').at(-1) ?? '';
};
const opens = (token: string) => openLink(scene.installation, 'calendar', 'haven', token);

describe("acts on one's own calendar", () => {
	const table = tableUnder("Acts on one's own calendar");
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} when it is ${state}`, async () => {
			for (const [index, column] of table.columns.slice(1).entries()) {
				const actor = actorOf(column);
				await revokeCalendarLink(scene.installation, actor, {});
				if (state === 'stands') await make(actor);
				const does = act === 'calendar.make' ? makeCalendarLink : revokeCalendarLink;
				expect({ column, got: said(await does(scene.installation, actor, {})) }).toEqual({ column, got: cells[index] });
			}
		});
});

describe('the link of a calendar', () => {
	test('shows the agenda of who made it, as that membership, and works no longer when it is made anew, taken back or over', async () => {
		const { installation, actors } = scene;
		const named = { name: 'Visieteam', kind: 'vision_team', of: 'organisation', rule: 'consent' };
		const { bodyId } = sure(await makeBody(installation, actors.administrator, named));
		sure(
			await acceptSeat(
				installation,
				actors.seated,
				sure(await offerSeat(installation, actors.administrator, { bodyId, membershipId: actors.seated.membershipId }))
			)
		);
		const when = { day: addDays(dayAt(installation.world.now()), 3), from: '9:30', until: '11:00', place: 'Havenzaal' };
		const { meetingId } = sure(await callMeeting(installation, actors.seated, { bodyId, ...when }));

		const first = await make(actors.seated);
		const opened = sure(await opens(first));
		expect(opened.actor).toMatchObject({ personId: actors.seated.personId, membershipId: actors.seated.membershipId, origin: 'mail' });
		const agenda = (actor: Actor) => read(installation, actor, (tx, now) => listMyAgenda(tx, actor, now, now));
		expect((await agenda(opened.actor ?? actors.stranger)).map((one) => one.meetingId)).toEqual([meetingId]);

		const second = await make(actors.seated);
		expect(await opens(first)).toMatchObject({ refusal: { code: 'link_invalid' } });
		expect(await openLink(installation, 'question', 'haven', second)).toMatchObject({ refusal: { code: 'link_invalid' } });
		sure(await opens(second));
		sure(await revokeCalendarLink(installation, actors.seated, {}));
		expect(await opens(second)).toMatchObject({ refusal: { code: 'link_invalid' } });

		const third = await make(actors.seated);
		installation.world.tick(linkDays * 86_400_000 + 1000);
		expect(await opens(third)).toMatchObject({ refusal: { code: 'link_expired' } });
	});

	test('is made by oneself alone: the database refuses one for another, and one that works longer', async () => {
		const { actors } = scene;
		const roles = await openSqlRoles(scene.database.connections);
		const insert = `insert into private_link (network_id, link_id, purpose, subject_id, person_id, membership_id, token_hash, made_at, expires_at)
			values ($1, gen_random_uuid(), 'calendar', $3, $2, $3, sha256(gen_random_uuid()::text::bytea), $4, $5)`;
		const now = scene.installation.world.now();
		const after = (days: number) => new Date(now.getTime() + days * 86_400_000);
		const attempt = (of: Actor, days: number) =>
			roles.tried('app', contextOf(actors.holder, now.toISOString()), insert, [
				of.networkId,
				of.personId,
				of.membershipId,
				now,
				after(days)
			]);
		expect(await attempt(actors.holder, 400)).toBe(1);
		expect(await attempt(actors.holder, 401)).toBe('42501');
		expect(await attempt(actors.seated, 10)).toBe('42501');
		await roles.close();
	});
});
