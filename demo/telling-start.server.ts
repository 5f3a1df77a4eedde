import { stateInterest, writeStart } from '#rooms/network/start/commands.server.ts';
import { addStartNote, closeStartTable, moveStartTable, openStartTable } from '#rooms/network/start/table/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import { interests, saidAtTable } from './stories/start.ts';
import { relations, start } from './stories/beginning.ts';

/** The table at which the network began: each part spoken of, and written down together. Answers the ids of the signs. */
export async function tellStart({ installation, actor, clock }: Cast): Promise<string[]> {
	const facilitator = actor('marieke@wijkteam.example');
	const { tableId } = done(await openStartTable(installation, facilitator, {}));
	const speak = async (part: (typeof saidAtTable)[number]['part'] | 'interests' | (typeof start)[number]['part']): Promise<void> => {
		done(await moveStartTable(installation, facilitator, { tableId, part }));
		for (const { by, text } of saidAtTable.filter((said) => said.part === part))
			done(await addStartNote(installation, actor(by), { tableId, part, text }));
	};
	const signs: string[] = [];
	for (const { by, part, text } of start) {
		await speak(part);
		const { startId } = done(await writeStart(installation, actor(by), { part, text }));
		if (part.startsWith('sign_')) signs.push(startId);
	}
	await speak('interests');
	for (const { by, ...interest } of interests) done(await stateInterest(installation, actor(by), interest));
	await speak('relations');
	done(await writeStart(installation, actor(relations.by), { part: 'relations', text: relations.text }));
	done(await closeStartTable(installation, facilitator, { tableId }));
	clock.on(450);
	return signs;
}
