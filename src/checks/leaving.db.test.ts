import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { findAgreement } from '#rooms/agreements/read.server.ts';
import { nudge } from '#rooms/agreements/turns/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { takeOver } from '#rooms/cases/hand-over/commands.server.ts';
import { listMyCasesToHold } from '#rooms/cases/hand-over/read.server.ts';
import { confirmLeave, proposeLeave, withdrawLeave } from '#rooms/people/leaving/commands.server.ts';
import { listLeaving, listLeavesToConfirm } from '#rooms/people/leaving/read.server.ts';
import { getMyFigures } from '#rooms/table/roles/read.server.ts';
import { listMyWaiting } from '#rooms/table/waiting/read.server.ts';
import { said } from './acts-document.ts';
import { addMembership } from './more-people.server.ts';
import { jobHandlers } from '#lib/cli/job-handlers.server.ts';
import { runDaily } from './run-daily.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** An organisation that leaves: De Kade, of the holder, with whom a colleague of Wijkteam Noord has agreements. */

let scene: Scene;
let caseId: string;
beforeAll(async () => {
	scene = await openScene(682);
	const { installation, actors, officers } = scene;
	caseId = sure(await openCase(installation, actors.holder, caseWords)).caseId;
	for (const guest of [actors.seated, actors.colleague, officers.treasurer]) {
		const input = { caseId, membershipId: guest.membershipId, message: 'Doe je mee?' };
		sure(await acceptInvitation(installation, guest, sure(await inviteToTable(installation, actors.holder, input))));
	}
});
afterAll(() => scene.drop());

const today = (): string => dayAt(scene.installation.world.now());
const asOwner = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query(text, values)).rows as Row[];
	} finally {
		await owner.end();
	}
};
const promise = async (from: Actor, to: Actor): Promise<string> =>
	sure(await makeAgreement(scene.installation, from, { caseId, what: 'Ik bel', dueOn: addDays(today(), 3), receiverId: to.personId }))
		.agreementId;
const stateOf = (actor: Actor, agreementId: string) =>
	read(scene.installation, actor, async (tx) => (await findAgreement(tx, actor, agreementId))?.state ?? null);
const figures = (actor: Actor) => read(scene.installation, actor, (tx) => getMyFigures(tx));
const leaves = async (leavesOn = today()): Promise<void> => {
	const leave = sure(await proposeLeave(scene.installation, scene.officers.administratorTwo, { leavesOn }));
	sure(await confirmLeave(scene.installation, scene.officers.governor, leave));
};
const back = () => asOwner('update organisation set left_at = null');
/** Does what was left for a kind of job, as the relay would, and answers what it asks for. */
async function hears(kind: string): Promise<{ kind: string; payload: Record<string, string>; key: string | undefined }[]> {
	const asked: { kind: string; payload: Record<string, string>; key: string | undefined }[] = [];
	const { installation, actors } = scene;
	for (const { payload } of await asOwner<{ payload: Record<string, string> }>('select payload from outbox where kind = $1', [kind]))
		await jobHandlers[kind]?.(installation, {
			...{ id: installation.world.id(), kind, networkId: actors.holder.networkId, payload, now: installation.world.now(), tries: 0 },
			sendMail: () => Promise.resolve(),
			ask: (of, _network, what, key) => Promise.resolve(void asked.push({ kind: of, payload: what as Record<string, string>, key }))
		});
	return asked;
}

describe('what an organisation that leaves had agreed', () => {
	test('is left: nobody is late, reminded or asked to report; what was kept stays kept; what was reported can still be confirmed', async () => {
		const { installation, actors } = scene;
		const { holder, seated, colleague } = actors;
		const theirs = await promise(holder, seated);
		const ours = await promise(seated, holder);
		const aside = await promise(seated, colleague);
		const kept = await promise(holder, seated);
		sure(await reportAgreement(installation, holder, { agreementId: kept, outcome: 'kept' }));
		sure(await answerReport(installation, seated, { agreementId: kept, answer: 'confirmed' }));
		const told = await promise(holder, seated);
		sure(await reportAgreement(installation, holder, { agreementId: told, outcome: 'kept' }));
		const reported = await promise(seated, holder);
		sure(await reportAgreement(installation, seated, { agreementId: reported, outcome: 'kept' }));
		const before = await figures(seated);
		await leaves();
		for (const [agreementId, state] of [
			[theirs, 'left'],
			[ours, 'left'],
			[reported, 'left'],
			[aside, 'promised'],
			[kept, 'kept'],
			[told, 'reported']
		] as const)
			expect([agreementId, await stateOf(seated, agreementId)]).toEqual([agreementId, state]);
		const waiting = await read(installation, seated, (tx, now) => listMyWaiting(tx, installation.keyring, seated, now));
		expect(waiting.map(({ agreementId, kind }) => [agreementId, kind]).toSorted()).toEqual(
			[
				[aside, 'report'],
				[told, 'answer']
			].toSorted()
		);
		installation.world.tick(10 * 86_400_000);
		expect(said(await nudge(installation, seated, { agreementId: theirs }))).toBe('nothing_to_nudge');
		for (const agreementId of [ours, reported])
			expect(said(await reportAgreement(installation, seated, { agreementId, outcome: 'kept' }))).toBe('wrong_state');
		expect(await figures(seated)).toMatchObject({ ended: before.ended + 2, overdue: 1, open: before.open - 3 });
		await runDaily(scene, 'daily.agreement_reminders');
		const reminded = await asOwner<{ id: string }>('select agreement_id as id from agreement_reminder order by 1');
		expect(reminded.map(({ id }) => id).toSorted()).toEqual([aside, told].toSorted());
		sure(await answerReport(installation, seated, { agreementId: told, answer: 'confirmed' }));
		expect(await stateOf(seated, told)).toBe('kept');
	});

	test('is told once to whoever had it with them, and nobody promises them anything more', async () => {
		const { installation, actors, officers } = scene;
		const asked = await hears('organisation.left');
		expect(asked.map(({ kind, payload }) => [kind, payload])).toEqual([
			['mail.organisation_left', { caseId, kind: 'case', personId: actors.seated.personId }]
		]);
		expect((await hears('organisation.left')).map(({ key }) => key)).toEqual(asked.map(({ key }) => key));
		for (const gone of [actors.holder, officers.treasurer])
			expect(
				said(
					await makeAgreement(installation, actors.seated, {
						...{ caseId, what: 'Ik bel', dueOn: addDays(today(), 3), receiverId: gone.personId }
					})
				)
			).toBe('receiver_not_at_table');
	});

	test('their case can be held by another at its table, who is told', async () => {
		const { installation, actors } = scene;
		const asked: string[] = [];
		await runDaily(scene, 'daily.holders_left', (kind, _network, payload) => void asked.push(`${kind} ${String(payload['personId'])}`));
		expect(asked.toSorted()).toEqual([actors.seated, actors.colleague].map(({ personId }) => `mail.holder_left ${personId}`).toSorted());
		const toHold = await read(installation, actors.seated, (tx) => listMyCasesToHold(tx, actors.seated));
		expect(toHold).toMatchObject([{ caseId, why: 'left' }]);
		sure(await takeOver(installation, actors.seated, { caseId }));
		await promise(actors.seated, actors.colleague);
	});
});

