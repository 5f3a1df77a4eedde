import type { MessageKey } from '#foundation/text/text.ts';

/** Says a sentence with nothing filled in. */
type Say = (key: MessageKey) => string;

/** Kinds of structural cause (F1), own organisation first, then further away; "none" and "not known yet" are honest answers too. */
export const causeKinds = [
	'organisation_rule',
	'work_habit',
	'waiting_time',
	'data_sharing',
	'missing_provision',
	'bylaw_or_policy',
	'national_scheme',
	'law',
	'law_no_local_room',
	'none',
	'not_known_yet'
] as const;
export type CauseKind = (typeof causeKinds)[number];

/** Who goes about a cause when it is nobody in the network. */
export const outsideResponsibles = [
	'uwv',
	'svb',
	'duo',
	'tax_office',
	'ministry',
	'court',
	'health_insurer',
	'landlord_outside',
	'other_outside'
] as const;
export type OutsideResponsible = (typeof outsideResponsibles)[number];

/** Who goes about a cause: an organisation of the network, one that left it, someone outside it, or nobody is named. */
export type Responsible =
	| { readonly kind: 'organisation' | 'gone'; readonly organisationId: string }
	| { readonly kind: 'outside'; readonly outside: OutsideResponsible }
	| { readonly kind: 'nobody' };

/** Whether a kind of cause asks who goes about it. */
export const asksResponsible = (kind: CauseKind): boolean => kind !== 'none' && kind !== 'not_known_yet';

/**
 * What is still to be said of a cause: which it is, or, of a kind that someone can change, who goes about it. Null: it is whole. One that is the
 * same as a cause of the network says both.
 */
export function lacksOfNaming(said: {
	readonly cause?: CauseKind | undefined;
	readonly causeId?: string | undefined;
	readonly responsible: string;
}): 'cause' | 'responsible' | null {
	if (said.causeId !== undefined) return null;
	if (said.cause === undefined) return 'cause';
	return asksResponsible(said.cause) && said.responsible === '' ? 'responsible' : null;
}

const isOutside = (text: string): text is OutsideResponsible => (outsideResponsibles as readonly string[]).includes(text);

/**
 * Reads the one choice of a form: an organisation's id, a code of someone outside, or nothing.
 * @returns null when it is none of these
 */
export function readResponsible(choice: string, organisationIds: ReadonlySet<string>): Responsible | null {
	if (choice === '') return { kind: 'nobody' };
	if (isOutside(choice)) return { kind: 'outside', outside: choice };
	return organisationIds.has(choice) ? { kind: 'organisation', organisationId: choice } : null;
}

/** Who goes about a cause, as the database tells it. */
export const asResponsible = (row: {
	readonly organisationId: string | null;
	readonly outside: OutsideResponsible | null;
	readonly gone: boolean;
}): Responsible =>
	row.organisationId !== null
		? { kind: row.gone ? 'gone' : 'organisation', organisationId: row.organisationId }
		: row.outside !== null
			? { kind: 'outside', outside: row.outside }
			: { kind: 'nobody' };

/** The same as columns: an organisation of the network or gone from it, else a code of someone outside. */
export const responsibleColumns = (
	responsible: Responsible
): { readonly organisationId: string | null; readonly outside: OutsideResponsible | null } => ({
	organisationId: responsible.kind === 'organisation' || responsible.kind === 'gone' ? responsible.organisationId : null,
	outside: responsible.kind === 'outside' ? responsible.outside : null
});

/** Organisations with one's own first: a cause is looked for at home before elsewhere (F1). */
export const ownFirst = <T extends { readonly organisationId: string }>(organisations: readonly T[], own: string): T[] =>
	organisations.toSorted((a, b) => Number(b.organisationId === own) - Number(a.organisationId === own));

/** What a cause is called on the page: its title, else its kind. */
export const causeName = (t: Say, cause: { readonly title: string; readonly kind: CauseKind }): string =>
	cause.title || t(`cause.${cause.kind}`);

/** Who goes about a cause, by name; undefined where that is not known or not shown. */
export function responsibleName(t: Say, responsible: Responsible, names: ReadonlyMap<string, string>): string | undefined {
	if (responsible.kind === 'organisation' || responsible.kind === 'gone') return names.get(responsible.organisationId) ?? t('person.gone');
	return responsible.kind === 'outside' ? t(`outside.${responsible.outside}`) : undefined;
}

/** Help that was given in a case, after which its cause is asked (F1): an agreement that was kept, money that was granted or paid, an answer that helped. */
export interface Help {
	readonly kind: 'agreement' | 'money' | 'answer';
	readonly at: Date;
}

/**
 * After which help naming the cause is offered to someone at the table; null: not now. Not when it was named; again, when it was not known yet and
 * help was given since. Who left it for now is not asked again until then either.
 */
export function offersNaming(
	helps: readonly Help[],
	cause: { readonly kind: CauseKind; readonly at: Date } | null,
	skippedAt: Date | null
): Help | null {
	const newest = helps.reduce<Help | null>((last, help) => (last === null || help.at >= last.at ? help : last), null);
	if (newest === null) return null;
	if (cause !== null && (cause.kind !== 'not_known_yet' || cause.at >= newest.at)) return null;
	return skippedAt !== null && skippedAt >= newest.at ? null : newest;
}
