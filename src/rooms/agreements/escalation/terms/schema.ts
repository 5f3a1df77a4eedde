import { z } from 'zod';
import { oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { whole } from '#foundation/text/number.schema.ts';
import { termBounds } from './rules.ts';

export const proposeTermsSchema = z.strictObject({
	colleagues: whole(termBounds.colleagues),
	secretariat: whole(termBounds.secretariat),
	governors: whole(termBounds.governors),
	outside: whole(termBounds.outside)
});

export const confirmTermsSchema = z.strictObject({ termsId: uuid(), answer: oneOf(['confirmed', 'declined']) });
