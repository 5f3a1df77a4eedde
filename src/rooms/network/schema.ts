import { z } from 'zod';
import { roles } from '#foundation/actor.ts';
import { email, freeText, oneOf } from '#foundation/text/free-text.schema.ts';

export const organisationKinds = [
	'housing_association',
	'municipality',
	'care',
	'welfare',
	'debt_help',
	'tenants',
	'builder',
	'other'
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

const name = () => freeText({ min: 1, max: 120 });
const code = () =>
	z
		.string()
		.regex(/^[a-z0-9](-?[a-z0-9])*$/, { error: 'wrong_type' })
		.max(40, { error: 'too_long' });

/** The file from which `loopplank network` sets up a network: its organisations and its people, with what each may do. */
export const networkFileSchema = z
	.strictObject({
		slug: code(),
		name: name(),
		potName: name().default('de pot'),
		invented: z.boolean().default(false),
		organisations: z.array(z.strictObject({ code: code(), name: name(), kind: oneOf(organisationKinds) })).min(1),
		people: z
			.array(
				z.strictObject({
					name: name(),
					email: email(),
					locale: oneOf(['nl', 'en']).default('nl'),
					memberships: z.array(z.strictObject({ organisation: code(), function: name(), roles: z.array(oneOf(roles)).min(1) })).min(1)
				})
			)
			.min(1)
	})
	.superRefine((file, context) => {
		const known = new Set(file.organisations.map((organisation) => organisation.code));
		file.people.forEach((person, p) =>
			person.memberships.forEach((membership, m) => {
				if (!known.has(membership.organisation))
					context.addIssue({ code: 'custom', path: ['people', p, 'memberships', m, 'organisation'], message: 'not_a_choice' });
			})
		);
	});

export type NetworkFile = z.output<typeof networkFileSchema>;
