import { addDays, dayAt } from '#foundation/time/days.ts';
import { addItem, callMeeting, joinItem } from '#rooms/meetings/agenda/commands.server.ts';
import { acceptSeat, confirmRule, leaveSeat, makeBody, offerSeat, proposeRule } from '#rooms/meetings/bodies/commands.server.ts';
import { carryItem, takeOffItem } from '#rooms/meetings/carrying/commands.server.ts';
import { bringCase, chooseCaseTime, noteCase } from '#rooms/meetings/case-table/commands.server.ts';
import { decide, propose, takePosition } from '#rooms/meetings/minutes/commands.server.ts';
import { runDaily } from './run-daily.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';
import { underWay } from '../../e2e/under-way.ts';

/** A meeting of the network with everything in it, and the case on a case table. */
export async function fillMeetings(scene: Scene, caseId: string): Promise<void> {
	const { installation, actors, officers } = scene;
	const { administrator, holder, seated, invited } = actors;
	const when = { day: addDays(dayAt(installation.world.now()), 7), from: '9:30', until: '11:00', place: 'Havenzaal' };
	const named = { name: 'Visieteam', kind: 'vision_team', of: 'network', rule: 'consent', withSeat: true };
	const { bodyId } = sure(await makeBody(installation, administrator, named));
	const sits = async (actor: typeof holder): Promise<string> => {
		const { seatId } = sure(await offerSeat(installation, administrator, { bodyId, membershipId: actor.membershipId }));
		sure(await acceptSeat(installation, actor, { seatId }));
		return seatId;
	};
	await sits(holder);
	const gone = await sits(officers.governor);
	const { ruleId } = sure(await proposeRule(installation, administrator, { bodyId, rule: 'majority' }));
	sure(await confirmRule(installation, holder, { ruleId }));
	const { meetingId } = sure(await callMeeting(installation, holder, { bodyId, ...underWay(installation.world.now()) }));
	const { itemId } = sure(await addItem(installation, invited, { meetingId, title: 'Nieuwe werkwijze', text: 'Wat vinden we?' }));
	sure(await joinItem(installation, seated, { itemId }));
	sure(await propose(installation, seated, { itemId, text: 'We beginnen in januari.' }));
	for (const actor of [holder, administrator, officers.governor])
		sure(await takePosition(installation, actor, { itemId, version: 1, position: 'consent' }));
	sure(await decide(installation, holder, { itemId, outcome: 'decided', version: 1, reason: 'Iedereen is voor.' }));
	sure(await leaveSeat(installation, officers.governor, { seatId: gone }));
	const table = { name: 'Casustafel', kind: 'case_table', of: 'network', rule: 'consent', withSeat: true };
	const cases = sure(await makeBody(installation, administrator, table));
	const called = sure(await callMeeting(installation, administrator, { bodyId: cases.bodyId, ...when }));
	const brought = { meetingId: called.meetingId, caseId, from: '10:00', text: 'Wie kan wat doen?' };
	const item = sure(await bringCase(installation, holder, brought));
	sure(await chooseCaseTime(installation, holder, { itemId: item.itemId, from: '10:30' }));
	sure(await noteCase(installation, holder, { itemId: item.itemId, decision: 'Uitstel van de huur.', reason: 'Dat geeft rust.' }));
	// Someone put an item on tomorrow's agenda and brought no text.
	const soon = sure(await callMeeting(installation, holder, { bodyId, ...when, day: addDays(dayAt(installation.world.now()), 1) }));
	sure(await addItem(installation, invited, { meetingId: soon.meetingId, title: 'Roosters' }));
	// An item of a meeting that is over went on to it and was taken off there; another was left as it was, and is asked for.
	const { itemId: later } = sure(await addItem(installation, invited, { meetingId, title: 'Sleutels', text: 'Wie heeft ze?' }));
	sure(await carryItem(installation, holder, { itemId: later, meetingId: soon.meetingId, reason: 'De tijd was op.' }));
	sure(await takeOffItem(installation, holder, { itemId: later, reason: 'Het is al geregeld.' }));
	sure(await addItem(installation, invited, { meetingId, title: 'Fietsen', text: 'Wie rijdt?' }));
	await runDaily(scene, 'daily.meetings');
	installation.world.tick(3 * 3_600_000);
	await runDaily(scene, 'daily.meetings');
}
