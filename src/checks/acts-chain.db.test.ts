import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { acceptInvitation, inviteToTable } from '#rooms/cases/commands.server.ts';
import { answerChain, offerChain } from '#rooms/chain/agreement/commands.server.ts';
import { findChain } from '#rooms/chain/agreement/read.server.ts';
import { countOrders, measureProject } from '#rooms/chain/measures/commands.server.ts';
import { verifyChainAnswers } from '#rooms/chain/agreement/proofs/read.server.ts';
import { closeProject, openProject } from '#rooms/chain/projects/commands.server.ts';
import { getProject } from '#rooms/chain/projects/read.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { chainOffered } from './fill-chain.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Every act x role x state on projects (H1, H3), done for real, must answer as docs/ACTIONS.md says. */

let scene: Scene;
let by: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(561);
	const { actors, officers } = scene;
	by = {
		...{ opener: officers.administratorTwo, binds: officers.governor, seated: actors.holder },
		...{ colleague: actors.colleague, facilitator: actors.facilitator, stranger: actors.stranger }
	};
});
afterAll(() => scene.drop());

const actorOf = (column: string): Actor => {
	const actor = by[column];
	if (!actor) throw new Error(`Nobody is ${column}.`);
	return actor;
};
const wish = () => ({
	...{ title: 'Daken aan de haven', part: 'client', membershipId: scene.officers.treasurerTwo.membershipId, message: 'Doe je mee?' }
});
const offered = (projectId: string) => chainOffered(projectId, [actorOf('opener'), actorOf('binds')]);

interface Stage {
	readonly projectId: string;
	readonly versionId: string;
	readonly kpiId: string;
}

const nothing = '00000000-0000-7000-8000-000000000000';
async function stage(state: string): Promise<Stage> {
	const { installation } = scene;
	if (state === 'none') return { projectId: nothing, versionId: nothing, kpiId: nothing };
	const opener = actorOf('opener');
	const { projectId, invitationId } = sure(
		await openProject(installation, opener, { ...wish(), membershipId: actorOf('binds').membershipId })
	);
	sure(await acceptInvitation(installation, actorOf('binds'), { invitationId }));
	const asked = { caseId: projectId, membershipId: actorOf('seated').membershipId, message: 'Kom erbij.' };
	sure(await acceptInvitation(installation, actorOf('seated'), sure(await inviteToTable(installation, opener, asked))));
	if (state === 'open') return { projectId, versionId: nothing, kpiId: nothing };
	installation.world.tick(1000);
	const { versionId } = sure(await offerChain(installation, opener, offered(projectId)));
	if (state !== 'offered') sure(await answerChain(installation, actorOf('binds'), { projectId, versionId, answer: 'accepted' }));
	const chain = await read(installation, opener, (tx) => findChain(tx, opener, projectId));
	if (state === 'closed') sure(await closeProject(installation, opener, { projectId }));
	installation.world.tick(1000);
	return { projectId, versionId, kpiId: chain.versions[0]?.kpis[0]?.kpiId ?? nothing };
}

const doing: Record<string, (actor: Actor, at: Stage) => Promise<Outcome<unknown>>> = {
	'project.open': (actor) => openProject(scene.installation, actor, wish()),
	'project.read': (actor, { projectId }) => getProject(scene.installation, actor, projectId),
	'project.offer': (actor, { projectId }) => offerChain(scene.installation, actor, offered(projectId)),
	'project.answer': (actor, { projectId, versionId }) =>
		answerChain(scene.installation, actor, { projectId, versionId, answer: 'accepted' }),
	'project.measure': (actor, { projectId, kpiId }) =>
		measureProject(scene.installation, actor, { projectId, readings: [{ kpiId, value: '7,5', onDay: '2026-01-31' }] }),
	'project.count_orders': (actor, { projectId }) =>
		countOrders(scene.installation, actor, { projectId, untilDay: '2026-01-31', orders: 20, checked: 10, remarks: 0 }),
	'project.close': (actor, { projectId }) => closeProject(scene.installation, actor, { projectId })
};

