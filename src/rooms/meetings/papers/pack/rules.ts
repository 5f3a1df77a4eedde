import type { Paper, PaperBlock } from '#foundation/paper/paper.ts';
import type { Format } from '#foundation/text/format.ts';
import type { Text } from '#foundation/text/text.ts';
import { dayAt } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import type { CauseOverview } from '#rooms/causes/overview/read.server.ts';
import { isUsedLess } from '#rooms/causes/overview/rules.ts';
import { causeName, responsibleName } from '#rooms/causes/rules.ts';
import type { StoriesBeside } from '#rooms/causes/stories/read.server.ts';
import { storiesBeside } from '#rooms/causes/stories/rules.ts';
import type { YearlyItem } from '#rooms/causes/yearly/read.server.ts';
import { tellState } from '#rooms/causes/yearly/rules.ts';
import type { Contribution } from '#rooms/fund/contributions/read.server.ts';
import type { NetworkPage } from '#rooms/table/figures/read.server.ts';
import { referenceWithoutMoney } from '#rooms/table/figures/rules.ts';
import { causeSvg } from '../drawings/rules.ts';
import { heading, lines, madeFrom, newPage, paperOf, paragraph, shortNumber, small } from '../rules.ts';

/** What the pack for governors is made from: counts over all cases, no case and no name of a person in it. */
export interface PackState {
	readonly network: string;
	readonly pot: string;
	readonly now: Date;
	readonly figures: NetworkPage;
	readonly causes: readonly CauseOverview[];
	readonly stories: StoriesBeside;
	readonly use: { readonly lately: number; readonly before: number };
	readonly contributions: readonly Contribution[];
	readonly yearly: readonly YearlyItem[];
	readonly organisationNames: ReadonlyMap<string, string>;
}

function doesItWork(t: Text, f: Format, { figures, pot }: PackState): PaperBlock[] {
	const count = (test: (row: { readonly state: string }) => boolean): number =>
		figures.cases.filter(test).reduce((sum, row) => sum + row.cases, 0);
	const total = count(() => true);
	const { returns, withoutMoney, questions } = figures;
	const shown = returns.realised.ways ?? returns.estimate.ways;
	const one = (value: number | null): string => shortNumber(f, value);
	return [
		heading(t('paper.pack.works')),
		paragraph(
			`${t('network.cases_before')} ${t('network.cases_count', { total })}, ${t('network.cases_after', { underWay: count(({ state }) => state !== 'closed') })}`
		),
		paragraph(
			withoutMoney.share === null
				? t('network.without_few')
				: `${t('network.without_before')} ${f.percent(Math.round(withoutMoney.share * 100) / 100)} ${t('network.without_after', { reference: f.percent(referenceWithoutMoney) })}`
		),
		...(questions.medianHours === null
			? []
			: [paragraph(t('paper.pack.questions', { asked: questions.asked, answered: questions.answered ?? 0 }))]),
		heading(t('network.returned'), 2),
		...(shown === null
			? [paragraph(t('network.return_none', { helped: returns.helped }))]
			: [
					paragraph(
						`${t(returns.realised.ways ? 'network.return_realised' : 'network.return_estimate')} ${t('network.return_net', {
							net: one(shown.adjusted.perEuro),
							low: one(shown.adjusted.low),
							high: one(shown.adjusted.high)
						})} ${t('network.return_ways', {
							full: one(shown.full.perEuro),
							fullLow: one(shown.full.low),
							fullHigh: one(shown.full.high),
							gross: one(shown.fundOnly.perEuro),
							grossLow: one(shown.fundOnly.low),
							grossHigh: one(shown.fundOnly.high)
						})}`
					),
					small(t('network.return_how'))
				]),
		paragraph(
			[
				t('network.known_before'),
				t('network.known', { followed: returns.followed, helped: returns.helped }),
				t('network.known_after', { missing: returns.missing }),
				...(returns.headline.kind === 'count' ? [t('network.known_few', { needed: returns.headline.needed })] : [])
			].join(' ')
		),
		heading(t('network.pot'), 2),
		paragraph(
			`${t('network.pot_before', { pot })} ${f.money(figures.pot.inPotCents)} ${t('network.pot_after', { promised: f.money(figures.pot.promisedCents) })}`
		),
		{
			kind: 'table',
			caption: t('network.pot_rows'),
			columns: [
				{ heading: t('network.pot_what'), isNumber: false, share: 3 },
				{ heading: t('network.pot_amount'), isNumber: true, share: 1 }
			],
			rows: (['pledged', 'received', 'given', 'recovered', 'onCards', 'promised'] as const).map((part) => [
				t(`network.pot.${part}`),
				f.money(figures.pot[`${part}Cents`])
			])
		},
		paragraph(t('paper.pack.talk_works')),
		lines(3)
	];
}

