import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { jpegPhoto } from '#foundation/files/testing.server.ts';
import { inviteToTable, acceptInvitation, openCase } from '#rooms/cases/commands.server.ts';
import { offerHandOver, takeOver } from '#rooms/cases/hand-over/commands.server.ts';
import { acceptClaim, proposeClaim } from '#rooms/fund/claims/commands.server.ts';
import { submitPayment, tickTransfer, withdrawPayment } from '#rooms/fund/payments/commands.server.ts';
import { findPurse } from '#rooms/fund/payments/read.server.ts';
import { withdrawRequest } from '#rooms/fund/requests/commands.server.ts';
import { makeResidentLink } from '#rooms/privacy/resident/commands.server.ts';
import { grantRequest } from './granted.server.ts';
import { openPotScene } from './pot-scene.server.ts';
import type { PotScene } from './pot-scene.server.ts';
import { caseWords, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** No hand does twice what two hands are for, and nothing that was entered is dropped unseen: on a real PostgreSQL. */

let pot: PotScene;
let scene: Scene;
let treasurer: Actor;
/** Of the holder's organisation. */
let governor: Actor;
let teamId: string;
let photo: string;

beforeAll(async () => {
	pot = await openPotScene(29);
	({ scene, treasurer, teamId, second: governor } = pot);
	photo = Buffer.from(await jpegPhoto()).toString('base64');
});
afterAll(() => scene.drop());

const transfer = async (requestId: string, amount: string, by: Actor = scene.actors.holder): Promise<string> =>
	sure(await submitPayment(scene.installation, by, pot.byTransfer(requestId, amount))).paymentId;
const purseOf = (requestId: string) => pot.seen(treasurer, (tx) => findPurse(tx, treasurer, requestId));

describe('a transfer that is ready in the bank', () => {
	test('is not taken back by who entered it; the treasurer, who knows the bank, still can', async () => {
		const { requestId } = await grantRequest(scene, { cents: 100_00, teamId });
		const paymentId = await transfer(requestId, '100');
		sure(await tickTransfer(scene.installation, treasurer, { paymentId }));
		expect(await withdrawPayment(scene.installation, scene.actors.holder, { paymentId })).toMatchObject({
			refusal: { code: 'wrong_state' }
		});
		sure(await withdrawPayment(scene.installation, treasurer, { paymentId }));
	});

	test('is booked with its second tick, also when another payment was called the last one meanwhile', async () => {
		const { requestId } = await grantRequest(scene, { cents: 100_00, teamId });
		const paymentId = await transfer(requestId, '60');
		sure(await tickTransfer(scene.installation, treasurer, { paymentId }));
		const card = { requestId, amount: '10', way: 'card', lastOne: true, receipt: photo, ...pot.household() };
		sure(await submitPayment(scene.installation, scene.actors.holder, card));
		expect(await purseOf(requestId)).toMatchObject({ ended: null, paidCents: 10_00, waitsCents: 60_00 });
		sure(await tickTransfer(scene.installation, governor, { paymentId }));
		expect(await purseOf(requestId)).toMatchObject({ paidCents: 70_00, waitsCents: 0 });
	});

	test('is not ticked off by who asked for the money, nor by who entered it', async () => {
		const { requestId } = await grantRequest(scene, { cents: 50_00, teamId });
		const paymentId = await transfer(requestId, '50', treasurer);
		sure(await tickTransfer(scene.installation, treasurer, { paymentId }));
		const asking: Actor = { ...scene.actors.holder, roles: ['professional', 'governor'] };
		const owner = await scene.database.connections.owner();
		const giveRoles = (roles: readonly string[]) =>
			owner.query('update membership set roles = $1 where membership_id = $2', [roles, asking.membershipId]);
		try {
			await giveRoles(asking.roles);
			expect(await tickTransfer(scene.installation, asking, { paymentId })).toMatchObject({ refusal: { code: 'other_eyes' } });
		} finally {
			await giveRoles(scene.actors.holder.roles);
			await owner.end();
		}
		sure(await tickTransfer(scene.installation, governor, { paymentId }));
	});
});

test('a request of which something was paid, or waits to be, is not withdrawn', async () => {
	const { requestId } = await grantRequest(scene, { cents: 80_00, teamId });
	const paymentId = await transfer(requestId, '30');
	expect(await withdrawRequest(scene.installation, scene.actors.holder, { requestId })).toMatchObject({ refusal: { code: 'wrong_state' } });
	sure(await withdrawPayment(scene.installation, scene.actors.holder, { paymentId }));
	sure(await withdrawRequest(scene.installation, scene.actors.holder, { requestId }));
});

test('who asks back from their own organisation does not accept it too', async () => {
	const { requestId } = await grantRequest(scene, { cents: 40_00, teamId });
	const paymentId = await transfer(requestId, '40');
	for (const who of [treasurer, governor]) sure(await tickTransfer(scene.installation, who, { paymentId }));
	const wish = {
		requestId,
		organisationId: treasurer.organisationId,
		amount: '40',
		dueOn: '2027-01-31',
		why: 'Een wasmachine; jullie regeling kwam te laat.'
	};
	const { claimId } = sure(await proposeClaim(scene.installation, treasurer, wish));
	expect(await acceptClaim(scene.installation, treasurer, { claimId })).toMatchObject({ refusal: { code: 'other_eyes' } });
	sure(await acceptClaim(scene.installation, scene.actors.administrator, { claimId }));
});

test('the resident’s link ends when another takes the case over: it may still lie with who held it', async () => {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	const invitation = { caseId, membershipId: actors.seated.membershipId, message: 'Kom erbij' };
	sure(await acceptInvitation(installation, actors.seated, sure(await inviteToTable(installation, actors.holder, invitation))));
	const { linkId } = sure(await makeResidentLink(installation, actors.holder, { caseId }));
	installation.world.tick(1000);
	sure(await offerHandOver(installation, actors.holder, { caseId, membershipId: actors.seated.membershipId, stays: 'no' }));
	installation.world.tick(1000);
	sure(await takeOver(installation, actors.seated, { caseId }));
	const owner = await scene.database.connections.owner();
	const { rows } = await owner.query<{ reason: string }>('select reason from private_link_end where link_id = $1', [linkId]);
	await owner.end();
	expect(rows).toEqual([{ reason: 'revoked' }]);
});
