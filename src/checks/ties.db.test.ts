import fc from 'fast-check';
import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import type { SubjectKind } from '#rooms/cases/subjects/rules.ts';
import { getTies } from '#rooms/network/map/read.server.ts';
import { spanOfTies } from '#rooms/network/map/rules.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Who works with whom: what of the agreements of a network is shown to whom, whatever they are. */

let scene: Scene;
let owner: pg.Client;
let caseId: string;
/** Two people of three organisations, and one of a fourth; all sit at the case. */
let people: readonly Actor[];
/** Reads, and took part in nothing. */
let reader: Actor;

beforeAll(async () => {
	scene = await openScene(53);
	owner = await scene.database.connections.owner();
	const { actors, officers } = scene;
	({ caseId } = sure(await openCase(scene.installation, actors.holder, caseWords)));
	people = [
		actors.holder,
		officers.treasurer,
		actors.seated,
		actors.invited,
		officers.secretaryThree,
		officers.governor,
		officers.treasurerTwo
	];
	reader = actors.oversight;
	await owner.query('delete from case_seat where case_id = $1', [caseId]);
	for (const [index, { networkId, personId, membershipId, organisationId }] of people.entries())
		await owner.query(
			`insert into case_seat (network_id, case_id, seat_id, person_id, membership_id, organisation_id, holder, given_by, valid_from)
				values ($1, $2, $3, $4, $5, $6, $7, $4, '2020-01-01')`,
			[networkId, caseId, scene.installation.world.id(), personId, membershipId, organisationId, index === 0]
		);
});
afterAll(async () => {
	await owner.end();
	await scene.drop();
});

/** Someone of the network promised something to another, so many days ago. */
interface Made {
	readonly by: number;
	readonly to: number;
	readonly daysAgo: number;
}
interface Shown {
	readonly ties: readonly string[];
	readonly few: number | null;
}
const day = 86_400_000;

/** What the database shows of these agreements to someone; nothing of them stays. */
async function shownOf(agreements: readonly Made[], to: Actor, kind: SubjectKind = 'case'): Promise<Shown> {
	const now = scene.installation.world.now();
	await owner.query('begin');
	try {
		const at = kind === 'case' ? caseId : scene.installation.world.id();
		if (at !== caseId) {
			await owner.query('insert into subject select network_id, $1, $2, person_id, membership_id, at from subject where case_id = $3', [
				at,
				kind,
				caseId
			]);
			await owner.query('update case_seat set case_id = $1 where case_id = $2', [at, caseId]);
		}
		for (const { by, to: receiver, daysAgo } of agreements) {
			const [maker, gets] = [people[by], people[receiver]];
			if (!maker || !gets || maker === gets) continue;
			await owner.query(
				`insert into agreement (network_id, agreement_id, case_id, kind, person_id, membership_id, organisation_id, receiver_id, due_on, at)
					values ($1, $2, $3, 'i_do', $4, $5, $6, $7, '2027-01-01', $8)`,
				[
					...[maker.networkId, scene.installation.world.id(), at, maker.personId, maker.membershipId, maker.organisationId],
					...[gets.personId, new Date(now.getTime() - daysAgo * day)]
				]
			);
		}
		const context = { network_id: to.networkId, person_id: to.personId, membership_id: to.membershipId, now: now.toISOString() };
		for (const [name, value] of Object.entries(context)) await owner.query('select set_config($1, $2, true)', [`app.${name}`, value]);
		const { rows } = await owner.query<{
			organisation_id: string | null;
			partner_id: string | null;
			agreements: string | null;
			few: string | null;
		}>('select * from app.figure_ties()');
		const ties = rows.flatMap((row) =>
			row.organisation_id === null ? [] : [`${row.organisation_id} ${row.partner_id ?? ''} ${row.agreements ?? '-'}`]
		);
		const few = rows.find((row) => row.few !== null)?.few;
		return { ties: ties.toSorted(), few: few === undefined || few === null ? null : Number(few) };
	} finally {
		await owner.query('rollback');
	}
}

