import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { recordEarlierYears, sayExisting } from '#rooms/network/start/earlier/commands.server.ts';
import { listEarlierYears } from '#rooms/network/start/earlier/read.server.ts';
import { mayRecordYears, readPastedYears, typedYear } from '#rooms/network/start/earlier/rules.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { mayWriteStart } from '#rooms/network/start/rules.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What a network brings that was there before it worked here: since when, and what it counted itself. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx) => ({
		title: say(locale, 'earlier.title'),
		since: (await getNetworkStart(tx, actor)).since,
		years: await listEarlierYears(tx, actor),
		mayWrite: mayWriteStart(actor.roles),
		mayRecord: mayRecordYears(actor.roles),
		isSaved: event.url.searchParams.has('bewaard'),
		key: installation.world.id()
	}));
};

const saved = (network: string) => (): string => `/${network}/begin/bestaand?bewaard=ja`;

export const actions: Actions = {
	since: (event) =>
		act(event, sayExisting, {
			form: 'since',
			input: (fields) => ({ since: fields['since'] ?? '' }),
			to: saved(event.params.network)
		}),
	back: (event) => act(event, sayExisting, { form: 'back', input: () => ({ since: null }), to: saved(event.params.network) }),
	year: (event) =>
		act(event, recordEarlierYears, {
			form: 'year',
			input: (fields) => {
				const field = (name: string): string => fields[`years.0.${name}`] ?? '';
				return {
					years: [
						typedYear({
							...{ year: field('year'), cases: field('cases'), source: field('source') },
							...{ granted: field('granted'), paidBack: field('paidBack') }
						})
					]
				};
			},
			to: saved(event.params.network)
		}),
	years: (event) =>
		act(event, recordEarlierYears, {
			form: 'years',
			input: (fields) => {
				const { rows, unread } = readPastedYears(fields['lines'] ?? '');
				return { years: unread === null ? rows.map(({ year }) => year) : [] };
			},
			to: saved(event.params.network)
		})
};
