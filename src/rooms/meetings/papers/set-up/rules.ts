import type { Paper, PaperBlock } from '#foundation/paper/paper.ts';
import type { Format } from '#foundation/text/format.ts';
import type { Text } from '#foundation/text/text.ts';
import { answerWords, statements, talksToHave } from '#rooms/network/conditions/rules.ts';
import type { ScanLine } from '#rooms/network/conditions/rules.ts';
import { isSign, isWritten, talkParts } from '#rooms/network/start/rules.ts';
import type { StartPart, TalkPart } from '#rooms/network/start/rules.ts';
import { heading, lines, madeFrom, newPage, paperOf, paragraph, shortNumber, small } from '../rules.ts';

/** What the workbook for the start of a network is made from; all of it is read by everyone there. */
export interface SetUpState {
	readonly network: string;
	readonly now: Date;
	/** What was written of each part. */
	readonly sentences: ReadonlyMap<StartPart | 'rules_early_because', string>;
	/** By organisation, in the order of their names. */
	readonly interests: readonly { readonly name: string; readonly gains: string; readonly brings: string; readonly keeps: string | null }[];
	/** Of the last scan that is over; none when there was none or too few filled it in. */
	readonly scan: readonly ScanLine[];
}

const written = (text: string): PaperBlock => ({ kind: 'quote', text, by: null });

function interestBlocks(t: Text, state: SetUpState | null): PaperBlock[] {
	const stated = (state?.interests ?? []).flatMap(({ name, gains, brings, keeps }): PaperBlock[] => [
		heading(name, 2),
		{
			kind: 'facts',
			facts: [
				[t('interest.gains'), gains],
				[t('interest.brings'), brings],
				...(keeps === null ? [] : [[t('interest.keeps'), keeps] as const])
			]
		}
	]);
	return [
		...stated,
		...(stated.length > 0 ? [small(t('paper.set_up.more_interests'))] : []),
		...(['gains', 'brings', 'keeps'] as const).flatMap((part) => [
			paragraph(t(`interest.${part}`)),
			...(stated.length > 0 ? [] : [small(t(`interest.hint.${part}`))]),
			lines(2)
		])
	];
}

/** Parts that are written together follow each other; each of the large ones begins with a heading of its own. */
function partBlocks(t: Text, part: TalkPart, state: SetUpState | null): PaperBlock[] {
	const head = [heading(t(`start.part.${part}`)), small(t(`start.hint.${part}`))];
	if (!isWritten(part)) return [...head, ...interestBlocks(t, state)];
	const sentence = state?.sentences.get(part);
	if (sentence === undefined) return [...head, lines(isSign(part) ? 2 : 5)];
	return [...head, written(sentence), lines(2)];
}

function scanBlocks(t: Text, f: Format, scan: readonly ScanLine[]): PaperBlock[] {
	const talks = talksToHave(scan);
	if (scan.length > 0)
		return [
			newPage,
			heading(t('scan.talks')),
			...(talks.length === 0 ? [paragraph(t('scan.no_talks'))] : []),
			...talks.flatMap((line) => [
				heading(t(`scan.says.${line.key}`), 2),
				paragraph(t(line.spread > 0 ? 'scan.talk_differ' : 'scan.talk_low', { mean: shortNumber(f, line.mean) })),
				lines(4)
			])
		];
	return [
		newPage,
		heading(t('scan.title')),
		paragraph(t('scan.lead')),
		small(t('paper.set_up.circle')),
		{
			kind: 'table',
			caption: t('paper.set_up.statements'),
			columns: [
				{ heading: t('scan.statement'), isNumber: false, share: 8 },
				...answerWords.map((word) => ({ heading: word === 'unknown' ? '?' : word, isNumber: true, share: 0.8 }))
			],
			rows: statements.map(({ key }) => [t(`scan.says.${key}`), ...answerWords.map((word) => (word === 'unknown' ? '?' : word))])
		}
	];
}

/** The workbook for the start: blank before there is a network, else with what its people wrote so far. */
export function setUpPaper(t: Text, f: Format, state: SetUpState | null): Paper {
	const because = state?.sentences.get('rules_early_because');
	return paperOf(t, {
		title: t('paper.set_up.title'),
		subtitle: t(state === null ? 'paper.set_up.blank' : 'paper.set_up.filled'),
		network: state?.network ?? '',
		foot: state === null ? t('paper.set_up.foot') : madeFrom(t, f, state.now),
		blocks: [
			paragraph(t('start.lead')),
			paragraph(t('paper.set_up.how')),
			{ kind: 'list', items: [t('paper.set_up.rule_1'), t('paper.set_up.rule_2'), t('paper.set_up.rule_3')] },
			...(state === null ? [paragraph(t('paper.set_up.name')), lines(1), paragraph(t('paper.set_up.people')), lines(3)] : []),
			newPage,
			...talkParts.flatMap((part) => partBlocks(t, part, state)),
			...(because === undefined ? [] : [paragraph(t('start.early_because', { because }))]),
			...scanBlocks(t, f, state?.scan ?? []),
			newPage,
			heading(t('paper.next')),
			...nextBlocks(t)
		]
	});
}

/** What was agreed at the table, to be written by hand. */
const nextBlocks = (t: Text): PaperBlock[] => [
	small(t('paper.next_how')),
	...[1, 2, 3].flatMap((number) => [paragraph(t('paper.next_line', { number })), lines(1)])
];