describe('who worked for an organisation that left', () => {
	test('reads and does nothing the next moment, in no table of any case; with another organisation they go on', async () => {
		const { installation, actors, accounts } = scene;
		const also = await addMembership(scene, actors.holder, ['professional'], scene.officers.treasurerTwo);
		const tables = await asOwner<{ name: string }>(`
			select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'case_id' and not a.attisdropped
			where n.nspname = 'public' and c.relkind = 'r' and has_table_privilege('loopplank_app', c.oid, 'select') order by 1`);
		expect(tables.length).toBeGreaterThan(20);
		const client = await scene.database.connections.single('app');
		try {
			const context = { network_id: actors.holder.networkId, person_id: actors.holder.personId, membership_id: actors.holder.membershipId };
			for (const [name, value] of Object.entries({ ...context, now: installation.world.now().toISOString() }))
				await client.query('select set_config($1, $2, false)', [`app.${name}`, value]);
			for (const { name } of tables) expect([name, (await client.query(`select 1 from ${name} limit 1`)).rowCount]).toEqual([name, 0]);
			const asks = `select app.acts_in_network() as acts, app.has_role('professional') as role, app.my_organisation() as of, (select count(*)::int from app.my_cases()) as cases`;
			expect((await client.query(asks)).rows).toEqual([{ acts: false, role: false, of: null, cases: 0 }]);
			await client.query(`select set_config('app.membership_id', $1, false)`, [also.membershipId]);
			expect((await client.query(asks)).rows).toEqual([{ acts: true, role: true, of: also.organisationId, cases: 0 }]);
		} finally {
			await client.end();
		}
		sure(await openCase(installation, also, caseWords));
		expect(await installation.identity.listLeft(accounts.holder)).toMatchObject([
			{ organisationName: 'De Kade', networkName: 'Netwerk haven' }
		]);
		expect(await installation.identity.listLeft(accounts.seated)).toEqual([]);
	});
});

describe('an organisation that leaves on a later day', () => {
	test('works until then, is shown to who binds another, and leaves by the product; taken back it stays', async () => {
		await back();
		await asOwner('delete from organisation_leave_answer');
		await asOwner('delete from organisation_leave');
		const { installation, actors, officers } = scene;
		const { networkId } = actors.holder;
		const waits = (actor: Actor) => read(installation, actor, async (tx, now) => (await listLeavesToConfirm(tx, actor, now)).length);
		const first = sure(await proposeLeave(installation, officers.administratorTwo, { leavesOn: addDays(today(), 40) }));
		expect([await waits(officers.governor), await waits(officers.administratorTwo), await waits(actors.seated)]).toEqual([1, 0, 0]);
		expect(sure(await confirmLeave(installation, officers.governor, first))).toEqual({ left: false });
		sure(await openCase(installation, actors.holder, caseWords));
		sure(await withdrawLeave(installation, officers.administratorTwo, first));
		await leaves(addDays(today(), 40));
		const left = () =>
			asOwner<{ name: string }>('select name from organisation where left_at is not null and network_id = $1', [networkId]);
		await runDaily(scene, 'daily.organisation_leaves');
		installation.world.tick(39 * 86_400_000);
		await runDaily(scene, 'daily.organisation_leaves');
		expect(await left()).toEqual([]);
		installation.world.tick(86_400_000);
		await runDaily(scene, 'daily.organisation_leaves');
		await runDaily(scene, 'daily.organisation_leaves');
		expect(await left()).toEqual([{ name: 'De Kade' }]);
		expect(await asOwner(`select person_id, origin from log_line where act = 'organisation.leave'`)).toEqual([
			{ person_id: null, origin: 'job' }
		]);
		expect(await read(installation, actors.seated, (tx, now) => listLeaving(tx, actors.seated, now))).toEqual([]);
	});
});
