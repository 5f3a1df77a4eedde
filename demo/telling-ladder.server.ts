import { addDays } from '#foundation/time/days.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { answerRung, askRung } from '#rooms/agreements/escalation/commands.server.ts';
import { tellOverdue } from '#rooms/agreements/escalation/jobs.server.ts';
import { confirmTerms, proposeTerms } from '#rooms/agreements/escalation/terms/commands.server.ts';
import { didMore } from '#rooms/agreements/more/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import { ladderTold, termsTold, timeOutTold } from './stories/ladder.ts';
import { eventsOf } from './telling.server.ts';
import type { Event } from './telling.server.ts';

/** Terms that two organisations set, a ladder in its second rung, of which the term is over, and a time-out that was kept. */
export const ladderEvents = (cast: Cast): Event[] => [...settingTerms(cast), ...climbing(cast), ...pausing(cast)];

function settingTerms({ installation, actor }: Cast): Event[] {
	const { proposed, confirmed } = termsTold;
	let termsId = '';
	return [
		{
			day: proposed.day,
			run: async () => void ({ termsId } = done(await proposeTerms(installation, actor(proposed.by), proposed.terms)))
		},
		{
			day: confirmed.day,
			run: async () => void done(await confirmTerms(installation, actor(confirmed.by), { termsId, answer: 'confirmed' }))
		}
	];
}

function climbing(cast: Cast): Event[] {
	const { installation, actor } = cast;
	const { story, first, second, lateOnDay } = ladderTold;
	const holder = actor(story.opens.by);
	let caseId = '';
	let escalationId = '';
	const ask = async (more: object): Promise<void> => {
		({ escalationId } = done(await askRung(installation, holder, { caseId, wish: 'time_out', ...more })));
	};
	return [
		...eventsOf(cast, story, (opened) => (caseId = opened)),
		{
			day: first.day,
			run: () => ask({ rung: 'colleagues', words: first.words, membershipIds: [actor(first.of).membershipId] })
		},
		{
			day: first.answer.day,
			async run() {
				const { answer, words } = first.answer;
				done(await answerRung(installation, actor(first.of), { escalationId, answer, words }));
			}
		},
		{ day: second.day, run: () => ask({ rung: 'secretariat', words: second.words }) },
		{ day: lateOnDay, run: () => tellOverdue(installation, cast.networkId, installation.world.now()) }
	];
}

function pausing(cast: Cast): Event[] {
	const { installation, actor, today } = cast;
	const { story, gives, kept, more } = timeOutTold;
	const [holder, gave] = [actor(story.opens.by), actor(gives.by)];
	let caseId = '';
	let agreementId = '';
	return [
		...eventsOf(cast, story, (opened) => (caseId = opened)),
		{
			day: gives.day,
			async run() {
				const wish = { caseId, kind: 'time_out', what: gives.what, proof: gives.meanwhile, insideRoom: true };
				const input = { ...wish, receiverId: holder.personId, dueOn: addDays(today, -gives.dueDay) };
				({ agreementId } = done(await makeAgreement(installation, gave, input)));
			}
		},
		{
			day: kept.day,
			async run() {
				done(await reportAgreement(installation, gave, { agreementId, outcome: 'kept', words: kept.words }));
				cast.clock.on(kept.day);
				done(await answerReport(installation, holder, { agreementId, answer: 'confirmed' }));
			}
		},
		{ day: more.day, run: async () => void done(await didMore(installation, holder, { agreementId, words: more.words })) }
	];
}
