import { z } from 'zod';
import { oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { whole } from '#foundation/text/number.schema.ts';
import { signalRuleBounds } from './rules.ts';

export const proposeSignalRuleSchema = z.strictObject({
	cases: whole(signalRuleBounds.cases),
	months: whole(signalRuleBounds.months),
	quietMonths: whole(signalRuleBounds.quietMonths)
});

export const confirmSignalRuleSchema = z.strictObject({ ruleId: uuid(), answer: oneOf(['confirmed', 'declined']) });
