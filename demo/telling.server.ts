import { addDays } from '#foundation/time/days.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, declineInvitation, inviteToTable, openCase, reopenCase } from '#rooms/cases/commands.server.ts';
import { closeCase, nameCause } from '#rooms/causes/commands.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { acceptAsk, askDecider } from '#rooms/agreements/asks/commands.server.ts';
import { done, euros } from './cast.ts';
import type { Cast } from './cast.ts';
import { causes } from './causes.ts';
import type { DemoCause, Step, Story } from './stories/story.ts';
import { answer, ask } from './telling-knowledge.server.ts';
import { lookBack } from './telling-follow-up.server.ts';
import { askBack, lapse, pay, requestLarge, requestLight, share } from './telling-money.server.ts';

/** Something that happens on a day, counted back from today. */
export interface Event {
	readonly day: number;
	run(): Promise<void>;
}

/** A case that is being told. */
export interface Told {
	readonly cast: Cast;
	/** Who holds it, by e-mail address. */
	readonly holder: string;
	/** What the resident wants. */
	readonly goal: string;
	readonly caseId: () => string;
}

/** What happens in a story, each on its day. What follows from another stands after it. `opened` hears the id of its case. */
export function eventsOf(cast: Cast, { opens, steps }: Story, opened: (caseId: string) => void = () => undefined): Event[] {
	const { by, day, ...words } = opens;
	const held: { caseId?: string } = {};
	const told: Told = {
		...{ cast, holder: by, goal: opens.goal ?? 'Ik wil hier rustig kunnen blijven wonen.' },
		caseId() {
			if (held.caseId === undefined) throw new Error('A case is brought in first.');
			return held.caseId;
		}
	};
	const opening: Event = {
		day,
		async run() {
			held.caseId = done(await openCase(cast.installation, cast.actor(by), words)).caseId;
			opened(held.caseId);
		}
	};
	return [opening, ...steps.flatMap((step) => eventsOfStep(told, step))];
}

function eventsOfStep(told: Told, step: Step): Event[] {
	const { cast } = told;
	const { installation, actor } = cast;
	const holder = actor(told.holder);
	const at = (day: number, run: () => Promise<unknown>): Event => ({ day, run: async () => void (await run()) });
	switch (step.act) {
		case 'invite':
			return [
				at(step.day, async () => {
					const input = { caseId: told.caseId(), membershipId: actor(step.who).membershipId, message: step.message };
					const { invitationId } = done(await inviteToTable(installation, holder, input));
					if (step.answer === undefined) return;
					cast.clock.on(step.day);
					done(await (step.answer === 'accept' ? acceptInvitation : declineInvitation)(installation, actor(step.who), { invitationId }));
				})
			];
		case 'agree':
			return agree(told, step);
		case 'promise':
			return promise(told, step);
		case 'ask': {
			const asked: { asks: readonly string[] } = { asks: [] };
			return [
				at(step.day, async () => (asked.asks = await ask(told, step))),
				...step.answers.map((one) => at(one.day, () => answer(told, step, one, asked.asks[step.to.indexOf(one.who)])))
			];
		}
		case 'request':
		case 'large': {
			const made: { requestId?: string } = {};
			const request = async (): Promise<void> => {
				made.requestId = await (step.act === 'request' ? requestLight(told, step) : requestLarge(told, step));
			};
			const { pay: paid, back } = step;
			const { share: shared, lapses } = step.act === 'request' ? step : { share: undefined, lapses: undefined };
			return [
				at(step.day, request),
				...(paid === undefined ? [] : [at(paid.day, () => pay(told, step, paid, made.requestId))]),
				...(lapses === undefined ? [] : [at(lapses, () => lapse(cast))]),
				...(back === undefined ? [] : askBack(told, back, () => made.requestId)),
				...(shared === undefined ? [] : [share(cast, shared, () => made.requestId)])
			];
		}
		case 'count': {
			const { act: _act, day: _day, proposed = [], hours = 0, hourCents = 0, ...map } = step;
			return [
				at(step.day, async () =>
					done(await recordValueMap(installation, holder, { caseId: told.caseId(), ...map, proposed, hours, hourCents }))
				)
			];
		}
		case 'cause':
			return [
				at(step.day, async () =>
					done(
						await nameCause(installation, holder, { caseId: told.caseId(), ...naming(cast, step.cause), ...present('words', step.words) })
					)
				)
			];
		case 'follow_up':
			return [at(step.day, () => lookBack(told, step))];
		case 'close':
			return [
				at(step.day, async () =>
					done(
						await closeCase(installation, holder, {
							...{ caseId: told.caseId(), outcome: step.outcome, ...naming(cast, step.cause) },
							...{ ...present('words', step.words), ...present('notFollowedBecause', step.without) }
						})
					)
				)
			];
		case 'reopen':
			return [at(step.day, async () => done(await reopenCase(installation, holder, { caseId: told.caseId() })))];
	}
}

const present = <Name extends string>(name: Name, text: string | undefined): Partial<Record<Name, string>> =>
	text === undefined ? {} : ({ [name]: text } as Partial<Record<Name, string>>);

/** A cause as a form says it. */
const naming = (cast: Cast, name: DemoCause): { readonly cause: string; readonly responsible: string; readonly title: string } => {
	const { kind, responsible, title } = causes[name];
	return { cause: kind, responsible: cast.organisation(responsible) ?? responsible, title };
};

function agree(told: Told, step: Extract<Step, { act: 'agree' }>): Event[] {
	const { cast } = told;
	const { installation, actor, clock } = cast;
	const made: { agreementId?: string } = {};
	const { report } = step;
	const making: Event = {
		day: step.day,
		async run() {
			made.agreementId = done(
				await makeAgreement(installation, actor(step.who), {
					...{ caseId: told.caseId(), what: step.what, receiverId: actor(step.to).personId, dueOn: addDays(cast.today, -step.dueDay) },
					...present('proof', step.proof)
				})
			).agreementId;
		}
	};
	if (report === undefined) return [making];
	const reporting: Event = {
		day: report.day,
		async run() {
			const { agreementId } = made;
			done(
				await reportAgreement(installation, actor(step.who), { agreementId, outcome: report.outcome, ...present('words', report.words) })
			);
			if (report.answer === undefined) return;
			clock.on(report.day);
			done(await answerReport(installation, actor(step.to), { agreementId, answer: report.answer }));
		}
	};
	return [making, reporting];
}

/** A promise above what one may oneself: the colleague who can is asked in one tap. */
function promise(told: Told, step: Extract<Step, { act: 'promise' }>): Event[] {
	const { cast } = told;
	const { installation, actor } = cast;
	const made: { askId?: string } = {};
	const asking: Event = {
		day: step.day,
		async run() {
			made.askId = done(
				await askDecider(installation, actor(step.who), {
					...{ caseId: told.caseId(), kind: 'on_behalf', what: step.what, amount: euros(step.cents), insideRoom: true },
					...{ receiverId: actor(step.to).personId, dueOn: addDays(cast.today, -step.dueDay) },
					deciderMembershipId: actor(step.decider).membershipId
				})
			).askId;
		}
	};
	if (step.yes === undefined) return [asking];
	return [asking, { day: step.yes, run: async () => void done(await acceptAsk(installation, actor(step.decider), made)) }];
}
