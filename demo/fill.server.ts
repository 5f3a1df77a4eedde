import { readFile } from 'node:fs/promises';
import type { Installation, World } from '#foundation/installation.ts';
import { parseInput } from '#foundation/text/free-text.schema.ts';
import { networkFileSchema } from '#rooms/network/schema.ts';
import type { NetworkFile } from '#rooms/network/schema.ts';
import type { NewNetwork } from '#rooms/network/set-up.server.ts';
import { tellBeginning, tellDuty } from './beginning.server.ts';
import { openCast } from './cast.ts';
import { storyClock } from './clock.ts';
import { tellResident } from './resident.server.ts';
import { aboveStories } from './stories/above.ts';
import { reminderTold } from './stories/attention.ts';
import { inventedStories } from './stories/invented.ts';
import { largerStories } from './stories/larger.ts';
import { laterLightLaneStories } from './stories/light-lane-later.ts';
import { lightLaneStories } from './stories/light-lane.ts';
import { openMoneyStories } from './stories/open-money.ts';
import { publishedStory } from './stories/published.ts';
import { lawStories, lettersTold } from './stories/law.ts';
import { publicationsTold } from './stories/publications.ts';
import { signalSteps } from './stories/signals.ts';
import { toldStories } from './stories/told.ts';
import { projectTold } from './stories/projects.ts';
import { lessonsTold } from './stories/lessons.ts';
import { pairsTold } from './stories/trust.ts';
import { yearlyTold } from './stories/yearly.ts';
import { withoutMoneyStories } from './stories/without-money.ts';
import { reminderEvent } from './telling-attention.server.ts';
import { meetingEvents } from './telling-meetings.server.ts';
import { askFollowUps } from './telling-follow-up.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { potEvents } from './telling-pot.server.ts';
import { scanEvents } from './telling-start.server.ts';
import { ladderEvents } from './telling-ladder.server.ts';
import { publicPageEvents } from './telling-public.server.ts';
import { letterEvents } from './telling-letters.server.ts';
import { publicationEvents } from './telling-publications.server.ts';
import { signalEvent } from './telling-signals.server.ts';
import { toldEvents } from './telling-told.server.ts';
import { projectEvents } from './telling-projects.server.ts';
import { lessonEvent } from './telling-lessons.server.ts';
import { trustEvents } from './telling-trust.server.ts';
import { leavingEvents } from './telling-leaving.server.ts';
import { yearlyEvents } from './telling-yearly.server.ts';
import { eventsOf } from './telling.server.ts';

/** The demo network's word in addresses. */
export const demoSlug = 'havenstad';

/** Days before today on which the demo network began. */
const firstDay = 460;

/** Reads demo/network.json, as `loopplank network` would. */
async function readNetworkFile(): Promise<NetworkFile> {
	const parsed = parseInput(networkFileSchema, JSON.parse(await readFile(new URL('network.json', import.meta.url), 'utf8')));
	if (!parsed.ok) throw new Error(`demo/network.json: ${JSON.stringify(parsed.refusal.fields)}`);
	return parsed.value;
}

/** What only the owner of the database can do. */
export interface DemoOwner {
	/** Sets a network up. */
	addNetwork(file: NetworkFile, world: World): Promise<NewNetwork>;
	/** Takes letters out of the outbox that would have been sent before a moment. */
	forgetLetters(networkId: string, before: Date): Promise<void>;
	/** Gives a network its word in addresses: only then it can be found. */
	giveSlug(networkId: string, slug: string): Promise<void>;
}

/**
 * Fills an installation with the invented network: its people by set-up, everything else by the same commands that the pages call, in the order
 * of time. It gets its address last, so that a fill that was killed half way is never shown: the next start makes a new one.
 */
export async function fillDemo(installation: Installation, owner: DemoOwner): Promise<void> {
	const whole = await readNetworkFile();
	const file = { ...whole, slug: `${demoSlug}-${Buffer.from(installation.world.random(6)).toString('hex')}` };
	const clock = storyClock(installation.world, firstDay);
	const cast = openCast(installation, clock, file, await owner.addNetwork(file, clock));
	await tellBeginning(cast);
	const published: { caseId?: string } = {};
	const stories = [...lightLaneStories, ...laterLightLaneStories, ...withoutMoneyStories, ...largerStories];
	stories.push(...openMoneyStories, ...aboveStories, ...inventedStories, ...lawStories);
	// In the order of time; of one day in the order of the stories, and of one story in the order of its steps.
	const events = [
		...eventsOf(cast, publishedStory, (caseId) => {
			published.caseId = caseId;
		}),
		...stories.flatMap((story) => eventsOf(cast, story)),
		...potEvents(cast),
		...scanEvents(cast),
		...meetingEvents(cast),
		...signalSteps.map((step) => signalEvent(cast, step)),
		...publicPageEvents(cast, dayAt(installation.world.now())),
		...publicationsTold.flatMap((told) => publicationEvents(cast, told)),
		...lettersTold.flatMap((told) => letterEvents(cast, told)),
		...yearlyTold.flatMap((told) => yearlyEvents(cast, told)),
		...toldStories.flatMap((told) => toldEvents(cast, told)),
		...pairsTold.flatMap((told) => trustEvents(cast, told)),
		...projectEvents(cast, projectTold),
		...leavingEvents(cast),
		...lessonsTold.map((told) => lessonEvent(cast, told)),
		reminderEvent(cast, reminderTold),
		...ladderEvents(cast)
	].toSorted((a, b) => b.day - a.day);
	for (const event of events) {
		clock.on(event.day);
		await event.run();
	}
	await tellDuty(cast);
	// What fell due these days is asked today, so that the letters about it lie there.
	await askFollowUps(cast);
	if (published.caseId !== undefined) await tellResident(cast, demoSlug, publishedStory.opens.by, published.caseId);
	const yesterday = new Date(installation.world.now().getTime() - 24 * 60 * 60 * 1000);
	await owner.forgetLetters(cast.networkId, yesterday);
	await owner.giveSlug(cast.networkId, demoSlug);
}
