import { stateInterest, writeStart } from '#rooms/network/start/commands.server.ts';
import { addStartNote, closeStartTable, moveStartTable, openStartTable } from '#rooms/network/start/table/commands.server.ts';
import { closeScan, handInScan, openScan } from '#rooms/network/conditions/commands.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import { interests, saidAtTable, scans } from './stories/start.ts';
import { relations, start } from './stories/beginning.ts';
import type { Event } from './telling.server.ts';

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

/** How each answers the twenty statements: most alike, and about some of them each otherwise. */
const answersOf = (person: number, lift: number): (number | null)[] =>
	Array.from({ length: 20 }, (_, index) => {
		if ((person * 7 + index) % 23 === 0) return null;
		const apart = index % 5 === 3 || index === 6 ? (person % 3) - 1 : 0;
		return Math.min(5, Math.max(1, 2 + (index % 3) + lift + apart));
	});

/** The rounds of the scan: two that were closed, and one that is open. */
export function scanEvents({ installation, actor, clock }: Cast): Event[] {
	const facilitator = actor('marieke@wijkteam.example');
	return scans.map(({ day, by, closed, lift }) => ({
		day,
		async run() {
			const { roundId } = done(await openScan(installation, facilitator, { closesOn: addDays(dayAt(clock.now()), 14) }));
			for (const [person, who] of by.entries())
				done(await handInScan(installation, actor(who), { roundId, answers: answersOf(person, lift) }));
			if (closed) done(await closeScan(installation, facilitator, { roundId }));
		}
	}));
}
