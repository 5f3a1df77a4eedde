import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { linkPath, openLink } from '#foundation/links/private-links.server.ts';
import { ensureLink } from '#foundation/links/private-links.server.ts';
import { askRequest, withdrawRequest } from '#rooms/fund/requests/commands.server.ts';
import { askMore, voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { leaveTeam } from '#rooms/people/teams/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { said } from './acts-document.ts';
import { lightWords, makeTestTeam, openRequestScene } from './request-scene.server.ts';
import type { Asked, RequestScene } from './request-scene.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';
import { sure } from './sure.ts';

/** The light lane on a real PostgreSQL (A0, D3): who decides, from when the money is set aside, and everything that does not count. */

let scene: Scene;
let room: RequestScene;
beforeAll(async () => {
	scene = await openScene(22);
	room = await openRequestScene(scene);
});
beforeEach(() => scene.installation.world.tick(60_000));
afterAll(() => scene.drop());

const vote = (actor: Actor, asked: Asked, whose: Actor = actor): Promise<Outcome<{ outcome: string }>> =>
	voteOnRequest(scene.installation, actor, { askId: asked.askOf(whose) });
const stateOf = async (asked: { requestId: string }) => (await room.find(scene.actors.holder, asked.requestId))?.state;
const reservations = async (asked: { requestId: string }) =>
	(
		await room.asOwner<{ amount: number }>('select amount_cents::int as amount from reservation where request_id = $1', [asked.requestId])
	).map((row) => row.amount);

describe('a small request', () => {
	test('is one screen, and asks everyone of the team but the asker', async () => {
		const asked = await room.ask();
		const rows = await room.asOwner<{ person_id: string; amount: number }>(
			'select k.person_id, q.amount_cents::int as amount from question_ask k join question q using (network_id, question_id) join request_question r using (network_id, question_id) where r.request_id = $1',
			[asked.requestId]
		);
		expect(rows.map((row) => row.person_id).toSorted()).toEqual(
			Object.values(room.voters)
				.map((voter) => voter.personId)
				.toSorted()
		);
		expect(rows[0]?.amount).toBe(75_00);
		expect(await stateOf(asked)).toBe('asked');
	});

	test('shows those who are asked the request and not the case; a colleague who is not asked sees neither', async () => {
		const asked = await room.ask();
		expect(await room.find(room.voters.gemeente, asked.requestId)).toMatchObject({ state: 'asked', amountCents: 75_00 });
		expect(said(await getCaseTable(scene.installation, room.voters.gemeente, asked.caseId))).toBe('not_found');
		for (const actor of [scene.actors.seated, scene.actors.stranger, scene.officers.treasurer, scene.officers.secretaryOne])
			expect(await room.find(actor, asked.requestId)).toBeNull();
	});

	test('is granted by the third yes and not before; in the same act the money is set aside', async () => {
		const asked = await room.ask();
		expect(sure(await vote(room.voters.wijk, asked)).outcome).toBe('waits');
		expect(sure(await vote(room.voters.wijkToo, asked)).outcome).toBe('waits');
		expect([await stateOf(asked), await reservations(asked)]).toEqual(['asked', []]);
		expect(sure(await vote(room.voters.kade, asked)).outcome).toBe('granted');
		expect([await stateOf(asked), await reservations(asked)]).toEqual(['granted', [75_00]]);
		expect(await room.find(scene.officers.treasurer, asked.requestId)).toMatchObject({ state: 'granted' });
	});

	test('waits for a fourth when three of one organisation agree', async () => {
		const asked = await room.ask();
		for (const voter of [room.voters.wijk, room.voters.wijkToo, room.voters.wijkThree])
			expect(sure(await vote(voter, asked)).outcome).toBe('waits');
		expect(sure(await vote(room.voters.gemeente, asked)).outcome).toBe('granted');
	});

	test('above the limit, or above what a household gets in a year, goes another way', async () => {
		const caseId = await room.openCase();
		const ask = (amount: string) =>
			askRequest(scene.installation, scene.actors.holder, { caseId, teamId: room.teamId, ...lightWords, amount });
		expect(said(await ask('500,01'))).toBe('above_limit');
		expect(said(await ask('0'))).toBe('invalid');
		const first = sure(await ask('300'));
		expect(said(await ask('200,01'))).toBe('above_household');
		sure(await ask('200'));
		sure(await withdrawRequest(scene.installation, scene.actors.holder, { requestId: first.requestId }));
		sure(await ask('300'));
		expect(said(await ask('0,01'))).toBe('above_household');
	});

	test('asked twice at once does not go round what a household gets in a year', async () => {
		const caseId = await room.openCase();
		const answers = await Promise.all(
			Array.from({ length: 8 }, () =>
				askRequest(scene.installation, scene.actors.holder, { caseId, teamId: room.teamId, ...lightWords, amount: '200' })
			)
		);
		expect(answers.filter((answer) => answer.ok).length).toBe(2);
	});

	test('needs a team that can decide at all', async () => {
		const caseId = await room.openCase();
		const small = await makeTestTeam(scene, [scene.actors.holder, room.voters.wijk, room.voters.wijkToo, room.voters.wijkThree]);
		const ask = (teamId: string) => askRequest(scene.installation, scene.actors.holder, { caseId, teamId, ...lightWords, amount: '75' });
		expect(said(await ask(small))).toBe('team_too_small');
		expect(said(await ask(caseId))).toBe('invalid');
	});

	test('with a telephone number in it is asked about once', async () => {
		const caseId = await room.openCase();
		const wish = { caseId, teamId: room.teamId, ...lightWords, why: 'Bel 06-12345678.', amount: '75' };
		expect(said(await askRequest(scene.installation, scene.actors.holder, wish))).toBe('needs_acknowledgement');
		sure(await askRequest(scene.installation, scene.actors.holder, { ...wish, acknowledged: true }));
	});
});

describe('what does not count', () => {
	test('a vote of the asker, on the ask of another', async () => {
		const asked = await room.ask();
		expect(said(await vote(scene.actors.holder, asked, room.voters.wijk))).toBe('not_asked');
		expect(said(await vote(scene.actors.holder, asked))).toBe('not_found');
	});

	test('a vote on the ask of a colleague', async () => {
		const asked = await room.ask();
		expect(said(await vote(room.voters.wijk, asked, room.voters.kade))).toBe('not_found');
		expect(await room.asOwner('select from request_vote where request_id = $1', [asked.requestId])).toEqual([]);
	});

	test('a second vote of the same person', async () => {
		const asked = await room.ask();
		sure(await vote(room.voters.wijk, asked));
		expect(said(await vote(room.voters.wijk, asked))).toBe('already_answered');
		const other = await room.ask();
		const answers = await Promise.all(Array.from({ length: 6 }, () => vote(room.voters.gemeente, other)));
		expect(answers.filter((answer) => answer.ok).length).toBe(1);
	});

	test('a vote after the decision', async () => {
		const asked = await room.ask();
		for (const voter of [room.voters.wijk, room.voters.kade, room.voters.gemeente]) sure(await vote(voter, asked));
		expect(said(await vote(room.voters.wijkToo, asked))).toBe('wrong_state');
		expect((await reservations(asked)).length).toBe(1);
	});

	test('a vote of who left the team meanwhile; one that was cast is not counted any more', async () => {
		const [first, second, third] = [scene.actors.invited, room.voters.kade, room.voters.gemeente];
		const teamId = await makeTestTeam(scene, [scene.actors.holder, first, second, third, room.voters.wijkToo]);
		await room.setMoney(teamId, 10_000_00);
		const asked = await room.ask({ teamId });
		sure(await vote(first, asked));
		sure(await vote(second, asked));
		sure(await leaveTeam(scene.installation, first, { teamId }));
		scene.installation.world.tick(1000);
		expect(sure(await vote(third, asked)).outcome).toBe('waits');
		expect(sure(await vote(room.voters.wijkToo, asked)).outcome).toBe('granted');

		const other = await room.ask({ teamId });
		sure(await leaveTeam(scene.installation, second, { teamId }));
		scene.installation.world.tick(1000);
		expect(said(await vote(second, other))).toBe('not_in_team');
	});

	test('a vote of who left their organisation meanwhile', async () => {
		const asked = await room.ask();
		for (const voter of [room.voters.wijk, room.voters.wijkToo]) sure(await vote(voter, asked));
		const end = (until: Date | null) =>
			room.asOwner('update membership set valid_until = $2 where membership_id = $1', [room.voters.wijkToo.membershipId, until]);
		await end(scene.installation.world.now());
		try {
			expect(sure(await vote(room.voters.kade, asked)).outcome).toBe('waits');
			expect(said(await vote(room.voters.wijkToo, await room.ask()))).toBe('not_found');
		} finally {
			await end(null);
		}
	});

	test('a vote from a mail that was forwarded: the link is of one person, once', async () => {
		const { installation } = scene;
		const asked = await room.ask();
		const { kade } = room.voters;
		const askId = asked.askOf(kade);
		const now = installation.world.now();
		const linkId = await installation.door.job(kade.networkId, now, (tx) =>
			ensureLink(installation, tx, now, {
				...{ networkId: kade.networkId, purpose: 'question', subjectId: askId, personId: kade.personId },
				...{ membershipId: kade.membershipId, expiresAt: new Date(now.getTime() + 86_400_000) }
			})
		);
		const token = (await linkPath(installation, 'haven', { linkId, purpose: 'question' })).split('/').at(-1) ?? '';
		const opened = sure(await openLink(installation, 'question', 'haven', token));
		if (!opened.actor) throw new Error('it acts as someone');
		expect(opened.actor).toMatchObject({ personId: kade.personId, origin: 'mail' });
		// With it no other ask can be answered, and nobody else can answer this one.
		expect(said(await voteOnRequest(installation, opened.actor, { askId: asked.askOf(room.voters.wijk) }))).toBe('not_found');
		expect(said(await voteOnRequest(installation, { ...room.voters.gemeente, origin: 'mail' }, { askId }))).toBe('not_found');
		sure(await voteOnRequest(installation, opened.actor, { askId }));
		// Whoever it was forwarded to finds it used up; who voted on the page used it up too.
		expect(said(await openLink(installation, 'question', 'haven', token))).toBe('link_used');
		expect(said(await voteOnRequest(installation, opened.actor, { askId }))).toBe('already_answered');
		expect((await room.find(kade, asked.requestId))?.votes.length).toBe(1);
	});

	test('anything of it straight in SQL: no decision without the votes, none by the asker, no vote for another', async () => {
		const asked = await room.ask();
		const roles = await openSqlRoles(scene.database.connections);
		const now = scene.installation.world.now().toISOString();
		const { networkId } = scene.actors.holder;
		const event = (actor: Actor, cents = 75_00, kind = 'granted') =>
			roles.tried(
				'app',
				contextOf(actor, now),
				'insert into request_event (network_id, request_id, event_id, kind, granted_cents, at, person_id) values ($1, $2, gen_random_uuid(), $3, $4, now(), $5)',
				[networkId, asked.requestId, kind, kind === 'granted' ? cents : null, actor.personId]
			);
		const cast = (actor: Actor, as: Actor) =>
			roles.tried(
				'app',
				contextOf(actor, now),
				'insert into request_hand (network_id, request_id, person_id, hand) values ($1, $2, $3, $4)',
				[networkId, asked.requestId, as.personId, 'voted']
			);
		try {
			expect(await event(room.voters.wijk)).toBe('42501');
			expect(await event(scene.actors.holder)).toBe('42501');
			expect(await cast(room.voters.wijk, room.voters.kade)).toBe('42501');
			// The asker is asked nothing: no policy lets them vote, before their one hand would refuse a second.
			expect(await cast(scene.actors.holder, scene.actors.holder)).toBe('42501');
			for (const voter of [room.voters.wijk, room.voters.kade]) sure(await vote(voter, asked));
			expect(await event(room.voters.wijk)).toBe('42501');
			expect(await event(room.voters.wijk, 75_00, 'refused')).toBe('42501');
			expect(await event(room.voters.wijk, 75_00, 'paid')).toBe('42501');
		} finally {
			await roles.close();
		}
	});
});

describe('a colleague who finds that it deserves more', () => {
	test('brings it to the full lane: no one votes any more, and the asker fills it in', async () => {
		const asked = await room.ask();
		sure(await vote(room.voters.wijk, asked));
		sure(await askMore(scene.installation, room.voters.kade, { askId: asked.askOf(room.voters.kade), text: 'Hier speelt meer.' }));
		expect(await room.find(scene.actors.holder, asked.requestId)).toMatchObject({ state: 'preparing', lane: 'full', began: 'light' });
		expect(said(await vote(room.voters.gemeente, asked))).toBe('wrong_state');
		expect(said(await askMore(scene.installation, room.voters.wijkToo, { askId: asked.askOf(room.voters.wijkToo) }))).toBe('wrong_state');
		// The secretariat does not see it before it is asked.
		expect(await room.find(scene.officers.secretaryTwo, asked.requestId)).toBeNull();
	});
});

describe('taken back', () => {
	test('its votes end, its links end, and money that was set aside is free again', async () => {
		const asked = await room.ask();
		sure(await withdrawRequest(scene.installation, scene.actors.holder, { requestId: asked.requestId }));
		expect(said(await vote(room.voters.wijk, asked))).toBe('wrong_state');
		const granted = await room.ask();
		for (const voter of [room.voters.wijk, room.voters.kade, room.voters.gemeente]) sure(await vote(voter, granted));
		const free = async () =>
			(
				await room.asOwner<{ free: number }>('select (cash_cents - reserved_cents)::int as free from fund_source where team_id = $1', [
					room.teamId
				])
			)[0]?.free ?? 0;
		const before = await free();
		expect(said(await withdrawRequest(scene.installation, room.voters.kade, { requestId: granted.requestId }))).toBe('not_asker');
		sure(await withdrawRequest(scene.installation, scene.actors.holder, { requestId: granted.requestId }));
		expect(await free()).toBe(before + 75_00);
		expect(said(await withdrawRequest(scene.installation, scene.actors.holder, { requestId: granted.requestId }))).toBe('wrong_state');
	});
});
