import type { Paper, PaperBlock } from '#foundation/paper/paper.ts';
import type { Format } from '#foundation/text/format.ts';
import type { MessageKey, Text } from '#foundation/text/text.ts';
import type { Day } from '#foundation/time/days.ts';
import type { PublicCause } from '#rooms/causes/publication/read.server.ts';
import { causeName, responsibleName } from '#rooms/causes/rules.ts';
import type { Organisation } from '#rooms/network/read.server.ts';
import type { SignPart, StartPart } from '#rooms/network/start/rules.ts';
import type { PublicFigures } from '#rooms/table/public/read.server.ts';
import { countedFigures, moneyFigures, reportFigures } from '#rooms/table/public/rules.ts';
import type { PublicFigureKind } from '#rooms/table/public/rules.ts';
import { heading, madeFrom, paperOf, paragraph, small } from '../rules.ts';

/** The years of which a report can be made: those that have begun, from the first in which a case was brought in; the newest first. */
export function reportYears(firstMonth: Day | null, today: Day): number[] {
	const last = Number(today.slice(0, 4));
	const first = firstMonth === null ? last : Math.min(last, Number(firstMonth.slice(0, 4)));
	return Array.from({ length: last - first + 1 }, (_, index) => last - index);
}

/** Whether nothing of a year's figures changes any more: New Year's night, in which they are counted for the last time, has passed. */
export const isYearOver = (year: number, today: Day): boolean => today > `${year + 1}-01-01`;

