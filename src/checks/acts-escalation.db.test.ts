import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { answerRung, askRung } from '#rooms/agreements/escalation/commands.server.ts';
import { tellOverdue } from '#rooms/agreements/escalation/jobs.server.ts';
import { getMyAskedRung } from '#rooms/agreements/escalation/read.server.ts';
import type { Rung } from '#rooms/agreements/escalation/rules.ts';
import { didMore } from '#rooms/agreements/more/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Whole: every act x role x state on the ladder of a case, and on more than agreed. */

let scene: Scene;
let by: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(70);
	const { actors, officers } = scene;
	by = {
		...{ holder: actors.holder, asked: actors.invited, seated: actors.seated, other: officers.treasurer, facilitator: actors.facilitator },
		...{ administrator: actors.administrator, stranger: actors.stranger, colleague: actors.colleague },
		...{ receiver: actors.holder, promiser: actors.seated, partner: actors.invited }
	};
});
afterAll(() => scene.drop());

const actorOf = (column: string): Actor => {
	const actor = by[column];
	if (!actor) throw new Error(`nobody plays ${column}`);
	return actor;
};
const days = (count: number): void => scene.installation.world.tick(count * 86_400_000);

async function openTable(...others: readonly Actor[]): Promise<string> {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	for (const other of others) {
		const wish = { caseId, membershipId: other.membershipId, message: 'Doe je mee?' };
		sure(await acceptInvitation(installation, other, sure(await inviteToTable(installation, actors.holder, wish))));
	}
	return caseId;
}
const close = async (caseId: string): Promise<void> => {
	sure(await closeCase(scene.installation, scene.actors.holder, { caseId, outcome: 'helped', cause: 'none', responsible: '' }));
};

const question = (caseId: string, rung: Rung) => ({
	...{ caseId, rung, words: 'Wacht met de incasso.' },
	...(rung === 'colleagues' ? { membershipIds: [scene.actors.invited.membershipId] } : {}),
	...(rung === 'governors' ? { organisationId: scene.officers.governor.organisationId } : {}),
	...(rung === 'outside' ? { outside: 'bailiff' } : {})
});
const ask = (caseId: string, rung: Rung, actor = scene.actors.holder) => askRung(scene.installation, actor, question(caseId, rung));

