import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { acceptYearly, bringYearly, recordYearly } from '#rooms/causes/yearly/commands.server.ts';
import { listYearly } from '#rooms/causes/yearly/read.server.ts';
import { addItem, callMeeting, changeMeeting } from '#rooms/meetings/agenda/commands.server.ts';
import { acceptSeat, declineSeat, makeBody, offerSeat } from '#rooms/meetings/bodies/commands.server.ts';
import { propose } from '#rooms/meetings/minutes/commands.server.ts';
import { tableUnder } from './acts-document.ts';
import { runDaily } from './run-daily.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Reminders before a meeting and before the day of an agreement for a year: every state of docs/ACTIONS.md, and that nobody hears of it who acted (C7). */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(611);
});
afterAll(() => scene.drop());

const inDays = (days: number): string => addDays(dayAt(scene.installation.world.now()), days);
const rows = async (text: string, values: unknown[]): Promise<{ person: string }[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query<{ person: string }>(text, values)).rows;
	} finally {
		await owner.end();
	}
};
/** Who was told about it by now. */
const told = async (kind: string, key: string, id: string): Promise<string[]> =>
	(
		await rows(`select payload ->> 'personId' as person from outbox where kind = $1 and payload ->> '${key}' = $2 order by 1`, [kind, id])
	).map(({ person }) => person);
const logged = async (act: string, id: string): Promise<number> =>
	(await rows("select 'x' as person from log_line where act = $1 and object_id = $2 and origin = 'job' and person_id is null", [act, id]))
		.length;

describe('reminders of the product about a meeting', () => {
	/** A meeting of the wijkteam, in some days: seated has a seat and an item with text; in `lacking` another was offered one, or brought no text. */
	async function stage(days: number, lacking: 'seat' | 'item' | 'nothing'): Promise<{ meetingId: string; offered: Actor }> {
		const { installation, actors } = scene;
		const { administrator, seated, invited, colleague } = actors;
		const named = { name: 'Visieteam', kind: 'vision_team', of: 'organisation', rule: 'consent' };
		const { bodyId } = sure(await makeBody(installation, administrator, named));
		const offer = async ({ membershipId }: Actor) => sure(await offerSeat(installation, administrator, { bodyId, membershipId }));
		sure(await acceptSeat(installation, seated, await offer(seated)));
		const asked = await offer(invited);
		if (lacking !== 'seat') sure(await declineSeat(installation, invited, asked));
		const when = { day: inDays(days), from: '9:30', until: '11:00', place: 'Havenzaal' };
		const { meetingId } = sure(await callMeeting(installation, seated, { bodyId, ...when }));
		sure(await addItem(installation, seated, { meetingId, title: 'Roosters', text: 'Wie ruilt er?' }));
		const { itemId } = sure(await addItem(installation, colleague, { meetingId, title: 'Wie belt er?' }));
		if (lacking !== 'item') sure(await propose(installation, seated, { itemId, text: 'Wij.' }));
		return { meetingId, offered: invited };
	}
	const states: Record<string, () => Promise<{ meetingId: string }>> = {
		'within two days, a seat is not answered': () => stage(1, 'seat'),
		'within two days, an item has no text': () => stage(1, 'item'),
		'within two days, everyone acted': () => stage(1, 'nothing'),
		'within two days, cancelled': async () => {
			const at = await stage(1, 'seat');
			scene.installation.world.tick(1000);
			sure(await changeMeeting(scene.installation, scene.actors.seated, { kind: 'cancelled', meetingId: at.meetingId }));
			return at;
		},
		'further off': () => stage(5, 'seat'),
		reminded: async () => {
			const at = await stage(1, 'seat');
			await runDaily(scene, 'daily.meetings');
			return at;
		}
	};
	for (const [act = '', state = '', cell = ''] of tableUnder('Reminders of the product about a meeting').rows)
		test(`${act} ${state}`, async () => {
			const { meetingId } = (await states[state]?.()) ?? { meetingId: '' };
			const before = await logged(act, meetingId);
			await runDaily(scene, 'daily.meetings');
			expect((await logged(act, meetingId)) > before ? 'yes' : 'wrong_state').toBe(cell);
		});

	test('tells exactly who did not act, once, however many look', async () => {
		const { actors } = scene;
		const seat = await stage(1, 'seat');
		const item = await stage(1, 'item');
		await Promise.all([runDaily(scene, 'daily.meetings'), runDaily(scene, 'daily.meetings')]);
		await runDaily(scene, 'daily.meetings');
		expect(await told('mail.meeting_soon', 'meetingId', seat.meetingId)).toEqual([seat.offered.personId]);
		expect(await told('mail.meeting_soon', 'meetingId', item.meetingId)).toEqual([actors.colleague.personId]);
	});
});

