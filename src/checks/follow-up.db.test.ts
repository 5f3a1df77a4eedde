import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, halfAYear, makeHelpedCase, sweepFollowUps } from './fill-returns.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { read } from '#foundation/command/reading.server.ts';
import { openLink } from '#foundation/links/private-links.server.ts';
import type { Letter } from '#foundation/mail/letter.ts';
import { answerQuestion, askQuestion } from '#rooms/knowledge/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { returnJobs } from '#rooms/returns/jobs.server.ts';
import { findGranted } from '#rooms/returns/read.server.ts';
import { findRealised, getNetworkReturn } from '#rooms/returns/realised/read.server.ts';
import { tellSuccess } from '#rooms/returns/success/commands.server.ts';
import { listMyThanks } from '#rooms/returns/success/read.server.ts';
import { answerFollowUp } from '#rooms/returns/follow-up/commands.server.ts';
import { findOpenFollowUps, listFollowUps, listMyFollowUps } from '#rooms/returns/follow-up/read.server.ts';

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(180);
});
afterAll(() => scene.drop());

const asOwner = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query<T>(sql, values)).rows;
	} finally {
		await owner.end();
	}
};

/** Does the newest job of a kind that an act asked for, and gives the letter it sent. */
async function letterOf(kind: string, now: Date): Promise<Letter> {
	const [row] = await asOwner<{ payload: Record<string, string>; network_id: string }>(
		'select payload, network_id from outbox where kind = $1 order by at desc, outbox_id desc limit 1',
		[kind]
	);
	const handler = returnJobs[kind];
	if (!row || !handler) throw new Error(`no ${kind}`);
	const letters: Letter[] = [];
	await handler(at(scene.installation, now), {
		...{ id: scene.installation.world.id(), kind, networkId: row.network_id, payload: row.payload, now, tries: 0 },
		sendMail: (letter) => Promise.resolve(void letters.push(letter)),
		ask: () => Promise.reject(new Error('asks for nothing'))
	});
	const [letter] = letters;
	if (!letter) throw new Error('no letter');
	return letter;
}

const later = () => new Date(scene.installation.world.now().getTime() + halfAYear);
const holder = () => scene.actors.holder;

