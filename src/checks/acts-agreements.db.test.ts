import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { acceptAsk, askDecider, declineAsk, withdrawAsk } from '#rooms/agreements/asks/commands.server.ts';
import { getMyAsk } from '#rooms/agreements/asks/read.server.ts';
import { acceptChange, askForChange, changeAgreement, declineChange } from '#rooms/agreements/changes/commands.server.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { disputeRoom, nudge } from '#rooms/agreements/turns/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase, reopenCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { acceptMandate, confirmMandate, declineMandate, endMandate, proposeMandate } from '#rooms/people/mandates/commands.server.ts';
import { stateRoom } from '#rooms/people/room/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { cellsOf, said, tableUnder } from './acts-document.ts';
import { giveMandate } from './fill-agreements.server.ts';
import { caseWords, openScene, sceneRoles, sure } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';

/** Whole: every act x role x state of the tables on agreements, the room to agree and mandates in docs/ACTIONS.md. */

let scene: Scene;
let governor: Actor;
beforeAll(async () => {
	scene = await openScene(15);
	await giveMandate(scene, 'facilitator', { caseAmount: '1000000', periodAmount: '100000000' });
});
afterAll(() => scene.drop());

/** The checker of the same organisation becomes its governor too; from then on mandates need a second. */
async function makeGovernor(): Promise<void> {
	const owner = await scene.database.connections.owner();
	await owner.query("update membership set roles = roles || '{governor}' where membership_id = $1", [scene.actors.checker.membershipId]);
	await owner.end();
	governor = { ...scene.actors.checker, roles: ['checker', 'governor'] };
}

type Doing = (actor: Actor) => Promise<Outcome<unknown>>;

/** Does an act as everyone of a row, each on a stage of its own, and answers what was said beside what should be. */
async function tryRow(
	columns: readonly string[],
	cells: readonly string[],
	who: (column: string) => Actor,
	stage: () => Promise<Doing>
): Promise<{ answers: Record<string, string>; expected: Record<string, string> }> {
	const answers: Record<string, string> = {};
	const expected: Record<string, string> = {};
	for (const [index, column] of columns.entries()) {
		const run = await stage();
		scene.installation.world.tick(1000);
		expected[column] = cells[index] ?? '';
		answers[column] = said(await run(who(column)));
	}
	return { answers, expected };
}

const openTable = async (roles: readonly SceneRole[]): Promise<string> => {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	for (const role of roles) {
		const { membershipId } = actors[role];
		const invited = sure(await inviteToTable(installation, actors.holder, { caseId, membershipId, message: 'Doe je mee?' }));
		sure(await acceptInvitation(installation, actors[role], invited));
	}
	return caseId;
};
const wording = () => ({
	what: 'Wij betalen de borg',
	dueOn: dayAt(scene.installation.world.now()),
	kind: 'on_behalf',
	insideRoom: true
});
const closing = (caseId: string) => ({ caseId, outcome: 'helped', cause: 'none', responsible: '' });

describe('acts at the table about agreements', () => {
	const table = tableUnder('Acts at the table about agreements');
	const states = ['open', 'running', 'closed', 'reopened'];
	const stage = async (state: string): Promise<string> => {
		const { installation, actors } = scene;
		const caseId = await openTable(['seated']);
		const { membershipId } = actors.invited;
		sure(await inviteToTable(installation, actors.holder, { caseId, membershipId, message: 'En jij?' }));
		if (state !== 'open')
			sure(await makeAgreement(installation, actors.seated, { ...wording(), caseId, receiverId: actors.holder.personId }));
		if (state === 'closed' || state === 'reopened') sure(await closeCase(installation, actors.holder, closing(caseId)));
		installation.world.tick(1000);
		if (state === 'reopened') sure(await reopenCase(installation, actors.holder, { caseId }));
		return caseId;
	};
	const doing: Record<string, (actor: Actor, caseId: string) => Promise<Outcome<unknown>>> = {
		'case.copy': (actor, caseId) => getCaseTable(scene.installation, actor, caseId, 'case.copy'),
		'agreement.ask_decider': (actor, caseId) =>
			askDecider(scene.installation, actor, {
				...{ ...wording(), caseId, amount: '500', deciderMembershipId: scene.actors.facilitator.membershipId },
				receiverId: scene.actors[actor === scene.actors.holder ? 'seated' : 'holder'].personId
			})
	};
	test('the table has every role', () => expect(table.columns).toEqual([...sceneRoles]));
	for (const [act = '', ...cells] of table.rows)
		for (const [s, state] of states.entries())
			test(`${act} in a case that is ${state}`, async () => {
				const wanted = cells.map((cell) => (cell.includes('/') ? (cellsOf(cell)[s] ?? '') : cell));
				const { answers, expected } = await tryRow(
					table.columns,
					wanted,
					(column) => scene.actors[column as SceneRole],
					async () => {
						const caseId = await stage(state);
						return (actor) => doing[act]?.(actor, caseId) ?? Promise.reject(new Error(`the matrix test does not know ${act}`));
					}
				);
				expect(answers).toEqual(expected);
			});
});

