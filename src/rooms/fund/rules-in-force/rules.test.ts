import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldRules, lightLimit, mayConfirm, parseValue, settingNames, settings, setsRules } from './rules.ts';

test('reads amounts, numbers and the legal form as people type them', () => {
	expect(parseValue('request_team_cents', '€ 1.250,50')).toEqual({ ok: true, value: '125050' });
	expect(parseValue('request_team_cents', '0')).toEqual({ ok: true, value: '0' });
	expect(parseValue('request_team_cents', '')).toEqual({ ok: false, code: 'required' });
	expect(parseValue('request_team_cents', '1,250')).toEqual({ ok: false, code: 'not_an_amount' });
	expect(parseValue('request_team_cents', '-1')).toMatchObject({ code: 'number_too_small' });
	expect(parseValue('request_team_cents', '10000,01')).toMatchObject({ code: 'number_too_large', values: { max: 10_000 } });
	expect(parseValue('secretariat_days', '3')).toEqual({ ok: true, value: '3' });
	expect(parseValue('secretariat_days', '0')).toMatchObject({ code: 'number_too_small' });
	expect(parseValue('secretariat_days', '2,5')).toMatchObject({ code: 'not_a_number' });
	expect(parseValue('agreeing_organisations', '1')).toMatchObject({ code: 'number_too_small' });
	expect(parseValue('legal_form', 'foundation_anbi')).toEqual({ ok: true, value: 'foundation_anbi' });
	expect(parseValue('legal_form', 'not_chosen')).toMatchObject({ code: 'not_a_choice' });
	expect(parseValue('legal_form', 'bank')).toMatchObject({ code: 'not_a_choice' });
});

test('whatever is typed, a value that is kept is one that the database takes, and reads back the same', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...settingNames),
			fc.oneof(fc.string(), fc.integer().map(String), fc.float().map(String)),
			(setting, text) => {
				const parsed = parseValue(setting, text);
				if (!parsed.ok) return;
				expect(parsed.value).toMatch(/^[a-z0-9_]{1,40}$/);
				if (settings[setting].kind === 'count') expect(parseValue(setting, parsed.value)).toEqual(parsed);
			}
		)
	);
});

test('a rule that is missing is a mistake of ours and is not passed over', () => {
	const rows = settingNames.map((setting) => ({ setting, value: setting === 'legal_form' ? 'cashier' : '5' }));
	expect(foldRules(rows)).toMatchObject({ legal_form: 'cashier', agreeing_colleagues: 5 });
	expect(() => foldRules(rows.slice(1))).toThrow(settingNames[0]);
});

test('the light lane ends at the lower of two limits', () => {
	expect(lightLimit({ request_team_cents: 500_00, light_lane_cents: 300_00 })).toBe(300_00);
	expect(lightLimit({ request_team_cents: 200_00, light_lane_cents: 300_00 })).toBe(200_00);
});

test('four eyes are of two people and two organisations', () => {
	const proposal = { personId: 'a', organisationId: 'x' };
	expect(mayConfirm(proposal, { personId: 'a', organisationId: 'y' })).toBe(false);
	expect(mayConfirm(proposal, { personId: 'b', organisationId: 'x' })).toBe(false);
	expect(mayConfirm(proposal, { personId: 'b', organisationId: 'y' })).toBe(true);
	expect(setsRules(['professional', 'treasurer'])).toBe(true);
	expect(setsRules(['facilitator', 'governor', 'professional', 'checker', 'oversight'])).toBe(false);
});