/** What the yearly report is made from. */
export interface YearlyReportState {
	readonly network: string;
	readonly invented: boolean;
	readonly now: Date;
	readonly today: Day;
	readonly year: number;
	/** The network brought its first case in in this year, or none yet. */
	readonly isFirst: boolean;
	/** The figures as they were frozen at the end of that year, or stand now; and at the end of the year before. */
	readonly figures: PublicFigures;
	readonly before: PublicFigures;
	readonly organisations: readonly Organisation[];
	readonly sentences: ReadonlyMap<StartPart | 'rules_early_because', string>;
	readonly signs: readonly { readonly part: SignPart; readonly text: string; readonly seen: boolean | null; readonly onDay: Day | null }[];
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

const labels = {
	cases: 'paper.report.cases',
	helped: 'paper.report.helped',
	without_money: 'paper.report.without_money',
	referred: 'outcome.referred',
	withdrawn: 'outcome.withdrawn',
	lost_from_sight: 'outcome.lost_from_sight',
	answered: 'paper.report.answered',
	kept: 'paper.report.kept',
	received: 'paper.report.received',
	paid: 'paper.report.paid',
	recovered: 'paper.report.recovered'
} as const satisfies Partial<Record<PublicFigureKind, MessageKey>>;
type Told = keyof typeof labels;

const [cases, helped, withoutMoney, ...others] = countedFigures;
const countedOrder = [cases, helped, withoutMoney, ...reportFigures, ...others] as const satisfies readonly Told[];

/**
 * What came in a year: the difference between two numbers that were both frozen, and so never of fewer than five. Of which nothing was told at the end of
 * the year before, while it was counted, there were fewer than five.
 * @returns null when that is not known: nothing was counted then, or it is money, of which fewer than five may have had much
 */
export function cameInYear(
	what: Told,
	{ figures, before, isFirst }: Pick<YearlyReportState, 'figures' | 'before' | 'isFirst'>
): number | null {
	const wasCounted = Object.keys(before).length > 0;
	const earlier = before[what]?.amount ?? (isFirst || (wasCounted && what !== 'paid' && what !== 'recovered') ? 0 : null);
	return earlier === null ? null : (figures[what]?.amount ?? 0) - earlier;
}

function figureTable(
	t: Text,
	state: YearlyReportState,
	caption: string,
	kinds: readonly Told[],
	show: (amount: number) => string
): PaperBlock[] {
	const told = kinds.flatMap((what) => {
		const figure = state.figures[what];
		if (figure === undefined) return [];
		const came = cameInYear(what, state);
		// Nothing that was put in is told as nothing: it tells of no household.
		const none = what === 'received' ? show(0) : t('paper.report.no_more');
		return [
			[
				t(labels[what]),
				came === null ? '–' : came <= 0 ? none : t('paper.report.about', { amount: show(came) }),
				t('paper.report.at_least', { amount: show(figure.amount) })
			]
		];
	});
	if (told.length === 0) return [paragraph(t('public.nothing'))];
	return [
		{
			kind: 'table',
			caption,
			columns: [
				{ heading: t('paper.report.what'), isNumber: false, share: 5 },
				{ heading: t('paper.report.in_year', { year: String(state.year) }), isNumber: true, share: 3 },
				{ heading: t('paper.report.since'), isNumber: true, share: 3 }
			],
			rows: told
		}
	];
}

const doneBlocks = (t: Text, f: Format, state: YearlyReportState): PaperBlock[] => [
	heading(t('network.done')),
	...figureTable(t, state, t('paper.report.counted'), countedOrder, (amount) => f.number(amount)),
	heading(t('network.pot'), 2),
	...figureTable(t, state, t('paper.report.money'), moneyFigures, (cents) => f.wholeEuros(cents)),
	small(t('paper.report.how', { year: String(state.year) }))
];

/** The three ways of counting stand together, each with its range, or not at all (E2). */
function returnBlocks(t: Text, f: Format, { figures: { net, full, gross } }: YearlyReportState): PaperBlock[] {
	const head = heading(t('network.returned'));
	if (net === undefined || full === undefined || gross === undefined) return [head, paragraph(t('paper.report.return_few'))];
	// To a tenth of a euro, and the range never told narrower than it is.
	const tenth = (hundredths: number | null, round: (value: number) => number): string =>
		hundredths === null ? '–' : f.number(round(hundredths / 10) / 10);
	const ways = [
		['adjusted', net],
		['full', full],
		['fundOnly', gross]
	] as const;
	return [
		head,
		paragraph(t('paper.report.return')),
		{
			kind: 'table',
			caption: t('paper.report.return_of'),
			columns: [
				{ heading: t('network.return_way'), isNumber: false, share: 5 },
				{ heading: t('network.return_per_euro'), isNumber: true, share: 2 },
				{ heading: t('network.return_range'), isNumber: true, share: 3 }
			],
			rows: ways.map(([way, { amount, low, high }]) => [
				t(`network.return_way.${way}`),
				tenth(amount, Math.round),
				t('network.return_between', { low: tenth(low, Math.floor), high: tenth(high, Math.ceil) })
			])
		},
		small(`${t('public.how.return')} ${t('public.how_told', { quarter: f.date(net.quarter) })}`)
	];
}

function registerBlocks(t: Text, f: Format, { register, organisationNames }: YearlyReportState): PaperBlock[] {
	return [
		heading(t('paper.report.causes')),
		...(register.length === 0 ? [paragraph(t('register.empty_text'))] : []),
		...register.flatMap((cause): PaperBlock[] => {
			const who = responsibleName(t, cause.responsible, organisationNames);
			const helpedAll = cause.exceptions.map(({ withMoney, times }) =>
				t(withMoney ? 'register.exception_money' : 'register.exception', { times })
			);
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
				...(helpedAll.length === 0 ? [] : [paragraph(t('register.exceptions')), { kind: 'list', items: helpedAll } as const]),
				...(cause.rule === null ? [] : [paragraph(`${t('register.rule')} ${cause.rule}`)]),
				...(cause.answer === null ? [] : [{ kind: 'quote', text: cause.answer, by: who ?? null } as const]),
				...(cause.answerWithheld
					? [paragraph(t(cause.answer === null ? 'register.withheld' : 'register.withheld_later', { who: who ?? '' }))]
					: [])
			];
		}),
		small(`${t('register.how')} ${t('register.exceptions_how')}`)
	];
}

/** The yearly report: what may be read outside the network of one calendar year. */
export const yearlyReportPaper = (t: Text, f: Format, state: YearlyReportState): Paper =>
	paperOf(t, {
		title: t('paper.report.title', { year: String(state.year) }),
		subtitle: t('paper.report.subtitle'),
		network: state.network,
		foot: madeFrom(t, f, state.now),
		blocks: [
			paragraph(t('paper.report.lead')),
			paragraph(t(isYearOver(state.year, state.today) ? 'paper.report.over' : 'paper.report.under_way', { year: String(state.year) })),
			...(state.invented ? [{ kind: 'note', text: t('network.invented') } as const] : []),
			...doneBlocks(t, f, state),
			...returnBlocks(t, f, state),
			...wishBlocks(t, f, state),
			...registerBlocks(t, f, state),
			heading(t('network.who_joins')),
			{ kind: 'list', items: state.organisations.map(({ name, kind }) => `${name} (${t(`organisation.${kind}`)})`) }
		]
	});
