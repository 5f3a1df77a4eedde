import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { amount, by, moment, newest, readFacts, rowsOf, text } from './exported-facts.ts';
import type { Facts, Row } from './exported-facts.ts';
import { countParties } from './recompute-parties.ts';

/**
 * Counts every number of the network's page again, from the facts that `loopplank export` writes and from nothing else: none of the product's own code
 * is used here, so that a mistake of the product is not made twice.
 *
 *     loopplank export --network havenstad > facts.jsonl
 *     node e2e/recompute.ts facts.jsonl
 */

/** The month in Amsterdam, as its first day. */
const monthIn = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam', year: 'numeric', month: '2-digit' });
const monthOf = (at: number): string => `${monthIn.format(at).slice(0, 7)}-01`;

const median = (values: readonly number[]): number | null => {
	const sorted = values.toSorted((a, b) => a - b);
	if (sorted.length === 0) return null;
	const half = (sorted.length - 1) / 2;
	return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
};

/** Cases by state, and how the closed ones ended: `closed helped`, `open -`. */
export function countCases(facts: Facts): Record<string, number> {
	const agreed = new Set(rowsOf(facts, 'agreement').map((row) => text(row, 'case_id')));
	const counts: Record<string, number> = {};
	for (const [caseId, events] of by(rowsOf(facts, 'case_event'), 'case_id')) {
		const last = newest(events, 'event_id');
		const kind = text(last, 'kind');
		const state = kind === 'opened' ? (agreed.has(caseId) ? 'running' : 'open') : kind;
		const key = `${state} ${text(last, 'outcome') || '-'}`;
		counts[key] = (counts[key] ?? 0) + 1;
	}
	return counts;
}

export interface RecomputedCause {
	readonly cases: number;
	readonly cents: number;
	/** Cases that were closed as helped, with money or without; 0 under three. */
	readonly households: number;
	/** Cases by the month in which the cause was first named there. */
	readonly months: Readonly<Record<string, number>>;
	/** Known from three cases on, or with a signal. */
	readonly responsible: string | null;
}

/** What the last naming of each case says. */
function lastNamings(facts: Facts): Row[] {
	const last: Row[] = [];
	for (const rows of by(rowsOf(facts, 'cause_naming'), 'case_id').values()) {
		const row = newest(rows, 'naming_id');
		if (row) last.push(row);
	}
	return last;
}

/** Each cause that stands in a case, by its id. */
export function countCauses(facts: Facts): Record<string, RecomputedCause> {
	const causes = new Map(rowsOf(facts, 'cause').map((row) => [text(row, 'cause_id'), row]));
	const signals = new Set(rowsOf(facts, 'signal').map((row) => text(row, 'cause_id')));
	const granted = grantedByCase(facts);
	const helped = new Set<string>();
	for (const [caseId, events] of by(rowsOf(facts, 'case_event'), 'case_id')) {
		const last = newest(events, 'event_id');
		if (text(last, 'kind') === 'closed' && ['helped', 'helped_without_money'].includes(text(last, 'outcome'))) helped.add(caseId);
	}
	const counted: Record<string, RecomputedCause> = {};
	for (const [causeId, last] of by(
		lastNamings(facts).filter((row) => text(row, 'cause_id') !== ''),
		'cause_id'
	)) {
		const caseIds = last.map((row) => text(row, 'case_id'));
		const months: Record<string, number> = {};
		for (const caseId of caseIds) {
			const namings = rowsOf(facts, 'cause_naming').filter((row) => text(row, 'case_id') === caseId && text(row, 'cause_id') === causeId);
			const month = monthOf(Math.min(...namings.map((row) => moment(row, 'at'))));
			months[month] = (months[month] ?? 0) + 1;
		}
		const cause = causes.get(causeId);
		// Who was asked last goes about it, else who was named first.
		const asked = rowsOf(facts, 'cause_owner')
			.filter((row) => text(row, 'cause_id') === causeId)
			.toSorted((a, b) => moment(a, 'at') - moment(b, 'at') || (text(a, 'owner_id') < text(b, 'owner_id') ? -1 : 1))
			.at(-1);
		const goesAboutIt = asked
			? text(asked, 'asked_organisation_id') || text(asked, 'asked_outside')
			: text(cause, 'responsible_organisation_id') || text(cause, 'responsible_outside');
		const households = caseIds.filter((caseId) => helped.has(caseId)).length;
		const known = caseIds.length >= 3 || signals.has(causeId);
		counted[causeId] = {
			cases: caseIds.length,
			cents: caseIds.length < 3 ? 0 : caseIds.reduce((sum, caseId) => sum + (granted.get(caseId) ?? 0), 0),
			households: households < 3 ? 0 : households,
			months,
			responsible: known ? goesAboutIt : null
		};
	}
	return counted;
}

/** How many cases say that there was no cause, or that it is not known yet. */
export function countWithoutCause(facts: Facts): { readonly named: number; readonly none: number; readonly notKnown: number } {
	const last = lastNamings(facts);
	const of = (kind: string): number => last.filter((row) => text(row, 'kind') === kind).length;
	return { named: last.length, none: of('none'), notKnown: of('not_known_yet') };
}