describe('acts on the ladder of a case', () => {
	const table = tableUnder('Acts on the ladder of a case');
	/** The case, the step that is answered or read, and the rung to ask next. */
	async function stage(state: string): Promise<{ caseId: string; escalationId: string; next: Rung }> {
		const { installation, actors } = scene;
		const caseId = await openTable(actors.seated);
		if (state === 'none') return { caseId, escalationId: caseId, next: 'colleagues' };
		let { escalationId } = sure(await ask(caseId, 'colleagues'));
		installation.world.tick(1000);
		if (state === 'answered')
			sure(await answerRung(installation, actors.invited, { escalationId, answer: 'no', words: 'Dit mogen wij niet.' }));
		if (['late', 'passed', 'outside'].includes(state)) days(8);
		if (state === 'passed') sure(await ask(caseId, 'secretariat'));
		if (state === 'outside')
			for (const rung of ['secretariat', 'governors', 'outside'] as const) {
				({ escalationId } = sure(await ask(caseId, rung)));
				if (rung !== 'outside') days(14);
			}
		if (state === 'closed') await close(caseId);
		installation.world.tick(1000);
		return { caseId, escalationId, next: state === 'passed' ? 'governors' : 'secretariat' };
	}
	const doing: Record<string, (actor: Actor, at: Awaited<ReturnType<typeof stage>>, state: string) => Promise<Outcome<unknown>>> = {
		'escalation.ask': (actor, { caseId, next }) => ask(caseId, next, actor),
		'escalation.read': (actor, { escalationId }) => getMyAskedRung(scene.installation, actor, escalationId),
		'escalation.answer': (actor, { escalationId }, state) =>
			answerRung(scene.installation, actor, {
				...{ escalationId, words: 'Ja.' },
				...(state === 'outside' ? { answer: 'outside_said', proof: 'Brief van vandaag' } : { answer: 'will' })
			})
	};
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} when the ladder is ${state}`, async () => {
			const answers: Record<string, string> = {};
			for (const column of table.columns.slice(1)) {
				const at = await stage(state);
				const run = doing[act];
				if (!run) throw new Error(`the matrix test does not know ${act}`);
				answers[column] = said(await run(actorOf(column), at, state));
			}
			expect(answers).toEqual(Object.fromEntries(table.columns.slice(1).map((column, index) => [column, cells[index]])));
		});

	for (const [act = '', state = '', cell = ''] of tableUnder('Acts of the product on a ladder').rows)
		test(`${act} when the ladder is ${state}`, async () => {
			const { installation, actors } = scene;
			const { caseId, escalationId } = await stage(state);
			// Closed in time: then nothing is overdue, however long it lies.
			if (state === 'closed' || state === 'answered') days(30);
			await tellOverdue(installation, actors.holder.networkId, installation.world.now());
			const owner = await scene.database.connections.owner();
			const { rows } = await owner.query("select object_id from log_line where act = 'escalation.overdue' and case_id = $1", [caseId]);
			await owner.end();
			expect(rows.some((row) => row.object_id === escalationId) ? 'yes' : 'wrong_state').toBe(cell);
		});

	test('any rung but the next is refused, and whom it is asked of must be there to be asked', async () => {
		const caseId = await openTable(scene.actors.seated);
		for (const rung of ['secretariat', 'governors', 'outside'] as const) expect(said(await ask(caseId, rung))).toBe('not_next_rung');
		const { installation, actors } = scene;
		for (const membershipIds of [[], [actors.facilitator.membershipId], [actors.stranger.membershipId], [actors.holder.membershipId]]) {
			const refused = await askRung(installation, actors.holder, { ...question(caseId, 'colleagues'), membershipIds });
			expect({ membershipIds, said: said(refused) }).toEqual({ membershipIds, said: 'invalid' });
		}
		const doubtful = { ...question(caseId, 'colleagues'), words: 'Bel 06 12345678.' };
		expect(said(await askRung(installation, actors.holder, doubtful))).toBe('needs_acknowledgement');
		expect(said(await askRung(installation, actors.holder, { ...doubtful, acknowledged: true }))).toBe('yes');
	});

	test('two who answer at the same moment answer once; a no says why', async () => {
		const { installation, officers } = scene;
		const caseId = await openTable();
		sure(await ask(caseId, 'colleagues'));
		days(8);
		const { escalationId } = sure(await ask(caseId, 'secretariat'));
		const answer = (who: Actor, more: object) => answerRung(installation, who, { escalationId, ...more });
		expect(said(await answer(officers.secretaryOne, { answer: 'no' }))).toBe('invalid');
		expect(said(await answer(officers.secretaryOne, { answer: 'outside_said', words: 'Nee', proof: 'Brief' }))).toBe('invalid');
		const both = await Promise.all([
			answer(officers.secretaryOne, { answer: 'time_out' }),
			answer(officers.secretaryThree, { answer: 'no', words: 'Het mag niet.' })
		]);
		expect(both.map(said).toSorted()).toEqual(['already_answered', 'yes']);
	});
});

describe('acts on more than agreed', () => {
	const table = tableUnder('Acts on more than agreed');
	async function stage(state: string): Promise<string> {
		const { installation, actors } = scene;
		const { holder, seated, invited } = actors;
		const caseId = await openTable(seated, invited);
		const input = { caseId, what: 'Ik bel', dueOn: dayAt(installation.world.now()), receiverId: holder.personId };
		const { agreementId } = sure(await makeAgreement(installation, seated, input));
		if (state === 'promised') return agreementId;
		installation.world.tick(1000);
		sure(await reportAgreement(installation, seated, { agreementId, outcome: state === 'ended' ? 'impossible' : 'kept' }));
		const answer = state === 'disputed' ? 'disputed' : 'confirmed';
		if (state !== 'reported') sure(await answerReport(installation, holder, { agreementId, answer }));
		if (state === 'said') sure(await didMore(installation, holder, { agreementId }));
		if (state === 'closed') await close(caseId);
		return agreementId;
	}
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} of an agreement that is ${state}`, async () => {
			const answers: Record<string, string> = {};
			for (const column of table.columns.slice(1))
				answers[column] = said(await didMore(scene.installation, actorOf(column), { agreementId: await stage(state), words: 'Dank je!' }));
			expect(answers).toEqual(Object.fromEntries(table.columns.slice(1).map((column, index) => [column, cells[index]])));
		});
});