/** Three stories beside the figures, each let out by two of two organisations; fewer where there are fewer, and how one comes (F6). */
function storyBlocks(t: Text, { stories: { released, newest } }: PackState): PaperBlock[] {
	const quarter = (day: Day) => ({ quarter: String(Math.ceil(Number(day.slice(5, 7)) / 3)), year: day.slice(0, 4) });
	return [
		heading(t('stories.told_title')),
		paragraph(released === storiesBeside ? t('stories.told_three') : t('stories.told_count', { count: released })),
		...newest.map((story): PaperBlock => ({ kind: 'quote', text: story.body, by: t('eyes.quarter', quarter(story.quarter)) })),
		...(released < storiesBeside ? [small(t('stories.how_made'))] : []),
		paragraph(t('paper.pack.talk_stories')),
		lines(2)
	];
}

function causeBlocks(t: Text, f: Format, cause: CauseOverview, { now, organisationNames }: PackState): PaperBlock[] {
	const name = causeName(t, cause);
	const who = responsibleName(t, cause.responsible, organisationNames);
	const { signal } = cause;
	const marks = { acknowledgedOn: signal?.acknowledgedOn ?? null, changedOn: signal?.changedOn ?? null };
	const total = cause.months.reduce((sum, month) => sum + month.cases, 0);
	return [
		heading(name, 2),
		paragraph(
			[
				...(cause.cents > 0 ? [f.money(cause.cents)] : []),
				t('causes.in_cases', { count: cause.cases }),
				...(cause.households > 0 ? [t('causes.households_count', { count: cause.households })] : []),
				who === undefined ? t('causes.too_few') : t('causes.who', { who })
			].join(' · ')
		),
		{
			kind: 'drawing',
			svg: causeSvg(f, cause.months, marks),
			alt: t('causes.line', { name, total, months: cause.months.length, last: cause.months.at(-1)?.cases ?? 0 }),
			caption: [
				t('causes.most', { most: Math.max(0, ...cause.months.map(({ cases }) => cases)) }),
				...(marks.acknowledgedOn === null
					? []
					: [t('paper.pack.dotted', { mark: t('causes.mark_taken', { day: f.date(marks.acknowledgedOn) }) })]),
				...(marks.changedOn === null ? [] : [t('paper.pack.drawn', { mark: t('causes.mark_changed', { day: f.date(marks.changedOn) }) })])
			].join('; ')
		},
		...(signal === null
			? []
			: [
					paragraph(
						[
							t(`signal.state.${signal.state}`),
							...(signal.dueOn !== null && signal.state !== 'in_force' && signal.state !== 'verified'
								? [t(signal.dueOn < dayAt(now) ? 'signal.due_passed' : 'signal.due', { day: f.date(signal.dueOn) })]
								: [])
						].join(' ')
					)
				])
	];
}

/** A line of one or two cases says nothing: it is drawn from three on, and of what someone was asked to change. */
const isDrawn = ({ cases, signal }: CauseOverview): boolean => cases >= 3 || signal !== null;

