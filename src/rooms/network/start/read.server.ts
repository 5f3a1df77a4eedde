import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { isSign } from './rules.ts';
import type { SignPart, StartPart } from './rules.ts';

/** What an organisation is in the network for, in its own words, as it stands now. */
export interface Interest {
	readonly interestId: string;
	readonly organisationId: string;
	readonly gains: string;
	readonly brings: string;
	/** What it must not lose; null: it said nothing of that. */
	readonly keeps: string | null;
	readonly personId: string;
	readonly at: Date;
	/** How often it was stated; the earlier ones are kept. */
	readonly versions: number;
}

export interface LookBack {
	readonly lookId: string;
	readonly seen: boolean;
	/** `YYYY-MM-DD`. */
	readonly onDay: string;
	readonly personId: string;
}

/** A part of the start as it stands now. */
export interface StartSentence {
	readonly startId: string;
	readonly text: string;
	readonly personId: string;
	readonly at: Date;
	/** How often it was written; the earlier ones are kept. */
	readonly versions: number;
}

export interface NetworkStart {
	readonly sentences: ReadonlyMap<StartPart | 'rules_early_because', StartSentence>;
	/** The signs that were written, in order, each with how it was looked back on, newest first. */
	readonly signs: readonly (StartSentence & { readonly part: SignPart; readonly looks: readonly LookBack[] })[];
	/** The newest of each organisation that stated one. */
	readonly interests: readonly Interest[];
	/** Which parts stand. The interests stand when one organisation stated its own. */
	readonly written: ReadonlySet<string>;
	/** Since which year the network works together, when it was there before it worked here; null when it begins now. */
	readonly since: number | null;
}

/** How the network began, as it stands now. A sign that was written anew is looked back on anew. */
export async function getNetworkStart(tx: Tx, actor: Actor): Promise<NetworkStart> {
	const rows = await tx
		.selectFrom('networkStart')
		.select(['startId', 'part', 'text', 'personId', 'at'])
		.where('networkId', '=', actor.networkId)
		.orderBy('at')
		.orderBy('startId')
		.execute();
	const sentences = new Map<StartPart | 'rules_early_because', StartSentence>();
	for (const { part, ...row } of rows) {
		const key = part as StartPart;
		sentences.set(key, { ...row, versions: (sentences.get(key)?.versions ?? 0) + 1 });
	}
	const looks = await tx
		.selectFrom('signLookBack')
		.select(['lookId', 'startId', 'seen', 'onDay', 'personId'])
		.where('networkId', '=', actor.networkId)
		.orderBy('onDay', 'desc')
		.orderBy('at', 'desc')
		.orderBy('lookId', 'desc')
		.execute();
	const signs = [...sentences]
		.flatMap(([part, sentence]) => (isSign(part) ? [{ ...sentence, part }] : []))
		.toSorted((a, b) => (a.part < b.part ? -1 : 1))
		.map((sign) => ({
			...sign,
			looks: looks.filter((look) => look.startId === sign.startId).map(({ startId: _, ...look }) => look)
		}));
	const interests = await listInterests(tx, actor);
	const existing = await tx
		.selectFrom('startExisting')
		.select('sinceYear')
		.where('networkId', '=', actor.networkId)
		.orderBy('at', 'desc')
		.orderBy('existingId', 'desc')
		.limit(1)
		.executeTakeFirst();
	return {
		sentences,
		signs,
		interests,
		since: existing?.sinceYear ?? null,
		written: new Set([...sentences.keys(), ...(interests.length > 0 ? ['interests'] : [])])
	};
}

/** What each organisation is in it for: the newest that it stated. */
export async function listInterests(tx: Tx, actor: Actor): Promise<readonly Interest[]> {
	const rows = await tx
		.selectFrom('startInterest')
		.select(['interestId', 'organisationId', 'gains', 'brings', 'keeps', 'personId', 'at'])
		.where('networkId', '=', actor.networkId)
		.orderBy('at')
		.orderBy('interestId')
		.execute();
	const newest = new Map<string, Interest>();
	for (const row of rows) newest.set(row.organisationId, { ...row, versions: (newest.get(row.organisationId)?.versions ?? 0) + 1 });
	return [...newest.values()];
}
