import { sql } from 'kysely';
import type pg from 'pg';
import { v7 } from 'uuid';
import type { Actor } from '../actor.ts';
import type { Door } from '../database/door.server.ts';
import type { Keyring } from '../keyring/keyring.server.ts';

/** A network with one organisation and two people, by plain SQL: the foundation knows no rooms. */
export interface TestNetwork {
	readonly networkId: string;
	readonly actor: Actor;
	readonly colleagueId: string;
}

export async function addTestNetwork(owner: pg.ClientBase, now: Date): Promise<TestNetwork> {
	const [networkId, organisationId, personId, colleagueId, membershipId] = [v7(), v7(), v7(), v7(), v7()];
	await owner.query(`insert into network (network_id, name, pot_name, made_at) values ($1, 'Proef', 'de pot', $2)`, [networkId, now]);
	await owner.query('insert into app.network_directory (slug, network_id) values ($1, $2)', [`proef-${networkId.slice(-12)}`, networkId]);
	await owner.query(`insert into organisation values ($1, $2, E'Wonen "Één"\\n\\\\ \\t', 'wonen een', 'housing_association', $3)`, [
		networkId,
		organisationId,
		now
	]);
	for (const [id, name] of [
		[personId, 'Noor'],
		[colleagueId, 'بلال 🙂']
	])
		await owner.query('insert into person values ($1, $2, $3, $4, $4, $5)', [networkId, id, v7(), name, now]);
	await owner.query(`insert into membership values ($1, $2, $3, $4, 'wijk', '{professional}', $5)`, [
		networkId,
		membershipId,
		personId,
		organisationId,
		now
	]);
	return { networkId, actor: { networkId, personId, membershipId, organisationId, roles: ['professional'], origin: 'cli' }, colleagueId };
}

/** A case with its key, sealed words and log line, as the application role writes them. */
export async function addTestCase(
	door: Door,
	keyring: Keyring,
	{ actor }: TestNetwork,
	now: Date,
	words: string
): Promise<{ caseId: string; wordsId: string }> {
	const [caseId, wordsId] = [v7(), v7()];
	const { networkId, personId, membershipId, organisationId } = actor;
	await keyring.createKey(networkId, caseId);
	const sealed = await keyring.sealWords({ networkId, caseId }, { aboutId: caseId, part: 'stuck', wordsId }, words);
	await door.actor(actor, now, async (tx) => {
		await sql`insert into subject values (${networkId}, ${caseId}, 'case', ${personId}, ${membershipId}, ${now})`.execute(tx);
		await sql`insert into case_record values (${networkId}, ${caseId}, ${caseId}, true, ${now}, ${personId}, ${membershipId}, ${organisationId})`.execute(
			tx
		);
		await sql`insert into case_seat values (${networkId}, ${caseId}, ${v7()}, ${personId}, ${membershipId}, ${organisationId}, true, ${personId}, ${now}, null)`.execute(
			tx
		);
		await sql`insert into case_event values (${networkId}, ${caseId}, ${v7()}, 'opened', null, ${now}, ${personId}, ${membershipId})`.execute(
			tx
		);
		await sql`insert into case_words values (${networkId}, ${caseId}, ${wordsId}, ${caseId}, 'stuck', ${Buffer.from(sealed)}, ${now}, ${personId})`.execute(
			tx
		);
		await writeLine(tx, actor, now, 'case.open', 'case', caseId, caseId);
	});
	return { caseId, wordsId };
}

/** An agreement and its log line, in one transaction. */
export const addTestAgreement = (door: Door, network: TestNetwork, caseId: string, now: Date): Promise<void> =>
	door.actor(network.actor, now, async (tx) => {
		const { networkId, personId, membershipId, organisationId } = network.actor;
		const id = v7();
		await sql`insert into agreement values (${networkId}, ${id}, ${caseId}, 'i_do', ${personId}, ${membershipId}, ${organisationId}, ${network.colleagueId}, '2026-04-01', ${now})`.execute(
			tx
		);
		await writeLine(tx, network.actor, now, 'agreement.make', 'agreement', id, caseId);
	});

async function writeLine(
	tx: Parameters<Parameters<Door['actor']>[2]>[0],
	actor: Actor,
	now: Date,
	act: string,
	kind: string,
	id: string,
	caseId: string
): Promise<void> {
	await sql`insert into log_line (network_id, line_id, epoch, at, act, result, object_kind, object_id, case_id, person_id, membership_id, organisation_id, origin, span_id)
		values (${actor.networkId}, ${v7()}, (select epoch from app.installation), ${now}, ${act}, 'done', ${kind}, ${id}, ${caseId},
			${actor.personId}, ${actor.membershipId}, ${actor.organisationId}, 'cli', '0123456789abcdef')`.execute(tx);
}

/** Many cases at once, by the owner, with what hangs on a case: seat, event, two words, log line. */
export async function addManyCases(owner: pg.ClientBase, { actor }: TestNetwork, now: Date, count: number): Promise<void> {
	const { networkId, personId, membershipId, organisationId } = actor;
	const made = await owner.query('select gen_random_uuid() as id from generate_series(1, $1::integer)', [count]);
	const ids = made.rows.map((row: { id: string }) => row.id);
	const each = (statement: string, ...values: readonly unknown[]) => owner.query(statement, [ids, networkId, now, personId, ...values]);
	await each(`insert into subject select $2, id, 'case', $4, $5, $3 from unnest($1::uuid[]) id`, membershipId);
	await each(
		'insert into case_record select $2, id, id::text, true, $3, $4, $5, $6 from unnest($1::uuid[]) id',
		membershipId,
		organisationId
	);
	await each(
		'insert into case_seat select $2, id, gen_random_uuid(), $4, $5, $6, true, $4, $3, null from unnest($1::uuid[]) id',
		membershipId,
		organisationId
	);
	await each(
		`insert into case_event select $2, id, gen_random_uuid(), 'opened', null, $3::timestamptz, $4, $5 from unnest($1::uuid[]) id`,
		membershipId
	);
	for (const part of ['stuck', 'goal'])
		await each(
			`insert into case_words select $2, id, gen_random_uuid(), id, $5, decode(repeat(md5(id::text), 20), 'hex'), $3, $4 from unnest($1::uuid[]) id`,
			part
		);
	await each(
		`insert into log_line (network_id, line_id, epoch, at, act, result, object_kind, object_id, case_id, person_id, origin, span_id)
		select $2, gen_random_uuid(), (select epoch from app.installation), $3, 'case.open', 'done', 'case', id, id, $4, 'demo', '0123456789abcdef' from unnest($1::uuid[]) id`
	);
}