describe('reminders of the product about an agreement for a year', () => {
	const binders = (): Actor[] => [scene.actors.administrator, scene.officers.governor];
	async function stage(dueOn: string | null, offers: number, accepts: number): Promise<{ itemId: string }> {
		const { installation, actors, officers } = scene;
		const wish = { year: '2027', title: 'Wie wacht, wacht korter', organisationIds: [officers.governor.organisationId] };
		const { itemId } = sure(await bringYearly(installation, actors.seated, dueOn === null ? wish : { ...wish, dueOn }));
		for (const actor of binders().slice(0, offers)) {
			installation.world.tick(1000);
			sure(await recordYearly(installation, actor, { itemId, kind: 'offer', words: 'Wij doen mee.' }));
		}
		for (const actor of binders().slice(0, accepts)) {
			const [item] = await read(installation, actor, (tx) => listYearly(tx, actor.networkId, { itemId }));
			sure(await acceptYearly(installation, actor, { itemId, stepId: item?.toAccept?.stepId }));
		}
		return { itemId };
	}
	const states: Record<string, () => Promise<{ itemId: string }>> = {
		'within fourteen days, an offer is missing': () => stage(inDays(14), 1, 0),
		'within fourteen days, a yes is missing': () => stage(inDays(0), 2, 1),
		'within fourteen days, agreed': () => stage(inDays(3), 2, 2),
		'further off': () => stage(inDays(15), 1, 0),
		'without a day': () => stage(null, 1, 0),
		reminded: async () => {
			const at = await stage(inDays(14), 1, 0);
			await runDaily(scene, 'daily.yearly');
			return at;
		}
	};
	for (const [act = '', state = '', cell = ''] of tableUnder('Reminders of the product about an agreement for a year').rows)
		test(`${act} ${state}`, async () => {
			const { itemId } = (await states[state]?.()) ?? { itemId: '' };
			const before = await logged(act, itemId);
			await runDaily(scene, 'daily.yearly');
			expect((await logged(act, itemId)) > before ? 'yes' : 'wrong_state').toBe(cell);
		});

	test('tells exactly who answers for the party that did not, once for an offer and once for a yes', async () => {
		const { installation, officers, actors } = scene;
		const { itemId } = await stage(inDays(10), 1, 0);
		await Promise.all([runDaily(scene, 'daily.yearly'), runDaily(scene, 'daily.yearly')]);
		expect(await told('mail.yearly_soon', 'itemId', itemId)).toEqual([officers.governor.personId]);
		installation.world.tick(1000);
		sure(await recordYearly(installation, officers.governor, { itemId, kind: 'offer', words: 'Wij ook.' }));
		const [item] = await read(installation, actors.seated, (tx) => listYearly(tx, actors.seated.networkId, { itemId }));
		sure(await acceptYearly(installation, officers.governor, { itemId, stepId: item?.toAccept?.stepId }));
		await runDaily(scene, 'daily.yearly');
		await runDaily(scene, 'daily.yearly');
		expect(await told('mail.yearly_soon', 'itemId', itemId)).toEqual(
			[officers.governor.personId, actors.administrator.personId].toSorted()
		);
	});

	test('has no day that is over', async () => {
		const { installation, actors, officers } = scene;
		const wish = { year: '2027', title: 'Te laat', organisationIds: [officers.governor.organisationId], dueOn: inDays(-1) };
		expect(await bringYearly(installation, actors.seated, wish)).toMatchObject({
			refusal: { code: 'invalid', fields: [{ path: ['dueOn'], code: 'date_in_past' }] }
		});
	});
});
