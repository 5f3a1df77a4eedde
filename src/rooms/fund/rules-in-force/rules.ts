import { parseCents } from '#foundation/money/cents.ts';
import { readNumber, readTwoWays } from '#foundation/text/number.ts';

/** How the pot is held (D0): a member keeps the money for all, a foundation, or a line in the budget of the municipality. */
export const legalForms = ['not_chosen', 'cashier', 'foundation', 'foundation_anbi', 'municipal_budget'] as const;
export type LegalForm = (typeof legalForms)[number];

/** What a rule of the pot is made of: an amount, a number of something within bounds, or the legal form. */
type Kind =
	| { readonly kind: 'amount'; readonly max: number }
	| { readonly kind: 'count'; readonly min: number; readonly max: number }
	| { readonly kind: 'choice' };

/** Every rule of the pot that a network sets itself. What holds where it sets nothing stands in the database (`app.fund_rules`). */
export const settings = {
	/** The most that one request to a team may be. */
	request_team_cents: { kind: 'amount', max: 10_000_00 },
	/** The most for one household in twelve months. */
	household_year_cents: { kind: 'amount', max: 100_000_00 },
	/** Up to here one screen suffices (A0). */
	light_lane_cents: { kind: 'amount', max: 10_000_00 },
	/** Above it a third person releases the payment. */
	release_threshold_cents: { kind: 'amount', max: 100_000_00 },
	/** Working days in which the secretariat decides. */
	secretariat_days: { kind: 'count', min: 1, max: 20 },
	/** Hours by the clock in which the secretariat decides when it is acute. */
	acute_hours: { kind: 'count', min: 1, max: 72 },
	/** Days in which what was skipped because it was acute is filled in (A7). */
	acute_complete_days: { kind: 'count', min: 1, max: 60 },
	/** Gifts to someone with social assistance that are left alone in a year (A10). */
	gift_exemption_cents: { kind: 'amount', max: 100_000_00 },
	/** How many colleagues of a team agree before it pays (D3). */
	agreeing_colleagues: { kind: 'count', min: 2, max: 9 },
	/** Of how many organisations they are at least. */
	agreeing_organisations: { kind: 'count', min: 2, max: 9 },
	/** Days that money stays set aside for a request that was granted. */
	reservation_days: { kind: 'count', min: 1, max: 365 },
	legal_form: { kind: 'choice' }
} as const satisfies Readonly<Record<string, Kind>>;
export type Setting = keyof typeof settings;
export type NumberSetting = Exclude<Setting, 'legal_form'>;
export const settingNames = Object.keys(settings) as readonly Setting[] as readonly [Setting, ...Setting[]];

/** The rules of the pot on one day. Amounts in cents. */
export type FundRules = { readonly [Name in NumberSetting]: number } & { readonly legal_form: LegalForm };

export const isAmount = (setting: Setting): boolean => settings[setting].kind === 'amount';

/** Reads what was typed for a rule as the value that is kept: cents, a whole number, or the code of a legal form. Why not, when it is none. */
export function parseValue(
	setting: Setting,
	text: string
):
	| { readonly ok: true; readonly value: string }
	| {
			readonly ok: false;
			readonly code:
				'required' | 'not_an_amount' | 'not_a_number' | 'two_readings' | 'not_a_choice' | 'number_too_small' | 'number_too_large';
			readonly values?: Readonly<Record<string, string | number>>;
	  } {
	const shape: Kind = settings[setting];
	const typed = text.trim();
	if (typed === '') return { ok: false, code: 'required' };
	if (shape.kind === 'choice')
		return (legalForms as readonly string[]).includes(typed) && typed !== 'not_chosen'
			? { ok: true, value: typed }
			: { ok: false, code: 'not_a_choice' };
	if (shape.kind === 'amount') {
		const cents = parseCents(typed);
		if (cents === null) return { ok: false, code: 'not_an_amount' };
		if (cents < 0) return { ok: false, code: 'number_too_small', values: { min: 0 } };
		if (cents > shape.max) return { ok: false, code: 'number_too_large', values: { max: shape.max / 100 } };
		return { ok: true, value: String(cents) };
	}
	const two = readTwoWays(typed);
	if (two) return { ok: false, code: 'two_readings', values: { ...two } };
	const count = readNumber(typed);
	if (count === null || !Number.isInteger(count)) return { ok: false, code: 'not_a_number' };
	if (count < shape.min) return { ok: false, code: 'number_too_small', values: { min: shape.min } };
	if (count > shape.max) return { ok: false, code: 'number_too_large', values: { max: shape.max } };
	return { ok: true, value: String(count) };
}

/**
 * Folds the rows of `app.fund_rules` into the rules of a day.
 * @throws when one is missing: the database names all of them
 */
export function foldRules(rows: readonly { readonly setting: string; readonly value: string }[]): FundRules {
	const found = new Map(rows.map((row) => [row.setting, row.value]));
	const read = (name: Setting): string => {
		const value = found.get(name);
		if (value === undefined) throw new Error(`There is no rule ${name}.`);
		return value;
	};
	return Object.fromEntries(settingNames.map((name) => [name, name === 'legal_form' ? read(name) : Number(read(name))])) as FundRules;
}

/** Up to this amount a team decides on one screen: its own limit, and that of the light lane. */
export const lightLimit = (rules: Pick<FundRules, 'request_team_cents' | 'light_lane_cents'>): number =>
	Math.min(rules.request_team_cents, rules.light_lane_cents);

/** Who may propose and confirm rules of the pot (D5: by four eyes). */
export const ruleRoles = ['treasurer', 'secretariat', 'administrator'] as const;
export const setsRules = (roles: readonly string[]): boolean => ruleRoles.some((role) => roles.includes(role));

/** Four eyes: the second is another person of another organisation. */
export const mayConfirm = (
	proposal: { readonly personId: string; readonly organisationId: string },
	actor: { readonly personId: string; readonly organisationId: string }
): boolean => proposal.personId !== actor.personId && proposal.organisationId !== actor.organisationId;
