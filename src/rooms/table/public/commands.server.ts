import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { hasOtherEyes } from '#rooms/causes/releases/read.server.ts';
import { listSignalRuleConfirmers } from '#rooms/causes/signal-rule/read.server.ts';
import { getPageStanding, listPageSteps } from './read.server.ts';
import { decidesOnPage } from './rules.ts';
import { confirmPageSchema, proposePageSchema, withdrawPageSchema } from './schema.ts';

const notAllowed = () => refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });

/** Two who decide on the page at the same moment do so one after the other. */
const lockPage = ({ tx, actor }: Deed): Promise<unknown> =>
	sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.networkId}/public-page`}, 0))`.execute(tx);

async function record(deed: Deed, pageId: string, wanted: boolean): Promise<void> {
	const { networkId, personId, membershipId, organisationId } = deed.actor;
	await deed.tx
		.insertInto('publicPage')
		.values({ networkId, pageId, wanted, personId, membershipId, organisationId, at: deed.now })
		.execute();
}

/** Proposes a page for everyone. Nobody outside reads anything yet; the figures are frozen, so that the second sees what would stand there (J10). */
export const proposePage = command({
	act: 'page.propose',
	schema: proposePageSchema,
	async run(deed): Promise<Outcome<{ pageId: string }>> {
		const pageId = deed.id();
		deed.about('page', pageId);
		if (!decidesOnPage(deed.actor.roles)) return notAllowed();
		await lockPage(deed);
		const { state } = await getPageStanding(deed.tx, deed.actor);
		if (state !== 'closed') return refuse(state === 'proposed' ? 'already_proposed' : 'wrong_state');
		await record(deed, pageId, true);
		await deed.tell('public.figures', {});
		// Who decides on the rule of signals decides on the page: who governs or administers another organisation.
		for (const personId of await listSignalRuleConfirmers(deed.tx, deed.actor, deed.now))
			await deed.tell('mail.page_proposed', { personId });
		return ok({ pageId });
	}
});

/** The second pair of eyes, of another organisation: from now on everyone can read the page; or not now. */
export const confirmPage = command({
	act: 'page.confirm',
	schema: confirmPageSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('page', input.pageId);
		if (!decidesOnPage(deed.actor.roles)) return notAllowed();
		await lockPage(deed);
		const steps = await listPageSteps(deed.tx, deed.actor.networkId);
		const proposed = steps.find(({ pageId, wanted }) => pageId === input.pageId && wanted);
		if (!proposed) return refuse('not_found');
		if (proposed.answer !== null) return refuse('already_answered');
		if (proposed !== steps[0]) return refuse('wrong_state');
		if (!(await hasOtherEyes(deed.tx, deed.actor, deed.now, proposed)))
			return refuse('other_eyes', { lift: { kind: 'role', role: 'administrator' } });
		const { networkId, personId, membershipId, organisationId } = deed.actor;
		await deed.tx
			.insertInto('publicPageAnswer')
			.values({ networkId, pageId: input.pageId, answer: input.answer, personId, membershipId, organisationId, at: deed.now })
			.execute();
		await deed.tell('mail.page_answered', { personId: proposed.personId });
		return ok(null);
	}
});

/** Closes the page, or takes the proposal back: at once, by one. To close what is open needs no second. */
export const withdrawPage = command({
	act: 'page.withdraw',
	schema: withdrawPageSchema,
	async run(deed): Promise<Outcome<null>> {
		const pageId = deed.id();
		deed.about('page', pageId);
		if (!decidesOnPage(deed.actor.roles)) return notAllowed();
		await lockPage(deed);
		const { state } = await getPageStanding(deed.tx, deed.actor);
		if (state === 'closed') return refuse('wrong_state');
		await record(deed, pageId, false);
		for (const personId of await listSignalRuleConfirmers(deed.tx, deed.actor, deed.now))
			await deed.tell(state === 'open' ? 'mail.page_closed' : 'mail.page_withdrawn', { personId });
		return ok(null);
	}
});
