import type { Paper, PaperBlock } from '#foundation/paper/paper.ts';
import type { Format } from '#foundation/text/format.ts';
import type { Text } from '#foundation/text/text.ts';
import type { Day } from '#foundation/time/days.ts';
import { heading, lines, madeFrom, newPage, paperOf, paragraph, small } from '#rooms/meetings/papers/rules.ts';
import type { Lesson } from '../lessons/read.server.ts';
import type { CountedOrders, KpiCourse } from '../measures/read.server.ts';
import { fewestKpis } from '../agreement/rules.ts';
import type { ProjectPart, ProjectState } from '../projects/rules.ts';
import { scoreWords, trustQuestions } from '../trust/rules.ts';
import { kpiSvg, pointsOf } from './drawings/rules.ts';

/** The word of this workbook in an address. */
export const chainPaperWord = 'keten';

/** A project as it stands on paper: what its table agreed, how its measures go, what was looked at and learned. */
export interface ChainSummary {
	readonly title: string;
	readonly state: ProjectState;
	readonly beganAt: Date;
	readonly parties: readonly { readonly name: string; readonly part: ProjectPart | null }[];
	readonly agreements: number;
	readonly kept: number;
	/** The agreement of the chain that counts, or the one that waits for a yes; null before there was one. */
	readonly chain: {
		readonly waits: boolean;
		readonly demand: string;
		readonly conflict: string;
		readonly coordinators: readonly { readonly organisation: string; readonly name: string }[];
	} | null;
	readonly courses: readonly KpiCourse[];
	readonly orders: readonly CountedOrders[];
	/** The share of orders to look at, by what was found. */
	readonly share: number;
	/** What was learned there and stands. */
	readonly lessons: readonly ToldLesson[];
}

type ToldLesson = Pick<Lesson, 'title' | 'did' | 'changed' | 'organisationName'>;

/** What the workbook on organising a chain is made from; of no project but those at whose table the reader sits. */
export interface ChainPaperState {
	readonly network: string;
	readonly now: Date;
	readonly projects: readonly ChainSummary[];
	/** What others in the network learned, the newest first. */
	readonly lessons: readonly ToldLesson[];
}

const written = (text: string): PaperBlock => ({ kind: 'quote', text, by: null });
const lessonBlocks = (t: Text, lessons: readonly ToldLesson[]): PaperBlock[] =>
	lessons.flatMap(({ title, did, changed, organisationName }): PaperBlock[] => [
		paragraph(title),
		{
			kind: 'facts',
			facts: [
				[t('lesson.did'), did],
				[t('lesson.changed'), changed],
				[t('paper.chain.learned_by'), organisationName]
			]
		}
	]);

/** What is agreed before a chain begins: what is asked, how a conflict is settled, who coordinates (H1, H3). With room to write where nothing stands yet. */
function agreedBlocks(t: Text, chain: ChainSummary['chain']): PaperBlock[] {
	const part = (key: 'demand' | 'conflict'): PaperBlock[] => [
		heading(t(`chain.${key}`), 2),
		...(chain === null ? [small(t(`chain.${key}_hint`)), lines(4)] : [written(chain[key]), lines(1)])
	];
	return [
		...(chain?.waits === true ? [{ kind: 'note', text: t('paper.chain.waits') } as const] : []),
		...part('demand'),
		...part('conflict'),
		heading(t('chain.coordinators'), 2),
		...(chain === null
			? [small(t('paper.chain.coordinators_hint')), lines(3)]
			: [{ kind: 'facts', facts: chain.coordinators.map(({ organisation, name }) => [organisation, name] as const) } as const])
	];
}

/** One measure: how it goes in a sentence, as a line, and as the numbers of that line. */
function courseBlocks(t: Text, f: Format, kpi: KpiCourse): PaperBlock[] {
	const { unit } = kpi;
	const said = (value: number): string => `${f.number(value)} ${unit}`;
	const sentence = [
		`${t(`course.${kpi.course}`)}.`,
		...(kpi.newest === null ? [] : [`${t('kpi.stands', { value: f.number(kpi.newest.value), unit, day: f.date(kpi.newest.onDay) })}.`]),
		`${t('kpi.began', { value: f.number(kpi.baseline), unit, day: f.date(kpi.baselineOn) })}.`
	].join(' ');
	const day = (onDay: Day | null, homes: number | null): string =>
		[...(onDay === null ? [] : [f.date(onDay)]), ...(homes === null ? [] : [t('paper.chain.homes', { homes: f.number(homes) })])].join(
			', '
		) || t('paper.chain.no_day');
	return [
		heading(kpi.title, 2),
		paragraph(sentence.charAt(0).toUpperCase() + sentence.slice(1)),
		{
			kind: 'drawing',
			svg: kpiSvg(f, kpi),
			alt: t('paper.chain.line', {
				...{ title: kpi.title, unit, began: f.number(kpi.baseline), now: f.number(kpi.newest?.value ?? kpi.baseline) },
				course: t(`course.${kpi.course}`)
			}),
			caption: t(pointsOf(kpi).some(({ what }) => what === 'aim') ? 'paper.chain.drawn_aims' : 'paper.chain.drawn')
		},
		{
			kind: 'table',
			caption: t('paper.chain.numbers_of', { title: kpi.title }),
			columns: [
				{ heading: t('paper.chain.when'), isNumber: false, share: 4 },
				{ heading: t('paper.chain.what'), isNumber: false, share: 3 },
				{ heading: t('paper.chain.value'), isNumber: true, share: 2 }
			],
			rows: [
				[f.date(kpi.baselineOn), t('paper.chain.point.began'), said(kpi.baseline)],
				...kpi.readings.map(({ onDay, value }) => [f.date(onDay), t('paper.chain.point.read'), said(value)]),
				...kpi.steps.map(({ aim, dueOn, homes }) => [day(dueOn, homes), t('paper.chain.point.aim'), said(aim)])
			]
		}
	];
}

