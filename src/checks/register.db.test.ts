import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { reopenCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { answerPublication, tellOutside } from '#rooms/causes/publication/commands.server.ts';
import { listMyPublications } from '#rooms/causes/publication/read.server.ts';
import { confirmRelease, writeRelease } from '#rooms/causes/releases/commands.server.ts';
import { askOther, putInForce, takeUpSignal } from '#rooms/causes/signals/commands.server.ts';
import { said } from './acts-document.ts';
import { nameOften } from './fill-causes.server.ts';
import { openPublicationScene } from './publication-scene.server.ts';
import type { PublicationScene } from './publication-scene.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { toldOf } from './told-of.server.ts';

/** What of a cause may be read outside the network (F5): who could answer, in numbers that point at nobody, in words that two released. */

const declined = { answer: 'declined', reason: 'unclear', words: 'Wie leest dit?' };

let scene: Scene;
let on: PublicationScene;
beforeAll(async () => {
	scene = await openScene(433);
	on = openPublicationScene(scene);
});
afterAll(() => scene.drop());

describe('the register', () => {
	test('tells of a public cause what two released, and its frozen number; no member of another network reads it', async () => {
		const { installation, actors, officers } = scene;
		const { causeId, signalId } = await on.signalIn(6);
		const publicationId = await on.propose(causeId, officers.governor);
		const waits = await read(installation, actors.administrator, (tx) => listMyPublications(tx, actors.administrator));
		expect(waits.map((one) => one.causeId)).toContain(causeId);
		const { releaseId } = sure(
			await answerPublication(installation, actors.administrator, { publicationId, words: 'Wij passen het aan.' })
		);
		const title = sure(await writeRelease(installation, actors.holder, { causeId, kind: 'title', words: 'Wie drinkt, komt er niet in' }));
		expect(
			(await read(installation, actors.administrator, (tx) => listMyPublications(tx, actors.administrator))).map((one) => one.causeId)
		).not.toContain(causeId);
		on.days(31);
		await on.sweep();
		expect(await on.inRegister(causeId)).toBeUndefined();
		sure(await confirmRelease(installation, officers.governor, { releaseId, answer: 'released' }));
		await on.sweep();
		expect(await on.inRegister(causeId)).toMatchObject({
			...{ kind: 'work_habit', cases: 6, title: null, rule: null, answer: 'Wij passen het aan.', state: 'seen' },
			responsible: { kind: 'organisation', organisationId: actors.colleague.organisationId }
		});
		sure(await confirmRelease(installation, actors.colleague, { releaseId: title.releaseId, answer: 'released' }));
		expect(await on.inRegister(causeId)).toMatchObject({ title: 'Wie drinkt, komt er niet in' });
		expect(await on.register(actors.stranger)).toEqual([]);

		// Four cases more, and a quarter later, tell nothing; the fifth does, in the quarter after.
		await nameOften(scene, 4, { causeId });
		on.days(95);
		await on.sweep();
		expect(await on.inRegister(causeId)).toMatchObject({ cases: 6 });
		await nameOften(scene, 1, { causeId });
		await on.sweep();
		expect(await on.inRegister(causeId)).toMatchObject({ cases: 11 });
		await nameOften(scene, 5, { causeId });
		await on.sweep();
		expect(await on.inRegister(causeId)).toMatchObject({ cases: 11 });

		// Its changed rule is told once two released it, and no more when it came back.
		sure(await takeUpSignal(installation, actors.colleague, { signalId, dueOn: '2040-01-01' }));
		installation.world.tick(1000);
		const changedOn = installation.world.now().toISOString().slice(0, 10);
		sure(await putInForce(installation, actors.colleague, { signalId, words: 'Zo is het nu.', changedOn }));
		installation.world.tick(1000);
		const rule = sure(await writeRelease(installation, actors.holder, { causeId, kind: 'rule', words: 'De intake vraagt het voortaan.' }));
		expect(await on.inRegister(causeId)).toMatchObject({ state: 'in_force', changedOn, rule: null });
		sure(await confirmRelease(installation, actors.colleague, { releaseId: rule.releaseId, answer: 'released' }));
		expect(await on.inRegister(causeId)).toMatchObject({ rule: 'De intake vraagt het voortaan.' });
		await nameOften(scene, 1, { causeId });
		expect(await on.inRegister(causeId)).toMatchObject({ state: 'reopened', changedOn: null, rule: null });
		// While who was asked says that it is not theirs, they are not named in the open.
		await on.handBack(signalId);
		expect(await on.inRegister(causeId)).toBeUndefined();
	});

	test('tells of exceptions in fives, with money and without apart, and two looks tell of fewer than five nothing', async () => {
		const { installation, actors } = scene;
		const { causeId } = await on.signalIn(6);
		const ended: string[] = [];
		const help = async (times: number, outcome: 'helped' | 'helped_without_money'): Promise<void> => {
			for (const caseId of await nameOften(scene, times, { causeId })) {
				sure(await closeCase(installation, actors.holder, { caseId, causeId, outcome }));
				installation.world.tick(1000);
				ended.push(caseId);
			}
		};
		const told = async () => (await on.inRegister(causeId))?.exceptions;
		const nextQuarter = async (): Promise<void> => {
			on.days(93);
			await on.sweep();
		};
		await help(4, 'helped');
		await help(4, 'helped_without_money');
		await on.propose(causeId);
		on.days(31);
		await on.sweep();
		// Eight were helped, but four with money and four without: of neither is anything told.
		expect(await told()).toEqual([]);
		await help(1, 'helped');
		await on.sweep();
		const first = await told();
		expect(first).toMatchObject([{ withMoney: true, times: 5 }]);
		// One, two, three, four more, and one whose case opens again: quarter after quarter what is told stays the same.
		for (let more = 0; more < 4; more++) {
			await help(1, 'helped');
			await nextQuarter();
			expect(await told()).toEqual(first);
		}
		sure(await reopenCase(installation, actors.holder, { caseId: ended[0] ?? '' }));
		installation.world.tick(1000);
		await nextQuarter();
		expect(await told()).toEqual(first);
		await help(2, 'helped');
		await nextQuarter();
		const second = await told();
		expect(second).toMatchObject([{ withMoney: true, times: 10 }]);
		// Within a quarter nothing, however many; and those without money by themselves.
		await help(5, 'helped');
		await help(3, 'helped_without_money');
		await on.sweep();
		expect((await told())?.[0]).toEqual(second?.[0]);
		expect((await told())?.[1]).toMatchObject({ withMoney: false, times: 5 });
	});

	test('another who is asked has thirty days of their own', async () => {
		const { causeId, signalId } = await on.signalIn(5);
		await on.propose(causeId);
		on.days(20);
		await on.handBack(signalId);
		sure(await askOther(scene.installation, scene.actors.facilitator, { signalId, responsible: scene.actors.holder.organisationId }));
		on.days(20);
		await on.sweep();
		expect(await on.publishing(causeId)).toMatchObject({ waits: 'days', publication: { state: 'asked' } });
		on.days(11);
		await on.sweep();
		expect(await on.inRegister(causeId)).toMatchObject({ responsible: { organisationId: scene.actors.holder.organisationId } });
	});

	test('names nobody who was asked after it was public before they had days of their own, and never under the answer of another', async () => {
		const { installation, actors, officers } = scene;
		const { causeId, signalId } = await on.signalIn(6);
		const publicationId = await on.propose(causeId, officers.governor);
		const answered = async (actor: Actor, words: string, eyes: Actor): Promise<void> => {
			installation.world.tick(1000);
			const { releaseId } = sure(await answerPublication(installation, actor, { publicationId, words }));
			sure(await confirmRelease(installation, eyes, { releaseId, answer: 'released' }));
		};
		await answered(actors.administrator, 'Wij passen het aan.', officers.governor);
		on.days(31);
		await on.sweep();
		expect(await on.inRegister(causeId)).toMatchObject({ answer: 'Wij passen het aan.' });
		await on.handBack(signalId);
		sure(await askOther(installation, actors.facilitator, { signalId, responsible: actors.holder.organisationId }));
		installation.world.tick(1000);
		expect(await on.inRegister(causeId)).toBeUndefined();
		expect(await on.publishing(causeId)).toMatchObject({ waits: 'days', publication: { state: 'asked', answer: null } });
		const waits = await read(installation, officers.administratorTwo, (tx) => listMyPublications(tx, officers.administratorTwo));
		expect(waits.map((one) => one.causeId)).toContain(causeId);
		expect(await toldOf(scene, 'mail.publication_asked', 'causeId', causeId)).toContain(officers.administratorTwo.personId);
		on.days(30);
		await on.sweep();
		expect(await on.inRegister(causeId)).toBeUndefined();
		on.days(1);
		await on.sweep();
		expect(await on.inRegister(causeId)).toMatchObject({
			...{ answer: null, responsible: { kind: 'organisation', organisationId: actors.holder.organisationId } }
		});
		await answered(officers.administratorTwo, 'Wij bellen voortaan zelf.', officers.governor);
		expect(await on.inRegister(causeId)).toMatchObject({ answer: 'Wij bellen voortaan zelf.' });
	});

	test('keeps no answer of who goes about it out in silence: declined with why, told, said anew within fourteen days, or told of as not released', async () => {
		const { installation, actors, officers } = scene;
		const { causeId, publicationId } = await on.stage('asked');
		const answers = async (words: string): Promise<string> => {
			installation.world.tick(1000);
			const { releaseId } = sure(await answerPublication(installation, actors.administrator, { publicationId, words }));
			installation.world.tick(1000);
			return releaseId;
		};
		const first = await answers('Wij zien het anders.');
		const asksWhy = (given: object) => confirmRelease(installation, officers.governor, { releaseId: first, answer: 'declined', ...given });
		expect(await asksWhy({})).toMatchObject({ refusal: { code: 'invalid', fields: [{ path: ['reason'], code: 'required' }] } });
		expect(await asksWhy({ reason: 'unclear', words: ' ' })).toMatchObject({
			refusal: { fields: [{ path: ['words'], code: 'required' }] }
		});
		expect(await asksWhy({ reason: 'unclear', words: 'Bel 06-12345678' })).toMatchObject({
			refusal: { fields: [{ path: ['words'], code: 'looks_like_phone' }] }
		});
		on.days(25);
		sure(await asksWhy({ reason: 'unclear', words: 'Wat is anders?' }));
		expect(await toldOf(scene, 'mail.answer_declined_unclear', 'causeId', causeId)).toEqual([actors.administrator.personId]);
		expect((await on.publishing(causeId)).releases[0]).toMatchObject({ reason: 'unclear', reasonWords: 'Wat is anders?' });
		const mine = () => read(installation, actors.administrator, (tx) => listMyPublications(tx, actors.administrator));
		expect(await mine()).toContainEqual(expect.objectContaining({ causeId, declined: true }));
		// Thirty days are over: they have fourteen of their own from the day on which it was declined.
		on.days(6);
		await on.sweep();
		expect(await on.publishing(causeId)).toMatchObject({ waits: 'declined', publication: { state: 'asked' } });
		// Said anew it waits for a second, however late; declined again they have as many days again.
		const second = await answers('Het ligt aan de wet.');
		on.days(60);
		await on.sweep();
		expect(await on.publishing(causeId)).toMatchObject({ waits: 'words' });
		sure(await confirmRelease(installation, officers.governor, { releaseId: second, ...declined }));
		on.days(14);
		await on.sweep();
		expect(await on.inRegister(causeId)).toBeUndefined();
		on.days(1);
		await on.sweep();
		expect(await on.inRegister(causeId)).toMatchObject({ answer: null, answerWithheld: true });
		// Nobody outside the network or of another one reads that it is so, but through an open page.
		expect((await on.register(actors.stranger)).map((one) => one.causeId)).not.toContain(causeId);
		// What they take back themselves was not withheld by anyone; and once words of theirs are released, those stand.
		sure(await confirmRelease(installation, actors.administrator, { releaseId: await answers('Toch maar niet.'), answer: 'declined' }));
		expect(await on.inRegister(causeId)).toMatchObject({ answer: null, answerWithheld: true });
		sure(await confirmRelease(installation, officers.governor, { releaseId: await answers('Wij bellen.'), answer: 'released' }));
		expect(await on.inRegister(causeId)).toMatchObject({ answer: 'Wij bellen.', answerWithheld: false });
		sure(await confirmRelease(installation, officers.governor, { releaseId: await answers('En nog iets.'), ...declined }));
		expect(await on.inRegister(causeId)).toMatchObject({ answer: 'Wij bellen.', answerWithheld: true });
	});

	test('taken back by its own writer, an answer gives no days anew and holds nothing up', async () => {
		const { installation, actors } = scene;
		const { causeId, publicationId } = await on.stage('asked');
		on.days(29);
		const { releaseId } = sure(await answerPublication(installation, actors.administrator, { publicationId, words: 'Wij kijken.' }));
		installation.world.tick(1000);
		sure(await confirmRelease(installation, actors.administrator, { releaseId, answer: 'declined' }));
		expect(await toldOf(scene, 'mail.answer_declined_other', 'causeId', causeId)).toEqual([]);
		on.days(2);
		await on.sweep();
		expect(await on.inRegister(causeId)).toMatchObject({ answer: null, answerWithheld: false });
	});

	test('the database takes no decline of another without why, nor one by who wrote with it', async () => {
		const { installation, actors, officers } = scene;
		const { causeId } = await on.signalIn(3);
		const { releaseId } = sure(await writeRelease(installation, actors.holder, { causeId, kind: 'title', words: 'Wie belt, wacht' }));
		const inserts = (actor: Actor, why: { reason?: string; words?: string }) =>
			installation.door.actor(actor, installation.world.now(), (tx) =>
				tx
					.insertInto('releaseHand')
					.values({
						...{ networkId: actor.networkId, releaseId, hand: 'declined', ...why, at: installation.world.now() },
						...{ personId: actor.personId, membershipId: actor.membershipId, organisationId: actor.organisationId }
					})
					.execute()
			);
		const why = { reason: 'unclear', words: 'Wat is dit?' };
		await expect(inserts(officers.governor, {})).rejects.toThrow(/row-level security/);
		await expect(inserts(actors.holder, why)).rejects.toThrow(/row-level security/);
		await inserts(officers.governor, why);
	});

	test('of someone outside: told with proof, answered on their behalf with proof', async () => {
		const { installation, actors, officers } = scene;
		const { causeId, publicationId } = await on.stage('outside');
		sure(await tellOutside(installation, actors.facilitator, { publicationId, proof: 'Brief van 3 mei' }));
		expect(said(await tellOutside(installation, actors.facilitator, { publicationId, proof: 'Nog een brief' }))).toBe('already_answered');
		const answer = { publicationId, words: 'Wij bellen voortaan terug.' };
		expect(await answerPublication(installation, officers.governor, answer)).toMatchObject({
			refusal: { code: 'invalid', fields: [{ path: ['proof'], code: 'required' }] }
		});
		const { releaseId } = sure(await answerPublication(installation, officers.governor, { ...answer, proof: 'Brief van 20 mei' }));
		installation.world.tick(1000);
		on.days(20);
		sure(await confirmRelease(installation, actors.colleague, { releaseId, ...declined }));
		// Who wrote them down is told, and who may tell it to them: the facilitators.
		expect(await toldOf(scene, 'mail.answer_declined_unclear', 'causeId', causeId)).toEqual(
			[officers.governor.personId, actors.facilitator.personId].toSorted()
		);
		on.days(11);
		await on.sweep();
		expect(await on.publishing(causeId)).toMatchObject({ waits: 'declined', publication: { state: 'asked' } });
		sure(
			await confirmRelease(installation, actors.colleague, {
				...sure(await answerPublication(installation, officers.governor, { ...answer, proof: 'Brief van 9 juni' })),
				answer: 'released'
			})
		);
		await on.sweep();
		expect(await on.inRegister(causeId)).toMatchObject({
			answer: answer.words,
			answerWithheld: false,
			responsible: { kind: 'outside', outside: 'uwv' }
		});
	});
});
