import { z } from 'zod';
import { cents, localDate, uuid } from '#foundation/text/free-text.schema.ts';

/** Pledged amounts: from a cent to ten million euro. */
const amount = () => cents({ min: 1, max: 1_000_000_000 });

export const pledgeSchema = z.strictObject({
	amount: amount(),
	year: z.coerce
		.number({ error: 'not_a_number' })
		.int({ error: 'not_a_number' })
		.min(2000, { error: 'number_too_small' })
		.max(2200, { error: 'number_too_large' })
});

export const invoiceContributionSchema = z.strictObject({ contributionId: uuid(), amount: amount(), dueOn: localDate() });

export const receiveContributionSchema = z.strictObject({ contributionId: uuid(), amount: amount() });
