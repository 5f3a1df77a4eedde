import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { dayAt } from '#foundation/time/days.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { findForAct } from '../commands.server.ts';
import { bindsOrganisation } from '../rules.ts';
import { agreementIdSchema } from '../schema.ts';
import { mayNudge, roundOf, turnOf } from './rules.ts';
import { disputeRoomSchema } from './schema.ts';

/** One nudge to whose turn it is, in each round (C7). */
export const nudge = command({
	act: 'agreement.nudge',
	schema: agreementIdSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.agreementId);
		if (!found.ok) return found;
		const { agreement, standing } = found.value;
		const { networkId, personId } = deed.actor;
		if (agreement.personId !== personId && agreement.receiverId !== personId)
			return refuse('not_party', { lift: { kind: 'person', personId: agreement.personId } });
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
		const turn = turnOf(agreement);
		if (turn?.waiterId !== personId || !mayNudge(agreement, turn, dayAt(deed.now))) return refuse('nothing_to_nudge');
		const round = roundOf(agreement);
		if (agreement.nudges.some((given) => given.round === round))
			return refuse('already_nudged', { lift: { kind: 'person', personId: turn.personId } });
		const { agreementId, caseId } = agreement;
		await deed.tx
			.insertInto('agreementNudge')
			.values({ networkId, agreementId, caseId, round, personId, nudgedId: turn.personId, at: deed.now })
			.execute();
		await (turn.askId === undefined
			? deed.tell('mail.agreement_nudge', { caseId, personId: turn.personId })
			: deed.tell('mail.agreement_asked', { askId: turn.askId, personId: turn.personId }));
		return ok(null);
	}
});

/**
 * A colleague of the promiser's organisation says afterwards that it falls outside the room of that organisation (C0). Who does not sit at the
 * table does not know the agreement, so it is someone of that organisation at the table. From then on it binds the speaker alone.
 */
export const disputeRoom = command({
	act: 'agreement.dispute_room',
	schema: disputeRoomSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.agreementId);
		if (!found.ok) return found;
		const { agreement, standing } = found.value;
		const { networkId, personId, membershipId, organisationId } = deed.actor;
		if (agreement.organisationId !== organisationId || agreement.personId === personId) return refuse('not_same_organisation');
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (!bindsOrganisation(agreement.kind)) return refuse('binds_speaker_only');
		if (agreement.state === 'asked' || agreement.state === 'refused') return refuse('wrong_state');
		if (agreement.dispute) return refuse('already_disputed', { lift: { kind: 'person', personId: agreement.dispute.personId } });
		const doubts = findDoubts({ words: input.words });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { agreementId, caseId } = agreement;
		await deed.tx
			.insertInto('roomDispute')
			.values({ networkId, agreementId, caseId, organisationId, personId, membershipId, at: deed.now })
			.execute();
		if (input.words) await deed.write({ caseId, aboutId: agreementId, part: 'room_dispute', text: input.words });
		for (const told of new Set([agreement.personId, agreement.receiverId]))
			if (told !== personId) await deed.tell('mail.room_disputed', { caseId, personId: told });
		return ok(null);
	}
});
