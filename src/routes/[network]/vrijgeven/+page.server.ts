import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listMyPublications } from '#rooms/causes/publication/read.server.ts';
import { listReleases } from '#rooms/causes/releases/read.server.ts';
import { areOtherEyes, mayRelease } from '#rooms/causes/releases/rules.ts';
import { listMyStories, listReleasedStories, listStories } from '#rooms/causes/stories/read.server.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** Everything that waits for a second pair of eyes, and the stories that had them. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx) => {
		const releases = mayRelease(actor.roles) ? (await listReleases(tx, actor.networkId)).filter(({ hand }) => hand === null) : [];
		const mine = (await listStories(tx, actor.networkId)).filter(
			({ state, personId }) => state === 'waiting' && personId === actor.personId
		);
		return {
			title: say(locale, 'eyes.title'),
			stories: await listMyStories(tx, actor),
			publications: await listMyPublications(tx, actor),
			releases: releases.filter((one) => areOtherEyes(one, actor)),
			mine: { stories: mine, releases: releases.filter(({ personId }) => personId === actor.personId) },
			told: await listReleasedStories(tx, actor)
		};
	});
};
