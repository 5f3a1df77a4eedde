import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { makeLesson, retireLesson, useLesson } from '#rooms/chain/lessons/commands.server.ts';
import { findLesson, lessonsFor, listLessons, listUsed } from '#rooms/chain/lessons/read.server.ts';
import { openPair } from '#rooms/chain/pairs/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { openSubjectRow } from './subject-row.server.ts';

/** Whole: every act on lessons of docs/ACTIONS.md, as every role in every state, for real; and what is told of how often one was taken over. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(57);
});
afterAll(() => scene.drop());

const asOwner = async (statement: string, values: unknown[]): Promise<void> => {
	const owner = await scene.database.connections.owner();
	await owner.query(statement, values).finally(() => owner.end());
};

const words = {
	...{ form: 'fixed_contact', title: 'Een vaste monteur voor elke straat' },
	...{ did: 'Elke straat kreeg een monteur die altijd dezelfde is.', changed: 'Bewoners bellen eerder, en over kleine dingen.' }
};
const make = (actor: Actor, more: object = {}) => makeLesson(scene.installation, actor, { ...words, ...more });

const people = (role: string): Actor => {
	const { holder, seated, colleague, facilitator, checker, oversight, administrator, stranger } = scene.actors;
	const { governor, secretaryOne, treasurer } = scene.officers;
	const roles: Readonly<Record<string, Actor>> = {
		...{ opener: holder, receiver: holder, promiser: seated, maker: holder, partner: seated, colleague, facilitator, checker, oversight },
		...{ professional: colleague, administrator, stranger, governor, secretariat: secretaryOne, treasurer }
	};
	const actor = roles[role];
	if (!actor) throw new Error(`nobody plays ${role}`);
	return actor;
};

/** Each row of a table: what it answers each role, on a stage of its own. */
function holds<At>(
	heading: string,
	acts: Readonly<Record<string, (actor: Actor, at: At) => Promise<Outcome<unknown>>>>,
	open: (state: string) => Promise<At>
): void {
	const { columns, rows } = tableUnder(heading);
	const withState = columns[0] === 'state';
	const roles = withState ? columns.slice(1) : columns;
	describe(heading.toLowerCase(), () => {
		for (const [act = '', ...cells] of rows) {
			const state = withState ? (cells[0] ?? '') : '';
			test(`${act} ${state}`, async () => {
				const run = acts[act];
				if (!run) throw new Error(`the matrix test does not know ${act}`);
				const answers: Record<string, string> = {};
				for (const role of roles) {
					const at = await open(state);
					scene.installation.world.tick(1000);
					answers[role] = said(await run(people(role), at));
				}
				expect(answers).toEqual(Object.fromEntries(roles.map((role, index) => [role, cells[withState ? index + 1 : index]])));
			});
		}
	});
}

const openProject = () => openSubjectRow(scene, 'project');

/** A case in which the seated promised the holder something. */
async function openPromise(): Promise<{ caseId: string; agreementId: string }> {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	const asked = { caseId, membershipId: actors.seated.membershipId, message: 'Doe mee' };
	sure(await acceptInvitation(installation, actors.seated, sure(await inviteToTable(installation, actors.holder, asked))));
	const promise = { caseId, what: 'Ik ben de vaste wijkwerker voor deze straat', dueOn: '2099-01-01', receiverId: actors.holder.personId };
	return { caseId, agreementId: sure(await makeAgreement(installation, actors.seated, promise)).agreementId };
}

async function openUseIn(state: string) {
	const { installation, actors } = scene;
	const { holder, seated } = actors;
	const { lessonId } = sure(await make(holder));
	if (state === 'pair') {
		await asOwner('insert into pair_end select network_id, pair_id, person_id, membership_id, at from pair on conflict do nothing', []);
		const opened = sure(await openPair(installation, seated, { membershipId: holder.membershipId, message: 'Doe je mee?' }));
		sure(await acceptInvitation(installation, holder, { invitationId: opened.invitationId }));
		const promise = { caseId: opened.pairId, what: 'Ik bel', dueOn: '2099-01-01', receiverId: holder.personId };
		return { lessonId, agreementId: sure(await makeAgreement(installation, seated, promise)).agreementId };
	}
	const { caseId, agreementId } = await openPromise();
	if (state === 'used') sure(await useLesson(installation, seated, { lessonId, agreementId }));
	if (state === 'retired') sure(await retireLesson(installation, holder, { lessonId }));
	const closing = { caseId, outcome: 'referred', cause: 'none', responsible: '', notFollowedBecause: 'Verhuisd.' };
	if (state === 'closed') sure(await closeCase(installation, holder, closing));
	return { lessonId, agreementId };
}