describe('a check', () => {
	test('is asked by mail, answered once from the mail, and the finding replaces the assumption', async () => {
		const { caseId, followUpId } = await makeHelpedCase(scene);
		const now = later();
		const then = at(scene.installation, now);
		expect(await read(then, holder(), (tx) => listMyFollowUps(tx, holder(), now))).toMatchObject([{ followUpId, month: 6 }]);
		await sweepFollowUps(scene.installation, holder().networkId, now);
		const letter = await letterOf('mail.follow_up', now);
		expect(letter).toMatchObject({ to: 'holder@haven.example', subject: 'mail.follow_up.subject' });
		const [, slug = '', token = ''] = /\/opvolging\/([a-z]+)\/(\S+)/.exec(letter.text) ?? [];
		const opened = sure(await openLink(then, 'follow_up', slug, token));
		expect(opened).toMatchObject({ subjectId: followUpId, actor: { personId: holder().personId, origin: 'mail' } });
		if (!opened.actor) throw new Error('acts as the holder');
		const answer = { followUpId, outcome: 'reached', findings: [{ flow: 0, happened: 'no' }] };
		expect(sure(await answerFollowUp(then, opened.actor, answer))).toEqual({ caseId, told: 1 });
		// By another door it is answered too, and the mail is used up.
		expect(await answerFollowUp(then, holder(), answer)).toMatchObject({ refusal: { code: 'already_answered' } });
		expect(await openLink(then, 'follow_up', slug, token)).toMatchObject({ refusal: { code: 'link_used' } });
		expect(await read(then, holder(), (tx) => listMyFollowUps(tx, holder(), now))).toEqual([]);

		const realised = await read(then, holder(), (tx) => findRealised(tx, holder(), caseId));
		expect(realised?.ways.fundOnly).toMatchObject({ perEuro: 1.13, benefitCents: 450_000, costCents: 400_000 });
		expect((realised?.ways.adjusted.low ?? 9) < 1.13 && (realised?.ways.full.high ?? 0) > 1.13).toBe(true);
	});

	test('tells who helped that it worked out: nothing personal, and the case only to who sits there', async () => {
		const { caseId, followUpId } = await makeHelpedCase(scene);
		const now = later();
		sure(await answerFollowUp(at(scene.installation, now), holder(), { followUpId, outcome: 'partly' }));
		const letter = await letterOf('mail.success', now);
		expect(letter.to).toBe('seated@haven.example');
		expect(letter.text).not.toContain(caseId);
		const { seated, colleague } = scene.actors;
		const [thanks] = await read(at(scene.installation, now), seated, (tx) => listMyThanks(tx, seated));
		expect(thanks).toMatchObject({ kinds: ['agreed'], caseId });
		expect(await read(scene.installation, colleague, (tx) => listMyThanks(tx, colleague))).toEqual([]);
		// Who left the table keeps the thanks, without the case.
		await asOwner('update case_seat set valid_until = valid_from where case_id = $1 and not holder', [caseId]);
		expect((await read(at(scene.installation, now), seated, (tx) => listMyThanks(tx, seated)))[0]).toMatchObject({
			...{ caseId: null, pseudonym: null, kinds: ['agreed'] }
		});
	});

	test('tells who answered a question of the case too, once each, and shows them nothing of the case', async () => {
		const { installation, actors } = scene;
		const { caseId } = await makeHelpedCase(scene);
		const { colleague, invited } = actors;
		const asked = [colleague.membershipId, invited.membershipId];
		const { asks } = sure(await askQuestion(installation, actors.holder, { caseId, text: 'Wie weet hoe dit kan?', asked }));
		const [first = '', second = ''] = asks;
		const mine = (await answerQuestion(installation, colleague, { askId: first, answer: 'call_me' })).ok
			? [first, second]
			: [second, first];
		if (mine[0] !== first) sure(await answerQuestion(installation, colleague, { askId: second, answer: 'call_me' }));
		sure(await answerQuestion(installation, invited, { askId: mine[1], answer: 'declined' }));
		// Who kept an agreement and who answered; who declined is left in peace.
		expect(sure(await tellSuccess(installation, actors.holder, { caseId }))).toEqual({ told: 2 });
		const [thanks] = await read(installation, colleague, (tx) => listMyThanks(tx, colleague));
		expect(thanks).toMatchObject({ kinds: ['answered'], caseId: null, pseudonym: null });
		expect(await read(installation, invited, (tx) => listMyThanks(tx, invited))).toEqual([]);
	});

	test('of what is not in the value map is refused, and nothing is written', async () => {
		const { caseId, followUpId } = await makeHelpedCase(scene);
		const now = later();
		const then = at(scene.installation, now);
		expect(await answerFollowUp(then, holder(), { followUpId, outcome: 'reached', findings: [{ flow: 1, happened: 'no' }] })).toMatchObject(
			{ refusal: { code: 'invalid', fields: [{ path: ['findings', 0, 'flow'], code: 'not_a_choice' }] } }
		);
		expect((await read(then, holder(), (tx) => findOpenFollowUps(tx, holder(), now, caseId))).length).toBe(1);
	});

	test('answered twice at once is answered once', async () => {
		const { caseId, followUpId } = await makeHelpedCase(scene);
		const then = at(scene.installation, later());
		const answers = await Promise.all(
			['reached', 'not', 'partly'].map((outcome) => answerFollowUp(then, holder(), { followUpId, outcome }))
		);
		expect(answers.filter((answer) => answer.ok).length).toBe(1);
		expect((await read(then, holder(), (tx) => listFollowUps(tx, holder(), later(), caseId))).map(({ state }) => state)).toEqual([
			'answered'
		]);
	});

	test('with contact lost counts nothing: missing is never a success', async () => {
		const { caseId, followUpId } = await makeHelpedCase(scene);
		const then = at(scene.installation, later());
		sure(await answerFollowUp(then, holder(), { followUpId, outcome: 'contact_lost', findings: [{ flow: 0, happened: 'no' }] }));
		expect(await read(then, holder(), (tx) => findRealised(tx, holder(), caseId))).toBeNull();
	});
});

test('closing waits for a check, or asks why; what is let go is missing, and never asked again', async () => {
	const { caseId, followUpId } = await makeHelpedCase(scene);
	const closing = { caseId, outcome: 'helped', cause: 'none', responsible: '' };
	expect(await closeCase(scene.installation, holder(), closing)).toMatchObject({
		refusal: { code: 'invalid', fields: [{ path: ['notFollowedBecause'], code: 'required' }] }
	});
	expect(await closeCase(scene.installation, holder(), { ...closing, notFollowedBecause: 'Bel 06-12345678' })).toMatchObject({
		refusal: { code: 'needs_acknowledgement', fields: [{ path: ['notFollowedBecause'] }] }
	});
	sure(await closeCase(scene.installation, holder(), { ...closing, notFollowedBecause: 'De bewoner is verhuisd.' }));
	const table = sure(await getCaseTable(scene.installation, holder(), caseId));
	expect(table.followUps).toMatchObject([{ followUpId, state: 'dropped' }]);
	expect(table.words.get(followUpId)?.get('not_followed')?.text).toBe('De bewoner is verhuisd.');
	const asks = () => asOwner('select 1 from follow_up_ask where follow_up_id = $1', [followUpId]);
	await sweepFollowUps(scene.installation, holder().networkId, later());
	expect(await asks()).toEqual([]);
});

test('a case that is closed on the day it was helped is looked at all the same', async () => {
	const { installation, actors } = scene;
	const { caseId } = await makeHelpedCase(scene, actors, false);
	sure(await closeCase(installation, actors.holder, { caseId, outcome: 'helped', cause: 'none', responsible: '' }));
	await sweepFollowUps(installation, holder().networkId, installation.world.now());
	const [check] = await read(installation, holder(), (tx, now) => listFollowUps(tx, holder(), now, caseId));
	sure(await answerFollowUp(at(installation, later()), holder(), { followUpId: check?.followUpId, outcome: 'reached' }));
});

