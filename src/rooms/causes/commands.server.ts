import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse, refuseFields } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { recordCaseEvent } from '#rooms/cases/commands.server.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { decidesNothing, isUnderWay } from '#rooms/cases/rules.ts';
import { listCaseRequests } from '#rooms/fund/requests/read.server.ts';
import { tookMoney } from '#rooms/fund/requests/rules.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { dropFollowUps } from '#rooms/returns/follow-up/commands.server.ts';
import { findOpenFollowUps } from '#rooms/returns/follow-up/read.server.ts';
import { findCause, findCauseById } from './read.server.ts';
import { asksResponsible, readResponsible, responsibleColumns } from './rules.ts';
import type { CauseKind, Responsible } from './rules.ts';
import { closeCaseSchema, nameCauseSchema, skipCauseSchema } from './schema.ts';
import { followSignal } from './signals/commands.server.ts';
import { findResponsible, lockCause } from './signals/read.server.ts';

/** What comes in about a cause. */
interface Named {
	readonly caseId: string;
	readonly cause?: CauseKind | undefined;
	readonly causeId?: string | undefined;
	readonly responsible: string;
	readonly title: string;
	readonly words?: string | undefined;
	readonly acknowledged: boolean;
}

/** Who may say something of the cause: whoever decides something at the table, while the case is under way. */
async function atTable(deed: Deed, caseId: string): Promise<Outcome<null>> {
	deed.about('case', caseId, caseId);
	const standing = await findStanding(deed.tx, deed.actor, deed.now, caseId);
	if (!standing) return refuse('not_found');
	if (decidesNothing(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'person', personId: standing.holder.personId } });
	if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
	return ok(null);
}

/** Anyone at the table says why help is needed, while it is given (F1). Named again, the newest counts. */
export const nameCause = command({
	act: 'cause.name',
	schema: nameCauseSchema,
	async run(deed, input): Promise<Outcome<{ namingId: string; causeId: string | null }>> {
		const may = await atTable(deed, input.caseId);
		return may.ok ? recordNaming(deed, input) : may;
	}
});

/** Leaves naming the cause for now: who does so is asked again only when help was given since. */
export const skipCause = command({
	act: 'cause.skip',
	schema: skipCauseSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const may = await atTable(deed, input.caseId);
		if (!may.ok) return may;
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx
			.insertInto('causeSkip')
			.values({ networkId, caseId: input.caseId, personId, membershipId, at: deed.now })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		return ok(null);
	}
});

/**
 * The holder closes a case, and confirms why help was needed or names it: a case is never closed without its cause (F1). Checks that still
 * wait are let go, with a reason (A14).
 */
export const closeCase = command({
	act: 'case.close',
	schema: closeCaseSchema,
	async run(deed, input): Promise<Outcome<{ namingId: string }>> {
		deed.about('case', input.caseId, input.caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId);
		if (!standing) return refuse('not_found');
		if (!standing.mySeat.holder) return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (!isUnderWay(standing.state)) return refuse('wrong_state');
		if (input.outcome === 'helped_without_money' && tookMoney(await listCaseRequests(deed.tx, deed.actor, input.caseId)))
			return refuseFields([{ path: ['outcome'], code: 'money_was_given' }]);
		const before = input.same ? await findCause(deed.tx, deed.actor, input.caseId) : null;
		if (input.same && !before) return refuse('invalid', { fields: [{ path: ['same'], code: 'not_a_choice' }] });
		const open = await findOpenFollowUps(deed.tx, deed.actor, deed.now, input.caseId);
		if (open.length > 0 && !input.notFollowedBecause)
			return refuse('invalid', { fields: [{ path: ['notFollowedBecause'], code: 'required' }] });
		const doubts = findDoubts({ notFollowedBecause: input.notFollowedBecause });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const named = before ? ok(before) : await recordNaming(deed, input);
		if (!named.ok) return named;
		if (open.length > 0 && input.notFollowedBecause) await dropFollowUps(deed, input.caseId, input.notFollowedBecause);
		await recordCaseEvent(deed, input.caseId, 'closed', input.outcome);
		return ok({ namingId: named.value.namingId });
	}
});

