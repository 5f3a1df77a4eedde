import { z } from 'zod';
import { email, freeText, oneOf, uuid } from '../text/free-text.schema.ts';

/** An e-mail address as accounts have it: in lower case. */
export const foldedEmail = () => email().transform((text) => text.toLowerCase());

/** Asking for a link. */
export const linkRequestSchema = z.object({ email: foldedEmail() });

/** How many days a personal token can be made to last. */
export const tokenDays = ['7', '30', '90'] as const;

/** Making a personal token. `key` is the form's: the same form sent again makes no second token. */
export const newTokenSchema = z.object({
	key: uuid(),
	name: freeText({ min: 1, max: 60 }).transform((text) => text.trim()),
	days: oneOf(tokenDays)
});
