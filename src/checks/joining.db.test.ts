import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Letter } from '#foundation/mail/letter.ts';
import { confirmMembership, proposeMembership, withdrawMembership } from '#rooms/people/joining/commands.server.ts';
import { joiningJobs } from '#rooms/people/joining/jobs.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** A colleague joins by four eyes (D5): from the proposal to signing in. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(33);
});
afterAll(() => scene.drop());

const owner = async <T extends object>(sql: string, values: unknown[]): Promise<T[]> => {
	const client = await scene.database.connections.owner();
	try {
		return (await client.query<T>(sql, values)).rows;
	} finally {
		await client.end();
	}
};

let numbered = 0;
const joins = (more: object = {}) => {
	numbered += 1;
	return { name: 'Jan van der Berg', email: `jan${numbered}@haven.example`, functionTitle: 'wijkwerker', roles: ['professional'], ...more };
};
const propose = async (actor: Actor, wish: object) => sure(await proposeMembership(scene.installation, actor, wish));

/** Does a job of this room as often as said; the letters that it sent. */
async function work(kind: string, payload: Record<string, string>, times = 1): Promise<Letter[]> {
	const letters: Letter[] = [];
	const handler = joiningJobs[kind];
	if (!handler) throw new Error(`no handler of ${kind}`);
	for (let time = 0; time < times; time++)
		await handler(scene.installation, {
			...{ id: scene.installation.world.id(), kind, networkId: scene.actors.holder.networkId, payload },
			...{ now: scene.installation.world.now(), tries: 0 },
			sendMail: async (letter) => void letters.push(letter),
			ask: () => Promise.reject(new Error('A job of this room asks for no other.'))
		});
	return letters;
}

/** By whom letters wait to be sent that a membership began, and how often that stands in the log. */
const told = () => owner<{ payload: { personId: string } }>(`select payload from outbox where kind = 'mail.membership_begun'`, []);
const lines = async (proposalId: string): Promise<number> =>
	(
		await owner(`select from log_line where act = 'membership.begin' and origin = 'job' and person_id is null and object_id = $1`, [
			proposalId
		])
	).length;

const begun = (email: string) =>
	owner<{ person_id: string; name_sort: string; function_title: string; roles: string[]; organisation_id: string }>(
		`select p.person_id, p.name_sort, m.function_title, m.roles, m.organisation_id from identity.account a
		join person p on p.account_id = a.account_id join membership m on m.network_id = p.network_id and m.person_id = p.person_id where a.email = $1`,
		[email]
	);

test('proposed by one, confirmed by another: the colleague can sign in, once however often the job comes, and the address is forgotten', async () => {
	const { installation, actors } = scene;
	const wish = joins({ email: 'Jan@Haven.example' });
	const proposal = await propose(actors.administrator, wish);
	await work('membership.answered', { ...proposal });
	expect(await begun('jan@haven.example')).toEqual([]);
	sure(await confirmMembership(installation, actors.facilitator, proposal));
	await Promise.all([1, 2].map(() => work('membership.answered', { ...proposal }, 2)));
	expect([await lines(proposal.proposalId), (await told()).length]).toEqual([1, 1]);
	const letters = await work('mail.membership_begun', (await told())[0]?.payload ?? {});
	expect(letters.map(({ to, subject }) => [to, subject])).toEqual([['jan@haven.example', 'mail.membership_begun.subject']]);
	expect(letters[0]?.text).toContain('/mijn/profiel');
	expect(letters[0]?.text).not.toContain('Jan');
	expect(await begun('jan@haven.example')).toMatchObject([
		{
			...{ name_sort: 'berg, jan van der', function_title: 'wijkwerker', roles: ['professional'] },
			organisation_id: actors.administrator.organisationId
		}
	]);
	expect(await owner('select from membership_proposal_address where proposal_id = $1', [proposal.proposalId])).toEqual([]);
	// The same address elsewhere is the same person, with another membership.
	const second = await propose(actors.facilitator, joins({ email: 'jan@haven.example', organisationId: actors.holder.organisationId }));
	sure(await confirmMembership(installation, actors.administrator, second));
	await work('membership.answered', { ...second });
	const both = await begun('jan@haven.example');
	expect([both.length, new Set(both.map(({ person_id }) => person_id)).size]).toEqual([2, 1]);
});

