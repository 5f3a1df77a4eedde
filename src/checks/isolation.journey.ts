import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFullCase, openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { sure } from './sure.ts';
import { fillRoute, listCalls, listRoutes } from './isolation/addresses.ts';
import type { CaseIds } from './isolation/addresses.ts';
import { hiddenFrom, listSecrets, shownIn } from './isolation/secrets.ts';
import type { Known, Secret } from './isolation/secrets.ts';
import { openSite } from './isolation/served-scene.ts';
import type { Asker, Site } from './isolation/served-scene.ts';

/**
 * By HTTP, through the product as it is served: every page, every operation of the API, search and stream, asked for as everyone who does not sit
 * at a case, shows nothing of it. Made from the route tree and the list of operations.
 */

/** Have nothing to do with the case: nothing of it may reach them. */
const outside: readonly Asker[] = ['colleague', 'facilitator', 'checker', 'oversight', 'administrator', 'stranger', 'visitor'];
/** Sees the invitation, and no more. */
const invited: Asker = 'invited';
/** Have an office in the fund, or stand in for it when its term has run out (the governor): they see requests, and nothing else of a case. */
const fund: readonly Asker[] = ['secretaryOne', 'treasurer', 'governor'];
const ofTheFund = /^(?:request|receipt|payment|claim)/;

const story = {
	stuck: 'De kwartelkoning zit op het dak van de bewoner.',
	goal: 'Ik wil een roerdomp in de tuin.',
	firstNeed: 'Een nest voor de wielewaal, deze week.',
	ownOrganisation: 'Wij timmeren zelf een ijsvogelwand.',
	looming: 'Anders vertrekt de grutto voorgoed.',
	residentKnows: 'yes'
};
const agreed = 'Ik bel de vogelwacht over de kwartelkoning.';
const asking = 'Denk je mee over de lepelaar?';

let scene: Scene;
let site: Site;
let owner: pg.Client;
let caseId: string;
let known: Known;
/** The cases whose ids are put into addresses. */
let asked: readonly CaseIds[];
let routes: readonly string[];

beforeAll(async () => {
	scene = await openScene(31);
	const { installation, actors } = scene;
	await makeFullCase(scene);
	({ caseId } = sure(await openCase(installation, actors.holder, story)));
	sure(
		await acceptInvitation(
			installation,
			actors.seated,
			sure(await inviteToTable(installation, actors.holder, { caseId, membershipId: actors.seated.membershipId, message: asking }))
		)
	);
	sure(
		await inviteToTable(installation, actors.holder, {
			caseId,
			membershipId: actors.invited.membershipId,
			message: 'Kom je mee vogels kijken?'
		})
	);
	sure(await makeAgreement(installation, actors.seated, { caseId, what: agreed, dueOn: '2026-12-01', receiverId: actors.holder.personId }));
	owner = await scene.database.connections.owner();
	known = await listSecrets(scene, owner);
	// The case of this story, the one with everything in it, and two more.
	asked = known.cases.filter((one, index) => one.caseId === caseId || index < 3);
	routes = listRoutes();
	site = await openSite(scene);
});
afterAll(async () => {
	await site.stop();
	await owner.end();
	await scene.drop();
});

interface Leak {
	readonly asker: Asker;
	readonly asked: string;
	readonly status: number;
	readonly shown: readonly string[];
}

/** Where a checker reads the log: ids of what was done, and no word of it. */
const isLog = (asked: string): boolean => /^\/(?:haven\/logboek|api\/v1\/log)(?:\?|$)/.test(asked);

/** Asks all of it, some at once, and answers what was shown that must not be. */
async function crawl(
	asker: Asker,
	asks: readonly { readonly path: string; readonly init?: RequestInit; readonly said?: string }[],
	hidden: readonly Secret[] = hiddenFrom(scene, known, asker, () => false)
): Promise<{ leaks: Leak[]; found: number; broken: string[] }> {
	const leaks: Leak[] = [];
	const broken: string[] = [];
	let found = 0;
	const queue = [...asks];
	const hand = async (): Promise<void> => {
		for (let next = queue.shift(); next; next = queue.shift()) {
			const response = await site.ask(asker, next.path, next.init);
			const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
			const body = await response.text();
			if (response.status < 300) found++;
			if (response.status >= 500) broken.push(`${response.status} ${next.init?.method ?? 'get'} ${next.path}`);
			const shown = shownIn(next.path, `${headers}\n${body}`, hidden).filter(
				(secret) => next.said === undefined || !secret.endsWith(`: ${next.said}`)
			);
			if (shown.length > 0 && !(asker === 'checker' && isLog(next.path) && shown.every((secret) => secret.startsWith('id: '))))
				leaks.push({ asker, asked: `${next.init?.method ?? 'get'} ${next.path}`, status: response.status, shown });
		}
	};
	await Promise.all(Array.from({ length: 6 }, hand));
	return { leaks, found, broken };
}

