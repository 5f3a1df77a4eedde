import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actCodes } from '#foundation/command/acts.ts';
import type { ActCode } from '#foundation/command/acts.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { refusalCodes } from '#foundation/outcome.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import {
	acceptInvitation,
	declineInvitation,
	inviteToTable,
	leaveTable,
	openCase,
	reopenCase,
	withdrawInvitation
} from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { getCaseLog, getCaseTable } from '#rooms/table/read.server.ts';
import { listDocumentedActs, listDocumentedAnswers, said, tableUnder } from './acts-document.ts';
import { caseWords, openScene, sceneRoles, sure } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';

/** Whole: every act x role x state of docs/ACTIONS.md, done for real, must answer as the table says. */

const caseStates = ['open', 'running', 'closed', 'reopened'] as const;
type State = (typeof caseStates)[number];
const onCase = tableUnder('Acts on a case');
const onAgreement = tableUnder('Acts on an agreement');
const inNetwork = tableUnder('Acts in the network');

let scene: Scene;
beforeAll(async () => {
	scene = await openScene();
});
afterAll(() => scene.drop());

interface Stage {
	readonly caseId: string;
	readonly invitationId: string;
	readonly agreementId?: string;
}

/** A case in a state, with holder, seated and invited as the table says. */
async function stage(state: State): Promise<Stage> {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	const seat = sure(
		await inviteToTable(installation, actors.holder, { caseId, membershipId: actors.seated.membershipId, message: 'Doe je mee?' })
	);
	sure(await acceptInvitation(installation, actors.seated, seat));
	const { invitationId } = sure(
		await inviteToTable(installation, actors.holder, { caseId, membershipId: actors.invited.membershipId, message: 'En jij?' })
	);
	if (state === 'open') return { caseId, invitationId };
	const { agreementId } = sure(await makeAgreement(installation, actors.seated, agreement(caseId, 'seated')));
	if (state === 'running') return { caseId, invitationId, agreementId };
	sure(await closeCase(installation, actors.holder, closing(caseId)));
	scene.installation.world.tick(1000);
	if (state === 'reopened') sure(await reopenCase(installation, actors.holder, { caseId }));
	return { caseId, invitationId, agreementId };
}

const agreement = (caseId: string, by: SceneRole) => ({
	caseId,
	what: 'Bel de deurwaarder',
	dueOn: '2026-12-01',
	receiverId: scene.actors[by === 'holder' ? 'seated' : 'holder'].personId
});
const closing = (caseId: string) => ({ caseId, outcome: 'helped', cause: 'none', responsible: '' });

const doing: Partial<Record<ActCode, (role: SceneRole, at: Stage) => Promise<Outcome<unknown>>>> = {
	'case.read': (role, at) => getCaseTable(scene.installation, scene.actors[role], at.caseId),
	'case.read_log': (role, at) => getCaseLog(scene.installation, scene.actors[role], at.caseId),
	'seat.invite': (role, at) =>
		inviteToTable(scene.installation, scene.actors[role], {
			caseId: at.caseId,
			membershipId: scene.actors.colleague.membershipId,
			message: 'Kom je erbij?'
		}),
	'seat.withdraw': (role, at) => withdrawInvitation(scene.installation, scene.actors[role], { invitationId: at.invitationId }),
	'seat.accept': (role, at) => acceptInvitation(scene.installation, scene.actors[role], { invitationId: at.invitationId }),
	'seat.decline': (role, at) => declineInvitation(scene.installation, scene.actors[role], { invitationId: at.invitationId }),
	'seat.leave': (role, at) => leaveTable(scene.installation, scene.actors[role], { caseId: at.caseId }),
	'agreement.make': (role, at) => makeAgreement(scene.installation, scene.actors[role], agreement(at.caseId, role)),
	'value_map.record': (role, at) =>
		recordValueMap(scene.installation, scene.actors[role], {
			...{ caseId: at.caseId, potCents: 400_000, horizonYears: 1, looming: [{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1 }] }
		}),
	'case.close': (role, at) => closeCase(scene.installation, scene.actors[role], closing(at.caseId)),
	'case.reopen': (role, at) => reopenCase(scene.installation, scene.actors[role], { caseId: at.caseId })
};

describe('acts on a case', () => {
	test('the table has every role', () => expect(onCase.columns).toEqual([...sceneRoles]));

	for (const [act = '', ...cells] of onCase.rows)
		for (const [s, state] of caseStates.entries())
			test(`${act} in a case that is ${state}`, async () => {
				const run = doing[act as ActCode];
				if (!run) throw new Error(`the matrix test does not know ${act}`);
				const answers: Record<string, string> = {};
				const expected: Record<string, string> = {};
				let at = await stage(state);
				for (const [index, role] of sceneRoles.entries()) {
					const cell = cells[index] ?? '';
					const wanted = cell.includes('/') ? (cell.split('/')[s] ?? '').trim() : cell;
					expected[role] = wanted;
					answers[role] = said(await run(role, at));
					// What was done changed the case: the next role begins anew.
					if (answers[role] === 'yes') at = await stage(state);
				}
				expect(answers).toEqual(expected);
			});
});

