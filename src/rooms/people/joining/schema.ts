import { z } from 'zod';
import { foldedEmail } from '#foundation/identity/sign-in.schema.ts';
import { oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { offeredRoles } from './rules.ts';

/** Who joins: their name, where letters go, and what they do. Without `organisationId` it is the proposer's own organisation. */
export const proposeMembershipSchema = z.strictObject({
	name: plainText({ min: 1, max: 120 }),
	email: foldedEmail(),
	functionTitle: plainText({ min: 1, max: 120 }),
	roles: z
		.array(oneOf(offeredRoles))
		.min(1, { error: 'required' })
		.max(offeredRoles.length)
		.transform((roles) => [...new Set(roles)]),
	organisationId: uuid().optional(),
	locale: oneOf(['nl', 'en']).default('nl')
});

export const proposalSchema = z.strictObject({ proposalId: uuid() });