describe('acts on a changed or doubted agreement', () => {
	const table = tableUnder('Acts on a changed or doubted agreement');
	const who: Record<string, SceneRole> = {
		promiser: 'seated',
		receiver: 'holder',
		partner: 'invited',
		colleague: 'colleague',
		stranger: 'stranger'
	};
	const stage = async (state: string): Promise<{ agreementId: string; versionId: string; caseId: string }> => {
		const { installation, actors } = scene;
		const caseId = await openTable(['seated', 'invited']);
		const input = { ...wording(), caseId, receiverId: actors.holder.personId };
		if (state === 'asked' || state === 'refused') {
			const { membershipId } = actors.facilitator;
			const { agreementId, askId } = sure(
				await askDecider(installation, actors.seated, { ...input, amount: '500', deciderMembershipId: membershipId })
			);
			if (state === 'refused') sure(await declineAsk(installation, actors.facilitator, { askId }));
			return { caseId, agreementId, versionId: agreementId };
		}
		const { agreementId } = sure(await makeAgreement(installation, actors.seated, input));
		installation.world.tick(1000);
		let versionId = agreementId;
		if (state === 'offered')
			({ versionId } = sure(
				await changeAgreement(installation, actors.holder, { agreementId, what: 'Wij betalen de huur', dueOn: '2027-01-01' })
			));
		if (state === 'reported' || state === 'kept')
			sure(await reportAgreement(installation, actors.seated, { agreementId, outcome: 'kept' }));
		if (state === 'kept') sure(await answerReport(installation, actors.holder, { agreementId, answer: 'confirmed' }));
		return { caseId, agreementId, versionId };
	};
	const doing: Record<string, (actor: Actor, at: { agreementId: string; versionId: string }) => Promise<Outcome<unknown>>> = {
		'agreement.change': (actor, { agreementId }) =>
			changeAgreement(scene.installation, actor, { agreementId, what: 'Wij betalen een deel', dueOn: '2027-02-01', insideRoom: true }),
		'agreement.ask_change': (actor, { agreementId }) =>
			askForChange(scene.installation, actor, {
				...{ agreementId, what: 'Wij betalen meer', dueOn: '2027-02-01', insideRoom: true, amount: '500' },
				deciderMembershipId: scene.actors.facilitator.membershipId
			}),
		'agreement.accept_change': (actor, { agreementId, versionId }) => acceptChange(scene.installation, actor, { agreementId, versionId }),
		'agreement.decline_change': (actor, { agreementId, versionId }) => declineChange(scene.installation, actor, { agreementId, versionId }),
		'agreement.nudge': (actor, { agreementId }) => nudge(scene.installation, actor, { agreementId }),
		'agreement.dispute_room': (actor, { agreementId }) => disputeRoom(scene.installation, actor, { agreementId })
	};
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} of an agreement that is ${state}`, async () => {
			const { answers, expected } = await tryRow(
				table.columns.slice(1),
				cells,
				(column) => scene.actors[who[column] ?? 'stranger'],
				async () => {
					const at = await stage(state);
					return (actor) => doing[act]?.(actor, at) ?? Promise.reject(new Error(`the matrix test does not know ${act}`));
				}
			);
			expect(answers).toEqual(expected);
		});
	test('all are refused when the case is closed', async () => {
		const at = await stage('promised');
		sure(await closeCase(scene.installation, scene.actors.holder, closing(at.caseId)));
		for (const [act, run] of Object.entries(doing))
			expect(`${act} ${said(await run(scene.actors[act === 'agreement.dispute_room' ? 'invited' : 'seated'], at))}`).toBe(
				`${act} wrong_state`
			);
	});
});

describe('acts on a decision asked of a colleague', () => {
	const table = tableUnder('Acts on a decision asked of a colleague');
	const who: Record<string, SceneRole> = {
		asker: 'seated',
		decider: 'facilitator',
		receiver: 'holder',
		colleague: 'colleague',
		stranger: 'stranger'
	};
	const stage = async (state: string): Promise<string> => {
		const { installation, actors } = scene;
		const caseId = await openTable(['seated']);
		const { askId } = sure(
			await askDecider(installation, actors.seated, {
				...{ ...wording(), caseId, receiverId: actors.holder.personId, amount: '500' },
				deciderMembershipId: actors.facilitator.membershipId
			})
		);
		if (state === 'accepted') sure(await acceptAsk(installation, actors.facilitator, { askId }));
		if (state === 'declined') sure(await declineAsk(installation, actors.facilitator, { askId }));
		if (state === 'withdrawn') sure(await withdrawAsk(installation, actors.seated, { askId }));
		return askId;
	};
	const doing: Record<string, (actor: Actor, askId: string) => Promise<Outcome<unknown>>> = {
		'agreement.read_ask': (actor, askId) => getMyAsk(scene.installation, actor, askId),
		'agreement.accept_ask': (actor, askId) => acceptAsk(scene.installation, actor, { askId }),
		'agreement.decline_ask': (actor, askId) => declineAsk(scene.installation, actor, { askId }),
		'agreement.withdraw_ask': (actor, askId) => withdrawAsk(scene.installation, actor, { askId })
	};
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} of an ask that is ${state}`, async () => {
			const { answers, expected } = await tryRow(
				table.columns.slice(1),
				cells,
				(column) => scene.actors[who[column] ?? 'stranger'],
				async () => {
					const askId = await stage(state);
					return (actor) => doing[act]?.(actor, askId) ?? Promise.reject(new Error(`the matrix test does not know ${act}`));
				}
			);
			expect(answers).toEqual(expected);
		});
});