/** What was granted from the pot in each case, without what was given back or lapsed. */
export function grantedByCase(facts: Facts): Map<string, number> {
	const granted = new Map<string, number>();
	const events = by(rowsOf(facts, 'request_event'), 'request_id');
	for (const link of rowsOf(facts, 'case_request')) {
		const rows = (events.get(text(link, 'request_id')) ?? []).filter((row) => ['granted', 'partly'].includes(text(row, 'kind')));
		const withdrawn = (events.get(text(link, 'request_id')) ?? []).some((row) => text(row, 'kind') === 'withdrawn');
		const lapsed = (events.get(text(link, 'request_id')) ?? []).filter((row) => text(row, 'kind') === 'lapsed');
		const sum = (of: typeof rows): number => of.reduce((total, row) => total + amount(row, 'granted_cents'), 0);
		const cents = withdrawn ? 0 : sum(rows) - sum(lapsed);
		granted.set(text(link, 'case_id'), (granted.get(text(link, 'case_id')) ?? 0) + cents);
	}
	return granted;
}

/** How many cases were brought in, by month. */
export function countIntake(facts: Facts): Record<string, number> {
	const months: Record<string, number> = {};
	for (const row of rowsOf(facts, 'case_record')) {
		const month = monthOf(moment(row, 'opened_at'));
		months[month] = (months[month] ?? 0) + 1;
	}
	return months;
}

/** Of the cases that were helped, how many without money (B7). */
export function countWithoutMoney(facts: Facts): { readonly withoutMoney: number; readonly helped: number } {
	const cases = countCases(facts);
	const withoutMoney = cases['closed helped_without_money'] ?? 0;
	return { withoutMoney, helped: withoutMoney + (cases['closed helped'] ?? 0) };
}

/** Questions, those answered, and the median number of hours to the first answer; the latter two from three on. */
export function countQuestions(facts: Facts): {
	readonly asked: number;
	readonly answered: number | null;
	readonly medianHours: number | null;
} {
	const answers = by(rowsOf(facts, 'question_answer'), 'question_id');
	const withdrawn = new Set(rowsOf(facts, 'question_withdrawal').map((row) => text(row, 'question_id')));
	const first = rowsOf(facts, 'question').map((question) => {
		const id = text(question, 'question_id');
		const given = (answers.get(id) ?? []).filter((row) => text(row, 'answer') !== 'declined');
		const hours = given.length === 0 ? null : (Math.min(...given.map((row) => moment(row, 'at'))) - moment(question, 'at')) / 3_600_000;
		return { counts: hours !== null || !withdrawn.has(id), hours };
	});
	const hours = first.flatMap((one) => one.hours ?? []);
	const asked = first.filter((one) => one.counts).length;
	return { asked, answered: asked >= 3 ? hours.length : null, medianHours: hours.length >= 3 ? median(hours) : null };
}

/** Money that was asked, where there was a yes, and the median number of hours to the first decision in each lane, from three decisions on. */
export function countRequests(facts: Facts): Record<'asked' | 'granted' | 'medianHoursLight' | 'medianHoursFull', number | null> {
	const more = new Set(rowsOf(facts, 'request_more').map((row) => text(row, 'request_id')));
	const events = by(rowsOf(facts, 'request_event'), 'request_id');
	const requests = rowsOf(facts, 'request').map((request) => {
		const own = events.get(text(request, 'request_id')) ?? [];
		const asks = own.filter((row) => text(row, 'kind') === 'asked').map((row) => moment(row, 'at'));
		const decision = own.find((row) => ['granted', 'partly', 'refused'].includes(text(row, 'kind')));
		const full = text(request, 'lane') === 'full' || more.has(text(request, 'request_id'));
		return { asks, decision, full, hours: decision ? (moment(decision, 'at') - Math.max(...asks)) / 3_600_000 : null };
	});
	const medianOf = (full: boolean): number | null => {
		const hours = requests.filter((one) => one.full === full).flatMap((one) => one.hours ?? []);
		return hours.length >= 3 ? median(hours) : null;
	};
	const asked = requests.filter((one) => one.asks.length > 0).length;
	const granted = requests.filter((one) => one.decision && text(one.decision, 'kind') !== 'refused').length;
	return { asked, granted, medianHoursLight: medianOf(false), medianHoursFull: medianOf(true) };
}