describe('acts on an agreement', () => {
	const lead: Record<string, (agreementId: string) => Promise<void>> = {
		promised: () => Promise.resolve(),
		reported: async (agreementId) =>
			void sure(await reportAgreement(scene.installation, scene.actors.seated, { agreementId, outcome: 'kept' })),
		kept: async (agreementId) => {
			sure(await reportAgreement(scene.installation, scene.actors.seated, { agreementId, outcome: 'kept' }));
			sure(await answerReport(scene.installation, scene.actors.holder, { agreementId, answer: 'confirmed' }));
		},
		ended: async (agreementId) => {
			sure(await reportAgreement(scene.installation, scene.actors.seated, { agreementId, outcome: 'impossible' }));
			sure(await answerReport(scene.installation, scene.actors.holder, { agreementId, answer: 'confirmed' }));
		},
		disputed: async (agreementId) => {
			sure(await reportAgreement(scene.installation, scene.actors.seated, { agreementId, outcome: 'kept' }));
			sure(await answerReport(scene.installation, scene.actors.holder, { agreementId, answer: 'disputed' }));
		}
	};
	const who: Record<string, SceneRole> = { promiser: 'seated', receiver: 'holder', colleague: 'colleague', stranger: 'stranger' };
	const run = (act: string, role: SceneRole, agreementId: string) =>
		act === 'agreement.report'
			? reportAgreement(scene.installation, scene.actors[role], { agreementId, outcome: 'kept' })
			: answerReport(scene.installation, scene.actors[role], { agreementId, answer: 'confirmed' });

	for (const [act = '', state = '', ...cells] of onAgreement.rows)
		test(`${act} of an agreement that is ${state}`, async () => {
			const answers: Record<string, string> = {};
			const expected: Record<string, string> = {};
			for (const [index, name] of onAgreement.columns.slice(1).entries()) {
				const { agreementId } = await stage('running');
				if (agreementId === undefined) throw new Error('a running case has an agreement');
				await lead[state]?.(agreementId);
				scene.installation.world.tick(1000);
				expected[name] = cells[index] ?? '';
				answers[name] = said(await run(act, who[name] ?? 'stranger', agreementId));
			}
			expect(answers).toEqual(expected);
		});

	test('both are refused when the case is closed', async () => {
		const { agreementId = '' } = await stage('closed');
		expect(said(await run('agreement.report', 'seated', agreementId))).toBe('wrong_state');
		expect(said(await run('agreement.answer', 'holder', agreementId))).toBe('wrong_state');
	});
});

describe('acts in the network', () => {
	const who: Record<string, SceneRole> = {
		professional: 'colleague',
		facilitator: 'facilitator',
		checker: 'checker',
		oversight: 'oversight',
		'administrator only': 'administrator'
	};
	for (const [act = '', ...cells] of inNetwork.rows)
		for (const [index, name] of inNetwork.columns.entries())
			test(`${act} by a ${name}`, async () => {
				expect(said(await openCase(scene.installation, scene.actors[who[name] ?? 'stranger'], caseWords))).toBe(cells[index]);
			});
});

describe('the table of acts and the code say the same', () => {
	test('every act stands in the document', () => expect([...actCodes].filter((act) => !listDocumentedActs().has(act))).toEqual([]));
	test('every act of the document is known', () =>
		expect([...listDocumentedActs()].filter((act) => !(actCodes as readonly string[]).includes(act))).toEqual([]));
	test('every answer of the document is a code', () =>
		expect(
			[...listDocumentedAnswers()].filter((answer) => answer !== 'yes' && !(refusalCodes as readonly string[]).includes(answer))
		).toEqual([]));
});

test('every act that was done or refused left a line in the log', async () => {
	const owner = await scene.database.connections.owner();
	const { rows } = await owner.query<{ act: string; results: string[] }>(
		'select act, array_agg(distinct result) as results from log_line group by act'
	);
	await owner.end();
	const tried = new Set([onCase, onAgreement, inNetwork].flatMap((table) => table.rows.map(([act = '']) => act)));
	expect(rows.map((row) => row.act).toSorted()).toEqual([...tried].toSorted());
	for (const row of rows) expect(row.results).toContain(row.act.startsWith('case.read') ? 'refused_reading' : 'done');
});