describe('acts on the room to agree and on mandates', () => {
	beforeAll(makeGovernor);
	const inOrganisation = tableUnder('Acts on the room to agree and on mandates');
	const proposal = () => ({
		...{ membershipId: scene.actors.colleague.membershipId, kind: 'money', caseAmount: '500', periodAmount: '1000' },
		...{ validFrom: '2026-01-01', validUntil: '2030-12-31' }
	});
	const roleOf = (column: string): SceneRole => (column === 'professional' ? 'invited' : (column as SceneRole));
	for (const [act = '', ...cells] of inOrganisation.rows)
		test(act, async () => {
			const { answers, expected } = await tryRow(
				inOrganisation.columns,
				cells,
				(column) => scene.actors[roleOf(column)],
				() =>
					Promise.resolve((actor: Actor) =>
						act === 'room.state'
							? stateRoom(scene.installation, actor, { sentence: 'Alles, behalve een huurcontract.' })
							: proposeMandate(scene.installation, actor, proposal())
					)
			);
			expect(answers).toEqual(expected);
		});

	const onMandate = tableUnder('Acts on a mandate');
	const who = (column: string): Actor => {
		if (column === 'second') return governor;
		const roles: Record<string, SceneRole> = { proposer: 'administrator', receiver: 'colleague', colleague: 'invited', other: 'holder' };
		return scene.actors[roles[column] ?? 'stranger'];
	};
	const stage = async (state: string): Promise<string> => {
		const { installation, actors } = scene;
		const { mandateId } = sure(await proposeMandate(installation, actors.administrator, proposal()));
		installation.world.tick(1000);
		if (state === 'declined') sure(await declineMandate(installation, actors.colleague, { mandateId }));
		if (['accepted', 'valid', 'ended'].includes(state)) sure(await acceptMandate(installation, actors.colleague, { mandateId }));
		if (state === 'valid' || state === 'ended') sure(await confirmMandate(installation, governor, { mandateId }));
		if (state === 'ended') sure(await endMandate(installation, actors.administrator, { mandateId }));
		return mandateId;
	};
	const doing: Record<string, (actor: Actor, mandateId: string) => Promise<Outcome<unknown>>> = {
		'mandate.accept': (actor, mandateId) => acceptMandate(scene.installation, actor, { mandateId }),
		'mandate.decline': (actor, mandateId) => declineMandate(scene.installation, actor, { mandateId }),
		'mandate.confirm': (actor, mandateId) => confirmMandate(scene.installation, actor, { mandateId }),
		'mandate.end': (actor, mandateId) => endMandate(scene.installation, actor, { mandateId })
	};
	for (const [act = '', state = '', ...cells] of onMandate.rows)
		test(`${act} of a mandate that is ${state}`, async () => {
			const { answers, expected } = await tryRow(onMandate.columns.slice(1), cells, who, async () => {
				const mandateId = await stage(state);
				return (actor) => doing[act]?.(actor, mandateId) ?? Promise.reject(new Error(`the matrix test does not know ${act}`));
			});
			expect(answers).toEqual(expected);
		});
	test('nobody proposes a mandate for themselves', async () => {
		const { administrator } = scene.actors;
		expect(said(await proposeMandate(scene.installation, administrator, { ...proposal(), membershipId: administrator.membershipId }))).toBe(
			'four_eyes'
		);
	});
});