/** The pot, counted from the lines of its books and not from the balances that are kept beside them. */
export function countPot(facts: Facts): Record<string, number> {
	const accounts = new Map(rowsOf(facts, 'account').map((row) => [text(row, 'account_id'), row]));
	const ofTeam = new Set(
		rowsOf(facts, 'fund_source')
			.filter((row) => text(row, 'team_id') !== '')
			.map((row) => text(row, 'source_id'))
	);
	const booked = (kind: string, onlyTeams = false): number =>
		rowsOf(facts, 'posting')
			.filter((row) => {
				const account = accounts.get(text(row, 'account_id'));
				return text(account, 'kind') === kind && (!onlyTeams || ofTeam.has(text(account, 'source_id')));
			})
			.reduce((sum, row) => sum + amount(row, 'amount_cents'), 0);
	const takenBack = new Set(rowsOf(facts, 'taken_back').map((row) => text(row, 'subject_id')));
	const sumOf = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + amount(row, 'amount_cents'), 0);
	return {
		inPotCents: booked('cash'),
		promisedCents: Math.abs(booked('reserved')),
		onCardsCents: booked('cash', true),
		pledgedCents: sumOf(rowsOf(facts, 'contribution')),
		receivedCents: sumOf(
			rowsOf(facts, 'contribution_step').filter((row) => text(row, 'kind') === 'received' && !takenBack.has(text(row, 'step_id')))
		),
		givenCents: booked('gifts'),
		recoveredCents: 0 - booked('recovered') || 0
	};
}

const returnColumns = ['pot', 'inputs', 'gross', 'gross_low', 'gross_high', 'adjusted', 'adjusted_low', 'adjusted_high'] as const;

/** The sums of the return: all estimates, what was realised, and what had been foreseen of the same cases. Amounts from three cases on. */
export function countReturns(facts: Facts): Record<string, { readonly cases: number; readonly cents: readonly number[] | null }> {
	const last = (kind: string): Row[] =>
		[
			...by(
				rowsOf(facts, 'counted_return').filter((row) => text(row, 'kind') === kind),
				'case_id'
			).values()
		].flatMap((rows): Row[] => {
			const row = newest(rows, 'counted_id');
			return row ? [row] : [];
		});
	const realised = last('realised');
	const found = new Set(realised.map((row) => text(row, 'case_id')));
	const estimates = last('estimate');
	const sums = (rows: readonly Row[]): { cases: number; cents: number[] | null } => ({
		cases: rows.length,
		cents: rows.length < 3 ? null : returnColumns.map((column) => rows.reduce((sum, row) => sum + amount(row, `${column}_cents`), 0))
	});
	return {
		estimate: sums(estimates),
		realised: sums(realised),
		foreseen: sums(estimates.filter((row) => found.has(text(row, 'case_id'))))
	};
}

/** Of the cases in which an agreement was kept or money granted: how many were followed up, are missing, or are not due yet, on a day in Amsterdam. */
export function countFollowUps(
	facts: Facts,
	today: string
): { readonly helped: number; readonly followed: number; readonly missing: number } {
	const kept = new Set(
		rowsOf(facts, 'agreement_report')
			.filter((row) => ['kept', 'late'].includes(text(row, 'outcome')))
			.map((row) => text(row, 'report_id'))
	);
	// Agreements of projects and pairs of organisations stand in the same tables, and help no case.
	const cases = new Set(rowsOf(facts, 'case_record').map((row) => text(row, 'case_id')));
	const helped = new Set(
		rowsOf(facts, 'agreement_answer')
			.filter((row) => text(row, 'answer') === 'confirmed' && kept.has(text(row, 'report_id')))
			.map((row) => text(row, 'case_id'))
			.filter((caseId) => cases.has(caseId))
	);
	for (const [caseId, cents] of grantedByCase(facts)) if (cents > 0) helped.add(caseId);
	const answers = new Map(rowsOf(facts, 'follow_up_answer').map((row) => [text(row, 'follow_up_id'), text(row, 'outcome')]));
	const dropped = new Set(rowsOf(facts, 'follow_up_drop').map((row) => text(row, 'follow_up_id')));
	const checks = by(rowsOf(facts, 'follow_up'), 'case_id');
	let [followed, missing] = [0, 0];
	for (const caseId of helped) {
		const ofCase = (checks.get(caseId) ?? []).map((row) => ({ id: text(row, 'follow_up_id'), due: text(row, 'due_on') }));
		if (ofCase.some(({ id }) => answers.has(id) && answers.get(id) !== 'contact_lost')) followed += 1;
		else if (ofCase.some(({ id, due }) => answers.get(id) === 'contact_lost' || dropped.has(id) || due <= today)) missing += 1;
	}
	return { helped: helped.size, followed, missing };
}

/** Everything together, as a JSON document. */
export const recompute = (facts: Facts): object => ({
	cases: countCases(facts),
	withoutMoney: countWithoutMoney(facts),
	intake: countIntake(facts),
	causes: countCauses(facts),
	withoutCause: countWithoutCause(facts),
	questions: countQuestions(facts),
	requests: countRequests(facts),
	pot: countPot(facts),
	returns: countReturns(facts),
	parties: { estimate: countParties(facts, 'estimate'), realised: countParties(facts, 'realised') },
	followUps: countFollowUps(facts, new Date().toISOString().slice(0, 10))
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const lines: string[] = [];
	for await (const line of createInterface({ input: createReadStream(process.argv[2] ?? '/dev/stdin') })) lines.push(line);
	process.stdout.write(`${JSON.stringify(recompute(readFacts(lines)), null, 2)}\n`);
}