const pages = () => routes.flatMap((route) => fillRoute(route, 'haven', asked).map((path) => ({ path })));
const reads = () => listCalls(asked).filter(({ method }) => method === 'get');
const searches = (where: 'page' | 'api') =>
	['kwartelkoning', 'roerdomp', 'wielewaal', 'vogelwacht', 'lepelaar', pseudonym()].map((q) =>
		where === 'page'
			? { path: '/haven/zoeken', init: { method: 'POST', body: new URLSearchParams({ q }) }, said: q }
			: { path: `/api/v1/cases?q=${encodeURIComponent(q)}`, said: q }
	);
const pseudonym = (): string => known.secrets.find((secret) => secret.caseId === caseId && secret.kind === 'pseudonym')?.text ?? '';

test('there is something to hide, and who sits at the case is shown it: else this would prove nothing', async () => {
	expect(asked.flatMap(({ ids }) => ids).length).toBeGreaterThan(20);
	expect(known.secrets.filter(({ kind }) => kind === 'words').length).toBeGreaterThan(12);
	expect(routes.length).toBeGreaterThan(20);
	const { leaks, broken } = await crawl('holder', [...pages(), ...reads(), ...searches('page')], known.secrets);
	const shown = new Set(leaks.flatMap((leak) => leak.shown));
	for (const secret of [
		`pseudonym: ${pseudonym()}`,
		`id: ${caseId}`,
		`stuck: ${story.stuck}`,
		`goal: ${story.goal}`,
		`agreement: ${agreed}`
	])
		expect([...shown]).toContain(secret);
	expect(leaks.filter((leak) => leak.asked.includes('zoeken')).length).toBeGreaterThan(3);
	expect(broken).toEqual([]);
});

describe('who does not sit at the case', () => {
	test.each(outside)('%s is shown nothing, by any page', async (asker) => {
		const { leaks, broken } = await crawl(asker, [...pages(), ...searches('page')]);
		expect({ leaks, broken }).toEqual({ leaks: [], broken: [] });
	});

	test.each(outside)('%s is shown nothing, by any reading of the API', async (asker) => {
		const { leaks, broken } = await crawl(asker, [...reads(), ...searches('api')]);
		expect({ leaks, broken }).toEqual({ leaks: [], broken: [] });
	});

	test('was invited: the invitation, and nothing of the case', async () => {
		const { rows } = await owner.query<{ id: string }>('select invitation_id as id from seat_invitation where person_id = $1', [
			scene.actors.invited.personId
		]);
		const own = new Set(rows.map(({ id }) => id));
		const hidden = hiddenFrom(scene, known, invited, ({ part, text }) => part === 'invitation' || own.has(text));
		const { leaks, broken } = await crawl(invited, [...pages(), ...reads(), ...searches('page')], hidden);
		expect({ leaks, broken }).toEqual({ leaks: [], broken: [] });
	});

	test.each(fund)('%s sees requests to the fund, and nothing else of a case', async (asker) => {
		const { rows } = await owner.query<{ name: string }>(
			"select c.oid::regclass::text as name from pg_class c where c.relkind = 'r' and c.relname ~ '^case_request'"
		);
		const requests: string[] = [];
		for (const { name } of rows)
			requests.push(...(await owner.query<{ id: string }>(`select request_id as id from ${name}`)).rows.map(({ id }) => id));
		const hidden = hiddenFrom(scene, known, asker, ({ part, text }) => ofTheFund.test(part ?? '') || requests.includes(text));
		const { leaks, broken } = await crawl(asker, [...pages(), ...reads(), ...searches('page')], hidden);
		expect({ leaks, broken }).toEqual({ leaks: [], broken: [] });
	});
});

