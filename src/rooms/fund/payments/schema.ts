import { z } from 'zod';
import { cents, freeText, localDate, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { keptReceipt, sentReceipt } from './receipts/schema.ts';
import { readHouseNumber, readIban, readPostcode, ways } from './rules.ts';

const read = (parse: (typed: string) => string | null, code: 'not_an_iban' | 'not_a_postcode' | 'not_a_house_number') =>
	z.string({ error: 'required' }).transform((typed, context) => {
		if (typed.trim() === '') {
			context.issues.push({ code: 'custom', message: 'required', input: typed });
			return z.NEVER;
		}
		const plain = parse(typed);
		if (plain !== null) return plain;
		context.issues.push({ code: 'custom', message: code, input: typed });
		return z.NEVER;
	});
const line = (max: number) => freeText({ min: 1, max });

const common = {
	requestId: uuid(),
	amount: cents({ min: 1, max: 1_000_000_00 }),
	lastOne: z.boolean().default(false),
	way: oneOf(ways),
	postcode: read(readPostcode, 'not_a_postcode'),
	houseNumber: read(readHouseNumber, 'not_a_house_number'),
	birthDate: localDate(),
	payee: line(120).optional(),
	iban: read(readIban, 'not_an_iban').optional(),
	reference: line(140).optional(),
	toResident: z.boolean().default(false),
	because: line(500).optional()
};

interface Ways {
	way: (typeof ways)[number];
	payee?: string | undefined;
	iban?: string | undefined;
	reference?: string | undefined;
	because?: string | undefined;
	toResident: boolean;
	receipt?: unknown;
}

/** What each way needs besides: all mistakes at once. */
const asksByWay = (input: Ways, context: z.RefinementCtx): void => {
	const need = (field: keyof Ways): void => {
		if (input[field] === undefined) context.addIssue({ code: 'custom', path: [field], message: 'required' });
	};
	if (input.way === 'card') return need('receipt');
	need('iban');
	need('payee');
	if (input.way === 'member') return need('receipt');
	if (input.toResident) return need('because');
	need('reference');
	need('receipt');
};

/** A payment as it is done, with the receipt as it is kept. */
export const enterPaymentSchema = z.strictObject({ ...common, receipt: keptReceipt.optional() }).superRefine(asksByWay);

/** A payment as it comes in: the receipt is the file itself. */
const sent = z.strictObject({ ...common, receipt: sentReceipt.optional() });
export const submitPaymentSchema = sent.superRefine(asksByWay);
/** The fields of a payment besides the request that it is for. */
export const paymentFields = sent.omit({ requestId: true });

export const paymentSchema = z.strictObject({ paymentId: uuid() });
export const releaseSchema = z.strictObject({ requestId: uuid() });
