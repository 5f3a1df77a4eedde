import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jobHandlers } from '#lib/cli/job-handlers.server.ts';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { findAgreement } from '#rooms/agreements/read.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { confirmReturn, proposeReturn, withdrawReturn } from '#rooms/people/coming-back/commands.server.ts';
import { listLeft, listReturnsToConfirm } from '#rooms/people/coming-back/read.server.ts';
import { confirmMembership, proposeMembership } from '#rooms/people/joining/commands.server.ts';
import { confirmLeave, proposeLeave } from '#rooms/people/leaving/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** An organisation that comes back: every act x role x state as docs/ACTIONS.md says, and what stays of before. */

let scene: Scene;
let by: Readonly<Record<string, Actor>>;
/** Schuldhulp Haven, which leaves and comes back in the matrix. */
let gone: string;
beforeAll(async () => {
	scene = await openScene(971);
	const { actors, officers } = scene;
	gone = officers.treasurerTwo.organisationId;
	by = {
		...{ proposer: officers.governor, governor: officers.administratorTwo, administrator: actors.administrator },
		...{ facilitator: actors.facilitator, colleague: actors.colleague, checker: actors.checker, oversight: actors.oversight },
		...{ treasurer: officers.treasurer, secretariat: officers.secretaryOne, stranger: actors.stranger }
	};
});
afterAll(() => scene.drop());

const actorOf = (column: string): Actor => {
	const actor = by[column];
	if (!actor) throw new Error(`nobody is ${column}`);
	return actor;
};
const asOwner = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query(text, values)).rows as Row[];
	} finally {
		await owner.end();
	}
};

async function stage(state: string): Promise<string> {
	const { installation, actors } = scene;
	const again = await asOwner<{ id: string }>('select again_id as id from organisation_return');
	for (const table of ['organisation_return_answer', 'organisation_return']) await asOwner(`delete from ${table}`);
	await asOwner('delete from organisation where organisation_id = any($1::uuid[])', [again.map(({ id }) => id)]);
	installation.world.tick(1000);
	await asOwner('update organisation set left_at = $1 where organisation_id = $2', [
		state === 'here' ? null : installation.world.now(),
		gone
	]);
	installation.world.tick(1000);
	if (state === 'here' || state === 'left') return installation.world.id();
	const { returnId } = sure(await proposeReturn(installation, actorOf('proposer'), { organisationId: gone }));
	if (state === 'lapsed') installation.world.tick(30 * 86_400_000);
	if (state === 'withdrawn') sure(await withdrawReturn(installation, actorOf('proposer'), { returnId }));
	if (state === 'back') sure(await confirmReturn(installation, actors.administrator, { returnId }));
	return returnId;
}

describe('acts on coming back to the network', () => {
	const table = tableUnder('Acts on coming back to the network');
	const doing: Readonly<Record<string, (actor: Actor, returnId: string) => Promise<Outcome<unknown>>>> = {
		'organisation.propose_return': (actor) => proposeReturn(scene.installation, actor, { organisationId: gone }),
		'organisation.confirm_return': (actor, returnId) => confirmReturn(scene.installation, actor, { returnId }),
		'organisation.withdraw_return': (actor, returnId) => withdrawReturn(scene.installation, actor, { returnId })
	};
	for (const [act = '', state = '', ...cells] of table.rows)
		test(`${act} when it is ${state}`, async () => {
			const run = doing[act];
			if (!run) throw new Error(`the matrix test does not know ${act}`);
			const answers: Record<string, string> = {};
			let returnId = await stage(state);
			for (const column of table.columns.slice(1)) {
				answers[column] = said(await run(actorOf(column), returnId));
				if (answers[column] === 'yes') returnId = await stage(state);
			}
			expect(answers).toEqual(Object.fromEntries(table.columns.slice(1).map((column, index) => [column, cells[index]])));
		});

	test('two at once bring it back once, and it waits for another who binds an organisation', async () => {
		const { installation, actors } = scene;
		const waits = (actor: Actor) => read(installation, actor, async (tx, now) => (await listReturnsToConfirm(tx, actor, now)).length);
		const returnId = await stage('waiting');
		expect([await waits(actorOf('proposer')), await waits(actors.administrator), await waits(actors.facilitator)]).toEqual([0, 1, 0]);
		const both = await Promise.all(
			[actors.administrator, actorOf('governor')].map((actor) => confirmReturn(installation, actor, { returnId }))
		);
		expect(both.map(said).toSorted()).toEqual(['wrong_state', 'yes']);
		expect(await waits(actors.administrator)).toBe(0);
		const here = await read(installation, actors.colleague, (tx, now) => listOrganisations(tx, actors.colleague, now));
		expect(here.filter(({ name }) => name === 'Schuldhulp Haven')).toHaveLength(1);
	});

	test('nothing is written past the rules: not of one that is here, not one’s own yes, not without a yes', async () => {
		const { installation } = scene;
		const returnId = await stage('waiting');
		const at = installation.world.now();
		const handOf = ({ networkId, personId, membershipId }: Actor) => ({ networkId, personId, membershipId, at });
		const confirms = (actor: Actor) =>
			installation.door.actor(actor, at, (tx) =>
				tx
					.insertInto('organisationReturnAnswer')
					.values({ ...handOf(actor), returnId, answer: 'confirmed' })
					.execute()
			);
		for (const column of ['proposer', 'facilitator', 'colleague', 'stranger'])
			await expect(confirms(actorOf(column))).rejects.toMatchObject({ code: '42501' });
		const proposes = installation.door.actor(actorOf('governor'), at, (tx) =>
			tx
				.insertInto('organisationReturn')
				.values({
					...handOf(actorOf('governor')),
					...{ returnId: installation.world.id(), againId: installation.world.id(), organisationId: actorOf('colleague').organisationId }
				})
				.execute()
		);
		await expect(proposes).rejects.toMatchObject({ code: '42501' });
		const { rows } = await read(installation, actorOf('governor'), (tx) =>
			sql<{ again: string | null }>`select app.return_organisation(${returnId}) as again`.execute(tx)
		);
		expect(rows).toEqual([{ again: null }]);
	});
});

