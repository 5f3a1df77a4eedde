import { readFile } from 'node:fs/promises';
import { addDays } from '#foundation/time/days.ts';
import { acceptClaim, payClaim, proposeClaim } from '#rooms/fund/claims/commands.server.ts';
import { ledgerJobs, ledgerSweeps } from '#rooms/fund/ledger/jobs.server.ts';
import { releasePayment, submitPayment, tickTransfer } from '#rooms/fund/payments/commands.server.ts';
import { askRequest, prepareRequest, sendRequest } from '#rooms/fund/requests/commands.server.ts';
import { judgeRequest } from '#rooms/fund/requests/judging/commands.server.ts';
import {
	recordDurability,
	recordEffects,
	recordGoal,
	recordPrecedents,
	recordProblem,
	recordScheme,
	recordTriangle
} from '#rooms/fund/requests/steps/commands.server.ts';
import { voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { claimBySplit } from '#rooms/fund/splits/commands.server.ts';
import { done, euros } from './cast.ts';
import type { Cast } from './cast.ts';
import type { Step } from './stories/story.ts';
import type { Event, Told } from './telling.server.ts';

type Small = Extract<Step, { act: 'request' }>;
type Large = Extract<Step, { act: 'large' }>;

/** A small amount: one screen, and colleagues of the team agree. */
export async function requestLight({ cast, holder, caseId }: Told, step: Small): Promise<string> {
	const { installation, actor, clock, networkId, teamId } = cast;
	const { requestId, questionId } = done(
		await askRequest(installation, actor(holder), {
			...{ caseId: caseId(), what: step.what, amount: euros(step.cents), supplier: step.supplier, why: step.why, teamId }
		})
	);
	for (const who of step.agree) {
		clock.on(step.day);
		const voter = actor(who);
		const { askId } = await installation.door.actor(voter, clock.now(), (tx) =>
			tx
				.selectFrom('questionAsk')
				.select('askId')
				.where('networkId', '=', networkId)
				.where('questionId', '=', questionId)
				.where('personId', '=', voter.personId)
				.executeTakeFirstOrThrow()
		);
		done(await voteOnRequest(installation, voter, { askId }));
	}
	return requestId;
}

/** A larger amount: each step of its own, and the secretariat decides. */
export async function requestLarge(told: Told, step: Large): Promise<string> {
	const { cast, holder, goal, caseId } = told;
	const { installation, actor, clock } = cast;
	const asker = actor(holder);
	const { requestId } = done(
		await prepareRequest(installation, asker, {
			...{ caseId: caseId(), what: step.what, amount: euros(step.cents), supplier: step.supplier, why: step.why },
			acute: step.acute === true
		})
	);
	done(
		await recordGoal(installation, asker, {
			...{ requestId, goal, residentDoes: step.resident, horizonMonths: '12' }
		})
	);
	done(
		await recordDurability(installation, asker, {
			requestId,
			outlook: 'yes',
			because: 'Het inkomen is er weer en het bedrag is te dragen.'
		})
	);
	done(await recordEffects(installation, asker, { requestId, socialAssistance: 'no', administration: 'none' }));
	if (step.acute !== true) await recordWhatMayFollow(told, step, requestId);
	done(await sendRequest(installation, asker, { requestId }));
	for (const who of step.judge) {
		clock.on(step.day);
		done(await judgeRequest(installation, actor(who), { requestId, ...judgementOf(step) }));
	}
	return requestId;
}

/** What whoever judges finds, as the form says it. */
function judgementOf({ found }: Large): Record<string, string> {
	if (found === undefined) return { verdict: 'grant', reason: 'Dit voorkomt erger, en de bewoner doet mee.' };
	if (found.verdict === 'refuse') return found;
	const { cents, ...words } = found;
	return { ...words, amount: euros(cents) };
}

/** The steps that may follow when it cannot wait. */
async function recordWhatMayFollow({ cast, holder }: Told, step: Large, requestId: string): Promise<void> {
	const { installation, actor } = cast;
	const asker = actor(holder);
	done(await recordProblem(installation, asker, { requestId, problem: step.why, kind: 'system', place: '1' }));
	done(
		await recordScheme(installation, asker, {
			...{ requestId, scheme: step.scheme.which, answer: 'too_late', why: step.scheme.answer },
			askedOn: addDays(cast.today, -step.scheme.askedDay)
		})
	);
	done(
		await recordTriangle(installation, asker, {
			requestId,
			present: { legitimacy: '3', involvement: '2', return: '2' },
			looming: { legitimacy: '3', involvement: '1', return: '1' },
			proposed: { legitimacy: '4', involvement: '5', return: '4' },
			presentBecause: 'Volgens de regels, maar er verandert niets.',
			loomingBecause: 'Dit wil niemand, en het kost het meest.',
			proposedBecause: 'De wet laat hier ruimte, de bewoner wil het, en het voorkomt kosten.'
		})
	);
	done(await recordPrecedents(installation, asker, { requestId, because: 'Wat eerder hielp, komt hier te laat.' }));
}

/** Pays what was granted: by card with a receipt, by transfer that two tick off, or back to the colleague who paid. */
export async function pay(
	{ cast }: Told,
	step: Small | Large,
	{ day, by, way, household, payee, ticks = ['willem@kade.example', 'ineke@schuldhulp.example'] }: NonNullable<Small['pay']>,
	requestId: string | undefined
): Promise<void> {
	const { installation, actor, clock } = cast;
	const [postcode, houseNumber, birthDate] = household;
	if (step.act === 'large' && step.cents > 100_000)
		done(await releasePayment(installation, actor('ineke@schuldhulp.example'), { requestId }));
	const receipt = (await readFile(new URL('receipt.jpg', import.meta.url))).toString('base64');
	const { paymentId } = done(
		await submitPayment(installation, actor(by), {
			...{ requestId, amount: euros(step.cents), lastOne: true, way, postcode, houseNumber, birthDate, receipt },
			// The invented account number of the example that banks themselves print.
			...(way === 'card' ? {} : { payee: payee ?? step.supplier, iban: 'NL91ABNA0417164300', reference: 'Rekening 2026-017' })
		})
	);
	if (way === 'card') return;
	for (const who of ticks) {
		clock.on(day);
		done(await tickTransfer(installation, actor(who), { paymentId }));
	}
}

/** An organisation is asked to pay it back; what follows comes on its own day. */
export function askBack({ cast, holder }: Told, back: NonNullable<Small['back']>, requestId: () => string | undefined): Event[] {
	const { installation, actor, organisation, today } = cast;
	const made: { claimId?: string } = {};
	const { accepted, cameIn } = back;
	const at = (day: number, run: () => Promise<unknown>): Event => ({ day, run: async () => void (await run()) });
	return [
		at(back.day, async () => {
			const wish = { organisationId: organisation(back.of), amount: euros(back.cents), dueOn: addDays(today, -back.dueDay), why: back.why };
			made.claimId = done(await proposeClaim(installation, actor(holder), { requestId: requestId(), ...wish })).claimId;
		}),
		...(accepted
			? [at(accepted.day, async () => done(await acceptClaim(installation, actor(accepted.by), { claimId: made.claimId })))]
			: []),
		...(cameIn
			? [
					at(cameIn.day, async () =>
						done(await payClaim(installation, actor('willem@kade.example'), { claimId: made.claimId, amount: euros(cameIn.cents) }))
					)
				]
			: [])
	];
}

/** What was paid is shared over the organisations, by the way to share that was agreed. */
export const share = (
	cast: Cast,
	{ day, cents, dueDay, why }: NonNullable<Small['share']>,
	requestId: () => string | undefined
): Event => ({
	day,
	async run() {
		const { installation, actor, today, splitId } = cast;
		const wish = { splitId, amount: euros(cents), dueOn: addDays(today, -dueDay), why };
		done(await claimBySplit(installation, actor('willem@kade.example'), { requestId: requestId(), ...wish }));
	}
});

/** The product lets go what was not used in time, as it does each minute. */
export async function lapse({ installation, networkId, clock }: Cast): Promise<void> {
	for (const kind of ledgerSweeps)
		await ledgerJobs[kind]?.(installation, {
			...{ id: clock.id(), kind, networkId, payload: {}, now: clock.now(), tries: 0 },
			sendMail: () => Promise.resolve(),
			ask: () => Promise.resolve()
		});
}
