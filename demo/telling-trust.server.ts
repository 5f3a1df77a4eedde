import { addDays } from '#foundation/time/days.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation } from '#rooms/cases/commands.server.ts';
import { openPair } from '#rooms/chain/pairs/commands.server.ts';
import { answerTrust, openRound } from '#rooms/chain/trust/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import type { pairsTold } from './stories/trust.ts';
import type { Event } from './telling.server.ts';

/** A pair: asked, a round that both answered, what each does for the other, and perhaps a round that only one answered. */
export function trustEvents({ installation, actor, today, clock }: Cast, told: (typeof pairsTold)[number]): Event[] {
	const two = [actor(told.by), actor(told.asks)] as const;
	const [one, other] = two;
	const { whole } = told;
	let pairId = '';
	const open = async (): Promise<void> => {
		const opened = done(await openPair(installation, one, { membershipId: other.membershipId, message: told.message }));
		({ pairId } = opened);
		clock.on(told.day);
		done(await acceptInvitation(installation, other, { invitationId: opened.invitationId }));
	};
	const answered = async (): Promise<void> => {
		const { roundId } = done(await openRound(installation, one, { pairId }));
		for (const [index, actor] of two.entries()) {
			clock.on(whole.day);
			done(await answerTrust(installation, actor, { roundId, scores: whole.scores[index] }));
		}
	};
	const things = whole.things.flatMap((thing, index): Event[] => {
		const [promiser, receiver] = index === 0 ? [one, other] : [other, one];
		let agreementId = '';
		const day = whole.day - 2;
		const promise: Event = {
			day,
			async run() {
				const dueOn = addDays(today, thing.dueIn - day);
				({ agreementId } = done(
					await makeAgreement(installation, promiser, { caseId: pairId, what: thing.what, dueOn, receiverId: receiver.personId })
				));
			}
		};
		if (!('reported' in thing)) return [promise];
		const { day: reportedOn, words } = thing.reported;
		const reports: Event = {
			day: reportedOn,
			async run() {
				done(await reportAgreement(installation, promiser, { agreementId, outcome: 'kept', words }));
				clock.on(reportedOn);
				done(await answerReport(installation, receiver, { agreementId, answer: 'confirmed' }));
			}
		};
		return [promise, reports];
	});
	const events: Event[] = [{ day: told.day, run: open }, { day: whole.day, run: answered }, ...things];
	if (!('now' in told)) return events;
	const { by, scores } = told.now;
	const opensNow = async (): Promise<void> => {
		const { roundId } = done(await openRound(installation, actor(by), { pairId }));
		clock.on(0);
		done(await answerTrust(installation, actor(by), { roundId, scores }));
	};
	return [...events, { day: 0, run: opensNow }];
}
