import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { confirmPage, proposePage, withdrawPage } from '#rooms/table/public/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { addMembership, addPerson } from './more-people.server.ts';
import { openPublicScene } from './public-scene.server.ts';
import type { PublicScene } from './public-scene.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Every act x role x state on the public page (J10), done for real, must answer as docs/ACTIONS.md says. */

let scene: Scene;
let on: PublicScene;
let by: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(601);
	on = openPublicScene(scene);
	const { actors, officers } = scene;
	by = {
		...{
			proposer: officers.governor,
			administrator: actors.administrator,
			secretariat: officers.secretaryOne,
			treasurer: officers.treasurer
		},
		...{ facilitator: actors.facilitator, checker: actors.checker, oversight: actors.oversight },
		...{ professional: actors.holder, stranger: actors.stranger }
	};
});
afterAll(() => scene.drop());

const doing: Record<string, (actor: Actor, pageId: string) => Promise<{ ok: boolean }>> = {
	'page.propose': (actor) => proposePage(scene.installation, actor, {}),
	'page.confirm': (actor, pageId) => confirmPage(scene.installation, actor, { pageId, answer: 'confirmed' }),
	'page.withdraw': (actor) => withdrawPage(scene.installation, actor, {})
};

describe('acts on the public page', () => {
	const table = tableUnder('Acts on the public page');
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} when it is ${state}`, async () => {
			let pageId = await on.stage(state);
			for (const [index, column] of table.columns.slice(1).entries()) {
				const actor = by[column];
				if (!actor) throw new Error(`Nobody is ${column}.`);
				const got = said((await doing[act]?.(actor, pageId)) as Parameters<typeof said>[0]);
				expect({ column, got }).toEqual({ column, got: cells[index] });
				if (got === 'yes') pageId = await on.stage(state);
			}
		});

	test('a second proposer of the same organisation does not confirm, and two who confirm at once answer once', async () => {
		const { installation, actors, officers } = scene;
		const pageId = await on.stage('proposed');
		const colleague = { ...officers.secretaryThree, roles: ['administrator'] } as const;
		expect(await confirmPage(installation, colleague, { pageId, answer: 'confirmed' })).toMatchObject({ refusal: { code: 'other_eyes' } });
		const both = await Promise.all(
			[actors.administrator, officers.administratorTwo].map((actor) => confirmPage(installation, actor, { pageId, answer: 'confirmed' }))
		);
		expect(both.filter(({ ok }) => ok)).toHaveLength(1);
		expect(both.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'already_answered' } });
	});

	test('who also works for the organisation that proposed does not confirm for another, and does once they left', async () => {
		const { installation, actors, officers } = scene;
		const twice = await addPerson(scene, ['governor'], officers.governor);
		const acting = await addMembership(scene, twice, ['governor'], actors.administrator);
		const pageId = await on.stage('proposed');
		const confirm = () => confirmPage(installation, acting, { pageId, answer: 'confirmed' });
		expect(said(await confirm())).toBe('other_eyes');
		const endMembership = async (membershipId: string) => {
			const owner = await scene.database.connections.owner();
			await owner.query('update membership set valid_until = $1 where membership_id = $2', [installation.world.now(), membershipId]);
			await owner.end();
		};
		await endMembership(twice.membershipId);
		installation.world.tick(1000);
		expect(said(await confirm())).toBe('yes');
		await endMembership(acting.membershipId);
	});

	test('two who propose at once propose once, and who may confirm hears of it', async () => {
		const { installation, actors, officers } = scene;
		await on.stage('closed');
		const both = await Promise.all([officers.governor, actors.administrator].map((actor) => proposePage(installation, actor, {})));
		expect(both.filter(({ ok }) => ok)).toHaveLength(1);
		const pageId = await on.stage('proposed');
		const owner = await scene.database.connections.owner();
		const told = async (kind: string): Promise<unknown[]> => {
			const at = installation.world.now();
			const { rows } = await owner.query<{ person: string }>(
				"select payload ->> 'personId' as person from outbox where kind = $1 and at > $2 order by 1",
				[kind, new Date(at.getTime() - 2500)]
			);
			return rows.map(({ person }) => person);
		};
		expect(await told('mail.page_proposed')).toEqual([actors.administrator.personId, officers.administratorTwo.personId].toSorted());
		sure(await confirmPage(installation, officers.administratorTwo, { pageId, answer: 'declined' }));
		expect(await told('mail.page_answered')).toEqual([officers.governor.personId]);
		const others = [actors.administrator.personId, officers.administratorTwo.personId].toSorted();
		await on.stage('proposed');
		sure(await withdrawPage(installation, officers.governor, {}));
		expect(await told('mail.page_withdrawn')).toEqual(others);
		await on.stage('open');
		sure(await withdrawPage(installation, officers.governor, {}));
		expect(await told('mail.page_closed')).toEqual(others);
		await owner.end();
	});
});

test('the database itself refuses who confirms what they proposed, and who neither governs nor administers', async () => {
	const { installation, officers, actors } = scene;
	const pageId = await on.stage('proposed');
	const answers = (actor: Actor) => {
		const { networkId, personId, membershipId, organisationId } = actor;
		const at = installation.world.now();
		return installation.door.actor(actor, at, (tx) =>
			tx
				.insertInto('publicPageAnswer')
				.values({ networkId, pageId, answer: 'confirmed', personId, membershipId, organisationId, at })
				.execute()
		);
	};
	await expect(answers(officers.governor)).rejects.toMatchObject({ code: '42501' });
	await expect(answers(actors.holder)).rejects.toMatchObject({ code: '42501' });
	await answers(actors.administrator);
});
