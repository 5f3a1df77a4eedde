import { reserve } from '#rooms/fund/ledger/commands.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { runDaily } from './run-daily.server.ts';
import type { Scene } from './scene.server.ts';
import { caseWords } from './case-words.ts';
import { sure } from './sure.ts';

export interface Granted {
	readonly caseId: string;
	readonly requestId: string;
	readonly reservationId: string;
}

/** A team of the network, made straight in the database. */
export async function addTeam(scene: Scene, name = 'Team Noord'): Promise<string> {
	const { installation, actors } = scene;
	const teamId = installation.world.id();
	const owner = await scene.database.connections.owner();
	try {
		await owner.query('insert into team (network_id, team_id, name, area, made_by, made_at) values ($1, $2, $3, $4, $5, $6)', [
			...[actors.holder.networkId, teamId, name, 'Noord', actors.holder.personId, installation.world.now()]
		]);
	} finally {
		await owner.end();
	}
	return teamId;
}

/**
 * A request of the holder that was granted, with its money set aside: what comes before it is put straight in the database, for tests of what
 * comes after it. With a team it is of the light lane and paid by the team; else of the full lane and paid by the pot.
 */
export async function grantRequest(
	scene: Scene,
	wish: {
		readonly cents: number;
		readonly teamId?: string;
		readonly repaidBy?: string;
		readonly decidedBy?: string;
		readonly caseId?: string;
	}
): Promise<Granted> {
	const { installation, actors } = scene;
	const { holder } = actors;
	const { networkId } = holder;
	const now = installation.world.now();
	const caseId = wish.caseId ?? sure(await openCase(installation, holder, caseWords)).caseId;
	const requestId = installation.world.id();
	const owner = await scene.database.connections.owner();
	try {
		await owner.query(
			`insert into request (network_id, request_id, kind, lane, amount_cents, team_id, repaid_by, asked_by, membership_id, organisation_id, acute, at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false, $11)`,
			[
				...[
					networkId,
					requestId,
					wish.repaidBy === undefined ? 'gift' : 'advance',
					wish.teamId === undefined ? 'full' : 'light',
					wish.cents
				],
				...[wish.teamId ?? null, wish.repaidBy ?? null, holder.personId, holder.membershipId, holder.organisationId, now]
			]
		);
		await owner.query('insert into case_request (network_id, case_id, request_id) values ($1, $2, $3)', [networkId, caseId, requestId]);
		for (const [kind, cents] of [
			['asked', null],
			['granted', wish.cents]
		] as const)
			await owner.query(
				'insert into request_event (network_id, request_id, event_id, kind, granted_cents, at, person_id) values ($1, $2, $3, $4, $5, $6, $7)',
				[networkId, requestId, installation.world.id(), kind, cents, now, holder.personId]
			);
		const hands = [[holder.personId, 'asked'], ...(wish.decidedBy === undefined ? [] : [[wish.decidedBy, 'decided']])];
		for (const [personId, hand] of hands)
			await owner.query('insert into request_hand (network_id, request_id, person_id, hand) values ($1, $2, $3, $4)', [
				...[networkId, requestId, personId, hand]
			]);
		await owner.query(
			`insert into request_fact (network_id, request_id, fact_id, step, entry_id, facts, person_id, membership_id, at) values ($1, $2, $3, 'effects', $2, $4, $5, $6, $7)`,
			[
				...[networkId, requestId, installation.world.id()],
				JSON.stringify({
					socialAssistance: 'no',
					administration: 'no',
					giftsCents: 0,
					writtenWord: false,
					residentTold: false,
					administratorAgrees: false
				}),
				...[holder.personId, holder.membershipId, now]
			]
		);
	} finally {
		await owner.end();
	}
	const { reservationId } = sure(
		await installation.door.actor(holder, now, (tx) =>
			reserve(
				{ tx, id: () => installation.world.id() },
				{
					...{ requestId, amountCents: wish.cents, expiresAt: new Date(now.getTime() + 60 * 86_400_000) },
					from: wish.teamId === undefined ? { kind: 'pot' } : { kind: 'team', teamId: wish.teamId }
				}
			)
		)
	);
	// What follows comes later: the database makes the ids of what it writes by itself, and these order nothing within one moment.
	installation.world.tick(1);
	return { caseId, requestId, reservationId };
}

/** Lets the term of what was set aside run out, and does what the product then does. */
export async function lapse(scene: Scene, requestId: string): Promise<void> {
	const owner = await scene.database.connections.owner();
	try {
		await owner.query("update reservation set expires_at = at + interval '1 second' where request_id = $1", [requestId]);
	} finally {
		await owner.end();
	}
	scene.installation.world.tick(2000);
	await runDaily(scene, 'sweep.reservations');
}
