/** What asks for attention, of an organisation as of oneself, most pressing first. */
export const attentionCodes = ['silent', 'overdue', 'overloaded', 'one_sided'] as const;
export type AttentionCode = (typeof attentionCodes)[number];

/** A code of attention that stands in an address, or null. */
export const attentionCode = (text: string | null): AttentionCode | null => attentionCodes.find((code) => code === text) ?? null;

/** From how many open agreements on it may be too much for one person. */
export const manyOpen = 8;

/** After how many days in which nothing happened a case is silent. */
export const silentDays = 14;

/** Within how many days an organisation is reminded of the same thing once. */
export const remindedDays = 14;

const day = 86_400_000;

/** The moment after which nothing may have happened in a case that is silent. */
export const silentSince = (now: Date): Date => new Date(now.getTime() - silentDays * day);

/** Whether a reminder of this moment still stands in the way of another. */
export const remindedLately = (at: Date | null, now: Date): boolean => at !== null && now.getTime() - at.getTime() < remindedDays * day;

interface Attention {
	readonly silent: readonly unknown[];
	readonly overdue: readonly unknown[];
	/** How many of one's own agreements are open, when that may be too much. */
	readonly open: number | null;
	readonly oneSided: readonly unknown[];
}

/** How many things ask for one's attention. */
export const countAttention = ({ silent, overdue, open, oneSided }: Attention): number =>
	silent.length + overdue.length + oneSided.length + (open === null ? 0 : 1);
