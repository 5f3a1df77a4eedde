import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { addItem, callMeeting, changeMeeting, joinItem } from '#rooms/meetings/agenda/commands.server.ts';
import {
	acceptSeat,
	confirmRule,
	declineSeat,
	leaveSeat,
	makeBody,
	offerSeat,
	proposeRule
} from '#rooms/meetings/bodies/commands.server.ts';
import { carryItem, takeOffItem } from '#rooms/meetings/carrying/commands.server.ts';
import { bringCase, chooseCaseTime, noteCase, takeOffCase } from '#rooms/meetings/case-table/commands.server.ts';
import { decide, propose, takePosition } from '#rooms/meetings/minutes/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { underWay } from '../../e2e/under-way.ts';

/** Whole: every act on meetings of docs/ACTIONS.md, as every role in every state, for real. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(40);
});
afterAll(() => scene.drop());

const when = () => ({ day: addDays(dayAt(scene.installation.world.now()), 7), from: '9:30', until: '11:00', place: 'Havenzaal' });

/** The wijkteam's own meeting, made by its administrator: seated and its secretary have fixed seats, invited was asked for one, or joined an item. */
async function openBody(at: ReturnType<typeof underWay> = when()) {
	const { installation, actors, officers } = scene;
	const { administrator, seated, invited } = actors;
	const named = { name: 'Visieteam', kind: 'vision_team', of: 'organisation', rule: 'consent' };
	const { bodyId } = sure(await makeBody(installation, administrator, named));
	const offer = async ({ membershipId }: Actor) => sure(await offerSeat(installation, administrator, { bodyId, membershipId })).seatId;
	const seatId = await offer(seated);
	sure(await acceptSeat(installation, seated, { seatId }));
	sure(await acceptSeat(installation, officers.secretaryTwo, { seatId: await offer(officers.secretaryTwo) }));
	const { ruleId } = sure(await proposeRule(installation, officers.secretaryTwo, { bodyId, rule: 'majority' }));
	const { meetingId } = sure(await callMeeting(installation, seated, { bodyId, ...at }));
	return { bodyId, seatId, ruleId, meetingId, asked: () => offer(invited) };
}

async function openBodyIn(state: string) {
	const at = await openBody();
	if (state === 'cancelled')
		sure(await changeMeeting(scene.installation, scene.actors.seated, { kind: 'cancelled', meetingId: at.meetingId }));
	return { ...at, askedSeatId: await at.asked() };
}

async function openItemIn(state: string) {
	const { installation, actors, officers } = scene;
	const { bodyId, meetingId } = await openBody(state === 'before' ? when() : underWay(installation.world.now()));
	const { itemId } = sure(await addItem(installation, actors.colleague, { meetingId, title: 'Roosters' }));
	sure(await joinItem(installation, actors.invited, { itemId }));
	sure(await propose(installation, actors.seated, { itemId, text: 'We ruilen per week.' }));
	const objects = { itemId, version: 1, position: 'objection', reason: 'Dan is er niemand op vrijdag.' };
	if (state === 'objection') sure(await takePosition(installation, actors.invited, objects));
	if (state !== 'silent')
		for (const one of [actors.seated, officers.secretaryTwo])
			sure(await takePosition(installation, one, { itemId, version: 1, position: 'consent' }));
	if (state === 'closed') sure(await decide(installation, actors.seated, { itemId, outcome: 'no_decision', reason: 'Eerst meer weten.' }));
	if (state === 'cancelled') sure(await changeMeeting(installation, actors.seated, { kind: 'cancelled', meetingId }));
	const next = sure(await callMeeting(installation, actors.seated, { bodyId, ...when() }));
	return { bodyId, meetingId, itemId, nextId: next.meetingId };
}

async function openCaseItemIn(act: string, state: string) {
	const { installation, actors } = scene;
	const { holder, seated, facilitator } = actors;
	const { caseId } = sure(await openCase(installation, holder, caseWords));
	const asked = { caseId, membershipId: seated.membershipId, message: 'Doe mee' };
	sure(await acceptInvitation(installation, seated, sure(await inviteToTable(installation, holder, asked))));
	const named = { name: 'Casustafel', kind: 'case_table', of: 'network', rule: 'consent' };
	const { bodyId } = sure(await makeBody(installation, facilitator, named));
	const { meetingId } = sure(await callMeeting(installation, facilitator, { bodyId, ...when() }));
	if (act === 'case_item.bring') return { caseId, meetingId, itemId: '' };
	const { itemId } = sure(await bringCase(installation, holder, { meetingId, caseId, from: '10:00', text: 'Wie weet raad?' }));
	if (state === 'cancelled') sure(await changeMeeting(installation, facilitator, { kind: 'cancelled', meetingId }));
	if (state === 'noted') sure(await noteCase(installation, holder, { itemId, decision: 'Uitstel.', reason: 'Rust.' }));
	return { caseId, meetingId, itemId };
}

