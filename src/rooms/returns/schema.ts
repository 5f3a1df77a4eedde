import { z } from 'zod';
import { freeText, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { freesCodes, payerCodes } from './rules.ts';

const percent = () => z.int().min(0).max(100);

const flow = z.strictObject({
	/** Code of a price in the network's list. */
	price: z.string().min(1).max(100),
	quantity: z.number().gt(0).max(10_000),
	/** 1 is once; more is each year again, cut at the horizon. */
	years: z.int().min(1).max(10),
	chancePercent: percent().default(100),
	/** Where the price names several payers: which one it is here. */
	payer: oneOf(payerCodes).optional(),
	/** What becomes money here, where the price list does not say. */
	frees: oneOf(freesCodes).optional()
});

const reason = () => freeText({ max: 500 }).optional();

/** The looming path beside the proposed one. What breaks even is asked of the first looming flow: put first what the rest follows from. */
export const recordValueMapSchema = z
	.strictObject({
		caseId: uuid(),
		potCents: z.int().min(0).max(100_000_00),
		horizonYears: z.int().min(1).max(10),
		looming: z.array(flow).min(1).max(12),
		proposed: z.array(flow).max(12).default([]),
		hours: z.number().min(0).max(1000).default(0),
		hourCents: z.int().min(0).max(1_000_00).default(0),
		/** Left out is not estimated, and is said so; 0 is an estimate. */
		deadweightPercent: percent().optional(),
		attributionPercent: percent().optional(),
		displacementPercent: percent().optional(),
		dropOffPercent: percent().optional(),
		/** One sentence why, for what nobody knows: who writes it, stands for the number. */
		because: z
			.strictObject({
				chance: reason(),
				years: reason(),
				deadweight: reason(),
				attribution: reason(),
				displacement: reason(),
				dropOff: reason()
			})
			.default({}),
		acknowledged: z.boolean().default(false)
	})
	.superRefine((input, context) => {
		// Hours without what an hour costs would be hours that cost nothing.
		if (input.hours > 0 && input.hourCents === 0) context.addIssue({ code: 'custom', path: ['hourCents'], message: 'required' });
	});
