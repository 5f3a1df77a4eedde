import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { mayWriteStart, missingBefore, nextPart, partWords, startParts } from '#rooms/network/start/rules.ts';
import { listPeople } from '#rooms/people/read.server.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** How the network began, in order: who, challenge, ambition, signs, and last the rules of the game. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const start = await getNetworkStart(tx, actor);
		const written = new Set<string>(start.sentences.keys());
		return {
			title: say(locale, 'start.title'),
			now,
			// What was just written, or how a sign was just looked back on.
			saved: event.url.searchParams.get('bewaard'),
			mayWrite: mayWriteStart(actor.roles),
			organisations: await listOrganisations(tx, actor, now),
			next: nextPart(written),
			parts: startParts.map((part) => ({
				part,
				word: partWords[part],
				sentence: start.sentences.get(part) ?? null,
				looks: start.signs.find((sign) => sign.part === part)?.looks ?? [],
				open: part === 'rules' || missingBefore(written, part) === null
			})),
			earlyBecause: start.sentences.get('rules_early_because')?.text ?? null,
			names: await listPeople(
				tx,
				actor,
				[...start.sentences.values()].map((sentence) => sentence.personId)
			)
		};
	});
};
