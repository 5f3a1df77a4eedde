import { fromCsv } from '#foundation/text/csv.ts';
import { readNumber } from '#foundation/text/number.ts';
import type { VeraCode } from '../../vera/rules.ts';

/** The list of VERA in which the status of an order stands. */
export const orderStatusList = 'ONDERHOUDSORDERSTATUS';

/** Whether the work of an order is done, is still to be done, or will not be. */
export type OrderPhase = 'finished' | 'open' | 'cancelled';

/**
 * What a status says of the work, by what VERA says that it means: done from "technisch gereed" on (the sample, the money and the end come after). The file of
 * VERA has no column for it; a test holds that each of its codes stands here.
 */
const phases: Readonly<Record<string, OrderPhase>> = {
	...{ REG: 'open', OFF: 'open', WOG: 'open', GUN: 'open', PLN: 'open', INB: 'open' },
	...{ TEC: 'finished', STE: 'finished', FIN: 'finished', AFG: 'finished' },
	GEA: 'cancelled'
};

/** Null for what is no status of an order. */
export const phaseOf = (status: string): OrderPhase | null => (Object.hasOwn(phases, status) ? (phases[status] ?? null) : null);

/** How many orders stand at a status. */
export interface OrdersAt {
	readonly status: string;
	readonly orders: number;
}

/** How many of these orders are done. */
export const finishedOf = (statuses: readonly OrdersAt[]): number =>
	statuses.reduce((sum, { status, orders }) => (phaseOf(status) === 'finished' ? sum + orders : sum), 0);

export type UnreadOrder = { readonly row: number; readonly why: 'quote' | 'unknown' | 'count'; readonly said: string };

/**
 * Rows as they come out of another system: a status by its code or its name, and how many; without a number a row is one order. Cells apart by a tab, a semicolon
 * or, where neither stands, a comma. A first row that names no status and no number is taken for headings. Every row that cannot be read is told, and then none counts.
 */
export function readPastedOrders(
	text: string,
	codes: readonly Pick<VeraCode, 'code' | 'name'>[]
): { readonly statuses: readonly OrdersAt[]; readonly unread: readonly UnreadOrder[] } {
	const separator = text.includes('\t') ? '\t' : text.includes(';') ? ';' : ',';
	const records = fromCsv(text, separator);
	if (!records.ok) return { statuses: [], unread: [{ row: records.record, why: 'quote', said: '' }] };
	const folded = (said: string): string => said.trim().toLocaleLowerCase('nl');
	const codeOf = new Map(codes.flatMap(({ code, name }) => [[folded(name), code] as const, [folded(code), code] as const]));
	const counted = new Map<string, number>();
	const unread: UnreadOrder[] = [];
	for (const [index, record] of records.value.entries()) {
		const [said = '', typed = ''] = record.map((field) => field.trim());
		if (said === '' && typed === '') continue;
		const status = codeOf.get(folded(said));
		if (status === undefined && index === 0 && !/\d/.test(typed) && records.value.length > 1) continue;
		const orders = typed === '' ? 1 : readNumber(typed);
		if (status === undefined) unread.push({ row: index + 1, why: 'unknown', said });
		else if (orders === null || !Number.isInteger(orders) || orders < 1) unread.push({ row: index + 1, why: 'count', said: typed });
		else counted.set(status, (counted.get(status) ?? 0) + orders);
	}
	return unread.length > 0 ? { statuses: [], unread } : { statuses: [...counted].map(([status, orders]) => ({ status, orders })), unread };
}
