import { euros } from '#foundation/money/euros.ts';
import type { MessageKey, Text } from '#foundation/text/text.ts';
import { dayAt } from '#foundation/time/days.ts';
import type { Journal } from '../ledger/read.server.ts';
import type { BookYear } from '../years/read.server.ts';
import { closingCents } from '../years/rules.ts';
import type { YearLine } from '../years/rules.ts';

/*
 * What the accountant downloads: heads, kinds and accounts as the reader says them, days as they are in the network's zone, amounts in euro with a
 * point. The last columns hold the codes of the books themselves, the same in every language, for who puts the file into another system.
 */

type Rows = string[][];
const heads = (t: Text, keys: readonly MessageKey[]): string[] => keys.map((key) => t(key));

/** The whole book: a row a posting, oldest first. @param journals newest first, as they are read */
export function bookRows(t: Text, journals: readonly Journal[]): Rows {
	const head = heads(t, [
		...(['csv.day', 'csv.kind', 'csv.account', 'csv.team', 'csv.organisation', 'csv.amount', 'csv.journal', 'csv.reverses'] as const),
		...(['csv.at', 'csv.kind_code', 'csv.account_code'] as const)
	]);
	const rows = journals
		.toReversed()
		.flatMap((journal) =>
			journal.lines.map((line) => [
				...[dayAt(journal.at), t(`journal.${journal.kind}` as MessageKey), t(`account.${line.kind}`)],
				...[line.teamName ?? '', line.organisationName ?? '', euros(line.amountCents), journal.journalId, journal.reverses ?? ''],
				...[journal.at.toISOString(), journal.kind, line.kind]
			])
		);
	return [head, ...rows];
}

/** What a year closes with: a row an account. It says whether the year is closed. */
export function yearRows(t: Text, year: Pick<BookYear, 'year' | 'closedAt'>, lines: readonly YearLine[]): Rows {
	const head = heads(t, [
		...(['csv.year', 'csv.closed_on', 'csv.account', 'csv.team', 'csv.organisation', 'csv.opening', 'csv.debit', 'csv.credit'] as const),
		...(['csv.closing', 'csv.closed_at', 'csv.account_code'] as const)
	]);
	const rows = lines.map((line) => [
		...[String(year.year), year.closedAt === null ? t('csv.open') : dayAt(year.closedAt), t(`account.${line.account}` as MessageKey)],
		...[line.team ?? '', line.organisation ?? ''],
		...[line.openingCents, line.debitCents, line.creditCents, closingCents(line)].map(euros),
		...[year.closedAt?.toISOString() ?? '', line.account]
	]);
	return [head, ...rows];
}
