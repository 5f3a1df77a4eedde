import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { bringYearly } from '#rooms/causes/yearly/commands.server.ts';
import { openProject } from '#rooms/chain/projects/commands.server.ts';
import { pledgeContribution } from '#rooms/fund/contributions/commands.server.ts';
import { askQuestion } from '#rooms/knowledge/commands.server.ts';
import { acceptSeat, makeBody, offerSeat } from '#rooms/meetings/bodies/commands.server.ts';
import { confirmLeave, proposeLeave } from '#rooms/people/leaving/commands.server.ts';
import { countOpen } from '#rooms/people/leaving/read.server.ts';
import { takeDuty } from '#rooms/people/teams/commands.server.ts';
import { caseWords, makeFullCase, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** De Kade leaves with 64 more open things of each kind that can be many: each is counted, and the books stay as they were. */

const many = 64;
let scene: Scene;
beforeAll(async () => {
	scene = await openScene(684);
	await makeFullCase(scene);
});
afterAll(() => scene.drop());

const times = async (work: (index: number) => Promise<unknown>): Promise<void> => {
	for (let index = 0; index < many; index += 8) await Promise.all(Array.from({ length: 8 }, (_, offset) => work(index + offset)));
};
const asOwner = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query(text, values)).rows as Row[];
	} finally {
		await owner.end();
	}
};
const counted = async (actor: Actor): Promise<Record<string, number>> =>
	Object.fromEntries(
		(await read(scene.installation, actor, (tx) => countOpen(tx, scene.actors.holder.organisationId))).map(({ what, amount }) => [
			what,
			amount
		])
	);
/** Every posting, and what each account stands at. */
const books = () =>
	asOwner(`select a.kind, a.account_id, count(p.*)::int as postings, coalesce(sum(p.amount_cents), 0)::int as cents
		from account a left join posting p using (network_id, account_id) group by 1, 2 order by 1, 2`);
const owed = () =>
	asOwner(`select c.claim_id, c.amount_cents::int as cents, (select json_agg(e.kind order by e.at, e.event_id) from claim_event e where e.claim_id = c.claim_id) as events
		from claim c order by 1`);

