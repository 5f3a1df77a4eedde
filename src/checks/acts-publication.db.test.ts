import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { answerPublication, proposePublication, tellOutside, withdrawPublication } from '#rooms/causes/publication/commands.server.ts';
import { confirmRelease, writeRelease } from '#rooms/causes/releases/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { addMembership, addPerson } from './more-people.server.ts';
import { openPublicationScene } from './publication-scene.server.ts';
import type { PublicationScene, Staged } from './publication-scene.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { toldOf } from './told-of.server.ts';

/** Every act x role x state on making a cause public and on words for outside (F5), done for real, must answer as docs/ACTIONS.md says. */

let scene: Scene;
let on: PublicationScene;
let by: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(431);
	on = openPublicationScene(scene);
	const { actors, officers } = scene;
	const ownersGovernor = await addPerson(scene, ['governor'], actors.administrator);
	by = {
		"owner's governor": ownersGovernor,
		...{ owner: actors.administrator, governor: officers.governor, facilitator: actors.facilitator, secretariat: officers.secretaryOne },
		...{ elsewhere: actors.holder, checker: actors.checker, oversight: actors.oversight, stranger: actors.stranger }
	};
});
afterAll(() => scene.drop());

const actorOf = (column: string): Actor => {
	const actor = by[column];
	if (!actor) throw new Error(`Nobody is ${column}.`);
	return actor;
};

