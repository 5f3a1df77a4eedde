import { afterAll, beforeAll, expect, test } from 'vitest';
import { agendaOperations } from '#lib/api/agenda-operations.ts';
import { caseItemOperations } from '#lib/api/case-item-operations.ts';
import { meetingOperations } from '#lib/api/meeting-operations.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { openApiScene } from './api-scene.server.ts';
import { caseWords, sure } from './scene.server.ts';
import { underWay } from '../../e2e/under-way.ts';

/** By API: meetings. One allowed and one refused each, each answer held against the OpenAPI document. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene(44);
});
afterAll(() => scene.drop());

const nobody = '00000000-0000-7000-8000-000000000000';
const field = (json: unknown, name: string): string => (json as Record<string, string>)[name] ?? '';
const when = () => ({ day: addDays(dayAt(scene.installation.world.now()), 7), from: '9:30', until: '11:00' });
type Who = Parameters<typeof scene.ask>[0];
const does = async (who: Who, path: string, body?: unknown): Promise<[status: number, code: string | undefined, json: unknown]> => {
	const { status, code, json } = await scene.ask(who, 'POST', path, body === undefined ? {} : { body });
	return [status, code, json];
};
const made = async (who: Who, path: string, body: unknown, name: string): Promise<string> => {
	const [status, , json] = await does(who, path, body);
	expect(status, path).toBe(201);
	return field(json, name);
};

let bodyId: string;
let meetingId: string;

test('who meet: made, seats offered, taken and left, and a way to decide confirmed by another', async () => {
	const named = { name: 'Visieteam', kind: 'vision_team', of: 'network', rule: 'majority', withSeat: true };
	expect((await does('holder', '/meeting-groups', named))[1]).toBe('not_allowed');
	expect((await scene.ask('administrator', 'POST', '/meeting-groups', { body: { ...named, name: '' } })).errors).toEqual(['name required']);
	const odd = await scene.ask('administrator', 'POST', '/meeting-groups', { body: { ...named, kind: 'case_table', of: 'organisation' } });
	expect(odd.errors).toEqual(['of not_a_choice']);
	bodyId = await made('administrator', '/meeting-groups', named, 'bodyId');
	const offer = (who: 'holder' | 'seated' | 'facilitator') => ({ membershipId: scene.actors[who].membershipId });
	expect((await does('holder', `/meeting-groups/${bodyId}/seats`, offer('holder')))[1]).toBe('not_fixed_seat');
	expect((await does('administrator', `/meeting-groups/${bodyId}/seats`, offer('facilitator')))[0]).toBe(400);
	const seatId = await made('administrator', `/meeting-groups/${bodyId}/seats`, offer('holder'), 'seatId');
	expect((await does('administrator', `/meeting-groups/${bodyId}/seats`, offer('holder')))[1]).toBe('already_invited');
	expect((await does('seated', `/fixed-seats/${seatId}/acceptance`))[1]).toBe('not_invited');
	expect((await does('holder', `/fixed-seats/${seatId}/acceptance`))[0]).toBe(204);
	expect((await does('holder', `/fixed-seats/${seatId}/acceptance`))[1]).toBe('invitation_over');
	const second = await made('administrator', `/meeting-groups/${bodyId}/seats`, offer('seated'), 'seatId');
	expect((await does('holder', `/fixed-seats/${second}/refusal`))[1]).toBe('not_invited');
	expect((await does('seated', `/fixed-seats/${second}/refusal`))[0]).toBe(204);
	const third = await made('holder', `/meeting-groups/${bodyId}/seats`, offer('seated'), 'seatId');
	expect((await does('seated', `/fixed-seats/${third}/acceptance`))[0]).toBe(204);
	expect((await does('holder', `/fixed-seats/${third}/departure`))[1]).toBe('not_invited');
	expect((await does('seated', `/fixed-seats/${third}/departure`))[0]).toBe(204);
	expect((await does('seated', `/fixed-seats/${third}/departure`))[1]).toBe('wrong_state');

	expect((await does('seated', `/meeting-groups/${bodyId}/rules`, { rule: 'consent' }))[1]).toBe('not_fixed_seat');
	const ruleId = await made('administrator', `/meeting-groups/${bodyId}/rules`, { rule: 'consent' }, 'ruleId');
	expect((await does('administrator', `/decision-rules/${ruleId}/confirmation`))[1]).toBe('other_eyes');
	expect((await scene.ask('colleague', 'GET', `/meeting-groups/${bodyId}`)).json).toMatchObject({
		group: { rule: 'majority', proposed: { ruleId } }
	});
	expect((await does('holder', `/decision-rules/${ruleId}/confirmation`))[0]).toBe(204);
	expect((await does('holder', `/decision-rules/${ruleId}/confirmation`))[1]).toBe('wrong_state');
	expect((await scene.ask('colleague', 'GET', `/meeting-groups/${bodyId}`)).json).toMatchObject({
		group: { rule: 'consent', proposed: null }
	});
	expect((await scene.ask('stranger', 'GET', `/meeting-groups/${bodyId}`)).status).toBe(404);
	expect((await scene.ask('stranger', 'GET', '/meeting-groups')).json).toEqual({ groups: [] });
	expect((await scene.ask(null, 'GET', '/meeting-groups')).status).toBe(401);
	expect((await scene.ask('holder', 'GET', '/meeting-groups')).json).toMatchObject({ groups: [{ bodyId, seats: [{}, {}] }] });
});

test('a meeting is called and moved by a fixed seat or the facilitator, not to a time that is none', async () => {
	const path = `/meeting-groups/${bodyId}/meetings`;
	expect((await does('seated', path, when()))[1]).toBe('not_fixed_seat');
	const wrong = async (body: object) => (await scene.ask('holder', 'POST', path, { body: { ...when(), ...body } })).errors;
	expect(await wrong({ from: 'half tien' })).toEqual(['from not_a_time']);
	expect(await wrong({ day: '2020-01-01' })).toEqual(['day date_in_past']);
	expect(await wrong({ until: '9:30' })).toEqual(['until meeting_too_long']);
	expect(await wrong({ until: '8:30' })).toEqual(['until meeting_too_long']);
	expect(await wrong({ day: '2027-03-28', from: '2:30', until: '4:00' })).toEqual(['from no_such_time']);
	expect(await wrong({ day: '2027-03-28', from: '1:00', until: '2:30' })).toEqual(['until no_such_time']);
	meetingId = await made('holder', path, when(), 'meetingId');
	expect((await does('seated', `/meetings/${meetingId}/changes`, { kind: 'cancelled' }))[1]).toBe('not_fixed_seat');
	expect(
		(
			await does('facilitator', `/meetings/${meetingId}/changes`, {
				kind: 'moved',
				...underWay(scene.installation.world.now()),
				place: 'Havenzaal'
			})
		)[0]
	).toBe(204);
	expect((await scene.ask('holder', 'GET', '/my-meetings')).json).toMatchObject({
		meetings: [{ meetingId, why: 'seat', changes: 1, place: 'Havenzaal', state: 'called' }]
	});
	expect((await scene.ask('colleague', 'GET', '/my-meetings')).json).toEqual({ meetings: [] });
	expect((await scene.ask(null, 'GET', '/my-meetings')).status).toBe(401);
});

test('an item: joined, proposed on, an objection that a new text takes away, decided, and then closed', async () => {
	expect((await does('checker', `/meetings/${meetingId}/items`, { title: 'Roosters' }))[1]).toBe('not_allowed');
	const doubtful = { title: 'Roosters', text: 'Bel 06-12345678.' };
	expect((await does('colleague', `/meetings/${meetingId}/items`, doubtful))[1]).toBe('needs_acknowledgement');
	const itemId = await made('colleague', `/meetings/${meetingId}/items`, { title: 'Roosters' }, 'itemId');
	const item = (path: string): string => `/agenda-items/${itemId}/${path}`;
	expect((await does('seated', item('proposals'), { text: 'Per week.' }))[1]).toBe('not_taking_part');
	expect((await does('holder', item('seats')))[1]).toBe('wrong_state');
	expect((await does('seated', item('seats')))[0]).toBe(204);
	expect((await does('seated', item('seats')))[1]).toBe('wrong_state');
	expect((await does('facilitator', item('seats')))[0]).toBe(204);
	expect((await does('holder', item('positions'), { version: 1, position: 'consent' }))[1]).toBe('wrong_state');
	const decision = (version: number) => ({ outcome: 'decided', version, reason: 'Niemand heeft bezwaar.' });
	expect((await does('holder', item('decision'), decision(1)))[1]).toBe('wrong_state');
	expect((await does('seated', item('proposals'), { text: 'Per week.' }))[0]).toBe(204);
	const silent = await scene.ask('seated', 'POST', item('positions'), { body: { version: 1, position: 'objection' } });
	expect(silent.errors).toEqual(['reason required']);
	expect((await does('seated', item('positions'), { version: 1, position: 'objection', reason: 'Vrijdag is dan leeg.' }))[0]).toBe(204);
	expect((await does('holder', item('decision'), decision(1)))[1]).toBe('objection_stands');
	expect((await does('holder', item('proposals'), { text: 'Per week, vrijdag samen.' }))[0]).toBe(204);
	expect((await does('seated', item('positions'), { version: 1, position: 'consent' }))[1]).toBe('proposal_changed');
	expect((await does('facilitator', item('positions'), { version: 2, position: 'consent' }))[1]).toBe('not_allowed');
	expect((await does('seated', item('positions'), { version: 2, position: 'consent' }))[0]).toBe(204);
	expect((await does('holder', item('decision'), decision(1)))[1]).toBe('proposal_changed');
	expect((await does('seated', item('decision'), decision(2)))[1]).toBe('not_fixed_seat');
	expect((await does('holder', item('positions'), { version: 2, position: 'consent' }))[0]).toBe(204);
	expect((await does('holder', item('decision'), decision(2)))[1]).toBe('too_few_heard');
	expect((await does('administrator', item('positions'), { version: 2, position: 'aside' }))[0]).toBe(204);
	expect((await does('holder', item('decision'), decision(2)))[0]).toBe(204);
	expect((await does('administrator', item('decision'), decision(2)))[1]).toBe('item_closed');
	expect((await does('colleague', item('seats')))[1]).toBe('item_closed');
	const next = { ...when(), day: addDays(dayAt(scene.installation.world.now()), 9) };
	const nextId = await made('holder', `/meeting-groups/${bodyId}/meetings`, next, 'meetingId');
	const laterId = await made('colleague', `/meetings/${meetingId}/items`, { title: 'Sleutels' }, 'itemId');
	const carries = { meetingId: nextId, reason: 'De tijd was op.' };
	expect((await does('colleague', `/agenda-items/${laterId}/carries`, carries))[1]).toBe('not_fixed_seat');
	expect((await does('holder', `/agenda-items/${laterId}/carries`, carries))[0]).toBe(204);
	expect((await scene.ask('colleague', 'GET', `/meetings/${meetingId}`)).json).toMatchObject({
		carriedOn: [{ itemId: laterId, title: 'Sleutels', meetingId: nextId, reason: 'De tijd was op.' }]
	});
	expect((await scene.ask('colleague', 'GET', `/meetings/${nextId}`)).json).toMatchObject({
		items: [{ itemId: laterId, carried: { fromMeetingId: meetingId } }]
	});
	expect((await does('seated', `/agenda-items/${laterId}/removal`, { reason: 'Nee.' }))[1]).toBe('not_fixed_seat');
	expect((await does('colleague', `/agenda-items/${laterId}/removal`, { reason: 'Het is al geregeld.' }))[0]).toBe(204);
	expect((await does('holder', `/meetings/${nextId}/changes`, { kind: 'cancelled' }))[0]).toBe(204);
	expect((await scene.ask('colleague', 'GET', `/meetings/${meetingId}`)).json).toMatchObject({
		items: [{ itemId, end: { decision: 'Per week, vrijdag samen.', rule: 'consent' }, joined: [{}, {}] }],
		cases: []
	});
	expect((await scene.ask('stranger', 'GET', `/meetings/${meetingId}`)).status).toBe(404);
	expect((await scene.ask('seated', 'GET', '/my-meetings')).json).toMatchObject({ meetings: [{ meetingId, why: 'item' }] });
});

test('a case at a case table is seen by its own, and leaves a line when it is read', async () => {
	const { caseId } = sure(await openCase(scene.installation, scene.actors.holder, caseWords));
	const table = { name: 'Casustafel', kind: 'case_table', of: 'network', rule: 'consent' };
	const tableId = await made('facilitator', '/meeting-groups', table, 'bodyId');
	const called = await made('facilitator', `/meeting-groups/${tableId}/meetings`, when(), 'meetingId');
	expect((await does('colleague', `/meetings/${called}/items`, { title: 'Iets anders' }))[1]).toBe('wrong_state');
	const brings = { caseId, from: '10:00', text: 'Wie weet raad?' };
	expect((await does('seated', `/meetings/${called}/cases`, brings))[0]).toBe(404);
	const late = await scene.ask('holder', 'POST', `/meetings/${called}/cases`, { body: { ...brings, from: '11:00' } });
	expect(late.errors).toEqual(['from outside_meeting']);
	const itemId = await made('holder', `/meetings/${called}/cases`, brings, 'itemId');
	expect((await does('holder', `/meetings/${called}/cases`, brings))[1]).toBe('wrong_state');
	expect((await does('facilitator', `/case-items/${itemId}/minutes`, { decision: 'Ja.', reason: 'Nee.' }))[0]).toBe(404);
	expect((await does('facilitator', `/case-items/${itemId}/times`, { from: '10:30' }))[0]).toBe(404);
	const outside = await scene.ask('holder', 'POST', `/case-items/${itemId}/times`, { body: { from: '12:00' } });
	expect(outside.errors).toEqual(['from outside_meeting']);
	expect((await does('holder', `/case-items/${itemId}/times`, { from: '10:30' }))[0]).toBe(204);
	const before = await scene.countLines('case.read', 'seen');
	expect((await scene.ask('holder', 'GET', `/case-items/${itemId}`)).json).toMatchObject({ text: 'Wie weet raad?', decision: null });
	expect(await scene.countLines('case.read', 'seen')).toBe(before + 1);
	expect((await does('holder', `/case-items/${itemId}/minutes`, { decision: 'Uitstel.', reason: 'Rust.' }))[0]).toBe(204);
	expect((await does('holder', `/case-items/${itemId}/minutes`, { decision: 'Uitstel.', reason: 'Rust.' }))[1]).toBe('item_closed');
	expect((await scene.ask('holder', 'GET', `/meetings/${called}`)).json).toMatchObject({ cases: [{ itemId, caseId, noted: true }] });
	expect((await does('holder', `/case-items/${itemId}/removal`, { reason: 'Nee.' }))[1]).toBe('item_closed');
	const { caseId: other } = sure(await openCase(scene.installation, scene.actors.holder, caseWords));
	const otherId = await made('holder', `/meetings/${called}/cases`, { ...brings, caseId: other }, 'itemId');
	expect((await does('holder', `/case-items/${otherId}/removal`, { reason: 'De huur is betaald.' }))[0]).toBe(204);
	expect((await scene.ask('facilitator', 'GET', `/meetings/${called}`)).json).toMatchObject({ cases: [] });
	expect((await scene.ask('facilitator', 'GET', `/case-items/${itemId}`)).status).toBe(404);
	expect((await scene.ask('holder', 'GET', `/case-items/${nobody}`)).status).toBe(404);
});

test('a calendar reads by a private link, until it is taken back', async () => {
	expect((await scene.ask('holder', 'DELETE', '/my-calendar-link')).code).toBe('wrong_state');
	const made = await scene.ask('holder', 'POST', '/my-calendar-link');
	expect(made.status).toBe(201);
	expect((made.json as { address: string }).address).toMatch(/\/agenda\/haven\/[\w-]{43}$/);
	expect((await scene.ask(null, 'POST', '/my-calendar-link')).status).toBe(401);
	expect((await scene.ask('holder', 'DELETE', '/my-calendar-link')).status).toBe(204);
});

test('every operation was seen to be done and to be refused', () => {
	expect(scene.documented.neverSeen([...meetingOperations, ...agendaOperations, ...caseItemOperations])).toEqual({ done: [], refused: [] });
});
