import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, leaveTable, openCase, reopenCase } from '#rooms/cases/commands.server.ts';
import { declineHandOver, offerHandOver, takeOver, withdrawHandOver } from '#rooms/cases/hand-over/commands.server.ts';
import { closeCase, nameCause, skipCause } from '#rooms/causes/commands.server.ts';
import { agreeChange, declineSignal, putInForce, takeUpSignal } from '#rooms/causes/signals/commands.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { getCaseLog, getCaseTable } from '#rooms/table/read.server.ts';
import { cellsOf, said, tableUnder } from './acts-document.ts';
import { nameOften } from './fill-causes.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';

/** Every act x role x state of the tables on causes, signals and handing over in docs/ACTIONS.md, done for real. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(19);
});
afterAll(() => scene.drop());

const asOwner = async (sql: string, values: unknown[]): Promise<void> => {
	const owner = await scene.database.connections.owner();
	await owner.query(sql, values).finally(() => owner.end());
};

/** A new case of the holder, at whose table these sit. */
async function openTable(roles: readonly SceneRole[]): Promise<string> {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	for (const role of roles) {
		const { membershipId } = actors[role];
		sure(
			await acceptInvitation(
				installation,
				actors[role],
				sure(await inviteToTable(installation, actors.holder, { caseId, membershipId, message: 'Kom' }))
			)
		);
	}
	return caseId;
}

const agreement = (caseId: string, to: SceneRole) => ({
	caseId,
	what: 'Ik bel',
	dueOn: '2026-12-01',
	receiverId: scene.actors[to].personId
});
const closing = (caseId: string) => ({ caseId, outcome: 'helped', cause: 'none' });
const naming = (caseId: string) => ({ caseId, cause: 'waiting_time', responsible: 'uwv' });

describe('acts on the cause of a case', () => {
	const table = tableUnder('Acts on the cause of a case');
	const who: Record<string, SceneRole> = { 'facilitator at the table': 'facilitator' };
	const states = ['open', 'running', 'closed', 'reopened'] as const;
	const stage = async (state: (typeof states)[number]): Promise<string> => {
		const { installation, actors } = scene;
		const caseId = await openTable(['seated', 'facilitator']);
		sure(await inviteToTable(installation, actors.holder, { caseId, membershipId: actors.invited.membershipId, message: 'En jij?' }));
		if (state === 'open') return caseId;
		sure(await makeAgreement(installation, actors.seated, agreement(caseId, 'holder')));
		if (state === 'running') return caseId;
		sure(await closeCase(installation, actors.holder, closing(caseId)));
		scene.installation.world.tick(1000);
		if (state === 'reopened') sure(await reopenCase(installation, actors.holder, { caseId }));
		return caseId;
	};
	for (const [act = '', ...cells] of table.rows)
		test.each([...states.entries()])(`${act} (%i %s)`, async (s, state) => {
			const caseId = await stage(state);
			for (const [index, column] of table.columns.entries()) {
				const answers = cellsOf(cells[index] ?? '');
				const role = who[column] ?? (column as SceneRole);
				const got = said(
					act === 'cause.skip'
						? await skipCause(scene.installation, scene.actors[role], { caseId })
						: await nameCause(scene.installation, scene.actors[role], naming(caseId))
				);
				expect({ column, got }).toEqual({ column, got: answers[s] ?? answers[0] });
			}
		});
});

