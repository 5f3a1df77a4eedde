import { z } from 'zod';
import { oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { bodyKinds, decisionRules } from './rules.ts';

/** Who meet: of the own organisation or of the network, and how they decide. `withSeat`: the maker takes a fixed seat. */
export const makeBodySchema = z.strictObject({
	name: plainText({ min: 1, max: 80 }),
	kind: oneOf(bodyKinds),
	of: oneOf(['network', 'organisation']),
	rule: oneOf(decisionRules),
	withSeat: z.boolean().default(false)
});

export const offerSeatSchema = z.strictObject({ bodyId: uuid(), membershipId: uuid() });

export const seatSchema = z.strictObject({ seatId: uuid() });

export const proposeRuleSchema = z.strictObject({ bodyId: uuid(), rule: oneOf(decisionRules) });

export const confirmRuleSchema = z.strictObject({ ruleId: uuid() });
