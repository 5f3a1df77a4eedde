import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { listHelpers, listTold } from './read.server.ts';
import { tellSuccessSchema } from './schema.ts';

/**
 * Tells everyone who helped in a case that it worked out, once for each outcome (A16).
 * @returns how many were told, or null when this outcome was told before
 */
export async function tellHelpers(
	deed: Deed,
	caseId: string,
	outcome: 'reached' | 'partly',
	followUpId: string | null
): Promise<number | null> {
	const told = await listTold(deed.tx, deed.actor, caseId);
	// Who heard that it worked out whole is not told afterwards that it did in part.
	if (told.some((one) => one.outcome === outcome || one.outcome === 'reached')) return null;
	const { networkId, personId, membershipId } = deed.actor;
	const toldId = deed.id();
	await deed.tx
		.insertInto('successTold')
		.values({ networkId, toldId, caseId, outcome, followUpId, personId, membershipId, at: deed.now })
		.execute();
	const helpers = await listHelpers(deed.tx, deed.actor, caseId);
	if (helpers.length > 0)
		await deed.tx
			.insertInto('successThanks')
			.values(helpers.map((helper) => ({ networkId, toldId, ...helper, at: deed.now })))
			.execute();
	const people = [...new Set(helpers.map((helper) => helper.personId))];
	for (const helper of people) await deed.tell('mail.success', { toldId, personId: helper });
	return people.length;
}

/** The holder says that it worked out: whoever answered or promised gets to hear it. */
export const tellSuccess = command({
	act: 'case.tell_success',
	schema: tellSuccessSchema,
	async run(deed, input): Promise<Outcome<{ told: number }>> {
		deed.about('case', input.caseId, input.caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId);
		if (!standing) return refuse('not_found');
		if (!standing.mySeat.holder) return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
		const told = await tellHelpers(deed, input.caseId, input.outcome, null);
		return told === null ? refuse('already_told') : ok({ told });
	}
});
