/** The five conditions under which a collaboration works, in the order in which they are asked. */
export const conditions = ['ambition', 'interests', 'relations', 'organisation', 'process'] as const;
export type Condition = (typeof conditions)[number];

export const statementsOfEach = 4;
export const statementCount = 20;

/** The statements by number, from 1: the condition each belongs to, and the end of its message key (`scan.says.ambition_1`). */
export const statements = conditions.flatMap((condition, c) =>
	([1, 2, 3, 4] as const).map((n) => ({ statement: c * statementsOfEach + n, condition, key: `${condition}_${n}` as const }))
);

/** A figure that may be told: of a statement, of all together or of one organisation. */
export interface ScanFigure {
	/** Null: of all together. */
	readonly organisationId: string | null;
	readonly statement: number;
	/** How many gave an answer. */
	readonly answers: number;
	readonly mean: number;
	/** Standard deviation; only of all together. */
	readonly spread: number | null;
}

/** A statement as the network answered it. */
export interface ScanLine {
	readonly statement: number;
	readonly condition: Condition;
	readonly key: (typeof statements)[number]['key'];
	readonly answers: number;
	readonly mean: number;
	readonly spread: number;
	/** Between the organisations that may be told: the greatest difference of their means; null when fewer than two are. */
	readonly gap: number | null;
	readonly groups: readonly { readonly organisationId: string; readonly answers: number; readonly mean: number }[];
}

/** The figures of a round, a line for each statement that may be told. */
export const toLines = (figures: readonly ScanFigure[]): ScanLine[] =>
	statements.flatMap(({ statement, condition, key }) => {
		const of = figures.filter((figure) => figure.statement === statement);
		const all = of.find(({ organisationId }) => organisationId === null);
		if (!all) return [];
		const groups = of.flatMap(({ organisationId, answers, mean }) => (organisationId === null ? [] : [{ organisationId, answers, mean }]));
		const means = groups.map(({ mean }) => mean);
		const gap = means.length < 2 ? null : Math.round((Math.max(...means) - Math.min(...means)) * 10) / 10;
		return [{ statement, condition, key, answers: all.answers, mean: all.mean, spread: all.spread ?? 0, gap, groups }];
	});

/** How many talks are proposed. */
export const talksProposed = 3;

/** What people think most differently about first; then where organisations do; then what is felt least. */
const byTalk = (a: ScanLine, b: ScanLine): number =>
	b.spread - a.spread || (b.gap ?? 0) - (a.gap ?? 0) || a.mean - b.mean || a.statement - b.statement;

/** Where all agree and all is well there is nothing to talk about. */
const isWorthATalk = ({ spread, mean }: ScanLine): boolean => spread > 0 || mean < 4;

/** Three statements to talk about: of each condition one, as long as that gives three. Differences are no score: they are a talk to have. */
export function talksToHave(lines: readonly ScanLine[]): ScanLine[] {
	const sorted = lines.filter(isWorthATalk).toSorted(byTalk);
	const seen = new Set<Condition>();
	const ofEach = sorted.filter(({ condition }) => !seen.has(condition) && seen.add(condition));
	const more = sorted.filter((line) => !ofEach.includes(line));
	return [...ofEach, ...more].slice(0, talksProposed).toSorted(byTalk);
}

/** The mean of each condition over its statements, of all together; null when none of them may be told. */
export const meanOfConditions = (lines: readonly ScanLine[]): { readonly condition: Condition; readonly mean: number | null }[] =>
	conditions.map((condition) => {
		const means = lines.filter((line) => line.condition === condition).map(({ mean }) => mean);
		return { condition, mean: means.length === 0 ? null : means.reduce((sum, mean) => sum + mean, 0) / means.length };
	});

/** Who opens and closes a round: the same people who write the start. */
export const mayOpenScan = (roles: readonly string[]): boolean =>
	['professional', 'facilitator', 'governor'].some((role) => roles.includes(role));

/** Who fills it in: every partner, and not who only checks. The database has it too. */
export const mayHandInScan = (roles: readonly string[]): boolean =>
	mayOpenScan(roles) || ['secretariat', 'treasurer', 'administrator'].some((role) => roles.includes(role));

/** What one can answer on a page: from not at all to wholly, or not to know. */
export const answerWords = ['1', '2', '3', '4', '5', 'unknown'] as const;

/** The answers of a form in order: a number, null for who does not know, nothing where nothing was chosen. */
export const answersOf = (fields: Readonly<Record<string, string>>): (number | null | undefined)[] =>
	statements.map((_, index) => {
		const chosen = fields[`answers.${index}`];
		if (chosen === undefined) return undefined;
		return chosen === 'unknown' ? null : Number(chosen);
	});
