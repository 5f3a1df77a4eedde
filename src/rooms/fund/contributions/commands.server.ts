import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import type { ContributionStepKind } from './rules.ts';
import { invoiceContributionSchema, pledgeSchema, receiveContributionSchema } from './schema.ts';

/** An organisation pledges what it puts into the pot in a year (D2): by someone who may speak for it, and by nobody else for it. */
export const pledgeContribution = command({
	act: 'contribution.pledge',
	schema: pledgeSchema,
	async run(deed, input): Promise<Outcome<{ contributionId: string }>> {
		const { networkId, personId, membershipId, organisationId, roles } = deed.actor;
		if (!roles.includes('administrator') && !roles.includes('governor'))
			return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		const contributionId = deed.id();
		deed.about('contribution', contributionId);
		await deed.tx
			.insertInto('contribution')
			.values({
				...{ networkId, contributionId, organisationId, year: input.year, amountCents: input.amount },
				...{ personId, membershipId, at: deed.now }
			})
			.execute();
		return ok({ contributionId });
	}
});

/** The treasurer notes that a pledge was invoiced, or that (part of) it came in: the fact and its journal in one. */
function step(
	deed: Deed,
	kind: ContributionStepKind,
	input: { contributionId: string; amount: number; dueOn?: string }
): Outcome<{ stepId: string }> {
	deed.about('contribution', input.contributionId);
	if (!deed.actor.roles.includes('treasurer')) return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
	const { networkId, personId, membershipId } = deed.actor;
	const { contributionId } = input;
	const stepId = deed.id();
	// Where there is no such pledge nothing is written, and the booking finds nothing.
	deed.send(
		deed.tx
			.insertInto('contributionStep')
			.columns(['networkId', 'stepId', 'contributionId', 'kind', 'amountCents', 'dueOn', 'personId', 'membershipId', 'at'])
			.expression((from) =>
				from
					.selectFrom('contribution as c')
					.select([
						'c.networkId',
						sql<string>`${stepId}::uuid`.as('stepId'),
						'c.contributionId',
						sql<string>`${kind}`.as('kind'),
						sql<number>`${input.amount}::bigint`.as('amountCents'),
						sql<string | null>`${input.dueOn ?? null}::date`.as('dueOn'),
						sql<string>`${personId}::uuid`.as('personId'),
						sql<string>`${membershipId}::uuid`.as('membershipId'),
						sql<Date>`${deed.now}::timestamptz`.as('at')
					])
					.where('c.networkId', '=', networkId)
					.where('c.contributionId', '=', contributionId)
			)
			.compile()
	);
	const booking = sql`select app.book_contribution(${stepId}, ${deed.id()})`.compile(deed.tx);
	deed.settle(booking, ['not_found', 'over_amount']);
	return ok({ stepId });
}

export const invoiceContribution = command({
	act: 'contribution.invoice',
	schema: invoiceContributionSchema,
	async run(deed, input): Promise<Outcome<{ stepId: string }>> {
		if (input.dueOn < dayAt(deed.now)) return refuse('invalid', { fields: [{ path: ['dueOn'], code: 'date_in_past' }] });
		return step(deed, 'invoiced', input);
	}
});

export const receiveContribution = command({
	act: 'contribution.receive',
	schema: receiveContributionSchema,
	run: (deed, input) => step(deed, 'received', input)
});
