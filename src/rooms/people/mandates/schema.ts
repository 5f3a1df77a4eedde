import { z } from 'zod';
import { cents, localDate, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { whole } from '#foundation/text/number.schema.ts';
import { mandateKinds } from './rules.ts';

const amount = () => cents({ min: 1, max: 100_000_000_00 }).optional();
const missing = { code: 'custom', message: 'required' } as const;

/** What someone of one's own organisation may do: money up to two limits, or formal decisions; from a day to a day, both included. */
export const proposeMandateSchema = z
	.strictObject({
		membershipId: uuid(),
		kind: oneOf(mandateKinds),
		caseAmount: amount(),
		periodAmount: amount(),
		periodMonths: whole({ min: 1, max: 60 }).default(12),
		validFrom: localDate(),
		validUntil: localDate()
	})
	.superRefine((input, context) => {
		if (input.kind !== 'money') return;
		if (input.caseAmount === undefined) context.addIssue({ ...missing, path: ['caseAmount'] });
		if (input.periodAmount === undefined) context.addIssue({ ...missing, path: ['periodAmount'] });
	});

export const mandateSchema = z.strictObject({ mandateId: uuid() });
