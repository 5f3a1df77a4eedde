import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { findCauseOverview } from '#rooms/causes/overview/read.server.ts';
import { askOther, declineSignal, putInForce, takeUpSignal } from '#rooms/causes/signals/commands.server.ts';
import { listMySignals, listSignals } from '#rooms/causes/signals/read.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { nameOften } from './fill-causes.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Who goes about a cause may turn out to be another (F3): every act x role x state of its table in docs/ACTIONS.md, and what comes of it. */

let scene: Scene;
let by: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(239);
	const { actors, officers } = scene;
	by = {
		...{ own: officers.secretaryTwo, governor: officers.governor, facilitator: actors.facilitator, secretariat: officers.secretaryOne },
		...{ seated: actors.holder, elsewhere: actors.colleague, checker: actors.checker, oversight: actors.oversight },
		stranger: actors.stranger
	};
});
afterAll(() => scene.drop());

const asOwner = async (sql: string, values: unknown[]): Promise<void> => {
	const owner = await scene.database.connections.owner();
	await owner.query(sql, values).finally(() => owner.end());
};
const step = () => scene.installation.world.tick(1000);
const debtHelp = () => scene.officers.treasurerTwo.organisationId;
const leaves = (at: Date | null) => asOwner('update organisation set left_at = $2 where organisation_id = $1', [debtHelp(), at]);

let number = 0;
/** A new signal of a cause that someone goes about. */
async function opened(responsible: string): Promise<{ signalId: string; causeId: string }> {
	const [caseId = ''] = await nameOften(scene, 3, { cause: 'work_habit', responsible, title: `Gewoonte ${number++}` });
	const owner = await scene.database.connections.owner();
	const { rows } = await owner.query<{ signal_id: string; cause_id: string }>(
		'select s.signal_id, s.cause_id from signal s join cause_naming n on n.cause_id = s.cause_id where n.case_id = $1',
		[caseId]
	);
	await owner.end();
	step();
	return { signalId: rows[0]?.signal_id ?? '', causeId: rows[0]?.cause_id ?? '' };
}
const ours = () => scene.actors.colleague.organisationId;
const handBack = async (signalId: string, actor: Actor = scene.actors.colleague, proof?: string): Promise<void> => {
	sure(
		await declineSignal(scene.installation, actor, { signalId, words: 'Dit is van een ander.', ...(proof === undefined ? {} : { proof }) })
	);
	step();
};
const overview = (causeId: string, actor: Actor = scene.actors.colleague) =>
	read(scene.installation, actor, (tx, now) => findCauseOverview(tx, actor, now, causeId));

