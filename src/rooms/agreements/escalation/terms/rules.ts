import type { Rung, Terms } from '../rules.ts';

/** The bounds of each term in working days, as the database has them. Who is outside the network may need longer. */
export const termBounds: Readonly<Record<Rung, { readonly min: number; readonly max: number }>> = {
	colleagues: { min: 1, max: 20 },
	secretariat: { min: 1, max: 20 },
	governors: { min: 1, max: 20 },
	outside: { min: 1, max: 60 }
};

/** Who proposes and confirms the terms of the ladder: who governs or administers an organisation, by four eyes of two organisations. */
export const termsRoles = ['governor', 'administrator'] as const;
export const setsTerms = (roles: readonly string[]): boolean => termsRoles.some((role) => roles.includes(role));

/** Four eyes: the second is another person of another organisation. */
export const mayConfirmTerms = (
	proposal: { readonly personId: string; readonly organisationId: string },
	actor: { readonly personId: string; readonly organisationId: string; readonly roles: readonly string[] }
): boolean => setsTerms(actor.roles) && proposal.personId !== actor.personId && proposal.organisationId !== actor.organisationId;

/** Terms that were proposed, and what was answered. */
export interface AnsweredTerms extends Terms {
	readonly termsId: string;
	readonly answer: 'confirmed' | 'declined' | null;
	readonly answeredAt: Date | null;
}

/** Those that hold now: of what was confirmed the newest; undefined while nothing was. */
export const termsInForce = <T extends AnsweredTerms>(proposals: readonly T[]): T | undefined =>
	proposals
		.filter(({ answer }) => answer === 'confirmed')
		.toSorted((a, b) => Number(b.answeredAt) - Number(a.answeredAt) || (a.termsId < b.termsId ? 1 : -1))[0];
