import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { listPublishingTopics } from '#rooms/causes/publication/read.server.ts';
import { listYearlyTopics } from '#rooms/causes/yearly/read.server.ts';
import { listMeetingTopics } from '#rooms/meetings/live/read.server.ts';
import { listAskedRungTopics } from '#rooms/agreements/escalation/read.server.ts';
import { listStartTableTopics } from '#rooms/network/start/table/read.server.ts';
import { listCaseTopics, listHomeTopics, listQuestionTopics } from '#rooms/table/live/read.server.ts';

/** What a page can wait for. */
export interface Watch {
	/** The word in the address of the stream: `?casus=ID`. */
	readonly param: string;
	/** What the page shows changes when one of these ids does; null when the actor may not see the page now. Read anew before each push. */
	readonly topics: (tx: Tx, actor: Actor, id: string) => Promise<readonly string[] | null>;
	/** Words of residents stand on the page: asking for it without a right to it is logged as a refused reading. */
	readonly logged?: 'case' | 'question';
}

/** Every page on which people wait for each other; without any of these words it is the page where someone begins. */
export const watches: readonly Watch[] = [
	{ param: 'casus', topics: listCaseTopics, logged: 'case' },
	{ param: 'vraag', topics: listQuestionTopics, logged: 'question' },
	{ param: 'tafel', topics: listStartTableTopics },
	{ param: 'overleg', topics: listMeetingTopics },
	{ param: 'verzoek', topics: listAskedRungTopics },
	{ param: 'jaarafspraak', topics: listYearlyTopics },
	{ param: 'knelpunt', topics: listPublishingTopics }
];

const home: Watch = { param: '', topics: listHomeTopics };

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the page that asks waits for; null when it is no id. */
export function watchedBy({ searchParams }: URL): { readonly watch: Watch; readonly id: string } | null {
	for (const watch of watches) {
		const id = searchParams.get(watch.param);
		if (id !== null) return idPattern.test(id) ? { watch, id } : null;
	}
	return { watch: home, id: '' };
}
