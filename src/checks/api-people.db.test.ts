import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { peopleOperations } from '#lib/api/people-operations.ts';
import { roleOperations } from '#lib/api/role-operations.ts';
import { teamOperations } from '#lib/api/team-operations.ts';
import { dayAt } from '#foundation/time/days.ts';
import { openApiScene } from './api-scene.server.ts';

/** By API: teams, people and what the roles see. One allowed and one refused each, each answer held against the OpenAPI document. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene(41);
});
afterAll(() => scene.drop());

const nobody = '00000000-0000-7000-8000-000000000000';
const field = (json: unknown, name: string): string => (json as Record<string, string>)[name] ?? '';
const today = (): string => dayAt(scene.installation.world.now());

describe('teams', () => {
	let teamId: string;
	test('are made by an administrator, and not by a professional', async () => {
		const made = await scene.ask('administrator', 'POST', '/teams', { body: { name: 'Team Noord', area: 'Noord' } });
		teamId = field(made.json, 'teamId');
		expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/teams/${teamId}`]);
		expect((await scene.ask('holder', 'POST', '/teams', { body: { name: 'Team', area: 'Zuid' } })).code).toBe('not_allowed');
		expect((await scene.ask('administrator', 'POST', '/teams', { body: { name: '', area: 'Zuid' } })).errors).toEqual(['name required']);
	});

	test('are joined by who was proposed, and declined by who does not want to', async () => {
		const propose = async (role: 'holder' | 'seated'): Promise<string> => {
			const body = { membershipId: scene.actors[role].membershipId };
			const invited = await scene.ask('administrator', 'POST', `/teams/${teamId}/invitations`, { body });
			expect(invited.status).toBe(201);
			return field(invited.json, 'invitationId');
		};
		const taken = await propose('holder');
		expect((await scene.ask('holder', 'POST', `/team-invitations/${taken}/withdrawal`)).code).toBe('not_yours');
		expect((await scene.ask('administrator', 'POST', `/team-invitations/${taken}/withdrawal`)).status).toBe(204);
		expect((await scene.ask('holder', 'POST', `/team-invitations/${taken}/acceptance`)).code).toBe('invitation_over');
		const invitationId = await propose('holder');
		const refused = await scene.ask('holder', 'POST', `/teams/${teamId}/invitations`, { body: { membershipId: nobody } });
		expect(refused.code).toBe('not_allowed');
		expect((await scene.ask('holder', 'GET', '/team-invitations')).json).toMatchObject({ invitations: [{ invitationId, teamId }] });
		expect((await scene.ask(null, 'GET', '/team-invitations')).status).toBe(401);
		expect((await scene.ask('seated', 'POST', `/team-invitations/${invitationId}/acceptance`)).status).toBe(404);
		expect((await scene.ask('holder', 'POST', `/team-invitations/${invitationId}/acceptance`)).status).toBe(201);
		const second = await propose('seated');
		expect((await scene.ask('administrator', 'POST', `/team-invitations/${second}/refusal`)).code).toBe('not_invited');
		expect((await scene.ask('seated', 'POST', `/team-invitations/${second}/refusal`)).status).toBe(204);
		expect((await scene.ask('seated', 'POST', `/team-invitations/${second}/refusal`)).code).toBe('invitation_over');
	});

	test('have duty, taken and given up by members', async () => {
		const body = { fromDay: today(), untilDay: today() };
		expect((await scene.ask('colleague', 'POST', `/teams/${teamId}/duties`, { body })).code).toBe('not_in_team');
		const taken = await scene.ask('holder', 'POST', `/teams/${teamId}/duties`, { body });
		expect(taken.status).toBe(201);
		const dutyId = field(taken.json, 'dutyId');
		expect((await scene.ask('colleague', 'GET', `/teams/${teamId}`)).json).toMatchObject({
			team: { onDuty: { personId: scene.actors.holder.personId } },
			duties: [{ dutyId }]
		});
		expect((await scene.ask('stranger', 'GET', `/teams/${teamId}`)).status).toBe(404);
		expect((await scene.ask('colleague', 'DELETE', `/duties/${dutyId}`)).code).toBe('not_yours');
		expect((await scene.ask('holder', 'DELETE', `/duties/${dutyId}`)).status).toBe(204);
	});

	test('are listed to the network, and left by members', async () => {
		expect((await scene.ask('checker', 'GET', '/teams')).json).toMatchObject({ teams: [{ teamId, onDuty: null }] });
		expect((await scene.ask('stranger', 'GET', '/teams')).json).toEqual({ teams: [] });
		expect((await scene.ask(null, 'GET', '/teams')).status).toBe(401);
		expect((await scene.ask('colleague', 'POST', `/teams/${teamId}/departure`)).code).toBe('not_in_team');
		expect((await scene.ask('holder', 'POST', `/teams/${teamId}/departure`)).status).toBe(204);
	});
});

describe('duty that a colleague is asked for', () => {
	test('is theirs when they accept, and nobody else’s to answer', async () => {
		const made = await scene.ask('administrator', 'POST', '/teams', { body: { name: 'Team Zuid', area: 'Zuid' } });
		const teamId = field(made.json, 'teamId');
		for (const role of ['holder', 'seated'] as const) {
			const body = { membershipId: scene.actors[role].membershipId };
			const invited = await scene.ask('administrator', 'POST', `/teams/${teamId}/invitations`, { body });
			await scene.ask(role, 'POST', `/team-invitations/${field(invited.json, 'invitationId')}/acceptance`);
		}
		const body = { membershipId: scene.actors.seated.membershipId, fromDay: today(), untilDay: today() };
		const ask = () => scene.ask('holder', 'POST', `/teams/${teamId}/duty-requests`, { body });
		expect((await scene.ask('colleague', 'POST', `/teams/${teamId}/duty-requests`, { body })).code).toBe('not_in_team');
		const first = field((await ask()).json, 'askId');
		expect((await scene.ask('seated', 'GET', '/duty-requests')).json).toMatchObject({ requests: [{ askId: first, teamId }] });
		expect((await scene.ask(null, 'GET', '/duty-requests')).status).toBe(401);
		expect((await scene.ask('holder', 'POST', `/duty-requests/${first}/refusal`)).code).toBe('not_invited');
		expect((await scene.ask('seated', 'POST', `/duty-requests/${first}/refusal`)).status).toBe(204);
		expect((await scene.ask('seated', 'POST', `/duty-requests/${first}/acceptance`)).code).toBe('invitation_over');
		const second = field((await ask()).json, 'askId');
		expect((await scene.ask('colleague', 'POST', `/duty-requests/${second}/acceptance`)).status).toBe(404);
		expect((await scene.ask('seated', 'POST', `/duty-requests/${second}/acceptance`)).status).toBe(204);
		expect((await scene.ask('checker', 'GET', `/teams/${teamId}`)).json).toMatchObject({
			team: { onDuty: { personId: scene.actors.seated.personId } }
		});
		expect((await ask()).code).toBe('duty_taken');
	});
});

describe('a membership', () => {
	test('begins when another confirms', async () => {
		const joins = { name: 'Kees Nieuw', email: 'kees.nieuw@haven.example', functionTitle: 'wijkwerker', roles: ['professional'] };
		expect((await scene.ask('holder', 'POST', '/membership-proposals', { body: joins })).code).toBe('not_allowed');
		const first = field((await scene.ask('administrator', 'POST', '/membership-proposals', { body: joins })).json, 'proposalId');
		expect((await scene.ask('administrator', 'POST', '/membership-proposals', { body: joins })).code).toBe('already_proposed');
		expect((await scene.ask('facilitator', 'GET', '/membership-proposals')).json).toMatchObject({
			proposals: [{ proposalId: first, email: joins.email, roles: ['professional'] }]
		});
		expect((await scene.ask('holder', 'GET', '/membership-proposals')).json).toEqual({ proposals: [] });
		expect((await scene.ask(null, 'GET', '/membership-proposals')).status).toBe(401);
		expect((await scene.ask('administrator', 'POST', `/membership-proposals/${first}/confirmation`)).code).toBe('four_eyes');
		expect((await scene.ask('facilitator', 'POST', `/membership-proposals/${first}/withdrawal`)).code).toBe('not_yours');
		expect((await scene.ask('administrator', 'POST', `/membership-proposals/${first}/withdrawal`)).status).toBe(204);
		const second = field((await scene.ask('administrator', 'POST', '/membership-proposals', { body: joins })).json, 'proposalId');
		expect((await scene.ask('facilitator', 'POST', `/membership-proposals/${second}/confirmation`)).status).toBe(204);
	});
	test('ends when another confirms; then nothing is left of it', async () => {
		const { membershipId } = scene.actors.invited;
		expect((await scene.ask('holder', 'POST', `/memberships/${membershipId}/ends`)).code).toBe('not_allowed');
		const first = field((await scene.ask('administrator', 'POST', `/memberships/${membershipId}/ends`)).json, 'endId');
		expect((await scene.ask('facilitator', 'POST', `/memberships/${membershipId}/ends`)).code).toBe('already_proposed');
		expect((await scene.ask('facilitator', 'GET', '/membership-ends')).json).toMatchObject({ ends: [{ endId: first, membershipId }] });
		expect((await scene.ask('holder', 'GET', '/membership-ends')).json).toEqual({ ends: [] });
		expect((await scene.ask(null, 'GET', '/membership-ends')).status).toBe(401);
		expect((await scene.ask('administrator', 'POST', `/membership-ends/${first}/confirmation`)).code).toBe('four_eyes');
		expect((await scene.ask('facilitator', 'POST', `/membership-ends/${first}/withdrawal`)).code).toBe('not_yours');
		expect((await scene.ask('administrator', 'POST', `/membership-ends/${first}/withdrawal`)).status).toBe(204);
		const second = field((await scene.ask('administrator', 'POST', `/memberships/${membershipId}/ends`)).json, 'endId');
		scene.installation.world.tick(1000);
		expect((await scene.ask('facilitator', 'POST', `/membership-ends/${second}/confirmation`)).status).toBe(204);
		scene.installation.world.tick(1000);
		expect((await scene.ask('invited', 'GET', '/people')).status).toBe(401);
		expect((await scene.ask('holder', 'GET', `/people/${scene.actors.invited.personId}`)).status).toBe(404);
	});
});

describe('people', () => {
	test('keep their own profile; the network reads it', async () => {
		const body = { topics: 'Huurschuld', languages: ['tr'], available: true, willing: false };
		expect((await scene.ask('seated', 'POST', '/profile', { body })).status).toBe(204);
		const asked = await scene.ask('seated', 'POST', '/profile', { body: { ...body, topics: 'Bel 06-12345678' } });
		expect(asked.code).toBe('needs_acknowledgement');
		const { personId } = scene.actors.seated;
		expect((await scene.ask('seated', 'POST', '/profile', { body: { ...body, personId } })).errors).toEqual(['personId unknown_field']);
		expect((await scene.ask('colleague', 'GET', `/people/${personId}`)).json).toMatchObject({ profile: { topics: 'Huurschuld' } });
		expect((await scene.ask('colleague', 'GET', `/people/${scene.actors.holder.personId}`)).json).toMatchObject({ profile: null });
		expect((await scene.ask('stranger', 'GET', `/people/${personId}`)).status).toBe(404);
	});

	test('stand in a list that goes on by key', async () => {
		const page = await scene.ask('colleague', 'GET', '/people');
		const { people } = page.json as { people: { personId: string }[] };
		expect(people.length).toBe(14);
		const after = people[2]?.personId ?? '';
		const rest = await scene.ask('colleague', 'GET', `/people?after=${after}`);
		expect((rest.json as typeof page.json & { people: unknown[] }).people).toEqual(people.slice(3));
		expect((await scene.ask('colleague', 'GET', '/people?after=iemand')).status).toBe(400);
	});

	test('are found by words, and by no more than the page shows', async () => {
		const body = {
			topics: 'Kostendelersnorm',
			schemes: '',
			languages: [],
			livedExperience: 'Ooit zelf uit huis gezet.',
			area: '',
			available: true,
			willing: false
		};
		expect((await scene.ask('seated', 'POST', '/profile', { body })).status).toBe(204);
		const found = await scene.ask('colleague', 'GET', `/people?q=${encodeURIComponent('kostendelersnorm')}`);
		const { people } = found.json as { people: Record<string, unknown>[] };
		expect(people.map((person) => person['personId'])).toEqual([scene.actors.seated.personId]);
		expect(Object.keys(people[0] ?? {}).toSorted()).toEqual(['available', 'displayName', 'personId', 'topics', 'works']);
		expect(JSON.stringify(found.json)).not.toMatch(/uit huis gezet|@/);
		expect((await scene.ask('colleague', 'GET', '/people?q=bestaatniet')).json).toEqual({ people: [] });
		expect((await scene.ask('stranger', 'GET', '/people?q=kostendelersnorm')).json).toEqual({ people: [] });
		expect((await scene.ask(null, 'GET', '/people?q=kostendelersnorm')).status).toBe(401);
		expect((await scene.ask('colleague', 'GET', `/people?q=${'a'.repeat(201)}`)).status).toBe(400);
	});
});

describe('the roles', () => {
	test('see figures per organisation, or do not', async () => {
		expect((await scene.ask('oversight', 'GET', '/organisation-figures')).status).toBe(200);
		expect((await scene.ask('holder', 'GET', '/organisation-figures')).status).toBe(404);
		expect((await scene.ask('holder', 'GET', '/my-figures')).json).toMatchObject({ kept: 0, held: 0 });
		expect((await scene.ask(null, 'GET', '/my-figures')).status).toBe(401);
		const kept = (await scene.ask('checker', 'GET', '/kept')).json as { kinds: { kind: string; tables: object[] }[] };
		expect(kept.kinds.find(({ kind }) => kind === 'log')?.tables).toContainEqual({
			...{ name: 'log_line', term: '5 years after the case closed', byItself: false }
		});
		expect((await scene.ask(null, 'GET', '/kept')).status).toBe(401);
	});

	test('read the log, or do not, and both leave a line', async () => {
		const log = await scene.ask('checker', 'GET', `/log?act=team.make&from=${today()}`);
		expect((log.json as { lines: unknown[] }).lines.length).toBeGreaterThanOrEqual(1);
		expect((await scene.ask('holder', 'GET', '/log')).status).toBe(404);
		expect((await scene.ask('checker', 'GET', '/log?act=alles')).status).toBe(400);
		expect([await scene.countLines('log.read', 'seen'), await scene.countLines('log.read', 'refused_reading')]).toEqual([1, 1]);
	});
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen([...peopleOperations, ...teamOperations, ...roleOperations])).toEqual({
		...{ done: [], refused: [] }
	}));