describe('acts of a facilitator at the table', () => {
	const doing: Record<string, (scene: Scene, caseId: string) => Promise<Outcome<unknown>>> = {
		'case.read': ({ installation, actors }, caseId) => getCaseTable(installation, actors.facilitator, caseId),
		'case.read_log': ({ installation, actors }, caseId) => getCaseLog(installation, actors.facilitator, caseId),
		'seat.invite': ({ installation, actors }, caseId) =>
			inviteToTable(installation, actors.facilitator, { caseId, membershipId: actors.colleague.membershipId, message: 'Kom' }),
		'agreement.make': ({ installation, actors }, caseId) => makeAgreement(installation, actors.facilitator, agreement(caseId, 'holder')),
		'value_map.record': ({ installation, actors }, caseId) =>
			recordValueMap(installation, actors.facilitator, {
				...{ caseId, potCents: 100, horizonYears: 1, looming: [{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1 }] }
			}),
		'cause.name': ({ installation, actors }, caseId) => nameCause(installation, actors.facilitator, naming(caseId)),
		'cause.skip': ({ installation, actors }, caseId) => skipCause(installation, actors.facilitator, { caseId }),
		'case.close': ({ installation, actors }, caseId) => closeCase(installation, actors.facilitator, closing(caseId)),
		'case.reopen': ({ installation, actors }, caseId) => reopenCase(installation, actors.facilitator, { caseId }),
		'seat.offer_hand_over': ({ installation, actors }, caseId) =>
			offerHandOver(installation, actors.facilitator, { caseId, membershipId: actors.seated.membershipId, stays: 'yes' }),
		'seat.take_over': ({ installation, actors }, caseId) => takeOver(installation, actors.facilitator, { caseId }),
		'seat.leave': ({ installation, actors }, caseId) => leaveTable(installation, actors.facilitator, { caseId })
	};
	for (const [act = '', cell = ''] of tableUnder('Acts of a facilitator at the table').rows)
		test(act, async () => {
			const { installation, actors } = scene;
			const caseId = await openTable(['seated', 'facilitator']);
			sure(await makeAgreement(installation, actors.seated, agreement(caseId, 'holder')));
			const run = doing[act];
			if (!run) throw new Error(`the matrix test does not know ${act}`);
			expect(said(await run(scene, caseId))).toBe(cell);
		});
});

