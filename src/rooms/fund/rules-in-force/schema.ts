import { z } from 'zod';
import { localDate, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { parseValue, settingNames } from './rules.ts';

/** Another value for one rule of the pot, from a day on. The value is text: an amount in euro, a number, or the code of a legal form. */
export const proposeRuleSchema = z
	.strictObject({
		setting: oneOf(settingNames),
		value: z.string({ error: 'wrong_type' }).max(40, { error: 'too_long' }),
		fromDay: localDate()
	})
	.transform((input, context) => {
		const parsed = parseValue(input.setting, input.value);
		if (parsed.ok) return { ...input, value: parsed.value };
		context.issues.push({
			...{ code: 'custom', path: ['value'], message: parsed.code, input: input.value },
			...(parsed.values ? { params: parsed.values } : {})
		});
		return z.NEVER;
	});

export const confirmRuleSchema = z.strictObject({ ruleId: uuid(), answer: oneOf(['confirmed', 'declined']) });
