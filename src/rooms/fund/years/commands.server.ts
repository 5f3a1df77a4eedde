import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { tellOtherKeepers } from '../ledger/commands.server.ts';
import { keepsPot } from '../ledger/rules.ts';
import { findClose, listYears } from './read.server.ts';
import { mayClose } from './rules.ts';
import { answerCloseSchema, yearSchema } from './schema.ts';

/** The treasurer proposes to close a year that is over, the oldest open one first. */
export const proposeClose = command({
	act: 'year.close',
	schema: yearSchema,
	async run(deed, { year }): Promise<Outcome<{ closeId: string }>> {
		const closeId = deed.id();
		deed.about('year', closeId);
		const { networkId, personId, membershipId, roles } = deed.actor;
		if (!roles.includes('treasurer')) return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		const years = (await listYears(deed.tx, deed.actor)).map((one) => ({ ...one, closed: one.closedAt !== null }));
		if (!mayClose(year, Number(dayAt(deed.now).slice(0, 4)), years)) return refuse('wrong_state');
		if (years.some((one) => one.year === year && one.closeId !== null))
			return refuse('already_proposed', { lift: { kind: 'role', role: 'secretariat' } });
		await deed.tx.insertInto('yearClose').values({ networkId, closeId, year, personId, membershipId, at: deed.now }).execute();
		await tellOtherKeepers(deed, 'mail.year_waits');
		return ok({ closeId });
	}
});

/** Another than who proposed it closes the year, or says no. From here on nothing is booked in it; a mistake is put right in the year that is open. */
export const answerClose = command({
	act: 'year.confirm_close',
	schema: answerCloseSchema,
	async run(deed, { closeId, answer }): Promise<Outcome<null>> {
		deed.about('year', closeId);
		const { networkId, personId, membershipId } = deed.actor;
		if (!keepsPot(deed.actor)) return refuse('not_allowed', { lift: { kind: 'role', role: 'secretariat' } });
		const close = await findClose(deed.tx, deed.actor, closeId);
		if (!close) return refuse('not_found');
		if (close.answered) return refuse('already_answered');
		if (answer === 'confirmed' && close.personId === personId) return refuse('other_eyes', { lift: { kind: 'role', role: 'secretariat' } });
		const written = await deed.tx
			.insertInto('yearCloseEnd')
			.values({ networkId, closeId, year: close.year, kind: answer, personId, membershipId, at: deed.now })
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		return written.numInsertedOrUpdatedRows === 1n ? ok(null) : refuse('already_answered');
	}
});
