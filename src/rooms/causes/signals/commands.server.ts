import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { addDays, dayAt, startOfDay } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { findStandingPublication } from '../publication/read.server.ts';
import { readResponsible, responsibleColumns } from '../rules.ts';
import { findResponsible, listAsked, listSignals, lockCause, saidNotTheirs, sitsWithCause } from './read.server.ts';
import type { Signal } from './read.server.ts';
import type { ToldStep } from './rules.ts';
import { answerDay, asksOther, decidesSignals, leftInPeaceDays, mayAct, mayAskOther, passesOnOwn, mayFollow, reopens } from './rules.ts';
import { agreeChangeSchema, askOtherSchema, declineSignalSchema, putInForceSchema, takeUpSchema } from './schema.ts';

/**
 * After a cause was named in a case: the case that makes it often enough opens a signal, a later one joins it, and one brought in after the
 * rule changed opens it again (F2, F3). Who goes about it is asked; nobody is assigned. The cause is locked before the naming is written.
 */
export async function followSignal(deed: Deed, causeId: string, caseOpenedAt: Date): Promise<void> {
	const { networkId } = deed.actor;
	const signal = (await listSignals(deed.tx, networkId, { causeId }))[0];
	if (!signal) {
		const { rows } = await sql<{ reached: boolean }>`select app.cause_reached(${causeId}) as reached`.execute(deed.tx);
		if (rows[0]?.reached !== true) return;
		const signalId = deed.id();
		await deed.tx.insertInto('signal').values({ networkId, signalId, causeId, openedAt: deed.now }).execute();
		await recordByItself(deed, { signalId, causeId }, 'opened');
		await ask(deed, causeId, 'mail.signal_opened');
	} else if (reopens(signal, caseOpenedAt)) {
		await recordByItself(deed, signal, 'reopened');
		await ask(deed, causeId, 'mail.signal_reopened');
	}
}

type Known = Pick<Signal, 'signalId' | 'causeId'>;

/** Leaves word for whom a step concerns: the product finds them, so that nobody who acts learns who named the cause in which case. Not to the actor. */
const tellStep = (deed: Deed, { signalId, causeId }: Known, kind: ToldStep): Promise<void> =>
	deed.tell(`signal.${kind}`, { signalId, causeId, by: deed.actor.personId });

async function recordByItself(deed: Deed, signal: Known, kind: 'opened' | 'reopened'): Promise<void> {
	const { signalId } = signal;
	await deed.tx
		.insertInto('signalEvent')
		.values({ networkId: deed.actor.networkId, signalId, eventId: deed.id(), kind, dueOn: answerDay(deed.now), at: deed.now })
		.execute();
	if (kind === 'reopened') await tellStep(deed, signal, kind);
}

async function ask(
	deed: Deed,
	causeId: string,
	kind: 'mail.signal_opened' | 'mail.signal_reopened' | 'mail.publication_asked'
): Promise<void> {
	const responsible = await findResponsible(deed.tx, causeId);
	for (const personId of await listAsked(deed.tx, deed.actor, deed.now, responsible)) await deed.tell(kind, { causeId, personId });
}

/** What every act of people on a signal asks first. The cause is locked before the signal is read to decide on. */
async function findForAct(deed: Deed, signalId: string): Promise<Outcome<{ signal: Signal; onBehalf: boolean }>> {
	deed.about('signal', signalId);
	const seen = (await listSignals(deed.tx, deed.actor.networkId, { signalId }))[0];
	if (!seen) return refuse('not_found');
	await lockCause(deed.tx, deed.actor.networkId, seen.causeId);
	const signal = (await listSignals(deed.tx, deed.actor.networkId, { signalId }))[0] ?? seen;
	if (!decidesSignals(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
	const responsible = await findResponsible(deed.tx, signal.causeId);
	if (!mayAct(responsible, deed.actor)) return refuse('not_responsible');
	return ok({ signal, onBehalf: responsible.kind !== 'organisation' });
}

async function record(
	deed: Deed,
	signal: Known,
	fact: {
		readonly kind: 'taken_up' | 'not_ours' | 'asked_other' | 'change_agreed' | 'in_force';
		readonly onBehalf: boolean;
		readonly words?: string | undefined;
		readonly proof?: string | undefined;
		readonly dueOn?: Day;
		readonly changedOn?: Day;
	}
): Promise<Outcome<null>> {
	const { signalId } = signal;
	const { networkId, personId, membershipId, organisationId } = deed.actor;
	const proof = (fact.proof ?? '').trim();
	// What someone else is said to do is recorded with what shows it (F3).
	if (fact.onBehalf && proof === '') return refuse('invalid', { fields: [{ path: ['proof'], code: 'required' }] });
	await deed.tx
		.insertInto('signalEvent')
		.values({
			...{ networkId, signalId, eventId: deed.id(), kind: fact.kind, onBehalf: fact.onBehalf, words: (fact.words ?? '').trim(), proof },
			...{ dueOn: fact.dueOn ?? null, changedOn: fact.changedOn ?? null, personId, membershipId, organisationId, at: deed.now }
		})
		.execute();
	await tellStep(deed, signal, fact.kind);
	return ok(null);
}

/** Someone of the organisation that goes about it takes it up; for one outside the network anyone does, on its behalf (F2). */
export const takeUpSignal = command({
	act: 'signal.take_up',
	schema: takeUpSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.signalId);
		if (!found.ok) return found;
		if (!mayFollow('taken_up', found.value.signal.state)) return refuse('wrong_state');
		if (input.dueOn < dayAt(deed.now)) return refuse('invalid', { fields: [{ path: ['dueOn'], code: 'date_in_past' }] });
		const { words, proof, dueOn } = input;
		return record(deed, found.value.signal, { kind: 'taken_up', onBehalf: found.value.onBehalf, words, proof, dueOn });
	}
});