describe('a stream', () => {
	const open = async (asker: Asker, query: string) => {
		const leave = new AbortController();
		const response = await site.ask(asker, `/haven/live${query}`, { signal: leave.signal });
		const heard: string[] = [];
		if (response.status === 200)
			void (async () => {
				for await (const chunk of response.body ?? []) {
					const said = /event: (\w+)/.exec(new TextDecoder().decode(chunk))?.[1];
					if (said !== undefined) heard.push(said);
				}
			})().catch(() => undefined);
		else await response.body?.cancel();
		return { status: response.status, heard, leave: () => leave.abort() };
	};
	const refusals = async (asker: Asker): Promise<number> => {
		const { personId } = { ...scene.actors, ...scene.officers }[asker as 'colleague'];
		const { rows } = await owner.query<{ lines: number }>(
			"select count(*)::int as lines from log_line where case_id = $1 and person_id = $2 and act = 'case.read' and result = 'refused_reading'",
			[caseId, personId]
		);
		return rows[0]?.lines ?? 0;
	};

	test.each([...outside, invited, ...fund])('of the case is not there for %s, and asking leaves a line', async (asker) => {
		const known = asker !== 'visitor' && asker !== 'stranger';
		const before = known ? await refusals(asker) : 0;
		const { status } = await open(asker, `?casus=${caseId}`);
		expect(status).toBe(asker === 'visitor' ? 401 : 404);
		if (known) expect(await refusals(asker)).toBe(before + 1);
		for (const id of asked.flatMap(({ ids }) => ids).slice(0, 12)) expect([401, 404]).toContain((await open(asker, `?vraag=${id}`)).status);
		expect([401, 404]).toContain((await open(asker, '?casus=geen-id')).status);
	});

	test('of a question is there for who asked it, who is asked and who sits at its case, and for nobody else', async () => {
		const { rows } = await owner.query<{ question_id: string; people: string[] }>(
			`select q.question_id, array_agg(k.person_id) || array_agg(q.asked_by) || array_agg(s.person_id) as people
				from question q join question_ask k using (network_id, question_id) join case_question c using (network_id, question_id)
				join case_seat s on s.network_id = c.network_id and s.case_id = c.case_id and s.valid_until is null group by 1`
		);
		expect(rows.length).toBeGreaterThan(0);
		const everyone = Object.entries({ ...scene.actors, ...scene.officers }) as [Asker, { personId: string }][];
		for (const { question_id: id, people } of rows)
			for (const [asker, { personId }] of everyone.filter(([, actor]) => actor.personId !== scene.actors.stranger.personId)) {
				const stream = await open(asker, `?vraag=${id}`);
				stream.leave();
				expect({ asker, status: stream.status }).toEqual({ asker, status: people.includes(personId) ? 200 : 404 });
			}
	});

	test('of an agreement for a year, and of making a cause public, is there for who may see the page, and for nobody of another network', async () => {
		const ids = async (text: string) => (await owner.query<{ id: string }>(text, [scene.actors.holder.networkId])).rows.map(({ id }) => id);
		const items = await ids('select item_id as id from yearly_item where network_id = $1');
		const causes = await ids('select cause_id as id from cause where network_id = $1');
		expect([items.length > 0, causes.length > 0]).toEqual([true, true]);
		const watched = [
			...items.map((id) => ({ page: `/haven/jaarafspraken/${id}`, query: `?jaarafspraak=${id}` })),
			...causes.map((id) => ({ page: `/haven/knelpunt/${id}/openbaar`, query: `?knelpunt=${id}` }))
		];
		for (const asker of ['holder', ...outside, ...fund] as const)
			for (const { page, query } of watched) {
				const shown = await site.ask(asker, page);
				await shown.body?.cancel();
				const stream = await open(asker, query);
				stream.leave();
				const expected = asker === 'visitor' ? 401 : asker === 'stranger' ? 404 : shown.status;
				expect({ asker, query, status: stream.status }).toEqual({ asker, query, status: expected });
			}
	});

	test('of one’s own page says nothing when something changes in a case one is not at', async () => {
		const listening = await Promise.all(
			[...outside.filter((asker) => asker !== 'stranger' && asker !== 'visitor'), ...fund].map((asker) => open(asker, ''))
		);
		const [atCase, atHome] = [await open('holder', `?casus=${caseId}`), await open('holder', '')];
		expect([...listening, atCase, atHome].map(({ status }) => status)).toEqual(Array.from({ length: listening.length + 2 }, () => 200));
		const { installation, actors } = scene;
		sure(
			await makeAgreement(installation, actors.seated, {
				caseId,
				what: 'Nog een afspraak.',
				dueOn: '2026-12-01',
				receiverId: actors.holder.personId
			})
		);
		await expect.poll(() => [atCase.heard.length > 0, atHome.heard.length > 0], { timeout: 8_000 }).toEqual([true, true]);
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(listening.map(({ heard }) => heard)).toEqual(listening.map(() => []));
		for (const stream of [...listening, atCase, atHome]) stream.leave();
	});
});

test.each(['colleague', 'facilitator', 'checker', 'stranger', 'visitor'] as const)(
	'no act of the API tells %s, who is outside, anything either, whatever is sent',
	async (asker) => {
		const acts = listCalls(asked)
			.filter(({ method }) => method !== 'get')
			.map(({ method, path }) => ({
				path,
				init: { method: method.toUpperCase(), headers: { 'content-type': 'application/json' }, body: method === 'delete' ? '' : '{}' }
			}));
		const counts = () =>
			owner.query(
				'select (select count(*) from case_seat) as seats, (select count(*) from case_event) as events, (select count(*) from agreement) as agreements'
			);
		const before = (await counts()).rows;
		const { leaks, broken } = await crawl(asker, acts);
		expect({ leaks, broken }).toEqual({ leaks: [], broken: [] });
		expect((await counts()).rows).toEqual(before);
	}
);
