import type { AgreementState } from '#rooms/agreements/rules.ts';

/** Days that a resident's link works; the holder can make a new one. The database holds it to 90 too. */
export const linkDays = 90;

/** Objections that one link takes in a day: more is no longer someone who wants to be heard. */
export const objectionsInDay = 5;

/** Who looked at or worked on a plan on one day. A name only where the organisation shows the names of its people to residents. */
export interface Look {
	/** `YYYY-MM-DD`, in the network's zone. */
	readonly day: string;
	readonly organisationName: string;
	readonly functionTitle: string;
	readonly personName: string | null;
	readonly looked: boolean;
	/** Changed something, besides looking. */
	readonly worked: boolean;
}

export interface Visit {
	readonly organisationName: string;
	/** The function, or the name where it is shown. */
	readonly who: string;
	readonly worked: boolean;
}

/** Looks as a day of visits, newest day first; who did the same on one day stands there once. */
export function listVisits(looks: readonly Look[]): { readonly day: string; readonly visits: readonly Visit[] }[] {
	const days = new Map<string, Map<string, Visit>>();
	for (const look of looks.toSorted((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0))) {
		const who = look.personName ?? look.functionTitle;
		const visits = days.get(look.day) ?? new Map<string, Visit>();
		const key = JSON.stringify([look.organisationName, who]);
		visits.set(key, { organisationName: look.organisationName, who, worked: look.worked || (visits.get(key)?.worked ?? false) });
		days.set(look.day, visits);
	}
	return [...days].map(([day, visits]) => ({ day, visits: [...visits.values()] }));
}

/** How an agreement stands, said to the resident: what was promised, done, or came otherwise. Who disputes what is the professionals' talk. */
export const toldState = (state: AgreementState): 'promised' | 'done' | 'otherwise' | 'gone' =>
	state === 'kept' ? 'done' : state === 'ended' ? 'otherwise' : state === 'left' ? 'gone' : 'promised';

/** What was decided about one thing that money was asked for, and how far it is since. */
export interface Decided {
	readonly decided: 'granted' | 'partly' | 'refused' | null;
	/** The kind of what happened last in the request; one that is not known here ends it. */
	readonly newest: string;
	/** It was settled, and not taken back in the books since. */
	readonly paid: boolean;
}

/** What the resident hears of it; null: nothing (yet, or any more). */
export function toldMoney({ decided, newest, paid }: Decided): 'pays' | 'pays_part' | 'paid' | 'paid_part' | 'refused' | null {
	if (decided === null) return null;
	if (decided === 'refused') return newest === 'refused' ? 'refused' : null;
	if (!['granted', 'partly', 'paid'].includes(newest)) return null;
	if (paid) return decided === 'granted' ? 'paid' : 'paid_part';
	return decided === 'granted' ? 'pays' : 'pays_part';
}

const euros = String.raw`(?:€|\beuros?\b|\beur\b)`;
const number = String.raw`\d[\d.,]*(?:-|\b)`;
const before = String.raw`(?:(?:\b(?:van|voor|circa|ca\.?|ongeveer|ongv\.?|totaal|max\.?|maximaal|of|for|about)|à|±|~)\s*)*`;
const amounts = new RegExp(`${before}(?:${euros}\\s*${number}|${number}\\s*${euros})`, 'giu');

/** Words without the amounts of euros typed in them: on the resident's own page stands no price tag (I5). */
export const withoutAmounts = (text: string): string =>
	text
		.replace(amounts, '')
		.replace(/\(\s*\)/gu, '')
		.replace(/[ \t]+([.,;:!?)])/gu, '$1')
		.replace(/[ \t]{2,}/gu, ' ')
		.replace(/[,;:]\s*$/u, '')
		.trim();

/** Whether an objection waits for the holder. */
export const isUnanswered = (objection: { readonly answeredAt: Date | null }): boolean => objection.answeredAt === null;
