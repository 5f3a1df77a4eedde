import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { changedKind } from '#foundation/live/changed.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { listSignals } from '../signals/read.server.ts';
import { listWhoBind, listYearly } from './read.server.ts';
import type { YearlyItem } from './read.server.ts';
import { isOpen, isSameYearly, mayBring, mayGoOn, maySay } from './rules.ts';
import type { YearlyStepKind } from './rules.ts';
import { acceptYearlySchema, bringYearlySchema, lookBackYearlyFields, recordYearlySchema, yearlyItemSchema } from './schema.ts';

/** Brings what stands in the way to those who could change it in a year (F7): a cause that comes back, or something else. It binds nobody yet. */
export const bringYearly = command({
	act: 'yearly.bring',
	schema: bringYearlySchema,
	async run(deed, input): Promise<Outcome<{ itemId: string }>> {
		const itemId = deed.id();
		deed.about('yearly', itemId);
		const { tx, actor, now } = deed;
		const { networkId, personId, membershipId, organisationId } = actor;
		if (!mayBring(actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		if (input.causeId !== undefined && (await listSignals(tx, networkId, { causeId: input.causeId })).length === 0)
			return refuse('invalid', { fields: [{ path: ['causeId'], code: 'not_a_choice' }] });
		if (input.dueOn !== undefined && input.dueOn < dayAt(now))
			return refuse('invalid', { fields: [{ path: ['dueOn'], code: 'date_in_past' }] });
		const known = new Set((await listOrganisations(tx, actor, now)).map((one) => one.organisationId));
		const parties = [...new Set([organisationId, ...input.organisationIds])];
		if (parties.length < 2 || parties.some((party) => !known.has(party)))
			return refuse('invalid', { fields: [{ path: ['organisationIds'], code: 'not_a_choice' }] });
		if (input.previousId !== undefined && !(await goesOnFrom(deed, input.previousId, input.year)))
			return refuse('invalid', { fields: [{ path: ['previousId'], code: 'not_a_choice' }] });
		if (await isBrought(deed, input, parties)) return refuse('already_brought');
		const title = input.title.trim();
		await tx
			.insertInto('yearlyItem')
			.values({
				...{
					networkId,
					itemId,
					year: input.year,
					causeId: input.causeId ?? null,
					previousId: input.previousId ?? null,
					title,
					dueOn: input.dueOn ?? null
				},
				personId,
				membershipId,
				organisationId,
				at: now
			})
			.execute();
		await tx
			.insertInto('yearlyParty')
			.values(parties.map((party) => ({ networkId, itemId, organisationId: party })))
			.execute();
		// Who looks at the agreement that it goes on from sees it there.
		if (input.previousId !== undefined) await deed.tell(changedKind, { previousId: input.previousId });
		for (const asked of await listWhoBind(tx, actor, now, parties)) await deed.tell('mail.yearly_asked', { itemId, personId: asked });
		return ok({ itemId });
	}
});

/** Whether what would be brought stands already: of one cause or one earlier agreement, for one year, with the same parties. They are brought one after the other. */
async function isBrought(
	{ tx, actor: { networkId } }: Deed,
	input: { readonly causeId?: string | undefined; readonly previousId?: string | undefined; readonly year: number },
	parties: readonly string[]
): Promise<boolean> {
	const { causeId, previousId, year } = input;
	if (causeId === undefined && previousId === undefined) return false;
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/yearly/brought`}, 0))`.execute(tx);
	const near = [
		...(causeId === undefined ? [] : await listYearly(tx, networkId, { causeId })),
		...(previousId === undefined ? [] : await listYearly(tx, networkId, { previousId }))
	];
	return near.some((item) => isSameYearly(item, { year, parties }));
}

/** Whether a later year may go on from this agreement: it was agreed, by one's own organisation too. */
async function goesOnFrom({ tx, actor }: Deed, previousId: string, year: number): Promise<boolean> {
	const before = (await listYearly(tx, actor.networkId, { itemId: previousId }))[0];
	return (
		before !== undefined &&
		before.year < year &&
		mayGoOn(before.state) &&
		before.parties.some(({ organisationId }) => organisationId === actor.organisationId)
	);
}

/** What each act on an agreement asks first; it is locked before it is read to decide on. */
async function findForAct(
	deed: Deed,
	itemId: string,
	may: boolean,
	also: { readonly alsoDeclined: boolean } = { alsoDeclined: false }
): Promise<Outcome<YearlyItem>> {
	deed.about('yearly', itemId);
	const { networkId, organisationId } = deed.actor;
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/yearly/${itemId}`}, 0))`.execute(deed.tx);
	const item = (await listYearly(deed.tx, networkId, { itemId }))[0];
	if (!item) return refuse('not_found');
	if (!may) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
	const parties = also.alsoDeclined ? [...item.parties, ...item.notTakingPart] : item.parties;
	if (!parties.some((party) => party.organisationId === organisationId)) return refuse('not_a_party');
	return ok(item);
}

type LetterKind = 'offered' | 'changed' | 'agreed' | 'learned' | 'evaluated' | 'declined' | 'ended' | 'withdrawn' | 'looked_back';
/** Tells who answers for the parties that take part, and whom else it concerns; not the actor. */
async function tellParties(deed: Deed, { itemId, parties }: YearlyItem, kind: LetterKind, others: readonly string[] = []): Promise<void> {
	const { tx, actor, now } = deed;
	const organisationIds = parties.map(({ organisationId }) => organisationId);
	const binding = organisationIds.length === 0 ? [] : await listWhoBind(tx, actor, now, organisationIds);
	for (const personId of new Set([...binding, ...others]))
		if (personId !== actor.personId) await deed.tell(`mail.yearly_${kind}`, { itemId, personId });
}

/** The agreement as it stands after what was written just now. */
async function findAgain(deed: Deed, before: YearlyItem): Promise<YearlyItem> {
	return (await listYearly(deed.tx, deed.actor.networkId, { itemId: before.itemId }))[0] ?? before;
}

async function addStep(
	deed: Deed,
	itemId: string,
	step: { readonly kind: YearlyStepKind; readonly how?: string | null; readonly words?: string }
): Promise<string> {
	const { networkId, personId, membershipId, organisationId } = deed.actor;
	const stepId = deed.id();
	await deed.tx
		.insertInto('yearlyStep')
		.values({
			...{ networkId, itemId, stepId, kind: step.kind, how: step.how ?? null, words: step.words ?? '' },
			...{ personId, membershipId, organisationId, at: deed.now }
		})
		.execute();
	return stepId;
}

/** A party says what it will do, how that goes, or what was learned: for its own organisation alone. */
export const recordYearly = command({
	act: 'yearly.record',
	schema: recordYearlySchema,
	async run(deed, input): Promise<Outcome<{ stepId: string }>> {
		const found = await findForAct(deed, input.itemId, mayBring(deed.actor.roles));
		if (!found.ok) return found;
		if (!maySay(input.kind, found.value.state)) return refuse('wrong_state');
		const before = found.value;
		const how = input.kind === 'looked' ? (input.how ?? null) : null;
		const stepId = await addStep(deed, input.itemId, { kind: input.kind, how, words: input.words.trim() });
		if (input.kind === 'evaluated') await tellParties(deed, before, 'learned');
		if (input.kind === 'offer' && before.state === 'offered') await tellParties(deed, before, 'changed');
		if (input.kind === 'offer' && before.state === 'challenge' && (await findAgain(deed, before)).state === 'offered')
			await tellParties(deed, before, 'offered');
		return ok({ stepId });
	}
});

/** Who answers for a party accepts what was said last, as they read it: all offers, or what was learned. Agreed is what every party accepted. */
export const acceptYearly = command({
	act: 'yearly.accept',
	schema: acceptYearlySchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.itemId, binds(deed.actor.roles));
		if (!found.ok) return found;
		const { toAccept, acceptedBy } = found.value;
		if (toAccept === null || toAccept.stepId !== input.stepId) return refuse('wrong_state');
		const { networkId, personId, membershipId, organisationId } = deed.actor;
		if (acceptedBy.has(organisationId)) return refuse('already_answered');
		await deed.tx
			.insertInto('yearlyAnswer')
			.values({ networkId, itemId: input.itemId, stepId: input.stepId, organisationId, personId, membershipId, at: deed.now })
			.execute();
		const after = await findAgain(deed, found.value);
		if (after.state !== found.value.state && (after.state === 'agreed' || after.state === 'evaluated'))
			await tellParties(deed, after, after.state);
		return ok(null);
	}
});

