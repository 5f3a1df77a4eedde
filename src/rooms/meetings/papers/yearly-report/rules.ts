import type { Paper, PaperBlock } from '#foundation/paper/paper.ts';
import type { Format } from '#foundation/text/format.ts';
import type { Text } from '#foundation/text/text.ts';
import { addMonths, dayAt } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import type { CaseOutcome } from '#rooms/cases/rules.ts';
import type { MonthCount } from '#rooms/causes/overview/rules.ts';
import type { PublicCause } from '#rooms/causes/publication/read.server.ts';
import { causeName, responsibleName } from '#rooms/causes/rules.ts';
import type { Organisation } from '#rooms/network/read.server.ts';
import type { SignPart, StartPart } from '#rooms/network/start/rules.ts';
import type { NetworkReturn } from '#rooms/returns/realised/read.server.ts';
import type { PotFigures } from '#rooms/table/figures/read.server.ts';
import { heading, madeFrom, paperOf, paragraph, small } from '../rules.ts';

/** What may be read outside the network: nothing under five, and no step that one case makes (as in the register). */
export const publicStep = 5;

/** A count as it is told outside: rounded down to a multiple of five; null under five. */
export const publicCount = (cases: number): number | null => (cases < publicStep ? null : Math.floor(cases / publicStep) * publicStep);

/** Money as it is told outside: in whole hundreds. */
export const publicCents = (cents: number): number => Math.round(cents / 10_000) * 10_000;

/** Cases brought in by calendar year, up to the end of the last whole quarter. */
export function intakeByYear(months: readonly MonthCount[], today: Day): { readonly year: number; readonly cases: number | null }[] {
	const quarter = addMonths(`${today.slice(0, 4)}-01-01`, Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3);
	const years = new Map<number, number>();
	for (const { month, cases } of months) {
		if (month >= quarter) continue;
		const year = Number(month.slice(0, 4));
		years.set(year, (years.get(year) ?? 0) + cases);
	}
	return [...years].toSorted(([a], [b]) => a - b).map(([year, cases]) => ({ year, cases: publicCount(cases) }));
}

/** What the yearly report is made from. */
export interface YearlyReportState {
	readonly network: string;
	readonly invented: boolean;
	readonly now: Date;
	readonly organisations: readonly Organisation[];
	readonly sentences: ReadonlyMap<StartPart | 'rules_early_because', string>;
	readonly signs: readonly { readonly part: SignPart; readonly text: string; readonly seen: boolean | null; readonly onDay: Day | null }[];
	readonly intake: readonly MonthCount[];
	readonly outcomes: readonly { readonly outcome: CaseOutcome; readonly cases: number }[];
	readonly pot: PotFigures;
	readonly returns: NetworkReturn;
	readonly register: readonly PublicCause[];
	readonly organisationNames: ReadonlyMap<string, string>;
}

/** Not for outside the network: the words of an early start, and what is spoken of only at the table. */
const openParts = ['challenge', 'ambition'] as const;

function wishBlocks(t: Text, f: Format, { sentences, signs }: YearlyReportState): PaperBlock[] {
	const said = openParts.flatMap((part): PaperBlock[] => {
		const text = sentences.get(part);
		return text === undefined ? [] : [heading(t(`start.part.${part}`), 2), { kind: 'quote', text, by: null }];
	});
	if (said.length === 0 && signs.length === 0) return [];
	return [
		heading(t('start.what_we_want')),
		...said,
		...(signs.length === 0 ? [] : [heading(t('start.signs'), 2)]),
		...signs.map(({ text, seen, onDay }): PaperBlock => {
			const looked =
				seen === null || onDay === null ? t('start.not_looked') : t(seen ? 'start.seen' : 'start.not_yet', { day: f.date(onDay) });
			return { kind: 'quote', text, by: looked };
		})
	];
}

