/** When a cause becomes a signal, and when it is gone. */
export interface SignalRule {
	/** In so many cases. Three at least: with fewer, who goes about a cause could point at one case. */
	readonly cases: number;
	/** Within so many months. */
	readonly months: number;
	/** So many months without a new case, while intake has not fallen, show that it is gone. */
	readonly quietMonths: number;
}

/** The bounds of each number, as the database has them. */
export const signalRuleBounds = {
	cases: { min: 3, max: 20 },
	months: { min: 1, max: 60 },
	quietMonths: { min: 1, max: 60 }
} as const;
export const signalRuleFields = ['cases', 'months', 'quietMonths'] as const;

/** Who proposes and confirms the rule of signals: who governs or administers an organisation, by four eyes of two organisations. */
export const signalRuleRoles = ['governor', 'administrator'] as const;
export const setsSignalRule = (roles: readonly string[]): boolean => signalRuleRoles.some((role) => roles.includes(role));

/** Four eyes: the second is another person of another organisation. */
export const mayConfirmSignalRule = (
	proposal: { readonly personId: string; readonly organisationId: string },
	actor: { readonly personId: string; readonly organisationId: string; readonly roles: readonly string[] }
): boolean => setsSignalRule(actor.roles) && proposal.personId !== actor.personId && proposal.organisationId !== actor.organisationId;