describe('acts on handing over a case', () => {
	const table = tableUnder('Acts on handing over a case');
	const who: Record<string, SceneRole> = { asked: 'invited' };
	const stage = async (state: string): Promise<string> => {
		const caseId = await openTable(['seated', 'invited', 'facilitator']);
		if (state === 'offered') sure(await offerHandOver(scene.installation, scene.actors.holder, offer(caseId)));
		return caseId;
	};
	const offer = (caseId: string) => ({ caseId, membershipId: scene.actors.invited.membershipId, stays: 'yes' });
	const run = (act: string, actor: Actor, caseId: string) =>
		act === 'seat.offer_hand_over'
			? offerHandOver(scene.installation, actor, offer(caseId))
			: (act === 'seat.take_over' ? takeOver : act === 'seat.decline_hand_over' ? declineHandOver : withdrawHandOver)(
					scene.installation,
					actor,
					{ caseId }
				);
	const ended = (until: Date | null) =>
		asOwner('update membership set valid_until = $2 where membership_id = $1', [scene.actors.holder.membershipId, until]);

	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} of a case that is ${state}`, async () => {
			const answers: Record<string, string> = {};
			const expected: Record<string, string> = {};
			for (const [index, column] of table.columns.slice(1).entries()) {
				const caseId = await stage(state);
				if (state === 'left') await ended(scene.installation.world.now());
				try {
					expected[column] = cells[index] ?? '';
					answers[column] = said(await run(act, scene.actors[who[column] ?? (column as SceneRole)], caseId));
				} finally {
					if (state === 'left') await ended(null);
				}
			}
			expect(answers).toEqual(expected);
		});
});

describe('acts on a signal', () => {
	const table = tableUnder('Acts on a signal');
	let number = 0;
	/** A signal in a state, of a cause that the welfare team goes about. */
	const stage = async (state: string, responsible: string = scene.actors.colleague.organisationId): Promise<string> => {
		const { installation, actors } = scene;
		const [caseId = ''] = await nameOften(scene, 3, { cause: 'work_habit', responsible, title: `Gewoonte ${number++}` });
		const owner = await scene.database.connections.owner();
		const { rows } = await owner.query<{ signal_id: string; cause_id: string }>(
			'select s.signal_id, s.cause_id from signal s join cause_naming n on n.cause_id = s.cause_id where n.case_id = $1',
			[caseId]
		);
		await owner.end();
		const { signal_id: signalId = '', cause_id: causeId = '' } = rows[0] ?? {};
		const taker = responsible === actors.holder.organisationId ? actors.holder : actors.colleague;
		const step = () => installation.world.tick(1000);
		if (state === 'not_ours') sure(await declineSignal(installation, taker, { signalId, words: 'Dit is van de gemeente.' }));
		if (['acknowledged', 'change_agreed', 'in_force', 'verified', 'reopened'].includes(state))
			sure(await takeUpSignal(installation, taker, { signalId, dueOn: '2030-01-01' }));
		step();
		if (['change_agreed', 'in_force', 'verified', 'reopened'].includes(state))
			sure(await agreeChange(installation, taker, { signalId, words: 'Wij vragen het voortaan.', dueOn: '2030-01-01' }));
		step();
		if (['in_force', 'verified', 'reopened'].includes(state))
			sure(await putInForce(installation, taker, { signalId, words: 'De intake vraagt het.', changedOn: '2026-11-23' }));
		step();
		if (state === 'verified')
			await asOwner(
				"insert into signal_event (network_id, signal_id, event_id, kind, at) values ($1, $2, gen_random_uuid(), 'verified', $3)",
				[actors.holder.networkId, signalId, installation.world.now()]
			);
		if (state === 'reopened') await nameOften(scene, 1, { causeId });
		return signalId;
	};
	const doing = {
		'signal.take_up': (actor: Actor, signalId: string) => takeUpSignal(scene.installation, actor, { signalId, dueOn: '2030-01-01' }),
		'signal.decline': (actor: Actor, signalId: string) => declineSignal(scene.installation, actor, { signalId, words: 'Niet van ons.' }),
		'signal.agree_change': (actor: Actor, signalId: string) =>
			agreeChange(scene.installation, actor, { signalId, words: 'Wij passen het aan.', dueOn: '2030-01-01' }),
		'signal.put_in_force': (actor: Actor, signalId: string) =>
			putInForce(scene.installation, actor, { signalId, words: 'Het staat er.', changedOn: '2026-11-23' })
	};
	const who: Record<string, SceneRole> = { responsible: 'seated', elsewhere: 'holder' };
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} of a signal that is ${state}`, async () => {
			const answers: Record<string, string> = {};
			const expected: Record<string, string> = {};
			// Who is refused changes nothing: only after a yes the next begins anew.
			let signalId = await stage(state);
			for (const [index, column] of table.columns.slice(1).entries()) {
				expected[column] = cells[index] ?? '';
				answers[column] = said(await doing[act as keyof typeof doing](scene.actors[who[column] ?? (column as SceneRole)], signalId));
				if (answers[column] === 'yes' && index < 1) signalId = await stage(state);
			}
			expect(answers).toEqual(expected);
		});

	test('of a cause outside the network is taken up on behalf of who goes about it, by anyone who works in the network', async () => {
		const signalId = await stage('seen', 'uwv');
		expect(await takeUpSignal(scene.installation, scene.actors.facilitator, { signalId, dueOn: '2030-01-01' })).toMatchObject({
			refusal: { code: 'not_allowed' }
		});
		expect(await takeUpSignal(scene.installation, scene.actors.holder, { signalId, dueOn: '2030-01-01' })).toMatchObject({
			refusal: { code: 'invalid', fields: [{ path: ['proof'], code: 'required' }] }
		});
		const said = { words: 'Zij nemen het op in hun werkwijze.', proof: 'Brief van 3 mei.' };
		sure(await takeUpSignal(scene.installation, scene.actors.holder, { signalId, dueOn: '2030-01-01', ...said }));
		const owner = await scene.database.connections.owner();
		const { rows } = await owner.query('select on_behalf, words, proof from signal_event where signal_id = $1 and kind = $2', [
			signalId,
			'taken_up'
		]);
		await owner.end();
		expect(rows).toEqual([{ on_behalf: true, ...said }]);
	});
});
