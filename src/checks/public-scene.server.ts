import { read } from '#foundation/command/reading.server.ts';
import type { Actor } from '#foundation/actor.ts';
import { confirmPage, proposePage, withdrawPage } from '#rooms/table/public/commands.server.ts';
import { getPageStanding } from '#rooms/table/public/read.server.ts';
import { runDaily } from './run-daily.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** What the public page is tried with. Its proposer governs the municipality, who confirms it administers the team. */
export interface PublicScene {
	/** The page in a state of docs/ACTIONS.md, wherever it stood; the id of what was proposed last. */
	stage(state: string): Promise<string>;
	open(): Promise<void>;
	/** What the product does each day with the figures. */
	sweep(): Promise<void>;
}

export function openPublicScene(scene: Scene): PublicScene {
	const { installation, actors, officers } = scene;
	const tick = (): void => installation.world.tick(1000);
	const stateFor = (actor: Actor) => read(installation, actor, (tx) => getPageStanding(tx, actor));
	const stage: PublicScene['stage'] = async (state) => {
		if ((await stateFor(officers.governor)).state !== 'closed') sure(await withdrawPage(installation, officers.governor, {}));
		tick();
		const { pageId } = sure(await proposePage(installation, officers.governor, {}));
		tick();
		if (state === 'open') sure(await confirmPage(installation, actors.administrator, { pageId, answer: 'confirmed' }));
		if (state === 'closed') sure(await withdrawPage(installation, officers.governor, {}));
		tick();
		return pageId;
	};
	return {
		stage,
		open: async () => void (await stage('open')),
		sweep: () => runDaily(scene, 'daily.public_figures')
	};
}