/** Who answers for a party says that it does not take part: being asked obliges to nothing (S5). The others go on, while two are left. */
export const declineYearly = command({
	act: 'yearly.decline',
	schema: yearlyItemSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.itemId, binds(deed.actor.roles));
		if (!found.ok) return found;
		if (!isOpen(found.value.state)) return refuse('wrong_state');
		await addStep(deed, input.itemId, { kind: 'declined' });
		const after = await findAgain(deed, found.value);
		await tellParties(deed, after, after.state === 'ended' ? 'ended' : 'declined', [after.personId]);
		return ok(null);
	}
});

/** Who brought it takes it back, while it is not agreed. */
export const withdrawYearly = command({
	act: 'yearly.withdraw',
	schema: yearlyItemSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.itemId, mayBring(deed.actor.roles), { alsoDeclined: true });
		if (!found.ok) return found;
		const { personId, organisationId, state } = found.value;
		if (personId !== deed.actor.personId || organisationId !== deed.actor.organisationId) return refuse('not_yours');
		if (!isOpen(state)) return refuse('wrong_state');
		await addStep(deed, input.itemId, { kind: 'withdrawn' });
		await tellParties(deed, found.value, 'withdrawn');
		return ok(null);
	}
});

/** Who answers for a party says what came of it, when the year is over: once, and read by nobody else before all did or the term is over. */
export const lookBackYearly = command({
	act: 'yearly.look_back',
	schema: lookBackYearlyFields,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.itemId, binds(deed.actor.roles));
		if (!found.ok) return found;
		const before = found.value.lookBack;
		const { networkId, personId, membershipId, organisationId } = deed.actor;
		if (before === null) return refuse('too_early');
		if (before.said.has(organisationId)) return refuse('already_answered');
		await deed.tx
			.insertInto('yearlyLookBack')
			.values({
				...{ networkId, itemId: input.itemId, organisationId, how: input.how, words: input.words.trim() },
				...{ goesOn: input.goesOn === 'yes', personId, membershipId, at: deed.now }
			})
			.execute();
		// Who looks back after the term does so where all can read it already: that is no news.
		if (!before.shown && (await findAgain(deed, found.value)).lookBack?.shown === true) await tellParties(deed, found.value, 'looked_back');
		return ok(null);
	}
});
