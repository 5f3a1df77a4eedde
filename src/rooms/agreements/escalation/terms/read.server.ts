import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { firstTerms } from '../rules.ts';
import type { Terms } from '../rules.ts';
import { mayConfirmTerms, setsTerms, termsInForce, termsRoles } from './rules.ts';
import type { AnsweredTerms } from './rules.ts';

/** Terms that were proposed, and by whom. */
export interface TermsProposal extends AnsweredTerms {
	readonly at: Date;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly answeredByMembership: string | null;
}

/** What was proposed, the newest first. */
export const listTermsProposals = async (tx: Tx, actor: Pick<Actor, 'networkId'>): Promise<TermsProposal[]> =>
	(await tx
		.selectFrom('ladderTerms as r')
		.leftJoin('ladderTermsAnswer as a', (join) => join.onRef('a.networkId', '=', 'r.networkId').onRef('a.termsId', '=', 'r.termsId'))
		.select([
			'r.termsId',
			'r.colleagues',
			'r.secretariat',
			'r.governors',
			'r.outside',
			'r.at',
			'r.personId',
			'r.membershipId',
			'r.organisationId'
		])
		.select(['a.answer', 'a.at as answeredAt', 'a.membershipId as answeredByMembership'])
		.where('r.networkId', '=', actor.networkId)
		.orderBy('r.at', 'desc')
		.orderBy('r.termsId', 'desc')
		.execute()) as TermsProposal[];

/** The terms that hold for what is asked now, and since when; null: what every network begins with. */
export async function getTerms(tx: Tx, actor: Pick<Actor, 'networkId'>): Promise<Terms & { readonly since: Date | null }> {
	const found = termsInForce(await listTermsProposals(tx, actor));
	if (!found) return { ...firstTerms, since: null };
	const { colleagues, secretariat, governors, outside, answeredAt } = found;
	return { colleagues, secretariat, governors, outside, since: answeredAt };
}

/** How many proposed terms wait for the actor. */
export const countTermsToConfirm = async (tx: Tx, actor: Actor): Promise<number> =>
	setsTerms(actor.roles)
		? (await listTermsProposals(tx, actor)).filter((one) => one.answer === null && mayConfirmTerms(one, actor)).length
		: 0;

/** Who may confirm what the actor proposes, to be told of it. */
export async function listTermsConfirmers(tx: Tx, actor: Actor, now: Date): Promise<string[]> {
	const rows = await tx
		.selectFrom('membership')
		.innerJoin('organisation', (join) =>
			join
				.onRef('organisation.networkId', '=', 'membership.networkId')
				.onRef('organisation.organisationId', '=', 'membership.organisationId')
		)
		.select('membership.personId')
		.distinct()
		.where('membership.networkId', '=', actor.networkId)
		.where('membership.personId', '<>', actor.personId)
		.where('membership.organisationId', '<>', actor.organisationId)
		.where('organisation.leftAt', 'is', null)
		.where('membership.validFrom', '<=', now)
		.where((e) => e.or([e('membership.validUntil', 'is', null), e('membership.validUntil', '>', now)]))
		.where(sql<boolean>`membership.roles && ${[...termsRoles]}::text[]`)
		.orderBy('membership.personId')
		.execute();
	return rows.map(({ personId }) => personId);
}
