import { createHash } from 'node:crypto';

/** What an organisation said to a version of the agreement of its chain. */
export const chainAnswers = ['accepted', 'declined'] as const;
export type ChainAnswer = (typeof chainAnswers)[number];

export const chainStates = ['offered', 'agreed', 'declined'] as const;
/** Offered until each organisation that it binds accepted it; declined by one of them it is off. */
export type ChainState = (typeof chainStates)[number];

/** How few measures an agreement of a chain has. */
export const fewestKpis = 3;

/** Where a version stands: it binds nobody before the last organisation accepted. */
export function chainState(
	organisationIds: readonly string[],
	answers: readonly { organisationId: string; answer: ChainAnswer }[]
): ChainState {
	if (answers.some(({ answer }) => answer === 'declined')) return 'declined';
	const accepted = new Set(answers.map(({ organisationId }) => organisationId));
	return organisationIds.every((organisationId) => accepted.has(organisationId)) ? 'agreed' : 'offered';
}

/** Of the versions, in order of number: the one that counts now, the last that was agreed, and a newer one that waits. */
export function chainStanding<V extends { readonly state: ChainState }>(
	versions: readonly V[]
): { readonly current: V | null; readonly pending: V | null } {
	const last = versions.at(-1);
	return { current: versions.findLast(({ state }) => state === 'agreed') ?? null, pending: last?.state === 'offered' ? last : null };
}

/** Whether a version waits for an answer of an organisation: it names that organisation, which has not answered, and nobody declined it. */
export const awaitsAnswerOf = (
	version: {
		readonly state: ChainState;
		readonly coordinators: readonly { readonly organisationId: string }[];
		readonly answers: readonly { readonly organisationId: string }[];
	},
	organisationId: string
): boolean =>
	version.state === 'offered' &&
	version.coordinators.some((one) => one.organisationId === organisationId) &&
	!version.answers.some((one) => one.organisationId === organisationId);

/** What the answer of an organisation proves. What is written here may never change: answers of years ago are proved with it. */
export interface ChainAnswerFacts {
	readonly networkId: string;
	readonly projectId: string;
	readonly versionId: string;
	readonly number: number;
	readonly startsOn: string;
	readonly endsOn: string | null;
	readonly versionAt: Date;
	/** As `organisation/membership`, in order. */
	readonly coordinators: readonly string[];
	/** As `code|title|unit|better|baseline|day` and its steps, in order. */
	readonly kpis: readonly string[];
	readonly organisationId: string;
	readonly answer: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly at: Date;
	readonly wordsHash: Uint8Array;
}

/** A measure as it is proved. */
export const kpiProved = (kpi: {
	readonly code: string;
	readonly title: string;
	readonly unit: string;
	readonly better: string;
	readonly baseline: number;
	readonly baselineOn: string;
	readonly steps: readonly { readonly aim: number; readonly dueOn: string | null; readonly homes: number | null }[];
}): string =>
	JSON.stringify([
		...[kpi.code, kpi.title, kpi.unit, kpi.better, kpi.baseline, kpi.baselineOn],
		kpi.steps.map(({ aim, dueOn, homes }) => [aim, dueOn, homes])
	]);

/** SHA-256 over the facts, each as `name=length:value;` in this order, then a line feed. */
export function proveChainAnswer(facts: ChainAnswerFacts): Buffer {
	const fields: readonly (readonly [string, string | null])[] = [
		['network_id', facts.networkId],
		['project_id', facts.projectId],
		['version_id', facts.versionId],
		['number', String(facts.number)],
		['starts_on', facts.startsOn],
		['ends_on', facts.endsOn],
		['version_at', String(facts.versionAt.getTime())],
		['coordinators', JSON.stringify(facts.coordinators.toSorted())],
		['kpis', JSON.stringify(facts.kpis.toSorted())],
		['organisation_id', facts.organisationId],
		['answer', facts.answer],
		['person_id', facts.personId],
		['membership_id', facts.membershipId],
		['at', String(facts.at.getTime())],
		['words_hash', Buffer.from(facts.wordsHash).toString('hex')]
	];
	const text = fields.map(([name, value]) => (value === null ? '' : `${name}=${Buffer.byteLength(value)}:${value};`)).join('');
	return createHash('sha256').update(`${text}\n`, 'utf8').digest();
}
