import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { listEarlierYears } from '#rooms/network/start/earlier/read.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { isWritten, mayStateInterest, mayWriteStart, missingBefore, nextPart, partWords, talkParts } from '#rooms/network/start/rules.ts';
import { openStartTable } from '#rooms/network/start/table/commands.server.ts';
import { listStartTables } from '#rooms/network/start/table/read.server.ts';
import { listPeople } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** How the network began, in order: what went before and who first, the rules of the game last. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const start = await getNetworkStart(tx, actor);
		const { written } = start;
		const tables = await listStartTables(tx, actor);
		return {
			title: say(locale, 'start.title'),
			now,
			// What was just written, or how a sign was just looked back on.
			saved: event.url.searchParams.get('bewaard'),
			mayWrite: mayWriteStart(actor.roles),
			mayState: mayStateInterest(actor.roles),
			interests: start.interests,
			since: start.since,
			years: await listEarlierYears(tx, actor),
			tables,
			key: installation.world.id(),
			organisations: await listOrganisations(tx, actor, now),
			next: nextPart(written),
			parts: talkParts.map((part) => ({
				part,
				word: partWords[part],
				sentence: (isWritten(part) ? start.sentences.get(part) : null) ?? null,
				looks: start.signs.find((sign) => sign.part === part)?.looks ?? [],
				open: part === 'rules' || missingBefore(start, part) === null
			})),
			earlyBecause: start.sentences.get('rules_early_because')?.text ?? null,
			names: await listPeople(
				tx,
				actor,
				[...start.sentences.values(), ...tables].map(({ personId }) => personId)
			)
		};
	});
};

export const actions: Actions = {
	open: (event) =>
		act(event, openStartTable, {
			form: 'open',
			input: () => ({}),
			to: ({ tableId }) => `/${event.params.network}/begin/tafel/${tableId}`
		})
};
