import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { foldContribution } from './rules.ts';
import type { ContributionStanding, ContributionStepKind } from './rules.ts';

/** What an organisation pledged for a year, and how far that is. */
export interface Contribution extends ContributionStanding {
	readonly contributionId: string;
	readonly organisationId: string;
	readonly organisationName: string;
	readonly year: number;
	readonly amountCents: number;
	readonly at: Date;
	/** The last day to pay of what was invoiced and is not in; null when there is none. */
	readonly dueOn: string | null;
}

/** All pledges of the network, newest year first, by organisation. */
export const listContributions = async (tx: Tx, actor: Actor): Promise<Contribution[]> => {
	const pledges = await tx
		.selectFrom('contribution as c')
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'c.networkId').onRef('o.organisationId', '=', 'c.organisationId')
		)
		.select(['c.contributionId', 'c.organisationId', 'o.name as organisationName', 'c.year', 'c.amountCents', 'c.at'])
		.where('c.networkId', '=', actor.networkId)
		.orderBy('c.year', 'desc')
		.orderBy('o.nameSort')
		.orderBy('c.contributionId')
		.execute();
	if (pledges.length === 0) return [];
	const steps = await tx
		.selectFrom('contributionStep as s')
		// What was taken back in the books no longer counts.
		.leftJoin('takenBack as b', (join) => join.onRef('b.networkId', '=', 's.networkId').onRef('b.subjectId', '=', 's.stepId'))
		.select(['s.contributionId', 's.kind', 's.amountCents', 's.dueOn'])
		.where('s.networkId', '=', actor.networkId)
		.where('b.subjectId', 'is', null)
		.where(
			's.contributionId',
			'in',
			pledges.map((pledge) => pledge.contributionId)
		)
		.orderBy('s.at')
		.orderBy('s.stepId')
		.execute();
	return pledges.map((pledge) => {
		const own = steps.filter((step) => step.contributionId === pledge.contributionId);
		const standing = foldContribution(
			pledge.amountCents,
			own.map((step) => ({ kind: step.kind as ContributionStepKind, amountCents: step.amountCents }))
		);
		const due = own.findLast((step) => step.dueOn !== null)?.dueOn ?? null;
		return { ...pledge, ...standing, dueOn: standing.invoicedCents > standing.receivedCents ? due : null };
	});
};
