import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { TalkPart } from '#rooms/network/start/rules.ts';
import { findStartTable } from '#rooms/network/start/table/read.server.ts';
import type { StartNote } from '#rooms/network/start/table/read.server.ts';
import { listPeople } from '#rooms/people/read.server.ts';

/** The table someone came from to write (`?tafel=ID`), or null. */
const tableOf = (url: URL): string | null => {
	const id = url.searchParams.get('tafel') ?? '';
	return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : null;
};

/** What was said of a part at the table someone came from, to write the sentence from. */
export async function notesAtTable(
	tx: Tx,
	actor: Actor,
	url: URL,
	part: TalkPart
): Promise<{ tableId: string | null; notes: readonly StartNote[]; names: Awaited<ReturnType<typeof listPeople>> }> {
	const id = tableOf(url);
	const table = id === null ? null : await findStartTable(tx, actor, id);
	const notes = table?.notes.filter((note) => note.part === part) ?? [];
	return {
		tableId: table?.tableId ?? null,
		notes,
		names: await listPeople(
			tx,
			actor,
			notes.map(({ personId }) => personId)
		)
	};
}

/** Where someone goes who wrote: back to the table they came from, else to the page of the start. */
export function afterWriting(
	{ url, params }: { readonly url: URL; readonly params: { readonly network: string } },
	id: string,
	word: string
): string {
	const tableId = tableOf(url);
	const base = `/${params.network}/begin`;
	return tableId === null ? `${base}?bewaard=${id}#${word}` : `${base}/tafel/${tableId}`;
}
