import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { findValueMapFile } from '#rooms/returns/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { actorOf, found } from '../../../../../form.server.ts';
import type { RequestHandler } from './$types.js';

/** The open file of the newest value map: `loopplank return` counts the same cents from it. Codes and numbers, no words. */
export const GET: RequestHandler = async (event) => {
	const { installation } = event.locals;
	const actor = actorOf(event);
	const { valueMap } = found(await getCaseTable(installation, actor, event.params.id));
	if (valueMap === null) error(404);
	const file = await read(installation, actor, (tx) => findValueMapFile(tx, actor, valueMap));
	return new Response(`${JSON.stringify(file, null, '\t')}\n`, {
		headers: {
			'content-type': 'application/json',
			'content-disposition': 'attachment; filename="waardekaart.json"',
			'cache-control': 'no-store'
		}
	});
};