holds('Acts that write a lesson', { 'lesson.make': (actor) => make(actor) }, () => Promise.resolve(null));
holds('Acts that write a lesson of a project', { 'lesson.make': (actor, projectId) => make(actor, { projectId }) }, openProject);
holds('Acts that take a lesson over', { 'lesson.use': (actor, at) => useLesson(scene.installation, actor, at) }, openUseIn);
holds(
	'Acts on a lesson',
	{ 'lesson.retire': (actor, lessonId) => retireLesson(scene.installation, actor, { lessonId }) },
	async (state) => {
		const { lessonId } = sure(await make(scene.actors.holder));
		if (state === 'retired') sure(await retireLesson(scene.installation, scene.actors.holder, { lessonId }));
		return lessonId;
	}
);

describe('a lesson', () => {
	const asActor = <R>(actor: Actor, work: Parameters<typeof scene.installation.door.actor<R>>[2]) =>
		scene.installation.door.actor(actor, scene.installation.world.now(), work);

	test('says nothing of a person, and where it came from only to who sits there', async () => {
		const { holder, colleague, stranger } = scene.actors;
		expect(said(await make(holder, { did: 'Bel Jan op 06-12345678.' }))).toBe('personal_data');
		const projectId = await openProject();
		const { lessonId } = sure(await make(holder, { projectId }));
		expect((await asActor(holder, (tx) => findLesson(tx, holder, lessonId)))?.projectId).toBe(projectId);
		expect((await asActor(colleague, (tx) => findLesson(tx, colleague, lessonId)))?.projectId).toBeNull();
		expect(await asActor(stranger, (tx) => listLessons(tx, stranger))).toEqual([]);
	});

	test('is counted by cases, and not told under three', async () => {
		const { installation, actors } = scene;
		const { holder, seated, colleague } = actors;
		const { lessonId } = sure(await make(holder, { title: 'Een vast gezicht' }));
		const counted = async () => {
			const lesson = await asActor(colleague, (tx) => findLesson(tx, colleague, lessonId));
			return [lesson?.cases, lesson?.kept];
		};
		const promises = [await openPromise(), await openPromise(), await openPromise()];
		for (const { agreementId, caseId } of promises.slice(0, 2)) {
			sure(await useLesson(installation, seated, { lessonId, agreementId }));
			// Twice in one case is once.
			const more = { caseId, what: 'Ook op vrijdag', dueOn: '2099-01-01', receiverId: holder.personId };
			const again = sure(await makeAgreement(installation, seated, more));
			sure(await useLesson(installation, seated, { lessonId, agreementId: again.agreementId }));
		}
		expect(await counted()).toEqual([null, null]);
		const [first, , third] = promises;
		sure(await useLesson(installation, seated, { lessonId, agreementId: third?.agreementId }));
		expect(await counted()).toEqual([3, null]);
		for (const { agreementId } of promises) {
			sure(await reportAgreement(installation, seated, { agreementId, outcome: 'kept' }));
			expect(await counted()).toEqual([3, null]);
			sure(await answerReport(installation, holder, { agreementId, answer: 'confirmed' }));
		}
		expect(await counted()).toEqual([3, 3]);
		// One case, and two, in which it was not kept: told neither by themselves nor as what is left over.
		for (const cases of [4, 5, 6]) {
			const { agreementId } = await openPromise();
			sure(await useLesson(installation, seated, { lessonId, agreementId }));
			expect(await counted()).toEqual([cases, cases === 6 ? 3 : null]);
		}
		const used = (actor: Actor) => asActor(actor, (tx) => listUsed(tx, actor, first?.agreementId ?? ''));
		expect([await used(holder), await used(colleague)]).toEqual([[lessonId], []]);
		const raw = await asActor(actors.stranger, async (tx) => (await sql`select from app.figure_lessons()`.execute(tx)).rows);
		expect(raw).toEqual([]);
	});

	test('is offered by its form, or by words of its title however they are bent', async () => {
		const { holder } = scene.actors;
		const { lessonId } = sure(await make(holder, { title: 'Vaste dagen voor de steigers', form: 'joint_planning' }));
		const like = async (form: 'joint_planning' | 'open_book' | null, text: string) =>
			(await asActor(holder, (tx) => lessonsFor(tx, holder, { form, text }))).map((lesson) => lesson.lessonId);
		expect(await like(null, 'De steiger komt op een vaste dag')).toEqual([lessonId]);
		expect(await like(null, 'Ik bel de schuldhulp')).toEqual([]);
		expect(await like('joint_planning', '')).toEqual([lessonId]);
		expect(await like('open_book', 'vaste dagen')).toEqual([]);
		sure(await retireLesson(scene.installation, holder, { lessonId }));
		expect(await like('joint_planning', '')).toEqual([]);
	});
});