function doneBlocks(t: Text, f: Format, { intake, outcomes, pot, now }: YearlyReportState): PaperBlock[] {
	const told = (cases: number | null): string => (cases === null ? t('paper.report.few') : t('paper.report.at_least', { cases }));
	const years = intakeByYear(intake, dayAt(now));
	const ended = outcomes.map(({ outcome, cases }) => ({ outcome, cases: publicCount(cases) }));
	// What was given tells of those who were helped with it; of fewer than five nothing is told.
	const helped = ended.find(({ outcome }) => outcome === 'helped')?.cases ?? null;
	const columns = (first: string) =>
		[
			{ heading: first, isNumber: false, share: 3 },
			{ heading: t('network.count'), isNumber: true, share: 2 }
		] as const;
	return [
		heading(t('network.done')),
		...(years.length === 0
			? [paragraph(t('paper.report.no_cases'))]
			: [
					{
						kind: 'table',
						caption: t('paper.report.brought'),
						columns: columns(t('paper.report.year')),
						rows: years.map(({ year, cases }) => [String(year), told(cases)])
					} as const
				]),
		...(ended.length === 0
			? []
			: [
					{
						kind: 'table',
						caption: t('network.outcomes'),
						columns: columns(t('network.how')),
						rows: ended.map(({ outcome, cases }) => [t(`outcome.${outcome}`), told(cases)])
					} as const
				]),
		heading(t('network.pot'), 2),
		paragraph(
			helped === null
				? t('paper.report.pot_few', { received: f.wholeEuros(publicCents(pot.receivedCents)) })
				: t('paper.report.pot', {
						received: f.wholeEuros(publicCents(pot.receivedCents)),
						given: f.wholeEuros(publicCents(pot.givenCents)),
						recovered: f.wholeEuros(publicCents(pot.recoveredCents))
					})
		)
	];
}

function returnBlocks(t: Text, f: Format, { returns }: YearlyReportState): PaperBlock[] {
	const found = returns.realised;
	const head = heading(t('network.returned'));
	// A ratio from ten cases on that were looked at again (E5), here as on every page.
	if (found.ways === null || returns.headline.kind === 'count' || publicCount(found.cases) === null)
		return [head, paragraph(t('paper.report.return_few'))];
	const { adjusted } = found.ways;
	// In whole euros, and the range never told narrower than it is.
	const whole = (value: number | null, round: (value: number) => number): string => (value === null ? '–' : f.number(round(value)));
	return [
		head,
		paragraph(
			t('paper.report.return', {
				cases: publicCount(found.cases) ?? 0,
				net: whole(adjusted.perEuro, Math.round),
				low: whole(adjusted.low, Math.floor),
				high: whole(adjusted.high, Math.ceil)
			})
		)
	];
}

function registerBlocks(t: Text, f: Format, { register, organisationNames }: YearlyReportState): PaperBlock[] {
	return [
		heading(t('paper.report.causes')),
		...(register.length === 0 ? [paragraph(t('register.empty_text'))] : []),
		...register.flatMap((cause): PaperBlock[] => {
			const who = responsibleName(t, cause.responsible, organisationNames);
			return [
				heading(causeName(t, { kind: cause.kind, title: cause.title ?? '' }), 2),
				paragraph(
					[
						`${t('register.cases', { cases: cause.cases, year: cause.sinceYear })}.`,
						t(`signal.state.${cause.state}`),
						...(cause.changedOn === null ? [] : [`${t('register.changed', { day: f.date(cause.changedOn) })}.`]),
						...(who === undefined ? [] : [`${t('register.who', { who })}.`])
					].join(' ')
				),
				...(cause.rule === null ? [] : [paragraph(`${t('register.rule')} ${cause.rule}`)]),
				...(cause.answer === null ? [] : [{ kind: 'quote', text: cause.answer, by: who ?? null } as const]),
				...(cause.answerWithheld
					? [paragraph(t(cause.answer === null ? 'register.withheld' : 'register.withheld_later', { who: who ?? '' }))]
					: [])
			];
		}),
		small(t('register.how'))
	];
}

/** The yearly report: what may be read outside the network. */
export const yearlyReportPaper = (t: Text, f: Format, state: YearlyReportState): Paper =>
	paperOf(t, {
		title: t('paper.report.title', { year: dayAt(state.now).slice(0, 4) }),
		subtitle: t('paper.report.subtitle'),
		network: state.network,
		foot: madeFrom(t, f, state.now),
		blocks: [
			paragraph(t('paper.report.lead')),
			...(state.invented ? [{ kind: 'note', text: t('network.invented') } as const] : []),
			...wishBlocks(t, f, state),
			...doneBlocks(t, f, state),
			...returnBlocks(t, f, state),
			...registerBlocks(t, f, state),
			heading(t('network.who_joins')),
			{ kind: 'list', items: state.organisations.map(({ name, kind }) => `${name} (${t(`organisation.${kind}`)})`) }
		]
	});
