import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Job } from '#foundation/jobs/job.ts';
import type { Letter } from '#foundation/mail/letter.ts';
import { confirmMembership, proposeMembership, withdrawMembership } from '#rooms/people/joining/commands.server.ts';
import { joiningJobs } from '#rooms/people/joining/jobs.server.ts';
import { said } from './acts-document.ts';
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

interface Done {
	readonly letters: Letter[];
	readonly asked: string[];
}
/** Does a job of this room, and the letters it asks for, each as often as said. */
async function work(kind: string, payload: Record<string, string>, times = 1): Promise<Done> {
	const done: Done = { letters: [], asked: [] };
	const { networkId } = scene.actors.holder;
	const run = (of: string, its: Record<string, string>): Promise<void> => {
		const job: Job = {
			...{ id: scene.installation.world.id(), kind: of, networkId, payload: its, now: scene.installation.world.now(), tries: 0 },
			sendMail: async (letter) => void done.letters.push(letter),
			async ask(next, _network, more, once) {
				if (done.asked.includes(once)) return;
				done.asked.push(once);
				await run(next, { ...more });
			}
		};
		const handler = joiningJobs[of];
		if (!handler) throw new Error(`no handler of ${of}`);
		return handler(scene.installation, job);
	};
	for (let time = 0; time < times; time++) await run(kind, payload);
	return done;
}

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
	expect((await work('membership.answered', { ...proposal })).letters).toEqual([]);
	expect(await begun('jan@haven.example')).toEqual([]);
	sure(await confirmMembership(installation, actors.facilitator, proposal));
	const { letters } = await work('membership.answered', { ...proposal }, 3);
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
	expect((await work('membership.answered', { ...proposal })).letters).toEqual([]);
	expect(await begun(wish.email)).toEqual([]);
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
