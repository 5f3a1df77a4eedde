import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { listCauseOverviews } from '#rooms/causes/overview/read.server.ts';
import { causeName } from '#rooms/causes/rules.ts';
import { bringYearly } from '#rooms/causes/yearly/commands.server.ts';
import { listYearly } from '#rooms/causes/yearly/read.server.ts';
import { mayBring, mayGoOn } from '#rooms/causes/yearly/rules.ts';
import { getNetwork, listOrganisations } from '#rooms/network/read.server.ts';
import { act, actorOf, optional, present } from '../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What parties of the network agree on for a year. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const thisYear = Number(dayAt(now).slice(0, 4));
		const items = await listYearly(tx, actor.networkId);
		const from = items.find(({ itemId }) => itemId === event.url.searchParams.get('vorige'));
		const previous = from && mayGoOn(from.state) ? from : null;
		const causes = (await listCauseOverviews(tx, actor, now)).filter(({ signal }) => signal !== null);
		return {
			title: say(locale, 'yearly.title'),
			network: await getNetwork(tx, actor),
			items,
			years: [thisYear + 1, thisYear].map(String),
			causes: causes.map((cause) => ({ value: cause.causeId, label: causeName((key) => say(locale, key), cause) })),
			others: (await listOrganisations(tx, actor, now)).filter(({ organisationId }) => organisationId !== actor.organisationId),
			mayBring: mayBring(actor.roles),
			/** A cause from whose page one came here. */
			from: event.url.searchParams.get('knelpunt') ?? '',
			/** An agreement of an earlier year to go on from: its words and parties are a beginning, to change as one likes. */
			previous: previous && {
				itemId: previous.itemId,
				title: previous.title,
				causeId: previous.causeId,
				year: String(Math.max(previous.year + 1, thisYear)),
				parties: previous.parties.map(({ organisationId }) => organisationId)
			},
			key: installation.world.id()
		};
	});
};

const party = 'party-';
export const actions: Actions = {
	default: (event) =>
		act(event, bringYearly, {
			form: 'bring',
			input: (fields) =>
				present({
					...{
						year: fields['year'] ?? '',
						title: fields['title'] ?? '',
						causeId: optional(fields['causeId']),
						previousId: optional(fields['previousId']),
						dueOn: optional(fields['dueOn'])
					},
					organisationIds: Object.keys(fields)
						.filter((name) => name.startsWith(party))
						.map((name) => name.slice(party.length))
				}),
			to: ({ itemId }) => `/${event.params.network}/jaarafspraken/${itemId}`
		})
};