test('money above the light lane is looked at after 3, 6 and 12 months, and what the pot gave takes the place of what was filled in', async () => {
	const { installation } = scene;
	const { caseId, followUpId } = await makeHelpedCase(scene);
	const { networkId, personId, membershipId, organisationId } = holder();
	const requestId = installation.world.id();
	// Straight in the tables, as asking and granting leave them.
	await asOwner(
		"insert into request (network_id, request_id, kind, lane, amount_cents, asked_by, membership_id, organisation_id, acute, at) values ($1, $2, 'gift', 'full', 900000, $3, $4, $5, false, $6)",
		[networkId, requestId, personId, membershipId, organisationId, installation.world.now()]
	);
	await asOwner('insert into case_request (network_id, case_id, request_id) values ($1, $2, $3)', [networkId, caseId, requestId]);
	await asOwner(
		"insert into request_event (network_id, request_id, event_id, kind, granted_cents, at) values ($1, $2, $3, 'partly', 800000, $4)",
		[networkId, requestId, installation.world.id(), installation.world.now()]
	);
	expect(await read(installation, holder(), (tx) => findGranted(tx, holder(), caseId))).toBe(800_000);
	await sweepFollowUps(installation, networkId, installation.world.now());
	const months = await read(installation, holder(), (tx, now) => listFollowUps(tx, holder(), now, caseId));
	expect(months.map(({ month }) => month)).toEqual([3, 6, 12]);
	const then = at(installation, later());
	sure(await answerFollowUp(then, holder(), { followUpId, outcome: 'not', findings: [{ flow: 0, happened: 'no' }] }));
	const realised = await read(then, holder(), (tx) => findRealised(tx, holder(), caseId));
	expect(realised?.ways.fundOnly).toMatchObject({ costCents: 800_000, benefitCents: 450_000 });
	// Money that was given back is no help.
	await asOwner("insert into request_event (network_id, request_id, event_id, kind, at) values ($1, $2, $3, 'withdrawn', $4)", [
		...[networkId, requestId, installation.world.id(), later()]
	]);
	expect(await read(then, holder(), (tx) => findGranted(tx, holder(), caseId))).toBeNull();
});

test('the month is counted in the calendar of the network, also when the help came at midnight', async () => {
	const { world } = scene.installation;
	const before = world.now();
	// Half past midnight on 1 September in Amsterdam: it is still August in UTC.
	world.set(new Date('2027-08-31T22:30:00Z'));
	const { caseId } = await makeHelpedCase(scene);
	const [check] = await read(scene.installation, holder(), (tx, now) => listFollowUps(tx, holder(), now, caseId));
	expect(check?.dueOn).toBe('2028-03-01');
	world.set(before);
});

test('the network counts followed, missing and not due apart, and gives no amounts under three cases', async () => {
	const fresh = await openScene(181);
	try {
		const { installation, actors } = fresh;
		const cases = [];
		for (let n = 0; n < 5; n += 1) cases.push(await makeHelpedCase(fresh));
		const now = new Date(installation.world.now().getTime() + halfAYear);
		const then = at(installation, now);
		const figures = () => read(then, actors.colleague, (tx) => getNetworkReturn(tx));
		expect(await figures()).toMatchObject({ helped: 5, followed: 0, missing: 5, notDue: 0, realised: { cases: 0, ways: null } });
		expect(await read(installation, actors.colleague, (tx) => getNetworkReturn(tx))).toMatchObject({ missing: 0, notDue: 5 });
		for (const [n, { followUpId }] of cases.slice(0, 4).entries()) {
			const outcome = n === 3 ? 'contact_lost' : 'reached';
			sure(await answerFollowUp(then, actors.holder, { followUpId, outcome, findings: [{ flow: 0, happened: n === 0 ? 'yes' : 'no' }] }));
			if (n === 1) expect((await figures()).realised).toEqual({ cases: 2, ways: null });
		}
		expect(await figures()).toMatchObject({
			...{ helped: 5, followed: 3, missing: 2, outcomes: { reached: 3, partly: 0, not: 0 } },
			estimate: { cases: 5, ways: { fundOnly: { benefitCents: 5 * 450_000, costCents: 5 * 400_000 } } },
			// It happened in one of three after all: that one counts for nothing.
			realised: { cases: 3, ways: { fundOnly: { benefitCents: 2 * 450_000, costCents: 3 * 400_000 } } },
			foreseen: { cases: 3, ways: { fundOnly: { benefitCents: 3 * 450_000 } } },
			headline: { kind: 'count', needed: 10 }
		});
		// Another network sees nothing of it.
		expect(await read(then, actors.stranger, (tx) => getNetworkReturn(tx))).toMatchObject({
			helped: 0,
			estimate: { cases: 0, ways: null }
		});
	} finally {
		await fresh.drop();
	}
});
