import { z } from 'zod';

const percent = () => z.int().min(0).max(100).optional();

/** Assumptions that someone moves to see what they do: numbers only, and nothing is stored. */
export const trialSchema = z.strictObject({
	chance: percent(),
	years: z.int().min(1).max(10).optional(),
	deadweight: percent(),
	attribution: percent()
});
