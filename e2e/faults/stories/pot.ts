import { idIn } from '../colleague.ts';
import { dayFromNow } from '../story.ts';
import type { Story } from '../story.ts';

/** What an organisation puts in: pledged, invoiced, received, and one time taken back in the books, by two, after it was declined once. */
const aContribution: Story = {
	name: 'a contribution',
	acts: [
		'contribution.pledge',
		'contribution.invoice',
		'contribution.receive',
		'journal.reverse',
		'journal.decline_reverse',
		'journal.confirm_reverse'
	],
	async play({ office, next, ledger }) {
		const { administrator, treasurer, governor } = office;
		const pledge = { amount: '9000', year: Number(dayFromNow(0).slice(0, 4)) };
		const contributionId = idIn(await administrator.does('contribution.pledge', '/contributions', pledge), 'contributionId');
		const path = `/contributions/${contributionId}`;
		await treasurer.does('contribution.invoice', `${path}/invoices`, { amount: '9000', dueOn: dayFromNow(30) });
		await treasurer.does('contribution.receive', `${path}/receipts`, { amount: '5000' });
		// An amount of its own, to find it again in the book.
		const cents = 100_000 + (next() % 200_000);
		await treasurer.does('contribution.receive', `${path}/receipts`, { amount: (cents / 100).toFixed(2).replace('.', ',') });
		const { journals } = (await treasurer.reads('/pot/journals?limit=200')) as {
			journals: { journalId: string; lines: { amountCents: number }[] }[];
		};
		const booked = journals.filter(({ lines }) => lines.some(({ amountCents }) => Math.abs(amountCents) === cents));
		const [one] = booked;
		if (!one) {
			ledger.strange.push('What was received does not stand in the book.');
			return;
		}
		const propose = async () => idIn(await treasurer.does('journal.reverse', `/pot/journals/${one.journalId}/reversal`), 'reversalId');
		await governor.does('journal.decline_reverse', `/pot/reversals/${await propose()}`, undefined, 'DELETE');
		await governor.does('journal.confirm_reverse', `/pot/reversals/${await propose()}/confirmation`);
	}
};

/** A rule of the pot, proposed by the one and confirmed or declined by another of another organisation. */
const aRule: Story = {
	name: 'a rule of the pot',
	acts: ['rule.propose', 'rule.confirm'],
	async play({ office, next }) {
		const wish = { setting: 'reservation_days', value: String(40 + (next() % 40)), fromDay: dayFromNow(1) };
		for (const answer of ['confirmed', 'declined']) {
			const ruleId = idIn(await office.treasurer.does('rule.propose', '/pot/rules', wish), 'ruleId');
			await office.treasurerTwo.does('rule.confirm', `/pot/rules/${ruleId}/answer`, { answer });
		}
	}
};

export const potStories: readonly Story[] = [aContribution, aRule];