type BodyStage = Awaited<ReturnType<typeof openBodyIn>>;
const onBody: Readonly<Record<string, (actor: Actor, at: BodyStage) => Promise<Outcome<unknown>>>> = {
	'body.offer_seat': (actor, { bodyId }) =>
		offerSeat(scene.installation, actor, { bodyId, membershipId: scene.actors.colleague.membershipId }),
	'body.accept_seat': (actor, { askedSeatId }) => acceptSeat(scene.installation, actor, { seatId: askedSeatId }),
	'body.decline_seat': (actor, { askedSeatId }) => declineSeat(scene.installation, actor, { seatId: askedSeatId }),
	'body.leave_seat': (actor, { seatId }) => leaveSeat(scene.installation, actor, { seatId }),
	'body.propose_rule': (actor, { bodyId }) => proposeRule(scene.installation, actor, { bodyId, rule: 'advice' }),
	'body.confirm_rule': (actor, { ruleId }) => confirmRule(scene.installation, actor, { ruleId }),
	'meeting.call': (actor, { bodyId }) => callMeeting(scene.installation, actor, { bodyId, ...when() }),
	'meeting.change': (actor, { meetingId }) => changeMeeting(scene.installation, actor, { kind: 'moved', meetingId, ...when() })
};

type ItemStage = Awaited<ReturnType<typeof openItemIn>>;
const onItem: Readonly<Record<string, (actor: Actor, at: ItemStage) => Promise<Outcome<unknown>>>> = {
	'item.add': (actor, { meetingId }) => addItem(scene.installation, actor, { meetingId, title: 'Nog een punt' }),
	'item.join': (actor, { itemId }) => joinItem(scene.installation, actor, { itemId }),
	'item.propose': (actor, { itemId }) => propose(scene.installation, actor, { itemId, text: 'Anders.' }),
	'item.position': (actor, { itemId }) => takePosition(scene.installation, actor, { itemId, version: 1, position: 'consent' }),
	'item.decide': (actor, { itemId }) => decide(scene.installation, actor, { itemId, outcome: 'decided', version: 1, reason: 'Akkoord.' }),
	'item.carry': (actor, { itemId, nextId }) =>
		carryItem(scene.installation, actor, { itemId, meetingId: nextId, reason: 'Geen tijd meer.' }),
	'item.take_off': (actor, { itemId }) => takeOffItem(scene.installation, actor, { itemId, reason: 'Het is al geregeld.' })
};

type CaseStage = Awaited<ReturnType<typeof openCaseItemIn>>;
const onCase: Readonly<Record<string, (actor: Actor, at: CaseStage) => Promise<Outcome<unknown>>>> = {
	'case_item.bring': (actor, { caseId, meetingId }) =>
		bringCase(scene.installation, actor, { caseId, meetingId, from: '10:00', text: 'Wie weet raad?' }),
	'case_item.time': (actor, { itemId }) => chooseCaseTime(scene.installation, actor, { itemId, from: '10:30' }),
	'case_item.take_off': (actor, { itemId }) => takeOffCase(scene.installation, actor, { itemId, reason: 'Het is al geregeld.' }),
	'case_item.note': (actor, { itemId }) => noteCase(scene.installation, actor, { itemId, decision: 'Uitstel.', reason: 'Rust.' })
};

const whoIs = (role: string): Actor => {
	const { seated, invited, colleague, administrator, facilitator, holder, checker, stranger, oversight } = scene.actors;
	const { governor, secretaryOne, treasurer } = scene.officers;
	const people: Readonly<Record<string, Actor>> = {
		...{ fixed: seated, asked: invited, joined: invited, colleague, maker: administrator, facilitator, other: holder, checker, stranger },
		...{ holder, seated, professional: colleague, governor, administrator, secretariat: secretaryOne, treasurer, oversight }
	};
	const actor = people[role];
	if (!actor) throw new Error(`nobody plays ${role}`);
	return actor;
};

/** Each row of a table: what it answers each role in its state, on a stage of its own. */
function holds<At>(
	heading: string,
	acts: Readonly<Record<string, (actor: Actor, at: At) => Promise<Outcome<unknown>>>>,
	open: (act: string, state: string) => Promise<At>
): void {
	const { columns, rows } = tableUnder(heading);
	describe(heading.toLowerCase(), () => {
		for (const [act = '', state = '', ...cells] of rows)
			test(`${act}, ${state}`, async () => {
				const run = acts[act];
				if (!run) throw new Error(`the matrix test does not know ${act}`);
				const answers: Record<string, string> = {};
				for (const role of columns.slice(1)) {
					const at = await open(act, state);
					scene.installation.world.tick(1000);
					answers[role] = said(await run(whoIs(role), at));
				}
				expect(answers).toEqual(Object.fromEntries(columns.slice(1).map((role, index) => [role, cells[index]])));
			});
	});
}

const make = (actor: Actor, of: string) => makeBody(scene.installation, actor, { name: 'Leerkring', kind: 'learning', of, rule: 'advice' });
holds('Acts that make a meeting group', { 'body.make': make }, (_, state) => Promise.resolve(state));
holds('Acts on a meeting group', onBody, (_, state) => openBodyIn(state));
holds('Acts on an agenda item', onItem, (_, state) => openItemIn(state));
holds('Acts on a case at a case table', onCase, openCaseItemIn);