test(
	'64 of each kind are counted by kind, told to who binds and to nobody else, and nothing in the books changes',
	{ timeout: 240_000 },
	async () => {
		const { installation, actors, officers } = scene;
		const { holder, seated, colleague } = actors;
		const binder = officers.administratorTwo;
		const today = dayAt(installation.world.now());
		const before = await counted(binder);
		expect(await counted(officers.governor)).toEqual({});
		expect(await counted(holder)).toEqual({});

		const sit = async (caseId: string) => {
			const input = { caseId, membershipId: seated.membershipId, message: 'Doe je mee?' };
			sure(await acceptInvitation(installation, seated, sure(await inviteToTable(installation, holder, input))));
		};
		// Cases held with another at the table, and as many where only their own people sit.
		const tables: string[] = [];
		await times(async () => {
			const { caseId } = sure(await openCase(installation, holder, caseWords));
			await sit(caseId);
			tables.push(caseId);
		});
		await times(() => openCase(installation, holder, caseWords).then(sure));
		const [table = ''] = tables;
		const promise = (from: Actor, to: Actor) =>
			makeAgreement(installation, from, { caseId: table, what: 'Ik bel', dueOn: addDays(today, 5), receiverId: to.personId }).then(sure);
		await times(() => promise(holder, seated));
		await times(() => promise(seated, holder));
		const theirs = sure(await openCase(installation, colleague, caseWords)).caseId;
		await times((index) =>
			askQuestion(installation, colleague, { caseId: theirs, text: `Wie weet ${index}?`, asked: [holder.membershipId] }).then(sure)
		);
		await times(() => pledgeContribution(installation, binder, { amount: '100', year: '2028' }).then(sure));
		await times((index) =>
			bringYearly(installation, colleague, {
				...{ year: '2028', title: `Samen ${index}`, organisationIds: [holder.organisationId] }
			}).then(sure)
		);
		await times(async (index) => {
			const named = { name: `Overleg ${index}`, kind: 'vision_team', of: 'network', rule: 'consent', withSeat: true };
			const { bodyId } = sure(await makeBody(installation, actors.administrator, named));
			sure(
				await acceptSeat(
					installation,
					holder,
					sure(await offerSeat(installation, actors.administrator, { bodyId, membershipId: holder.membershipId }))
				)
			);
		});
		await times((index) =>
			openProject(installation, holder, {
				...{ title: `Daken ${index}`, part: 'client', membershipId: seated.membershipId, message: 'Doe je mee?' }
			}).then(sure)
		);
		const [{ id: teamId } = { id: '' }] = await asOwner<{ id: string }>(
			'select team_id as id from team_member where membership_id = $1 and valid_until is null limit 1',
			[holder.membershipId]
		);
		for (let index = 0; index < many; index++)
			sure(await takeDuty(installation, holder, { teamId, fromDay: addDays(today, 20 + index), untilDay: addDays(today, 20 + index) }));
		// Requests, claims that wait and bottlenecks need long stories of their own: rows of the same kind, straight in the tables.
		const { networkId, organisationId, personId, membershipId } = holder;
		const who = [networkId, organisationId, personId, membershipId, installation.world.now(), many];
		await asOwner(
			`insert into request (network_id, request_id, kind, lane, amount_cents, asked_by, membership_id, organisation_id, acute, at)
		select $1, gen_random_uuid(), 'gift', 'full', 1000, $3, $4, $2, false, $5 from generate_series(1, $6::int)`,
			who
		);
		await asOwner(
			`insert into claim (network_id, claim_id, request_id, organisation_id, amount_cents, due_on, person_id, membership_id, at)
		select $1, gen_random_uuid(), (select request_id from request where network_id = $1 limit 1), $2, 1000, $5::timestamptz::date, $3, $4, $5 from generate_series(1, $6::int)`,
			who
		);
		await asOwner(
			`with made as (insert into cause (network_id, cause_id, kind, title, responsible_organisation_id, made_at)
			select $1, gen_random_uuid(), 'work_habit', 'Gewoonte ' || n, $2, $3 from generate_series(1, $4::int) n returning cause_id)
		insert into signal (network_id, signal_id, cause_id, opened_at) select $1, gen_random_uuid(), cause_id, $3 from made`,
			[networkId, organisationId, installation.world.now(), many]
		);

		const more = {
			held: 2,
			alone: 1,
			promised: 1,
			received: 1,
			asked: 1,
			duty: 1,
			requests: 1,
			claims: 1,
			pledges: 1,
			signals: 1,
			bodies: 1,
			yearly: 1,
			projects: 1
		};
		const expected = {
			...before,
			...Object.fromEntries(Object.entries(more).map(([what, time]) => [what, (before[what] ?? 0) + time * many]))
		};
		expect(await counted(binder)).toEqual(expected);

		const [ledger, claims] = [await books(), await owed()];
		const leave = sure(await proposeLeave(installation, binder, { leavesOn: today }));
		expect(await counted(officers.governor)).toEqual(expected);
		expect(await counted(colleague)).toEqual({});
		sure(await confirmLeave(installation, officers.governor, leave));
		expect(await books()).toEqual(ledger);
		expect(await owed()).toEqual(claims);
		const [balance] = await asOwner<{ total: number }>('select coalesce(sum(amount_cents), 0)::int as total from posting');
		expect(balance).toEqual({ total: 0 });
		expect(await counted(binder)).toEqual({});
		for (const one of [holder, binder, officers.treasurer, officers.secretaryOne])
			await expect(installation.door.actor(one, installation.world.now(), (tx) => countRows(tx))).resolves.toBe(0);
	}
);

const countRows = async (tx: Parameters<Parameters<Scene['installation']['door']['actor']>[2]>[0]): Promise<number> =>
	(await tx.selectFrom('caseSeat').select('seatId').execute()).length +
	(await tx.selectFrom('request').select('requestId').execute()).length +
	(await tx.selectFrom('claim').select('claimId').execute()).length +
	(await tx.selectFrom('questionAsk').select('askId').execute()).length +
	(await tx.selectFrom('contribution').select('contributionId').execute()).length;
