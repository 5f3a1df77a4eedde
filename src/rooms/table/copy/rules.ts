import type { Format } from '#foundation/text/format.ts';
import type { Text } from '#foundation/text/text.ts';
import type { Telling } from '#rooms/cases/telling/rules.ts';
import type { CaseTable } from '../read.server.ts';

/**
 * A case as plain text for one's own system (C7): the goal, what was agreed and how it went, what was decided. The resident's name is in none
 * of it, because it stands nowhere; colleagues stand in it by name and organisation.
 */
export function tellCase(t: Text, f: Format, table: CaseTable, telling: Telling, now: Date): string {
	const { facts } = table;
	const nameOfPerson = (personId: string): string => telling.nameOf(telling.membershipOf(personId));
	const lines = [t('copy.head', { case: facts.pseudonym, day: f.date(now), state: t(`case.state.${table.state}`) }), ''];
	for (const part of ['goal', 'stuck', 'first_need'] as const) {
		const said = telling.words(facts.caseId, part);
		if (said !== undefined) lines.push(`${t(`words.${part}`)}`, said, '');
	}
	lines.push(t('copy.agreements'));
	if (table.agreements.length === 0) lines.push(t('copy.none'));
	for (const agreement of table.agreements) {
		const what = telling.words(agreement.versionId, 'agreement') ?? t('words.gone');
		const proof = telling.words(agreement.versionId, 'proof');
		lines.push(
			`- ${t(`timeline.agreed.${agreement.kind}`, {
				who: telling.nameOf(agreement.membershipId),
				organisation: telling.organisationOf(agreement.membershipId),
				day: f.date(agreement.dueOn),
				receiver: nameOfPerson(agreement.receiverId)
			})} ${what}`
		);
		if (agreement.amountCents !== null) lines.push(`  ${t('timeline.amount', { amount: f.money(agreement.amountCents) })}`);
		if (proof !== undefined) lines.push(`  ${t('timeline.proof', { proof })}`);
		lines.push(`  ${t(`agreement.state.${agreement.state}`)}`);
		for (const report of agreement.reports) {
			const said = telling.words(report.reportId, 'report');
			lines.push(`  ${f.date(report.at)}: ${t(`report.said.${report.outcome}`)}${said === undefined ? '' : ` (${said})`}`);
		}
	}
	if (table.outcome !== null) lines.push('', t('copy.outcome'), `${t(`outcome.${table.outcome}`)}.`);
	return `${lines.join('\n')}\n`;
}
