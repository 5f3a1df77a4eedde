import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findCaseOfPayment, findPayee } from '../payments/read.server.ts';
import { listRole } from '../requests/read.server.ts';
import { findReversal } from './read.server.ts';
import { keepsPot } from './rules.ts';
import { reversalSchema, reverseSchema } from './schema.ts';

/** Where money is taken from: the pot itself, or what a team was given to spend. */
export type MoneyFrom = { readonly kind: 'pot' } | { readonly kind: 'team'; readonly teamId: string };

/** What setting money aside needs of a deed. */
export type PotDeed = Pick<Deed, 'tx' | 'id'>;

/**
 * Sets money aside for a request, in the transaction of the act that grants it, so that what is promised is there (D8). However many ask at once,
 * together they never take more than there is: the one row of the pot, or of the team's card, is locked by the database. A request gets money set
 * aside once.
 * @param wish.expiresAt when it goes back by itself if nothing was paid
 */
export async function reserve(
	deed: PotDeed,
	wish: { readonly requestId: string; readonly amountCents: number; readonly from: MoneyFrom; readonly expiresAt: Date }
): Promise<Outcome<{ reservationId: string }>> {
	const reservationId = deed.id();
	const teamId = wish.from.kind === 'team' ? wish.from.teamId : null;
	const { rows } = await sql<{ answer: 'reserved' | 'too_small' | 'already' }>`
		select app.reserve(${reservationId}, ${deed.id()}, ${wish.requestId}, ${wish.amountCents}, ${teamId}, ${wish.expiresAt}) as answer`.execute(
		deed.tx
	);
	switch (rows[0]?.answer) {
		case 'reserved':
			return ok({ reservationId });
		case 'already':
			return refuse('wrong_state');
		default:
			return refuse('pot_too_small', { lift: { kind: 'role', role: 'treasurer' } });
	}
}

/** Lets go of what is left of the money set aside for a request: it was withdrawn, or needs less. Cents that went back; null when none was set aside. */
export async function releaseReservation(deed: PotDeed, wish: { readonly requestId: string }): Promise<number | null> {
	const { rows } = await sql<{ left: number | null }>`
		select app.release_reservation(${wish.requestId}, ${deed.id()}) as left`.execute(deed.tx);
	return rows[0]?.left ?? null;
}

/** What the database answers to taking a journal back, as a refusal; null: it was done. */
function refusalOf(answer: string | undefined): Outcome<never> | null {
	switch (answer) {
		case 'done':
			return null;
		case 'too_small':
			return refuse('pot_too_small', { lift: { kind: 'role', role: 'treasurer' } });
		case 'same_eyes':
			return refuse('other_eyes', { lift: { kind: 'role', role: 'treasurer' } });
		case 'proposed':
			return refuse('already_proposed', { lift: { kind: 'role', role: 'secretariat' } });
		case 'not_found':
			return refuse('not_found');
		default:
			return refuse('wrong_state');
	}
}

/** Tells the treasurers and governors, but not the actor, that something of the books waits for a second pair of eyes. */
export async function tellOtherKeepers(deed: Deed, kind: 'mail.reversal_waits' | 'mail.year_waits'): Promise<void> {
	const keepers = new Set<string>();
	for (const role of ['treasurer', 'governor'])
		for (const personId of await listRole(deed.tx, deed.actor.networkId, deed.now, role)) keepers.add(personId);
	for (const personId of keepers) if (personId !== deed.actor.personId) await deed.tell(kind, { personId });
}

/** The treasurer proposes to take a journal back. It stands until another has confirmed it; what else there is, is undone by an act of its own. */
export const reverseJournal = command({
	act: 'journal.reverse',
	schema: reverseSchema,
	async run(deed, input): Promise<Outcome<{ reversalId: string }>> {
		deed.about('journal', input.journalId);
		if (!deed.actor.roles.includes('treasurer')) return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		const reversalId = deed.id();
		const { rows } = await sql<{ answer: string }>`select app.propose_reversal(${input.journalId}, ${reversalId}) as answer`.execute(
			deed.tx
		);
		const refused = refusalOf(rows[0]?.answer);
		if (refused) return refused;
		await tellOtherKeepers(deed, 'mail.reversal_waits');
		return ok({ reversalId });
	}
});

/** Another than who proposed it confirms: the journal is taken back by a second one, and what it stood for no longer counts. */
export const confirmReversal = command({
	act: 'journal.confirm_reverse',
	schema: reversalSchema,
	async run(deed, input): Promise<Outcome<{ journalId: string }>> {
		deed.about('reversal', input.reversalId);
		if (!keepsPot(deed.actor)) return refuse('not_allowed', { lift: { kind: 'role', role: 'secretariat' } });
		const proposed = await findReversal(deed.tx, deed.actor, input.reversalId);
		if (!proposed) return refuse('not_found');
		if (proposed.ended) return refuse('already_answered');
		// A payment that is taken back no longer counts for its household: who is paid is opened for it, and that is a reading of its case.
		const payee = proposed.paymentId === null ? null : await findPayee(deed.tx, deed.keyring, deed.actor, proposed.paymentId);
		const caseId = proposed.paymentId === null ? null : await findCaseOfPayment(deed.tx, proposed.paymentId);
		if (caseId !== null) deed.about('reversal', input.reversalId, caseId);
		const journalId = deed.id();
		const { rows } = await sql<{ answer: string }>`
			select app.reverse_journal(${proposed.journalId}, ${journalId}, ${payee?.householdId ?? null}) as answer`.execute(deed.tx);
		// Another confirmed it in between.
		if (rows[0]?.answer === 'over') return refuse('already_answered');
		return refusalOf(rows[0]?.answer) ?? ok({ journalId });
	}
});

/** A proposal to take a journal back does not go on: another says no, or who proposed it takes it back. */
export const declineReversal = command({
	act: 'journal.decline_reverse',
	schema: reversalSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('reversal', input.reversalId);
		if (!keepsPot(deed.actor)) return refuse('not_allowed', { lift: { kind: 'role', role: 'secretariat' } });
		const { rows } = await sql<{ answer: string }>`select app.decline_reversal(${input.reversalId}) as answer`.execute(deed.tx);
		return rows[0]?.answer === 'over' ? refuse('already_answered') : (refusalOf(rows[0]?.answer) ?? ok(null));
	}
});