describe('acts on making a cause public', () => {
	const table = tableUnder('Acts on making a cause public');
	const doing: Record<string, (actor: Actor, staged: Staged) => Promise<{ ok: boolean }>> = {
		'publication.propose': (actor, { causeId }) => proposePublication(scene.installation, actor, { causeId }),
		'publication.answer': (actor, { publicationId }) =>
			answerPublication(scene.installation, actor, { publicationId, words: 'Wij kijken.' }),
		'publication.tell_outside': (actor, { publicationId }) => tellOutside(scene.installation, actor, { publicationId, proof: 'Brief' }),
		'publication.withdraw': (actor, { publicationId }) => withdrawPublication(scene.installation, actor, { publicationId })
	};
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} when it is ${state}`, async () => {
			const answers: Record<string, string> = {};
			let staged = await on.stage(state);
			for (const column of table.columns.slice(1)) {
				const outcome = await doing[act]?.(actorOf(column), staged);
				answers[column] = said(outcome as Parameters<typeof said>[0]);
				if (answers[column] === 'yes') staged = await on.stage(state);
			}
			expect(answers).toEqual(Object.fromEntries(table.columns.slice(1).map((column, index) => [column, cells[index]])));
		});
});

describe('acts of the product on making a cause public', () => {
	const opens = async (causeId: string): Promise<string> => {
		await on.sweep();
		return (await on.publishing(causeId)).publication?.state === 'public' ? 'yes' : 'wrong_state';
	};
	/** A cause of which the answer was declined on its thirtieth day. */
	const declined = async (): Promise<string> => {
		const { causeId, publicationId } = await on.stage('asked');
		const { releaseId } = sure(
			await answerPublication(scene.installation, scene.actors.administrator, { publicationId, words: 'Wij kijken.' })
		);
		on.days(30);
		const why = { answer: 'declined', reason: 'unclear', words: 'Waarnaar?' };
		sure(await confirmRelease(scene.installation, scene.officers.governor, { releaseId, ...why }));
		return causeId;
	};
	const stages: Record<string, () => Promise<string>> = {
		'within thirty days': async () => {
			const { causeId } = await on.stage('asked');
			on.days(29);
			return causeId;
		},
		'after thirty days': async () => {
			const { causeId } = await on.stage('asked');
			on.days(31);
			return causeId;
		},
		disputed: async () => {
			const { causeId, signalId } = await on.signalIn(5);
			await on.propose(causeId);
			await on.handBack(signalId);
			on.days(31);
			return causeId;
		},
		'answered, and not released yet': async () => {
			const { causeId, publicationId } = await on.stage('asked');
			sure(await answerPublication(scene.installation, scene.actors.administrator, { publicationId, words: 'Wij kijken.' }));
			on.days(31);
			return causeId;
		},
		'declined, within fourteen days': async () => {
			const causeId = await declined();
			on.days(14);
			return causeId;
		},
		'declined, after fourteen days': async () => {
			const causeId = await declined();
			on.days(15);
			return causeId;
		},
		'outside, and not told': async () => {
			const { causeId } = await on.stage('outside');
			on.days(31);
			return causeId;
		}
	};
	for (const [act = '', state = '', cell = ''] of tableUnder('Acts of the product on making a cause public').rows)
		test(`${act} ${state}`, async () => expect(await opens((await stages[state]?.()) ?? '')).toBe(cell));

	test('opens once, however many look, and tells who proposed it and who goes about it', async () => {
		const { causeId } = await on.stage('asked');
		on.days(31);
		await Promise.all([on.sweep(), on.sweep()]);
		const { publication } = await on.publishing(causeId);
		expect(publication?.events.filter(({ kind }) => kind === 'opened')).toHaveLength(1);
		const owner = await scene.database.connections.owner();
		const { rows } = await owner.query(
			"select kind, payload ->> 'personId' as person from outbox where payload ->> 'causeId' = $1 and kind like 'mail.publication%' order by at, kind",
			[causeId]
		);
		await owner.end();
		const asked = [scene.actors.administrator.personId, actorOf("owner's governor").personId];
		const told = asked.flatMap((person) => ['mail.publication_asked', 'mail.publication_is_public'].map((kind) => ({ kind, person })));
		expect(rows).toHaveLength(5);
		expect(rows).toEqual(
			expect.arrayContaining([...told, { kind: 'mail.publication_opened', person: scene.officers.secretaryTwo.personId }])
		);
	});

	test('taken back by another is told to who proposed it and who goes about it, and not to who took it back', async () => {
		const { installation, actors, officers } = scene;
		const told = async (actor: Actor): Promise<string[]> => {
			const { causeId, publicationId } = await on.stage('public');
			sure(await withdrawPublication(installation, actor, { publicationId }));
			return toldOf(scene, 'mail.publication_withdrawn', 'causeId', causeId);
		};
		const asked = [actors.administrator.personId, actorOf("owner's governor").personId];
		expect(await told(officers.governor)).toEqual([officers.secretaryTwo.personId, ...asked].toSorted());
		expect(await told(officers.secretaryTwo)).toEqual(asked.toSorted());
	});
});

describe('acts on words for outside', () => {
	const table = tableUnder('Acts on words for outside');
	const who = (column: string): Actor =>
		column === 'writer'
			? scene.actors.seated
			: column === 'own'
				? scene.actors.colleague
				: column === 'other'
					? scene.actors.holder
					: column === 'facilitator'
						? scene.actors.facilitator
						: actorOf(column);
	const write = (actor: Actor, causeId: string) =>
		writeRelease(scene.installation, actor, { causeId, kind: 'title', words: 'Wie drinkt, wacht' });
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} when it is ${state}`, async () => {
			const { causeId } = await on.signalIn(3);
			// The facilitator of the scene works where the writer does: for them somebody else wrote it.
			const written = async (column: string): Promise<string> =>
				sure(await write(column === 'facilitator' ? scene.actors.holder : who('writer'), causeId)).releaseId;
			for (const [index, column] of table.columns.slice(1).entries()) {
				let got: string;
				if (act === 'release.write') got = said(await write(who(column), causeId));
				else {
					const releaseId = await written(column);
					if (state === 'answered')
						sure(
							await confirmRelease(scene.installation, column === 'facilitator' ? scene.officers.governor : scene.actors.holder, {
								...{ releaseId, answer: 'declined', reason: 'other', words: 'Nog niet.' }
							})
						);
					got = said(await confirmRelease(scene.installation, who(column), { releaseId, answer: 'released' }));
				}
				expect({ column, got }).toEqual({ column, got: cells[index] });
			}
		});

	test('who wrote words that another declines is told, and who declines words of their own writing gives no reason', async () => {
		const { installation, actors, officers } = scene;
		const { causeId } = await on.signalIn(3);
		const { releaseId } = sure(await write(actors.seated, causeId));
		const why = { answer: 'declined', reason: 'speaks_for_another', words: 'Dit zegt de gemeente.' };
		sure(await confirmRelease(installation, officers.governor, { releaseId, ...why }));
		expect(await toldOf(scene, 'mail.words_declined', 'causeId', causeId)).toEqual([actors.seated.personId]);
	});

	test('who works for two organisations is no second pair of eyes on either while they do, and is once they left the one that wrote', async () => {
		const { installation, actors, officers } = scene;
		const twice = await addPerson(scene, ['governor'], actors.seated);
		const acting = await addMembership(scene, twice, ['governor'], officers.governor);
		installation.world.tick(1000);
		const { causeId } = await on.signalIn(3);
		const { releaseId } = sure(await write(actors.seated, causeId));
		expect(said(await confirmRelease(installation, acting, { releaseId, answer: 'released' }))).toBe('other_eyes');
		const owner = await scene.database.connections.owner();
		await owner.query('update membership set valid_until = $1 where membership_id = $2', [installation.world.now(), twice.membershipId]);
		await owner.end();
		installation.world.tick(1000);
		sure(await confirmRelease(installation, acting, { releaseId, answer: 'released' }));
	});

	test('a changed rule is written once it holds; who wrote may take it back; two at once answer once', async () => {
		const { installation, actors } = scene;
		const { causeId } = await on.signalIn(3);
		const rule = { causeId, kind: 'rule', words: 'De intake vraagt het voortaan.' };
		expect(said(await writeRelease(installation, actors.seated, rule))).toBe('wrong_state');
		expect(await write(actors.seated, '00000000-0000-7000-8000-000000000000')).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await writeRelease(installation, actors.seated, { ...rule, kind: 'title', words: 'Bel 06-12345678' })).toMatchObject({
			refusal: { code: 'invalid', fields: [{ code: 'looks_like_phone' }] }
		});
		const first = sure(await write(actors.seated, causeId));
		sure(await confirmRelease(installation, actors.seated, { ...first, answer: 'declined' }));
		const second = sure(await write(actors.seated, causeId));
		const both = await Promise.all(
			[actors.holder, scene.officers.governor].map((actor) => confirmRelease(installation, actor, { ...second, answer: 'released' }))
		);
		expect(both.filter(({ ok }) => ok)).toHaveLength(1);
	});
});