/** The organisation that was asked says that it does not go about this, and why: being asked obliges to nothing (S5). */
export const declineSignal = command({
	act: 'signal.decline',
	schema: declineSignalSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.signalId);
		if (!found.ok) return found;
		if (!mayFollow('not_ours', found.value.signal.state)) return refuse('wrong_state');
		return record(deed, found.value.signal, { kind: 'not_ours', onBehalf: found.value.onBehalf, words: input.words, proof: input.proof });
	}
});

/**
 * Another is asked about a cause that was handed back, or whose organisation left (F3): from now on they go about it. Asked, not assigned: they may
 * hand it back too, and who did so lately is left in peace.
 */
export const askOther = command({
	act: 'signal.ask_other',
	schema: askOtherSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('signal', input.signalId);
		const { tx, actor, now } = deed;
		const { networkId, personId, membershipId } = actor;
		const seen = (await listSignals(tx, networkId, { signalId: input.signalId }))[0];
		if (!seen) return refuse('not_found');
		await lockCause(tx, networkId, seen.causeId);
		const signal = (await listSignals(tx, networkId, { signalId: input.signalId }))[0] ?? seen;
		if (!mayAskOther(actor.roles, await sitsWithCause(tx, signal.causeId)))
			return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		const responsible = await findResponsible(tx, signal.causeId);
		if (passesOnOwn(responsible, actor)) return refuse('not_responsible', { lift: { kind: 'role', role: 'facilitator' } });
		if (!asksOther(signal.state, responsible)) return refuse('wrong_state');
		const organisations = await listOrganisations(tx, actor, now);
		const other = readResponsible(input.responsible, new Set(organisations.map((one) => one.organisationId)));
		const [before, asked] = [responsibleColumns(responsible), responsibleColumns(other ?? { kind: 'nobody' })];
		const same = asked.organisationId === before.organisationId && asked.outside === before.outside;
		if (!other || other.kind === 'nobody' || same) return refuse('invalid', { fields: [{ path: ['responsible'], code: 'not_a_choice' }] });
		if (await saidNotTheirs(tx, signal.causeId, asked, startOfDay(addDays(dayAt(now), -leftInPeaceDays)))) return refuse('asked_before');
		await tx
			.insertInto('causeOwner')
			.values({
				...{ networkId, ownerId: deed.id(), causeId: signal.causeId, personId, membershipId, at: now },
				...{ askedOrganisationId: asked.organisationId, askedOutside: asked.outside }
			})
			.execute();
		const recorded = await record(deed, signal, { kind: 'asked_other', onBehalf: false, dueOn: answerDay(now) });
		await ask(deed, signal.causeId, 'mail.signal_opened');
		// Who is named in the open answers first: they have thirty days of their own from now on (F5).
		if (await findStandingPublication(tx, networkId, signal.causeId)) await ask(deed, signal.causeId, 'mail.publication_asked');
		return recorded;
	}
});

/** What will change, and by when (F3). */
export const agreeChange = command({
	act: 'signal.agree_change',
	schema: agreeChangeSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.signalId);
		if (!found.ok) return found;
		if (!mayFollow('change_agreed', found.value.signal.state)) return refuse('wrong_state');
		if (input.dueOn < dayAt(deed.now)) return refuse('invalid', { fields: [{ path: ['dueOn'], code: 'date_in_past' }] });
		const { words, proof, dueOn } = input;
		return record(deed, found.value.signal, { kind: 'change_agreed', onBehalf: found.value.onBehalf, words, proof, dueOn });
	}
});

/** The changed rule holds: its text, and since which day (F3). From here only silence while help goes on shows that the cause is gone. */
export const putInForce = command({
	act: 'signal.put_in_force',
	schema: putInForceSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.signalId);
		if (!found.ok) return found;
		if (!mayFollow('in_force', found.value.signal.state)) return refuse('wrong_state');
		if (input.changedOn > dayAt(deed.now)) return refuse('invalid', { fields: [{ path: ['changedOn'], code: 'date_in_future' }] });
		const { words, proof, changedOn } = input;
		return record(deed, found.value.signal, { kind: 'in_force', onBehalf: found.value.onBehalf, words, proof, changedOn });
	}
});