describe('acts on asking another about a signal', () => {
	const table = tableUnder('Acts on asking another about a signal');
	const stage = async (state: string): Promise<string> => {
		const { installation, actors } = scene;
		const { signalId } = await opened(state === 'gone' ? debtHelp() : ours());
		if (state === 'not_ours') await handBack(signalId);
		if (state === 'in_force') {
			sure(await takeUpSignal(installation, actors.colleague, { signalId, dueOn: '2030-01-01' }));
			step();
			sure(await putInForce(installation, actors.colleague, { signalId, words: 'De intake vraagt het.', changedOn: '2026-11-23' }));
			step();
		}
		if (state === 'gone') await leaves(installation.world.now());
		return signalId;
	};
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} of a signal that is ${state}`, async () => {
			const answers: Record<string, string> = {};
			let signalId = await stage(state);
			for (const column of table.columns.slice(1)) {
				const actor = by[column];
				if (!actor) throw new Error(`Nobody is ${column}.`);
				answers[column] = said(await askOther(scene.installation, actor, { signalId, responsible: scene.actors.holder.organisationId }));
				if (state === 'gone') await leaves(null);
				if (answers[column] === 'yes') signalId = await stage(state);
				else if (state === 'gone') await leaves(scene.installation.world.now());
			}
			await leaves(null);
			expect(answers).toEqual(Object.fromEntries(table.columns.slice(1).map((column, index) => [column, cells[index]])));
		});
});

describe('who is asked next', () => {
	test('goes about it, hears of it, and may hand it back; who said no is left in peace for ninety days', async () => {
		const { installation, actors, officers } = scene;
		const { signalId, causeId } = await opened(ours());
		await handBack(signalId);
		const ask = (responsible: string) => askOther(installation, actors.facilitator, { signalId, responsible });
		const kade = actors.holder.organisationId;
		expect(await ask(ours())).toMatchObject({ refusal: { code: 'invalid', fields: [{ path: ['responsible'], code: 'not_a_choice' }] } });
		expect(await ask(actors.stranger.organisationId)).toMatchObject({ refusal: { code: 'invalid' } });
		sure(await ask(kade));
		step();
		expect(await overview(causeId)).toMatchObject({
			responsible: { kind: 'organisation', organisationId: kade },
			signal: { state: 'seen' }
		});
		const waits = await read(installation, officers.administratorTwo, (tx) => listMySignals(tx, officers.administratorTwo));
		expect(waits.map((one) => one.causeId)).toContain(causeId);
		expect(said(await takeUpSignal(installation, actors.colleague, { signalId, dueOn: '2030-01-01' }))).toBe('not_responsible');
		await handBack(signalId, actors.holder);
		expect(said(await ask(ours()))).toBe('asked_before');
		installation.world.tick(92 * 86_400_000);
		sure(await ask(ours()));
		step();
		sure(await takeUpSignal(installation, actors.colleague, { signalId, dueOn: '2030-01-01' }));
	});

	test('may be outside the network: what they say is recorded with where it can be read', async () => {
		const { installation, actors } = scene;
		const { signalId, causeId } = await opened(ours());
		await handBack(signalId);
		sure(await askOther(installation, actors.holder, { signalId, responsible: 'uwv' }));
		step();
		const says = (more: object) => declineSignal(installation, actors.holder, { signalId, words: 'Dit is van de gemeente.', ...more });
		expect(await says({})).toMatchObject({ refusal: { code: 'invalid', fields: [{ path: ['proof'], code: 'required' }] } });
		expect(await says({ proof: 'a'.repeat(201) })).toMatchObject({
			refusal: { code: 'invalid', fields: [{ path: ['proof'], code: 'too_long' }] }
		});
		sure(await says({ proof: 'Mail van 4 mei' }));
		expect((await overview(causeId))?.signal?.events.at(-1)).toMatchObject({ kind: 'not_ours', onBehalf: true, proof: 'Mail van 4 mei' });
	});

	test('is found by who names the cause anew, by who it was first and by who it is now', async () => {
		const { signalId, causeId } = await opened(ours());
		const title = (await overview(causeId))?.title;
		await handBack(signalId);
		sure(await askOther(scene.installation, scene.actors.facilitator, { signalId, responsible: 'duo' }));
		step();
		await nameOften(scene, 1, { cause: 'work_habit', responsible: ours(), title });
		await nameOften(scene, 1, { cause: 'work_habit', responsible: 'duo', title });
		expect(await overview(causeId)).toMatchObject({ cases: 5, responsible: { kind: 'outside', outside: 'duo' } });
	});

	test('of an organisation that left: its name stays, and anyone records on its behalf', async () => {
		const { installation, actors } = scene;
		const { signalId, causeId } = await opened(debtHelp());
		await leaves(installation.world.now());
		try {
			expect((await overview(causeId))?.responsible).toEqual({ kind: 'gone', organisationId: debtHelp() });
			const taken = { signalId, dueOn: '2030-01-01', proof: 'Telefoon op 3 mei' };
			sure(await takeUpSignal(installation, actors.holder, taken));
			const { networkId } = actors.holder;
			const [signal] = await read(installation, actors.holder, (tx) => listSignals(tx, networkId, { signalId }));
			expect(signal?.events.at(-1)).toMatchObject({ kind: 'taken_up', onBehalf: true });
		} finally {
			await leaves(null);
		}
	});
});
