import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { checkDutyDays, findOwnTeam, lockTeam, putOnDuty } from '#rooms/people/teams/commands.server.ts';
import { askDutySchema, dutyAskSchema } from '#rooms/people/teams/schema.ts';
import { findDutyAsk } from './read.server.ts';

/** A member asks another of the team to take duty: they have it only when they accept. */
export const askDuty = command({
	act: 'duty.ask',
	schema: askDutySchema,
	async run(deed, input): Promise<Outcome<{ askId: string }>> {
		const team = await findOwnTeam(deed, input.teamId);
		if (!team.ok) return team;
		const colleague = team.value.members.find((member) => member.membershipId === input.membershipId);
		if (!colleague || colleague.personId === deed.actor.personId)
			return refuse('invalid', { fields: [{ path: ['membershipId'], code: 'not_a_choice' }] });
		const wrong = await checkDutyDays(deed, team.value, input);
		if (wrong) return wrong;
		const askId = deed.id();
		deed.about('duty', askId);
		await deed.tx
			.insertInto('dutyAsk')
			.values({
				...{ networkId: deed.actor.networkId, askId, teamId: input.teamId, personId: colleague.personId },
				...{ membershipId: colleague.membershipId, askedBy: deed.actor.personId, fromDay: input.fromDay, untilDay: input.untilDay },
				at: deed.now
			})
			.execute();
		await deed.tell('mail.duty_asked', { teamId: input.teamId, personId: colleague.personId });
		return ok({ askId });
	}
});

async function answer(deed: Deed, askId: string, said: 'accepted' | 'declined'): Promise<Outcome<{ teamId: string }>> {
	deed.about('duty', askId);
	const seen = await findDutyAsk(deed.tx, deed.actor, askId);
	if (!seen) return refuse('not_found');
	if (seen.personId !== deed.actor.personId || seen.membershipId !== deed.actor.membershipId) return refuse('not_invited');
	await lockTeam(deed, seen.teamId);
	const ask = await findDutyAsk(deed.tx, deed.actor, askId);
	if (ask?.state !== 'waiting') return refuse('invitation_over');
	if (said === 'accepted') {
		const team = await findOwnTeam(deed, seen.teamId);
		if (!team.ok) return team;
		// Days that went by while nobody answered are not had any more.
		const today = dayAt(deed.now);
		if (ask.untilDay < today) return refuse('invitation_over');
		const days = { fromDay: ask.fromDay < today ? today : ask.fromDay, untilDay: ask.untilDay };
		const wrong = await checkDutyDays(deed, team.value, days);
		if (wrong) return wrong;
		await putOnDuty(deed, seen.teamId, days);
	}
	deed.about('duty', askId);
	const { networkId, personId } = deed.actor;
	await deed.tx.insertInto('dutyAnswer').values({ networkId, askId, answer: said, personId, at: deed.now }).execute();
	await deed.tell('mail.duty_answered', { teamId: seen.teamId, personId: seen.askedBy });
	return ok({ teamId: seen.teamId });
}

/** Who was asked takes duty on those days. */
export const acceptDuty = command({
	act: 'duty.accept',
	schema: dutyAskSchema,
	run: (deed, input) => answer(deed, input.askId, 'accepted')
});

/** Who was asked says no; no reason is asked. */
export const declineDuty = command({
	act: 'duty.decline',
	schema: dutyAskSchema,
	run: (deed, input) => answer(deed, input.askId, 'declined')
});
