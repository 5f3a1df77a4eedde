import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findPayee } from '../payments/read.server.ts';
import { reverseSchema } from './schema.ts';

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

/** Kinds of journal that the treasurer may take back; what else there is, is undone by an act of its own. */
export const reverseJournal = command({
	act: 'journal.reverse',
	schema: reverseSchema,
	async run(deed, input): Promise<Outcome<{ journalId: string }>> {
		deed.about('journal', input.journalId);
		if (!deed.actor.roles.includes('treasurer')) return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		const journalId = deed.id();
		// A payment that is taken back no longer counts for its household.
		const subject = await deed.tx
			.selectFrom('journalSubject')
			.select('subjectId')
			.where('networkId', '=', deed.actor.networkId)
			.where('journalId', '=', input.journalId)
			.executeTakeFirst();
		const payee = subject ? await findPayee(deed.tx, deed.keyring, deed.actor, subject.subjectId) : null;
		const { rows } = await sql<{ answer: string }>`
			select app.reverse_journal(${input.journalId}, ${journalId}, ${payee?.householdId ?? null}) as answer`.execute(deed.tx);
		switch (rows[0]?.answer) {
			case 'done':
				return ok({ journalId });
			case 'too_small':
				return refuse('pot_too_small', { lift: { kind: 'role', role: 'treasurer' } });
			case 'same_eyes':
				return refuse('other_eyes', { lift: { kind: 'role', role: 'treasurer' } });
			case 'not_found':
				return refuse('not_found');
			default:
				return refuse('wrong_state');
		}
	}
});