/** Three measures to be chosen, with pen. */
const blankMeasures = (t: Text): PaperBlock[] => [
	small(t('chain.measures_hint')),
	...Array.from({ length: fewestKpis }, (_, index) => index + 1).flatMap((number) => [
		paragraph(t('paper.chain.measure_blank', { number })),
		lines(2)
	])
];

function orderBlocks(t: Text, f: Format, { orders, share, courses }: ChainSummary): PaperBlock[] {
	const advice = courses.length === 0 ? [] : [paragraph(t('project.share', { share: f.percent(Math.round(share * 100) / 100) }))];
	if (orders.length === 0) return [heading(t('paper.chain.orders'), 2), paragraph(t('paper.chain.no_orders')), ...advice, lines(2)];
	return [
		heading(t('paper.chain.orders'), 2),
		{
			kind: 'table',
			caption: t('paper.chain.orders_how'),
			columns: [
				{ heading: t('paper.chain.until'), isNumber: false, share: 3 },
				...(['orders_done', 'orders_checked', 'orders_remarks'] as const).map((key) => ({
					...{ heading: t(`paper.chain.${key}`), isNumber: true, share: 2 }
				}))
			],
			rows: orders.map(({ untilDay, ...counts }) => [
				f.date(untilDay),
				...[counts.orders, counts.checked, counts.remarks].map((count) => f.number(count))
			])
		},
		...advice
	];
}

function projectBlocks(t: Text, f: Format, project: ChainSummary): PaperBlock[] {
	const { title, state, beganAt, parties, agreements, kept, chain, courses, lessons } = project;
	return [
		newPage,
		heading(title),
		paragraph(t('paper.chain.project', { day: f.date(beganAt), state: t(`project.state.${state}`) })),
		{ kind: 'list', items: parties.map(({ name, part }) => (part === null ? name : `${name}: ${t(`paper.chain.part.${part}`)}`)) },
		paragraph(t('paper.chain.agreements', { agreements, kept })),
		...(chain === null ? [paragraph(t('project.no_chain'))] : []),
		...agreedBlocks(t, chain),
		...(courses.length === 0 ? [heading(t('chain.measures'), 2), ...blankMeasures(t)] : courses.flatMap((kpi) => courseBlocks(t, f, kpi))),
		...orderBlocks(t, f, project),
		heading(t('paper.chain.learned'), 2),
		...lessonBlocks(t, lessons),
		paragraph(t('paper.chain.talk')),
		lines(3)
	];
}

/** What is filled in before there is a project, in the order in which a chain begins. */
const blankBlocks = (t: Text): PaperBlock[] => [
	newPage,
	heading(t('paper.chain.begin')),
	...(['work', 'who', 'first'] as const).flatMap((part) => [heading(t(`paper.chain.ask_${part}`), 2), lines(3)]),
	newPage,
	heading(t('chain.title')),
	...agreedBlocks(t, null),
	heading(t('chain.measures'), 2),
	...blankMeasures(t),
	heading(t('paper.chain.orders'), 2),
	small(t('paper.chain.orders_hint')),
	lines(3)
];

/** The five questions of trust, to be circled with pen; each side fills in its own sheet, and nothing of it is ever filled in beforehand (H2). */
const trustBlocks = (t: Text): PaperBlock[] => [
	newPage,
	heading(t('paper.chain.trust')),
	paragraph(t('paper.chain.trust_how')),
	...(['of', 'by'] as const).flatMap((side) => [paragraph(t(`paper.chain.trust_${side}`)), lines(1)]),
	small(t('paper.chain.circle')),
	{
		kind: 'table',
		caption: t('paper.chain.statements'),
		columns: [
			{ heading: t('scan.statement'), isNumber: false, share: 8 },
			...scoreWords.map((word) => ({ heading: word, isNumber: true, share: 0.8 }))
		],
		rows: trustQuestions.map((question) => [t(`trust.asks.${question}`), ...scoreWords])
	},
	heading(t('paper.chain.trust_differ'), 2),
	lines(3),
	heading(t('paper.chain.trust_thing'), 2),
	...(['mine', 'theirs'] as const).flatMap((side) => [paragraph(t(`paper.chain.trust_${side}`)), lines(1)])
];

/** The workbook on organising a chain in practice: from the projects at whose table the reader sits, or blank before there is one. */
export function chainPaper(t: Text, f: Format, state: ChainPaperState | null): Paper {
	const projects = state?.projects ?? [];
	const lessons = state?.lessons ?? [];
	return paperOf(t, {
		title: t('paper.chain.title'),
		subtitle: t(projects.length === 0 ? 'paper.set_up.blank' : 'paper.chain.filled'),
		network: state?.network ?? '',
		...(projects.length === 0 ? {} : { mark: t('paper.chain.mark') }),
		foot: state === null ? t('paper.chain.foot') : madeFrom(t, f, state.now),
		blocks: [
			paragraph(t('paper.chain.lead')),
			{ kind: 'list', items: [t('paper.chain.rule_1'), t('paper.chain.rule_2'), t('paper.chain.rule_3')] },
			...projects.flatMap((project) => projectBlocks(t, f, project)),
			...(projects.length === 0 ? blankBlocks(t) : []),
			...trustBlocks(t),
			...(lessons.length === 0 ? [] : [newPage, heading(t('paper.chain.learned_elsewhere')), ...lessonBlocks(t, lessons)]),
			newPage,
			heading(t('paper.next')),
			small(t('paper.next_how')),
			...[1, 2, 3].flatMap((number) => [paragraph(t('paper.next_line', { number })), lines(1)])
		]
	});
}