describe('acts on projects', () => {
	const table = tableUnder('Acts on projects');
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} when it is ${state}`, async () => {
			const answers: Record<string, string> = {};
			let at = await stage(state);
			for (const column of table.columns.slice(1)) {
				const run = doing[act];
				if (!run) throw new Error(`the matrix test does not know ${act}`);
				answers[column] = said(await run(actorOf(column), at));
				if (answers[column] === 'yes' && act !== 'project.read') at = await stage(state);
			}
			expect(answers).toEqual(Object.fromEntries(table.columns.slice(1).map((column, index) => [column, cells[index]])));
		});
});

describe('the agreement of a chain', () => {
	test('is not offered without how a conflict is settled, who coordinates for each, and three measures', async () => {
		const { projectId } = await stage('open');
		const opener = actorOf('opener');
		const refused = async (more: object) => {
			const outcome = await offerChain(scene.installation, opener, { ...offered(projectId), ...more });
			return outcome.ok ? [] : [outcome.refusal.code, ...(outcome.refusal.fields ?? []).map(({ path }) => path.join('.'))];
		};
		expect(await refused({ conflict: ' ' })).toEqual(['chain_incomplete', 'conflict']);
		expect(await refused({ coordinators: [opener.membershipId] })).toEqual(['chain_incomplete', 'coordinators']);
		expect(await refused({ coordinators: [opener, actorOf('seated'), actorOf('binds')].map((one) => one.membershipId) })).toEqual([
			...['chain_incomplete', 'coordinators']
		]);
		expect(await refused({ kpis: offered(projectId).kpis.slice(1) })).toEqual(['chain_incomplete', 'kpis']);
		expect(await refused({ endsOn: '2026-11-01' })).toEqual(['invalid', 'endsOn']);
	});

	test('starts with the last yes, goes on while another version waits, and is off with a no', async () => {
		const { projectId, versionId } = await stage('running');
		const [opener, binds] = [actorOf('opener'), actorOf('binds')];
		const find = () => read(scene.installation, opener, (tx) => findChain(tx, opener, projectId));
		expect(await find()).toMatchObject({ current: { versionId, number: 1 }, pending: null });
		const next = sure(await offerChain(scene.installation, binds, offered(projectId)));
		expect(await find()).toMatchObject({ current: { versionId }, pending: { versionId: next.versionId, number: 2 } });
		sure(await answerChain(scene.installation, opener, { projectId, versionId: next.versionId, answer: 'declined' }));
		expect(await find()).toMatchObject({ current: { versionId }, pending: null });
	});

	test('says by letter that it holds, that it is off, and that the work was closed, to all at the table but who did it', async () => {
		const { projectId, versionId } = await stage('running');
		const [opener, binds, seated] = [actorOf('opener'), actorOf('binds'), actorOf('seated')];
		const next = sure(await offerChain(scene.installation, binds, offered(projectId)));
		sure(await answerChain(scene.installation, opener, { projectId, versionId: next.versionId, answer: 'declined' }));
		sure(await closeProject(scene.installation, opener, { projectId }));
		expect(versionId).not.toBe(next.versionId);
		const owner = await scene.database.connections.owner();
		const { rows } = await owner.query<{ kind: string; to: string }>(
			"select kind, payload ->> 'personId' as to from outbox where payload ->> 'projectId' = $1",
			[projectId]
		);
		await owner.end();
		const told = (kind: string): string[] =>
			rows
				.filter((row) => row.kind === kind)
				.map((row) => row.to)
				.toSorted();
		const people = (...actors: readonly { personId: string }[]): string[] =>
			[...new Set(actors.map(({ personId }) => personId))].toSorted();
		expect(told('mail.chain_agreed')).toEqual(people(opener, seated));
		expect(told('mail.chain_declined')).toEqual(people(binds, seated));
		expect(told('mail.project_closed')).toEqual(people(binds, seated));
		expect(told('mail.chain_answered')).toEqual([]);
	});

	test('is proved again, and told when someone changed what was measured, who coordinates, the words, or the line of the log', async () => {
		const { versionId } = await stage('running');
		const { installation } = scene;
		const owner = await scene.database.connections.owner();
		const found = async () => {
			const { findings } = await verifyChainAnswers(owner, installation.keyring);
			return [...new Set(findings.map(({ kind }) => kind))];
		};
		const altered = async (statement: string) => {
			await owner.query('begin');
			await owner.query(statement, [versionId]);
			const kinds = await found();
			await owner.query('rollback');
			return kinds;
		};
		try {
			expect(await found()).toEqual([]);
			expect(await altered("update kpi set baseline = 7.4 where version_id = $1 and title = 'Besparing'")).toEqual(['acceptance_altered']);
			expect(await altered('update chain_version set ends_on = starts_on where version_id = $1')).toEqual(['acceptance_altered']);
			expect(await altered("update chain_answer set answer = 'declined' where version_id = $1")).toEqual(['acceptance_altered']);
			expect(await altered("update case_words set ciphertext = ciphertext || '\\x00' where about_id = $1 and part = 'conflict'")).toEqual([
				'acceptance_words'
			]);
			expect(await altered('delete from chain_answer where version_id = $1')).toEqual(['acceptance_missing']);
		} finally {
			await owner.end();
		}
	});
});
