import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { listContributions } from '#rooms/fund/contributions/read.server.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What the organisations put in. Everyone sees that of their own organisation; the treasurer and governors see all. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx, now) => {
		const today = dayAt(now);
		const all = await listContributions(tx, actor);
		const seesAll = actor.roles.includes('treasurer') || actor.roles.includes('governor');
		return {
			title: say(locale, 'contributions.title'),
			treasurer: actor.roles.includes('treasurer'),
			mayPledge: actor.roles.includes('administrator') || actor.roles.includes('governor'),
			contributions: seesAll ? all : all.filter((one) => one.organisationId === actor.organisationId),
			...{ today, now, inAMonth: addDays(today, 30), year: today.slice(0, 4), key: installation.world.id() }
		};
	});
};

export const actions: Actions = {
	pledge: (event) =>
		act(event, pledgeContribution, {
			form: 'pledge',
			input: (fields) => ({ amount: fields['amount'] ?? '', year: fields['year'] ?? '' }),
			to: () => `/${event.params.network}/pot/bijdragen`
		}),
	invoice: (event) =>
		act(event, invoiceContribution, {
			form: `invoice-${event.url.searchParams.get('id') ?? ''}`,
			input: (fields) => ({ contributionId: fields['contributionId'] ?? '', amount: fields['amount'] ?? '', dueOn: fields['dueOn'] ?? '' }),
			to: () => `/${event.params.network}/pot/bijdragen`
		}),
	receive: (event) =>
		act(event, receiveContribution, {
			form: `receive-${event.url.searchParams.get('id') ?? ''}`,
			input: (fields) => ({ contributionId: fields['contributionId'] ?? '', amount: fields['amount'] ?? '' }),
			to: () => `/${event.params.network}/pot/bijdragen`
		})
};
