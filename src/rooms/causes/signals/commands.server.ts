import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import { findResponsible, listAsked, listSignals, lockCause } from './read.server.ts';
import type { Signal } from './read.server.ts';
import { answerDay, decidesSignals, mayAct, mayFollow, reopens } from './rules.ts';
import { agreeChangeSchema, declineSignalSchema, putInForceSchema, takeUpSchema } from './schema.ts';

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
		await recordByItself(deed, signalId, 'opened');
		await ask(deed, causeId, 'mail.signal_opened');
	} else if (reopens(signal, caseOpenedAt)) {
		await recordByItself(deed, signal.signalId, 'reopened');
		await ask(deed, causeId, 'mail.signal_reopened');
	}
}

async function recordByItself(deed: Deed, signalId: string, kind: 'opened' | 'reopened'): Promise<void> {
	await deed.tx
		.insertInto('signalEvent')
		.values({ networkId: deed.actor.networkId, signalId, eventId: deed.id(), kind, dueOn: answerDay(deed.now), at: deed.now })
		.execute();
}

async function ask(deed: Deed, causeId: string, kind: 'mail.signal_opened' | 'mail.signal_reopened'): Promise<void> {
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
	signalId: string,
	fact: {
		readonly kind: 'taken_up' | 'not_ours' | 'change_agreed' | 'in_force';
		readonly onBehalf: boolean;
		readonly words?: string;
		readonly dueOn?: Day;
		readonly changedOn?: Day;
	}
): Promise<Outcome<null>> {
	const { networkId, personId, membershipId, organisationId } = deed.actor;
	await deed.tx
		.insertInto('signalEvent')
		.values({
			...{ networkId, signalId, eventId: deed.id(), kind: fact.kind, onBehalf: fact.onBehalf, words: fact.words ?? '' },
			...{ dueOn: fact.dueOn ?? null, changedOn: fact.changedOn ?? null, personId, membershipId, organisationId, at: deed.now }
		})
		.execute();
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
		const words = (input.words ?? '').trim();
		// What someone else is said to do is recorded with what shows it (F3).
		if (found.value.onBehalf && words === '') return refuse('invalid', { fields: [{ path: ['words'], code: 'required' }] });
		return record(deed, input.signalId, { kind: 'taken_up', onBehalf: found.value.onBehalf, words, dueOn: input.dueOn });
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
		return record(deed, input.signalId, { kind: 'not_ours', onBehalf: found.value.onBehalf, words: input.words });
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
		return record(deed, input.signalId, { kind: 'change_agreed', onBehalf: found.value.onBehalf, words: input.words, dueOn: input.dueOn });
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
		return record(deed, input.signalId, {
			...{ kind: 'in_force', onBehalf: found.value.onBehalf, words: input.words, changedOn: input.changedOn }
		});
	}
});