/** Writes a naming: finds or makes the cause it shares with other cases, and follows its signal. */
async function recordNaming(deed: Deed, input: Named): Promise<Outcome<{ namingId: string; causeId: string | null }>> {
	const said = await readNaming(deed, input);
	if (!said.ok) return said;
	const { kind, responsible } = said.value;
	const doubts = findDoubts({ words: input.words });
	if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

	const causeId = said.value.causeId ?? (asksResponsible(kind) ? await takeCause(deed, kind, responsible, input.title.trim()) : null);
	if (causeId !== null) await lockCause(deed.tx, deed.actor.networkId, causeId);
	const namingId = deed.id();
	const { networkId, personId } = deed.actor;
	const columns = responsibleColumns(responsible);
	await deed.tx
		.insertInto('causeNaming')
		.values({
			...{ networkId, namingId, caseId: input.caseId, kind, causeId, personId, at: deed.now },
			...{ responsibleOrganisationId: columns.organisationId, responsibleOutside: columns.outside }
		})
		.execute();
	if (input.words) await deed.write({ caseId: input.caseId, aboutId: namingId, part: 'cause', text: input.words });
	if (causeId !== null) {
		const { openedAt } = await deed.tx
			.selectFrom('caseRecord')
			.select('openedAt')
			.where('networkId', '=', networkId)
			.where('caseId', '=', input.caseId)
			.executeTakeFirstOrThrow();
		await followSignal(deed, causeId, openedAt);
	}
	return ok({ namingId, causeId });
}

/** Reads what was said: the same as a cause of the network, or a kind with who goes about it. */
async function readNaming(
	deed: Deed,
	input: Named
): Promise<Outcome<{ kind: CauseKind; responsible: Responsible; causeId: string | null }>> {
	if (input.causeId !== undefined) {
		const cause = await findCauseById(deed.tx, deed.actor, input.causeId);
		if (!cause) return refuse('invalid', { fields: [{ path: ['causeId'], code: 'not_a_choice' }] });
		return ok({ kind: cause.kind, responsible: await findResponsible(deed.tx, cause.causeId), causeId: cause.causeId });
	}
	if (input.cause === undefined) throw new Error('The schema lets no cause through that is not named.');
	const organisations = await listOrganisations(deed.tx, deed.actor, deed.now);
	const responsible = readResponsible(input.responsible, new Set(organisations.map((organisation) => organisation.organisationId)));
	if (!responsible) return refuse('invalid', { fields: [{ path: ['responsible'], code: 'not_a_choice' }] });
	if (!asksResponsible(input.cause)) return ok({ kind: input.cause, responsible: { kind: 'nobody' }, causeId: null });
	return ok({ kind: input.cause, responsible, causeId: null });
}

/** The cause of this kind, this title and who goes about it; made when the network does not know it yet. */
async function takeCause(deed: Deed, kind: CauseKind, responsible: Responsible, title: string): Promise<string> {
	const { networkId } = deed.actor;
	const columns = responsibleColumns(responsible);
	const find = async (): Promise<string | null> => {
		const { rows } = await sql<{ causeId: string | null }>`
			select app.find_cause(${kind}, ${columns.organisationId}, ${columns.outside}, ${title}) as cause_id`.execute(deed.tx);
		return rows[0]?.causeId ?? null;
	};
	const known = await find();
	if (known !== null) return known;
	const causeId = deed.id();
	const made = await deed.tx
		.insertInto('cause')
		.values({
			networkId,
			causeId,
			kind,
			title,
			responsibleOrganisationId: columns.organisationId,
			responsibleOutside: columns.outside,
			madeAt: deed.now
		})
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows === 1n) return causeId;
	const theirs = await find();
	if (theirs === null) throw new Error('What stands in the way of a cause is that cause.');
	return theirs;
}
