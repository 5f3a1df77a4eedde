import type { AskReason } from '../rules.ts';

/** What of a profile can match a case. */
export const profileKinds = ['schemes', 'topics', 'lived_experience', 'languages', 'area'] as const;
export type ProfileKind = (typeof profileKinds)[number];

/** A phrase of a profile beside the words of the case, as PostgreSQL compared them. */
export interface Match<Kind extends string = ProfileKind> {
	readonly kind: Kind;
	readonly phrase: string;
	/** How many stems the phrase has, and how many of them stand in the case. */
	readonly stems: number;
	readonly found: number;
	/** How close the phrase comes to a part of the case, letter by letter: 0 to 1. */
	readonly similarity: number;
}

/** Someone who can be asked. Neither their organisation nor their rank counts for the score. */
export interface Candidate {
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	/** How often they were asked in the last four weeks. */
	readonly asks: number;
	readonly matches: readonly Match[];
}

/** Someone proposed, with why. */
export interface Proposal {
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly score: number;
	/** What they are asked for most. */
	readonly reason: Extract<AskReason, ProfileKind>;
	/** What in their profile fits, by kind, best first. */
	readonly why: readonly { readonly kind: ProfileKind; readonly phrases: readonly string[] }[];
}

/** What was lived through counts as much as what was learned; where someone works and what they speak only help to choose. */
const weights: Readonly<Record<ProfileKind, number>> = { schemes: 1, topics: 1, lived_experience: 1, languages: 0.5, area: 0.25 };
/** From here on two phrases are near enough: "huurschuld" and "schulden". */
const near = 0.6;
const mostPhrases = 5;
/** With each time that someone was asked in four weeks, they rank a little lower (B5). */
const loadStep = 0.2;

/** How well a phrase fits, 0 to 1: a short phrase by its stems or its letters, a story by how many stems it shares. */
export function strengthOf({ stems, found, similarity }: Pick<Match, 'stems' | 'found' | 'similarity'>): number {
	if (stems > 4) return found >= 2 ? Math.min(1, found / 4) : 0;
	const share = stems === 0 ? 0 : found / stems;
	return Math.max(share >= 0.5 ? share : 0, similarity >= near ? similarity * 0.9 : 0);
}

const byPhrase = (a: { strength: number; match: Match }, b: { strength: number; match: Match }): number =>
	b.strength - a.strength || (a.match.phrase < b.match.phrase ? -1 : a.match.phrase > b.match.phrase ? 1 : 0);

function score(candidate: Candidate): Proposal | null {
	let total = 0;
	let reason: ProfileKind | null = null;
	let most = 0;
	const why: { kind: ProfileKind; phrases: string[] }[] = [];
	for (const kind of profileKinds) {
		const fitting = candidate.matches
			.filter((match) => match.kind === kind)
			.map((match) => ({ match, strength: strengthOf(match) }))
			.filter(({ strength }) => strength > 0)
			.toSorted(byPhrase)
			.slice(0, mostPhrases);
		if (fitting.length === 0) continue;
		const weight = fitting.reduce((sum, { strength }) => sum + strength, 0) * weights[kind];
		total += weight;
		if (weight > most) [most, reason] = [weight, kind];
		why.push({ kind, phrases: fitting.map(({ match }) => match.phrase) });
	}
	// A language or a neighbourhood alone is no reason to ask someone.
	if (reason === null || !why.some(({ kind }) => kind === 'schemes' || kind === 'topics' || kind === 'lived_experience')) return null;
	const { personId, membershipId, organisationId, asks } = candidate;
	return { personId, membershipId, organisationId, score: total / (1 + loadStep * asks), reason, why };
}

/**
 * Ranks by what their profiles share with the case and by how often they were asked of late. The order depends on nothing else: not on
 * organisation or rank, and not on the order in which the profiles came. Who shares nothing is left out.
 */
export const rank = (candidates: readonly Candidate[]): Proposal[] =>
	candidates
		.flatMap((candidate) => score(candidate) ?? [])
		.toSorted((a, b) => b.score - a.score || (a.membershipId < b.membershipId ? -1 : a.membershipId > b.membershipId ? 1 : 0));

/** At least half of a list comes from other organisations than the asker's, where there are so many. */
function compose(ranked: readonly Proposal[], size: number, ownOrganisationId: string): Proposal[] {
	const length = Math.min(size, ranked.length);
	const chosen = new Set(ranked.filter((entry) => entry.organisationId !== ownOrganisationId).slice(0, Math.ceil(length / 2)));
	for (const entry of ranked) {
		if (chosen.size >= length) break;
		chosen.add(entry);
	}
	return ranked.filter((entry) => chosen.has(entry));
}

/** How many are proposed to be asked at once, and how many in all. */
export const firstProposed = 3;
export const mostProposed = 6;

/** The list as it is shown: those to ask at once, then those after them; each half composed from other organisations for at least half. */
export function propose(candidates: readonly Candidate[], ownOrganisationId: string): Proposal[] {
	const ranked = rank(candidates);
	const first = compose(ranked, firstProposed, ownOrganisationId);
	const then = compose(
		ranked.filter((entry) => !first.includes(entry)),
		mostProposed - firstProposed,
		ownOrganisationId
	);
	return [...first, ...then];
}

/** The phrases of a profile's text: what stands between commas, semicolons, full stops and line ends. */
export const phrasesOf = (text: string): string[] => [
	...new Set(
		text
			.split(/[,;.•\n\r]+/)
			.map((phrase) => phrase.trim())
			.filter((phrase) => phrase.length >= 3)
	)
];