test('taken back, nobody begins and the address is forgotten', async () => {
	const { installation, actors } = scene;
	const wish = joins();
	const proposal = await propose(actors.administrator, wish);
	sure(await withdrawMembership(installation, actors.administrator, proposal));
	const before = await told();
	await work('membership.answered', { ...proposal });
	expect([await begun(wish.email), await lines(proposal.proposalId), await told()]).toEqual([[], 0, before]);
	expect(await owner('select from membership_proposal_address where proposal_id = $1', [proposal.proposalId])).toEqual([]);
	expect(said(await confirmMembership(installation, actors.facilitator, proposal))).toBe('wrong_state');
});

test('a role for the whole network needs the facilitator as one of the two', async () => {
	const { installation, actors, officers } = scene;
	for (const role of ['treasurer', 'secretariat', 'checker', 'oversight', 'facilitator']) {
		const proposal = await propose(actors.administrator, joins({ roles: ['professional', role] }));
		expect(said(await confirmMembership(installation, officers.administratorTwo, proposal))).toBe('not_allowed');
		expect(said(await confirmMembership(installation, actors.facilitator, proposal))).toBe('yes');
	}
	const plain = await propose(actors.administrator, joins({ roles: ['professional', 'governor', 'administrator'] }));
	expect(said(await confirmMembership(installation, officers.administratorTwo, plain))).toBe('yes');
	const byFacilitator = await propose(actors.facilitator, joins({ roles: ['treasurer'] }));
	expect(said(await confirmMembership(installation, actors.administrator, byFacilitator))).toBe('yes');
});

test('nobody proposes or confirms themselves, by whichever spelling of their address', async () => {
	const { installation, actors } = scene;
	const [mine] = await owner<{ email: string }>(
		'select a.email from identity.account a join person p on p.account_id = a.account_id where p.person_id = $1',
		[actors.facilitator.personId]
	);
	const email = (mine?.email ?? '').toUpperCase();
	expect(said(await proposeMembership(installation, actors.facilitator, joins({ email, roles: ['treasurer'] })))).toBe('four_eyes');
	const proposal = await propose(actors.administrator, joins({ email, roles: ['treasurer'] }));
	expect(said(await confirmMembership(installation, actors.facilitator, proposal))).toBe('four_eyes');
});

test('two at once confirm once; straight in SQL the proposer confirms nothing, and nothing begins without it', async () => {
	const { installation, actors, officers } = scene;
	const wish = joins();
	const proposal = await propose(actors.administrator, wish);
	await expect(
		read(installation, actors.administrator, async (tx, now) => {
			const { networkId, personId } = actors.administrator;
			await tx
				.insertInto('membershipProposalAnswer')
				.values({ networkId, ...proposal, answer: 'confirmed', personId, at: now })
				.execute();
		})
	).rejects.toThrow(/row-level security/);
	const answers = await Promise.all(
		[actors.facilitator, officers.administratorTwo].map((actor) => confirmMembership(installation, actor, proposal))
	);
	expect(answers.map(said).toSorted()).toEqual(['wrong_state', 'yes']);
});

test('the address is seen by who keeps access, and by nobody else', async () => {
	const { installation, actors } = scene;
	const proposal = await propose(actors.administrator, joins());
	const seen = (actor: Actor) =>
		read(installation, actor, (tx) =>
			tx.selectFrom('membershipProposalAddress').select('email').where('proposalId', '=', proposal.proposalId).execute()
		);
	expect((await seen(actors.facilitator)).length).toBe(1);
	for (const actor of [actors.holder, actors.checker, actors.oversight, actors.stranger]) expect(await seen(actor)).toEqual([]);
});

describe('acts of the product on joining', () => {
	for (const [act = '', state = '', cell = ''] of tableUnder('Acts of the product on joining').rows)
		test(`${act} when it is ${state}`, async () => {
			const { installation, actors } = scene;
			const proposal = await propose(actors.administrator, joins());
			sure(await confirmMembership(installation, actors.facilitator, proposal));
			await work('membership.answered', { ...proposal });
			expect([state, cell, await lines(proposal.proposalId)]).toEqual(['confirmed', 'yes', 1]);
		});
});
