import { z } from 'zod';
import { cents, localDate, uuid } from '#foundation/text/free-text.schema.ts';
import { whole } from '#foundation/text/number.schema.ts';

/** Pledged amounts: from a cent to ten million euro. */
const amount = () => cents({ min: 1, max: 1_000_000_000 });

export const pledgeSchema = z.strictObject({
	amount: amount(),
	year: whole({ min: 2000, max: 2200 })
});

export const invoiceContributionSchema = z.strictObject({ contributionId: uuid(), amount: amount(), dueOn: localDate() });

export const receiveContributionSchema = z.strictObject({ contributionId: uuid(), amount: amount() });
