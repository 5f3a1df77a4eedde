import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { dayAt } from '#foundation/time/days.ts';
import { acceptInvitation, inviteToTable } from '#rooms/cases/commands.server.ts';
import { withdrawRequest } from '#rooms/fund/requests/commands.server.ts';
import { judgeRequest } from '#rooms/fund/requests/judging/commands.server.ts';
import { voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { confirmLeave, proposeLeave } from '#rooms/people/leaving/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { addPerson } from './more-people.server.ts';
import { openRequestScene } from './request-scene.server.ts';
import type { RequestScene } from './request-scene.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** What was asked by someone who works there no more: every act x role x state as docs/ACTIONS.md says, and that its money comes free. */

let scene: Scene;
let room: RequestScene;
let by: Readonly<Record<string, Actor>>;
let secretaries: readonly Actor[];
beforeAll(async () => {
	scene = await openScene(961);
	room = await openRequestScene(scene);
	const { actors, officers } = scene;
	secretaries = [officers.secretaryThree, await addPerson(scene, ['secretariat'], officers.treasurerTwo)];
	by = {
		...{ asker: actors.holder, seated: actors.seated, colleague: actors.invited, voter: room.voters.gemeente },
		...{ secretary: officers.secretaryTwo, 'own secretary': officers.secretaryOne },
		...{ facilitator: actors.facilitator, stranger: actors.stranger }
	};
});
afterAll(() => scene.drop());

const actorOf = (column: string): Actor => {
	const actor = by[column];
	if (!actor) throw new Error(`nobody plays ${column}`);
	return actor;
};
const withdraw = (actor: Actor, requestId: string) => withdrawRequest(scene.installation, actor, { requestId });
/** The organisation leaves by two that bind, or only who asked stops working there. */
async function gone(how: 'left' | 'ended'): Promise<void> {
	const { installation, actors, officers } = scene;
	if (how === 'ended') {
		await room.asOwner('update membership set valid_until = $1 where membership_id = $2', [
			installation.world.now(),
			actors.holder.membershipId
		]);
		return;
	}
	const leave = sure(await proposeLeave(installation, officers.administratorTwo, { leavesOn: dayAt(installation.world.now()) }));
	sure(await confirmLeave(installation, officers.governor, leave));
}
async function back(): Promise<void> {
	for (const table of ['organisation_leave_answer', 'organisation_leave']) await room.asOwner(`delete from ${table}`);
	await room.asOwner('update organisation set left_at = null');
	await room.asOwner('update membership set valid_until = null where membership_id = $1', [scene.actors.holder.membershipId]);
}

async function stage(state: string): Promise<string> {
	const { installation, actors } = scene;
	installation.world.tick(60_000);
	const [of = '', how] = state.split(' ');
	const asked = of.startsWith('team') ? await room.ask() : null;
	const { caseId, requestId } = asked ?? (of === 'preparing' ? await room.prepare() : await room.send());
	const wish = { caseId, membershipId: actors.seated.membershipId, message: 'Doe je mee?' };
	sure(await acceptInvitation(installation, actors.seated, sure(await inviteToTable(installation, actors.holder, wish))));
	if (of === 'team_granted' && asked)
		for (const voter of [room.voters.wijk, room.voters.wijkToo, room.voters.kade])
			sure(await voteOnRequest(installation, voter, { askId: asked.askOf(voter) }));
	if (of === 'granted' || of === 'paid')
		for (const secretary of secretaries) sure(await judgeRequest(installation, secretary, { requestId, verdict: 'grant' }));
	// Straight in the database: paying is tried elsewhere.
	if (of === 'paid')
		await room.asOwner(
			"insert into request_event (network_id, request_id, event_id, kind, at) select network_id, request_id, $2, 'paid', $3 from request where request_id = $1",
			[requestId, installation.world.id(), installation.world.now()]
		);
	if (how === 'left' || how === 'ended') await gone(how);
	installation.world.tick(1000);
	return requestId;
}

const table = tableUnder('Acts on a request of who is gone');
for (const [act = '', state = '', ...cells] of table.rows)
	test(`${act} of one that is ${state}`, async () => {
		const answers: Record<string, string> = {};
		let requestId = await stage(state);
		for (const column of table.columns.slice(1)) {
			answers[column] = said(await withdraw(actorOf(column), requestId));
			if (answers[column] !== 'yes') continue;
			await back();
			requestId = await stage(state);
		}
		await back();
		expect(answers).toEqual(Object.fromEntries(table.columns.slice(1).map((column, index) => [column, cells[index]])));
	});

test('what was set aside is free again, in their name who took it back; the team is asked no longer', async () => {
	const { actors } = scene;
	const reserved = async () =>
		(
			await room.asOwner<{ cents: string }>(
				"select coalesce(sum(p.amount_cents), 0) as cents from posting p join account a using (network_id, account_id) where a.kind = 'reserved'"
			)
		)[0]?.cents;
	const before = await reserved();
	const granted = await stage('granted left');
	expect(await reserved()).not.toBe(before);
	sure(await withdraw(actors.seated, granted));
	expect(await reserved()).toBe(before);
	expect(await room.asOwner("select person_id from request_event where request_id = $1 and kind = 'withdrawn'", [granted])).toEqual([
		{ person_id: actors.seated.personId }
	]);
	await back();
	const team = await stage('team left');
	sure(await withdraw(actors.seated, team));
	const [question] = await room.asOwner<{ withdrawn: boolean; links: string }>(
		`select exists (select from question_withdrawal w where w.question_id = q.question_id) as withdrawn,
			(select count(*) from private_link l join question_ask k on k.ask_id = l.subject_id where k.question_id = q.question_id
				and not exists (select from private_link_end e where e.link_id = l.link_id)) as links
			from request_question q where q.request_id = $1`,
		[team]
	);
	expect(question).toMatchObject({ withdrawn: true });
	expect(Number(question?.links)).toBe(0);
	await back();
});

test('nobody writes it past the rules while who asked is there, nor elsewhere when they are gone', async () => {
	const { installation, actors } = scene;
	const writes = (actor: Actor, requestId: string) =>
		installation.door.actor(actor, installation.world.now(), (tx) =>
			tx
				.insertInto('requestEvent')
				.values({
					...{ networkId: actor.networkId, requestId, eventId: installation.world.id(), kind: 'withdrawn', grantedCents: null },
					...{ at: installation.world.now(), personId: actor.personId }
				})
				.execute()
		);
	const requestId = await stage('secretariat');
	await expect(writes(actors.seated, requestId)).rejects.toMatchObject({ code: '42501' });
	await gone('left');
	await expect(writes(actors.invited, requestId)).rejects.toMatchObject({ code: '42501' });
	await writes(actors.seated, requestId);
	await back();
});
