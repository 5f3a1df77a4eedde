import { addDays, weekday } from '#foundation/time/days.ts';
import { listMyCases } from '#rooms/cases/read.server.ts';
import { addItem, callMeeting, joinItem } from '#rooms/meetings/agenda/commands.server.ts';
import { acceptSeat, makeBody, offerSeat } from '#rooms/meetings/bodies/commands.server.ts';
import { carryItem } from '#rooms/meetings/carrying/commands.server.ts';
import { bringCase } from '#rooms/meetings/case-table/commands.server.ts';
import { decide, propose, takePosition } from '#rooms/meetings/minutes/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import { caseTable, learningMeeting, visionTeam } from './stories/meetings.ts';
import type { Event } from './telling.server.ts';

type Item = (typeof visionTeam.meetings)[number]['items'][number];

/** What is said of one item before the meeting; answers its id and the newest proposal. */
async function tellItem({ installation, actor }: Cast, meetingId: string, item: Item): Promise<{ itemId: string; version: number }> {
	const { by, title, text } = item;
	const { itemId } = done(await addItem(installation, actor(by), { meetingId, title, text }));
	for (const who of item.joins) done(await joinItem(installation, actor(who), { itemId }));
	let version = 0;
	for (const proposal of item.proposals) {
		done(await propose(installation, actor(proposal.by), { itemId, text: proposal.text }));
		version += 1;
		if (version > 1 || !('objection' in item)) continue;
		const { by: objecting, reason } = item.objection;
		done(await takePosition(installation, actor(objecting), { itemId, version, position: 'objection', reason }));
	}
	for (const who of item.consent) done(await takePosition(installation, actor(who), { itemId, version, position: 'consent' }));
	return { itemId, version };
}

/** What the meeting decided on it, if anything. */
async function tellEnd({ installation, actor }: Cast, item: Item, at: { itemId: string; version: number }): Promise<void> {
	if ('decided' in item)
		done(await decide(installation, actor(item.decided.by), { ...at, outcome: 'decided', reason: item.decided.reason }));
	if (!('none' in item)) return;
	const { by, reason } = item.none;
	done(await decide(installation, actor(by), { itemId: at.itemId, outcome: 'no_decision', reason }));
}

/** The day itself, or the Monday after it. */
const workday = (day: string): string => (weekday(day) > 5 ? addDays(day, 8 - weekday(day)) : day);

/** The meetings of the demo: a vision team that meets, a learning meeting, and a case table of which each sees their own. */
export function meetingEvents(cast: Cast): Event[] {
	const { installation, actor, today } = cast;
	const on = (meeting: { onDay: number; from: string; until: string; place: string }) => ({
		...{ day: workday(addDays(today, -meeting.onDay)), from: meeting.from, until: meeting.until, place: meeting.place }
	});
	let bodyId = '';
	const make = async () => {
		const named = { name: visionTeam.name, kind: 'vision_team', of: 'organisation', rule: 'consent', withSeat: true };
		const by = actor(visionTeam.made.by);
		({ bodyId } = done(await makeBody(installation, by, named)));
		for (const who of visionTeam.seats) {
			const { seatId } = done(await offerSeat(installation, by, { bodyId, membershipId: actor(who).membershipId }));
			done(await acceptSeat(installation, actor(who), { seatId }));
		}
	};
	const toCarry: { by: string; itemId: string; reason: string }[] = [];
	const meets = visionTeam.meetings.flatMap((meeting): Event[] => {
		const told: { item: Item; at: { itemId: string; version: number } }[] = [];
		return [
			{
				day: meeting.calledDay,
				async run() {
					const { meetingId } = done(await callMeeting(installation, actor(visionTeam.made.by), { bodyId, ...on(meeting) }));
					for (const item of meeting.items) {
						cast.clock.on(meeting.calledDay);
						const at = await tellItem(cast, meetingId, item);
						told.push({ item, at });
						if ('carried' in item) toCarry.push({ ...item.carried, itemId: at.itemId });
					}
					// What the meeting before did not get to comes to this one.
					for (const { by, itemId, reason } of toCarry.filter((one) => !told.some(({ at }) => at.itemId === one.itemId)))
						done(await carryItem(installation, actor(by), { itemId, meetingId, reason }));
				}
			},
			{
				day: Math.max(0, meeting.onDay - 3),
				async run() {
					for (const { item, at } of told) await tellEnd(cast, item, at);
				}
			}
		];
	});
	const called = async (of: typeof learningMeeting | typeof caseTable, kind: string): Promise<string> => {
		const by = actor(of.made.by);
		const made = done(await makeBody(installation, by, { name: of.name, kind, of: 'network', rule: 'consent' }));
		return done(await callMeeting(installation, by, { bodyId: made.bodyId, ...on(of.meeting) })).meetingId;
	};
	return [
		{ day: visionTeam.made.day, run: make },
		...meets,
		{
			day: learningMeeting.made.day,
			async run() {
				await called(learningMeeting, 'learning');
			}
		},
		{
			day: caseTable.made.day,
			async run() {
				const meetingId = await called(caseTable, 'case_table');
				for (const { by, from, text } of caseTable.brings) {
					const holder = actor(by);
					const cases = await installation.door.actor(holder, cast.clock.now(), (tx) => listMyCases(tx, holder, { limit: 50 }));
					const held = cases.find((one) => one.holder && one.state !== 'closed');
					if (held) done(await bringCase(installation, holder, { meetingId, caseId: held.caseId, from, text }));
				}
			}
		}
	];
}
