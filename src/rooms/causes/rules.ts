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

/** Who goes about a cause: an organisation of the network, someone outside it, or nobody is named. */
export type Responsible =
	| { readonly kind: 'organisation'; readonly organisationId: string }
	| { readonly kind: 'outside'; readonly outside: OutsideResponsible }
	| { readonly kind: 'nobody' };

/** Whether a kind of cause asks who goes about it. */
export const asksResponsible = (kind: CauseKind): boolean => kind !== 'none' && kind !== 'not_known_yet';

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
