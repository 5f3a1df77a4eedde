import { answered } from '../matching/rules.ts';
import type { Fit } from '../matching/rules.ts';
import type { AskReason } from '../rules.ts';

/** What of a profile can match a case. */
export const profileKinds = ['schemes', 'topics', 'lived_experience', 'languages', 'area'] as const;
export type ProfileKind = (typeof profileKinds)[number];

/** What was lived through counts as much as what was learned; where someone works and what they speak only help to choose. */
export const weights: Readonly<Record<ProfileKind, number>> = { schemes: 1, topics: 1, lived_experience: 1, languages: 0.5, area: 0.25 };
const reasons: ReadonlySet<ProfileKind> = new Set(['schemes', 'topics', 'lived_experience']);

/** Someone who can be asked. Neither their organisation nor their rank counts for the score. */
export interface Candidate {
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	/** How often they were asked in the last four weeks. */
	readonly asks: number;
	/** Whether they did not look at their profile for a year. */
	readonly stale: boolean;
	readonly fits: readonly Fit<ProfileKind>[];
}

/** A phrase of a profile that fits, with the asker's word where that was another. */
export interface Because {
	readonly phrase: string;
	readonly said: string | null;
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
	readonly why: readonly { readonly kind: ProfileKind; readonly phrases: readonly Because[] }[];
}

interface Scored extends Proposal {
	readonly parts: ReadonlyMap<string, number>;
	readonly turn: number;
}

const mostPhrases = 5;
/** With each time that someone was asked in four weeks, they rank a little lower (B5). */
const loadStep = 0.2;
const staleShare = 0.8;
/** What the ones before already answer counts for so much of itself: who answers another need comes forward. */
const answeredShare = 0.5;

const byFit = (a: Fit<ProfileKind>, b: Fit<ProfileKind>): number =>
	b.strength - a.strength || (a.phrase < b.phrase ? -1 : a.phrase > b.phrase ? 1 : 0);

/** A number that follows from two texts alone, evenly spread: who comes first of equals, another time another. */
export function turnOf(seed: string, personId: string): number {
	let hash = 0x811c9dc5;
	for (const letter of `${seed}/${personId}`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
	return (hash ^ (hash >>> 13)) >>> 0;
}

function score(candidate: Candidate, seed: string, least: number): Scored | null {
	const knows = candidate.fits.filter(({ kind }) => reasons.has(kind));
	// A language or a neighbourhood alone is no reason to ask someone.
	const known = answered(knows)
		.values()
		.reduce((sum, strength) => sum + strength, 0);
	if (knows.length === 0 || known < least) return null;
	const share = (1 / (1 + loadStep * candidate.asks)) * (candidate.stale ? staleShare : 1);
	const parts = new Map(
		answered(candidate.fits)
			.entries()
			.map(([part, strength]) => [part, strength * share] as const)
	);
	const why = profileKinds.flatMap((kind) => {
		const fitting = candidate.fits
			.filter((fit) => fit.kind === kind)
			.toSorted(byFit)
			.slice(0, mostPhrases);
		return fitting.length === 0 ? [] : [{ kind, fitting, weight: fitting.reduce((sum, fit) => sum + fit.strength, 0) }];
	});
	const [first] = why.filter(({ kind }) => reasons.has(kind)).toSorted((a, b) => b.weight - a.weight);
	const { personId, membershipId, organisationId } = candidate;
	return {
		...{ personId, membershipId, organisationId, parts, turn: turnOf(seed, personId) },
		score: parts.values().reduce((sum, strength) => sum + strength, 0),
		reason: (first?.kind ?? 'topics') as Proposal['reason'],
		why: why.map(({ kind, fitting }) => ({ kind, phrases: fitting.map(({ phrase, said }) => ({ phrase, said })) }))
	};
}

/**
 * Ranks by what of the question their profiles answer, each next one less for what those before answer already, and by how often they were asked of
 * late. The order depends on nothing else: not on organisation or rank, and not on the order in which the profiles came. Who is as good comes in turns.
 * @param seed what is asked about: with another seed another of equals comes first
 * @param least who answers less than this is left out
 */
export function rank(candidates: readonly Candidate[], seed: string, least: number): Proposal[] {
	const left = candidates
		.flatMap((candidate) => score(candidate, seed, least) ?? [])
		.toSorted((a, b) => b.score - a.score || a.turn - b.turn || (a.personId < b.personId ? -1 : 1));
	const ranked: Proposal[] = [];
	const done = new Map<string, number>();
	while (left.length > 0 && ranked.length < mostProposed) {
		const worth = ({ parts }: Scored): number =>
			parts.entries().reduce((sum, [part, strength]) => sum + strength * (done.has(part) ? answeredShare : 1), 0);
		let best = 0;
		let most = -1;
		left.forEach((entry, index) => {
			const value = worth(entry);
			if (value > most + 1e-9) [best, most] = [index, value];
		});
		const [chosen] = left.splice(best, 1);
		if (!chosen) break;
		for (const [part, strength] of chosen.parts) if (strength > 0.3) done.set(part, strength);
		const { parts: _, turn: __, ...proposal } = chosen;
		ranked.push(proposal);
	}
	return [...ranked, ...left.map(({ parts: _, turn: __, ...proposal }) => proposal)];
}

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
export function propose(ranked: readonly Proposal[], ownOrganisationId: string): Proposal[] {
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
			.filter((phrase) => phrase.length >= 2)
	)
];
