import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { getOrganisationFigures } from '../roles/read.server.ts';
import { listReminded } from './read.server.ts';
import { remindedLately } from './rules.ts';
import { remindSchema } from './schema.ts';

/**
 * A facilitator has the product remind the people of an organisation whom something concerns (G3): who and how many those are stays with the
 * product. Once in fourteen days for the same thing.
 */
export const remindOrganisation = command({
	act: 'facilitation.remind',
	schema: remindSchema,
	async run(deed, { organisationId, code }): Promise<Outcome<{ reminderId: string }>> {
		deed.about('organisation', organisationId);
		const { networkId, personId, membershipId } = deed.actor;
		const { rows } = await sql`select from organisation where network_id = ${networkId} and organisation_id = ${organisationId}`.execute(
			deed.tx
		);
		if (rows.length === 0) return refuse('not_found');
		if (!deed.actor.roles.includes('facilitator')) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		// Two facilitators at the same moment remind once.
		await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/${organisationId}/${code}`}, 0))`.execute(deed.tx);
		const figures = await getOrganisationFigures(deed.tx, deed.actor, deed.now);
		const found = figures?.find((organisation) => organisation.organisationId === organisationId);
		// Also that there is nothing would say something of one person.
		if (found?.small === true) return refuse('too_few_people');
		if (!found || found.cells[code] === 0) return refuse('nothing_to_nudge');
		const before = (await listReminded(deed.tx, deed.actor)).find((one) => one.organisationId === organisationId && one.code === code);
		if (remindedLately(before?.at ?? null, deed.now)) return refuse('already_nudged');
		const reminderId = deed.id();
		await deed.tx
			.insertInto('facilitationReminder')
			.values({ networkId, reminderId, organisationId, code, personId, membershipId, at: deed.now })
			.execute();
		await deed.tell('facilitation.reminded', { reminderId });
		return ok({ reminderId });
	}
});