test('it begins anew: what had lapsed stays so, whoever worked there is let in by an invitation alone, and sits at no table of before', async () => {
	await stage('here');
	const { installation, actors, officers } = scene;
	const { holder, seated } = actors;
	const { caseId } = sure(await openCase(installation, holder, caseWords));
	const wish = { caseId, membershipId: seated.membershipId, message: 'Doe je mee?' };
	sure(await acceptInvitation(installation, seated, sure(await inviteToTable(installation, holder, wish))));
	const dueOn = addDays(dayAt(installation.world.now()), 9);
	const { agreementId } = sure(await makeAgreement(installation, seated, { caseId, what: 'Ik bel', dueOn, receiverId: holder.personId }));
	const leave = sure(await proposeLeave(installation, officers.administratorTwo, { leavesOn: dayAt(installation.world.now()) }));
	sure(await confirmLeave(installation, officers.governor, leave));
	const { returnId } = sure(await proposeReturn(installation, actors.facilitator, { organisationId: holder.organisationId }));
	const { organisationId } = sure(await confirmReturn(installation, officers.governor, { returnId }));
	const here = await read(installation, seated, (tx, now) => listOrganisations(tx, seated, now));
	expect(here.filter(({ name }) => name === 'De Kade')).toEqual([{ organisationId, name: 'De Kade', kind: 'housing_association' }]);
	expect(await read(installation, seated, (tx, now) => listLeft(tx, seated, now))).toEqual([]);

	const stateOf = () => read(installation, seated, async (tx) => (await findAgreement(tx, seated, agreementId))?.state);
	expect(await stateOf()).toBe('left');
	await expect(openCase(installation, holder, caseWords)).rejects.toMatchObject({ code: '42501' });

	// The facilitator proposes whom it begins with, another who keeps access confirms, and they begin by the letter.
	const [address] = await asOwner<{ email: string }>(
		'select a.email from identity.account a join person p on p.account_id = a.account_id where p.person_id = $1',
		[holder.personId]
	);
	const invited = sure(
		await proposeMembership(installation, actors.facilitator, {
			...{ name: 'Iemand holder', email: address?.email ?? '', functionTitle: 'opzichter', roles: ['professional'], organisationId }
		})
	);
	sure(await confirmMembership(installation, actors.administrator, invited));
	await jobHandlers['membership.answered']?.(installation, {
		...{
			id: installation.world.id(),
			kind: 'membership.answered',
			networkId: holder.networkId,
			payload: { proposalId: invited.proposalId }
		},
		...{ now: installation.world.now(), tries: 0 },
		sendMail: () => Promise.resolve(),
		ask: () => Promise.resolve()
	});
	const [begun] = await asOwner<{ membership_id: string; person_id: string }>(
		'select membership_id, person_id from membership where organisation_id = $1',
		[organisationId]
	);
	expect(begun?.person_id).toBe(holder.personId);
	const anew: Actor = { ...holder, membershipId: begun?.membership_id ?? '', organisationId };
	expect(said(await getCaseTable(installation, anew, caseId))).toBe('not_found');
	sure(await openCase(installation, anew, caseWords));
	expect(await stateOf()).toBe('left');
});