function whatToChange(t: Text, f: Format, state: PackState): PaperBlock[] {
	const { figures, causes, use } = state;
	const total = figures.cases.reduce((sum, row) => sum + row.cases, 0);
	const [drawn, seldom] = [causes.filter(isDrawn), causes.filter((cause) => !isDrawn(cause))];
	return [
		newPage,
		heading(t('paper.pack.change')),
		paragraph(
			`${t('causes.sum_before')} ${t('causes.sum', { named: figures.named, total })} ${t('causes.sum_after', { signals: figures.signals.open + figures.signals.gone, gone: figures.signals.gone })}`
		),
		...(isUsedLess(use.lately, use.before)
			? [{ kind: 'note', text: t('causes.less_use', { lately: use.lately, before: use.before }) } as const]
			: []),
		...(causes.length === 0 ? [paragraph(t('causes.empty'))] : []),
		...drawn.flatMap((cause) => causeBlocks(t, f, cause, state)),
		...(seldom.length === 0
			? []
			: [
					heading(t('paper.pack.seldom'), 2),
					{
						kind: 'list',
						items: seldom.map((cause) => `${causeName(t, cause)} (${t('causes.in_cases', { count: cause.cases })})`)
					} as const
				]),
		paragraph(t('paper.pack.talk_change')),
		lines(3)
	];
}

/** What organisations said they would do: the causes they go about, what they pledged, what they offered for a year. */
function whatWeOwe(t: Text, f: Format, state: PackState): PaperBlock[] {
	const { now, causes, contributions, yearly, organisationNames } = state;
	const waits = causes.flatMap((cause) => {
		const { signal } = cause;
		if (signal === null || signal.dueOn === null || signal.state === 'in_force' || signal.state === 'verified') return [];
		return [[causeName(t, cause), responsibleName(t, cause.responsible, organisationNames) ?? t('network.nobody'), f.date(signal.dueOn)]];
	});
	const year = Number(dayAt(now).slice(0, 4));
	const pledged = contributions.filter((contribution) => contribution.year === year);
	const current = yearly.filter((item) => item.year >= year && item.state !== 'withdrawn' && item.state !== 'ended');
	return [
		newPage,
		heading(t('paper.pack.owe')),
		heading(t('paper.pack.owe_causes'), 2),
		...(waits.length === 0
			? [paragraph(t('paper.pack.owe_no_causes'))]
			: [
					{
						kind: 'table',
						caption: t('paper.pack.owe_causes_how'),
						columns: [
							{ heading: t('paper.pack.cause'), isNumber: false, share: 3 },
							{ heading: t('network.who'), isNumber: false, share: 2 },
							{ heading: t('paper.pack.answer_by'), isNumber: false, share: 2 }
						],
						rows: waits
					} as const
				]),
		heading(t('paper.pack.owe_pot', { year }), 2),
		...(pledged.length === 0
			? [paragraph(t('paper.pack.owe_no_pot'))]
			: [
					{
						kind: 'table',
						caption: t('paper.pack.owe_pot_how'),
						columns: [
							{ heading: t('oversight.organisation'), isNumber: false, share: 3 },
							{ heading: t('network.pot.pledged'), isNumber: true, share: 2 },
							{ heading: t('network.pot.received'), isNumber: true, share: 2 }
						],
						rows: pledged.map(({ organisationName, amountCents, receivedCents }) => [
							organisationName,
							f.money(amountCents),
							f.money(receivedCents)
						])
					} as const
				]),
		heading(t('yearly.title'), 2),
		...(current.length === 0 ? [paragraph(t('yearly.empty'))] : []),
		...current.flatMap((item): PaperBlock[] => [
			paragraph(`${item.title} (${item.year}). ${t(`yearly.state.${tellState(item)}`)}`),
			{
				kind: 'facts',
				facts: item.parties.map(({ organisationId, name }) => [name, item.offers.get(organisationId)?.words ?? t('yearly.no_offer')])
			}
		]),
		paragraph(t('paper.pack.talk_owe')),
		lines(3)
	];
}

/** The pack for governors: three questions (F6). */
export const packPaper = (t: Text, f: Format, state: PackState): Paper =>
	paperOf(t, {
		title: t('paper.pack.title'),
		subtitle: t('paper.pack.subtitle'),
		network: state.network,
		foot: madeFrom(t, f, state.now),
		blocks: [
			paragraph(t('paper.pack.lead')),
			{ kind: 'list', items: [t('paper.pack.works'), t('paper.pack.change'), t('paper.pack.owe')] },
			...doesItWork(t, f, state),
			...storyBlocks(t, state),
			...whatToChange(t, f, state),
			...whatWeOwe(t, f, state),
			newPage,
			heading(t('paper.next')),
			small(t('paper.next_how')),
			...[1, 2, 3].flatMap((number) => [paragraph(t('paper.next_line', { number })), lines(1)])
		]
	});
