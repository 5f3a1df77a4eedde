import { confirmStory, writeStory } from '#rooms/causes/stories/commands.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** A story without names of the case, which is closed by now: released by who sits there for another organisation. */
export async function fillStories({ installation, actors }: Scene, caseId: string): Promise<void> {
	const story = { caseId, resident: 'yes', words: 'Wie wacht, betaalt dubbel. Een telefoontje tussen twee loketten hielp.' };
	const { storyId } = sure(await writeStory(installation, actors.holder, story));
	sure(await confirmStory(installation, actors.seated, { storyId, answer: 'released' }));
}