/** The same, counted here in the plainest way. */
function countedFor(agreements: readonly Made[], to: Actor): Shown {
	const now = scene.installation.world.now();
	const { from, until } = spanOfTies(now);
	const pairs = new Map<string, { amount: number; sides: Map<string, Set<string>> }>();
	for (const { by, to: receiver, daysAgo } of agreements) {
		const [maker, gets] = [people[by], people[receiver]];
		if (!maker || !gets || maker.organisationId === gets.organisationId) continue;
		const on = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(now.getTime() - daysAgo * day);
		if (on < from || on > until) continue;
		const key = [maker.organisationId, gets.organisationId].toSorted().join(' ');
		const pair = pairs.get(key) ?? { amount: 0, sides: new Map<string, Set<string>>() };
		pair.amount += 1;
		for (const { organisationId, personId } of [maker, gets])
			if (personId !== to.personId) pair.sides.set(organisationId, (pair.sides.get(organisationId) ?? new Set()).add(personId));
		pairs.set(key, pair);
	}
	const isShown = ({ amount, sides }: { amount: number; sides: Map<string, Set<string>> }): boolean =>
		amount >= 3 && sides.size === 2 && [...sides.values()].every((side) => side.size >= 2);
	const few = [...pairs.values()].filter((pair) => !isShown(pair)).length;
	return {
		ties: [...pairs].flatMap(([key, pair]) => (isShown(pair) ? [`${key} ${pair.amount}`] : [])).toSorted(),
		few: few >= 3 ? few : null
	};
}

const made = fc.record({ by: fc.nat({ max: 6 }), to: fc.nat({ max: 6 }), daysAgo: fc.integer({ min: 0, max: 420 }) });
const few = { numRuns: 60 };

describe('who works with whom', () => {
	test('is counted from agreements of whole months, never under three, never of fewer than two people besides who reads', async () => {
		expect(new Set(people.map(({ organisationId }) => organisationId)).size).toBe(4);
		await fc.assert(
			fc.asyncProperty(fc.array(made, { maxLength: 40 }), fc.constantFrom(reader, ...people), async (agreements, to) => {
				expect(await shownOf(agreements, to)).toEqual(countedFor(agreements, to));
			}),
			few
		);
	});

	test('is shown from three on, with two people on each side, and not with the third of this month', async () => {
		const between = (daysAgo: number): Made[] => [
			{ by: 0, to: 2, daysAgo: 60 },
			{ by: 3, to: 1, daysAgo: 61 },
			{ by: 1, to: 2, daysAgo }
		];
		expect((await shownOf(between(62), reader)).ties).toHaveLength(1);
		expect((await shownOf(between(0), reader)).ties).toEqual([]);
		expect((await shownOf(between(420), reader)).ties).toEqual([]);
		// Of two people of their side, the reader would know what the other did.
		expect((await shownOf(between(62), scene.actors.holder)).ties).toEqual([]);
		expect((await shownOf(between(62), reader, 'project')).ties).toHaveLength(1);
		expect(await shownOf(between(62), reader, 'pair')).toEqual({ ties: [], few: null });
	});

	test('does not tell of an agreement that makes a pair no greater than two', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(made, { maxLength: 30 }), async (agreements) => {
				const others = agreements.filter(({ by, to }) => by !== 6 && to !== 6);
				// The seventh sits alone for its organisation: nothing of it is ever shown.
				const before = await shownOf(others, reader);
				const after = await shownOf([...others, { by: 6, to: 0, daysAgo: 60 }], reader);
				expect(after.ties).toEqual(before.ties);
			}),
			few
		);
	});

	test('is for the network alone, as it reads it', async () => {
		const { installation, actors } = scene;
		const theirs = await read(installation, actors.stranger, (tx, now) => getTies(tx, actors.stranger, now));
		expect(theirs).toMatchObject({ ties: [], few: null });
		const nobody = { ...actors.stranger, networkId: actors.holder.networkId };
		const { rows } = await installation.door.actor(nobody, installation.world.now(), (tx) =>
			sql`select * from app.figure_ties()`.execute(tx)
		);
		expect(rows).toEqual([]);
		const ours = await read(installation, actors.holder, (tx, now) => getTies(tx, actors.holder, now));
		expect(ours.organisations.map(({ name }) => name)).toEqual(['Gemeente Haven', 'De Kade', 'Schuldhulp Haven', 'Wijkteam Noord']);
	});
});
