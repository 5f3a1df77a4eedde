import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import { ok, refuse, refuseFields } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { dayAt } from '#foundation/time/days.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { claimsFit, insertClaim, tellBinders } from '../claims/commands.server.ts';
import { listRequestClaims } from '../claims/read.server.ts';
import { findRequest, lockRequest } from '../requests/read.server.ts';
import { findPaidCents, findSplitKind, listParties } from './read.server.ts';
import { sharesOf } from './rules.ts';
import { claimBySplitSchema, proposeSplitSchema, splitSchema } from './schema.ts';

/** The treasurer proposes a way to share what the pot paid. It names everyone who shares, and binds nobody until they accept it. */
export const proposeSplit = command({
	act: 'split.propose',
	schema: proposeSplitSchema,
	async run(deed, input): Promise<Outcome<{ splitId: string }>> {
		const { networkId, personId, membershipId, roles } = deed.actor;
		if (!roles.includes('treasurer')) return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		if ((input.kind === 'agreed') !== input.parts.length > 0) return refuseFields([{ path: ['parts'], code: 'required' }]);
		const members = (await listOrganisations(deed.tx, deed.actor, deed.now)).map((organisation) => organisation.organisationId);
		const parts =
			input.kind === 'agreed'
				? [...new Map(input.parts.map((part) => [part.organisationId, part])).values()]
				: members.map((organisationId) => ({ organisationId, weight: 1 }));
		if (parts.some((part) => !members.includes(part.organisationId))) return refuseFields([{ path: ['parts'], code: 'not_a_choice' }]);
		const splitId = deed.id();
		deed.about('split', splitId);
		await deed.tx.insertInto('costSplit').values({ networkId, splitId, kind: input.kind, personId, membershipId, at: deed.now }).execute();
		await deed.tx
			.insertInto('costSplitPart')
			.values(parts.map((part) => ({ networkId, splitId, ...part })))
			.execute();
		return ok({ splitId });
	}
});

/** An organisation accepts a way to share, for what is asked from then on. */
export const acceptSplit = command({
	act: 'split.accept',
	schema: splitSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('split', input.splitId);
		const { networkId, personId, membershipId, organisationId, roles } = deed.actor;
		if (!roles.includes('administrator') && !roles.includes('governor'))
			return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		const kind = await findSplitKind(deed.tx, deed.actor, input.splitId);
		if (kind === null) return refuse('not_found');
		// Who joined since shares in equal parts, or by what they put in; weights are agreed anew.
		const named = (await listParties(deed.tx, input.splitId, deed.now)).some((party) => party.organisationId === organisationId);
		if (kind === 'agreed' && !named) return refuse('not_named', { lift: { kind: 'role', role: 'treasurer' } });
		const written = await deed.tx
			.insertInto('costSplitAnswer')
			.values({ networkId, splitId: input.splitId, organisationId, personId, membershipId, at: deed.now })
			.onConflict((conflict) => conflict.columns(['networkId', 'splitId', 'organisationId']).doNothing())
			.executeTakeFirst();
		return written.numInsertedOrUpdatedRows === 1n ? ok(null) : refuse('already_answered');
	}
});

/**
 * What was paid is shared, to the cent, over everyone whom the way to share names (D7). The claims on who accepted it before the money was asked stand
 * at once; the part of who did not accept is asked of nobody, and stays with the pot. A request is shared once.
 */
export const claimBySplit = command({
	act: 'claim.split',
	schema: claimBySplitSchema,
	async run(deed, input): Promise<Outcome<{ claimIds: readonly string[] }>> {
		deed.about('request', input.requestId);
		if (!deed.actor.roles.includes('treasurer')) return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		await lockRequest(deed.tx, deed.actor.networkId, input.requestId);
		const request = await findRequest(deed.tx, deed.actor, input.requestId);
		if (!request || (await findSplitKind(deed.tx, deed.actor, input.splitId)) === null) return refuse('not_found');
		if (input.dueOn <= dayAt(deed.now)) return refuseFields([{ path: ['dueOn'], code: 'date_in_past' }]);
		if ((await listRequestClaims(deed.tx, deed.actor, input.requestId)).some((claim) => claim.splitId !== null))
			return refuse('already_shared');
		if (input.amount > (await findPaidCents(deed.tx, input.requestId))) return refuse('over_amount');
		const owed = sharesOf(input.amount, await listParties(deed.tx, input.splitId, request.at)).filter((share) => share.owesCents > 0);
		if (owed.length === 0) return refuse('wrong_state');
		const doubts = findDoubts({ why: input.why });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { requestId, splitId, dueOn, why, amount: sharedCents } = input;
		const claimIds: string[] = [];
		for (const { organisationId, owesCents: amountCents } of owed) {
			const claimId = await insertClaim(deed, { requestId, organisationId, amountCents, dueOn, why, split: { splitId, sharedCents } });
			const { rows } = await sql<{ stands: boolean }>`
				select app.accept_split_claim(${claimId}, ${deed.id()}, ${deed.id()}) as stands`.execute(deed.tx);
			if (rows[0]?.stands !== true) return refuse('wrong_state');
			claimIds.push(claimId);
			await tellBinders(deed, organisationId, 'mail.claim_shared');
		}
		return (await claimsFit(deed, requestId)) ? ok({ claimIds }) : refuse('over_amount');
	}
});
