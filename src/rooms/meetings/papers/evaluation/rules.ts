import type { Paper, PaperBlock } from '#foundation/paper/paper.ts';
import type { Format } from '#foundation/text/format.ts';
import type { Text } from '#foundation/text/text.ts';
import type { Telling } from '#rooms/cases/telling/rules.ts';
import { causeName, responsibleName } from '#rooms/causes/rules.ts';
import type { CaseTable } from '#rooms/table/read.server.ts';
import { heading, lines, madeFrom, newPage, paperOf, paragraph, small } from '../rules.ts';

/** What the evaluation of a case is made from: what who sits at its table reads there. The resident's name is in none of it. */
export interface EvaluationState {
	readonly network: string;
	readonly now: Date;
	readonly table: CaseTable;
	readonly telling: Telling;
	readonly organisationNames: ReadonlyMap<string, string>;
}

function startBlocks(t: Text, { table, telling }: EvaluationState): PaperBlock[] {
	const said = (['stuck', 'goal', 'first_need'] as const).flatMap((part): PaperBlock[] => {
		const text = telling.words(table.facts.caseId, part);
		return text === undefined ? [] : [heading(t(`words.${part}`), 2), { kind: 'quote', text, by: null }];
	});
	const seen = new Set<string>();
	const people = table.facts.seats.flatMap(({ membershipId }) => {
		if (seen.has(membershipId)) return [];
		seen.add(membershipId);
		return [telling.nameOf(membershipId)];
	});
	return [heading(t('paper.evaluation.began')), ...said, heading(t('paper.evaluation.table'), 2), { kind: 'list', items: people }];
}

function agreementBlocks(t: Text, f: Format, { table, telling }: EvaluationState): PaperBlock[] {
	const nameOfPerson = (personId: string): string => telling.nameOf(telling.membershipOf(personId));
	return [
		heading(t('copy.agreements')),
		...(table.agreements.length === 0 ? [paragraph(t('copy.none'))] : []),
		...table.agreements.flatMap((agreement): PaperBlock[] => {
			const how = [
				t(`agreement.state.${agreement.state}`),
				...agreement.reports.map((report) => {
					const said = telling.words(report.reportId, 'report');
					return `${f.date(report.at)}: ${t(`report.said.${report.outcome}`)}${said === undefined ? '' : ` (${said})`}`;
				})
			];
			return [
				{
					kind: 'facts',
					facts: [
						[
							t(`timeline.agreed.${agreement.kind}`, {
								who: telling.nameOf(agreement.membershipId),
								organisation: telling.organisationOf(agreement.membershipId),
								day: f.date(agreement.dueOn),
								receiver: nameOfPerson(agreement.receiverId)
							}),
							[telling.words(agreement.versionId, 'agreement') ?? t('words.gone'), ...how].join('\n')
						]
					]
				}
			];
		})
	];
}

function questionBlocks(t: Text, { table, telling }: EvaluationState): PaperBlock[] {
	if (table.questions.length === 0) return [];
	return [
		heading(t('paper.evaluation.asked')),
		...table.questions.flatMap((question): PaperBlock[] => [
			paragraph(telling.words(question.questionId, 'question') ?? t('words.gone')),
			...question.asks.flatMap((ask): PaperBlock[] => {
				const text = telling.words(ask.askId, 'answer');
				const by = telling.nameOf(ask.membershipId);
				return text === undefined ? [] : [{ kind: 'quote', text, by: ask.helped ? t('paper.evaluation.helped', { who: by }) : by }];
			})
		])
	];
}

function moneyBlocks(t: Text, f: Format, { table, telling }: EvaluationState): PaperBlock[] {
	if (table.requests.length === 0) return [];
	return [
		heading(t('paper.evaluation.money')),
		{
			kind: 'table',
			caption: t('paper.evaluation.money_how'),
			columns: [
				{ heading: t('paper.evaluation.for_what'), isNumber: false, share: 4 },
				{ heading: t('paper.evaluation.how_it_went'), isNumber: false, share: 2 },
				{ heading: t('network.pot_amount'), isNumber: true, share: 2 }
			],
			rows: table.requests.map((request) => [
				telling.words(request.requestId, 'request_what') ?? t('words.gone'),
				t(`request.state.${request.state}`),
				f.money(request.amountCents)
			])
		}
	];
}

function endBlocks(t: Text, f: Format, { table, organisationNames }: EvaluationState): PaperBlock[] {
	const { outcome, cause, followUps } = table;
	const who = cause === null ? undefined : responsibleName(t, cause.responsible, organisationNames);
	const checked = followUps.flatMap(({ outcome: found, answeredAt }) =>
		found === null || answeredAt === null ? [] : [`${f.date(answeredAt)}: ${t(`follow_up.outcome.${found}`)}`]
	);
	return [
		heading(t('copy.outcome')),
		paragraph(outcome === null ? t('paper.evaluation.not_over', { state: t(`case.state.${table.state}`) }) : `${t(`outcome.${outcome}`)}.`),
		...(cause === null ? [] : [paragraph(t('paper.evaluation.cause', { cause: causeName(t, cause), who: who ?? t('network.nobody') }))]),
		...(checked.length === 0 ? [] : [paragraph(t('paper.evaluation.checked')), { kind: 'list', items: checked } as const])
	];
}

/** The evaluation of one case, to be spoken of by those who sat at its table. */
export const evaluationPaper = (t: Text, f: Format, state: EvaluationState): Paper =>
	paperOf(t, {
		title: t('paper.evaluation.title', { case: state.table.facts.pseudonym }),
		subtitle: t('paper.evaluation.subtitle', {
			state: t(`case.state.${state.table.state}`),
			day: f.date(state.table.facts.openedAt)
		}),
		network: state.network,
		mark: t('paper.confidential'),
		foot: `${t('paper.confidential')}. ${madeFrom(t, f, state.now)}`,
		blocks: [
			{ kind: 'note', text: t('paper.evaluation.care') },
			...startBlocks(t, state),
			...agreementBlocks(t, f, state),
			...questionBlocks(t, state),
			...moneyBlocks(t, f, state),
			...endBlocks(t, f, state),
			newPage,
			heading(t('paper.evaluation.talk')),
			small(t('paper.evaluation.talk_how')),
			...(['resident', 'helped', 'stuck', 'rule', 'next'] as const).flatMap((part) => [
				heading(t(`paper.evaluation.ask_${part}`), 2),
				lines(part === 'stuck' || part === 'rule' ? 2 : 3)
			])
		]
	});
