import { error } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import type { Organisation } from '#rooms/network/read.server.ts';
import type { Figures } from '#rooms/returns/rules.ts';
import { findCaseReturn, tryCaseReturn } from '#rooms/returns/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { actorOf, found } from '../../../../form.server.ts';
import { readTrial } from './trial-form.ts';

const cell = (value: string | number): string => (typeof value === 'number' ? String(value) : `"${value.replaceAll('"', '""')}"`);

/** A picture's amounts as a file for a spreadsheet: the same figures as the page, in cents, also of what is tried. */
export async function figuresFile(
	event: RequestEvent,
	caseId: string,
	name: string,
	rowsOf: (figures: Figures, organisations: readonly Organisation[]) => readonly (readonly (string | number)[])[]
): Promise<Response> {
	const { installation } = event.locals;
	const actor = actorOf(event);
	const { valueMap } = found(await getCaseTable(installation, actor, caseId));
	if (valueMap === null) error(404);
	const { trial } = readTrial((field) => event.url.searchParams.get(field), valueMap.facts);
	const { counted, organisations } = await read(installation, actor, async (tx, now) => ({
		counted: trial === null ? await findCaseReturn(tx, actor, valueMap) : await tryCaseReturn(tx, actor, valueMap, trial),
		organisations: await listOrganisations(tx, actor, now)
	}));
	if (counted === null) error(404);
	const text = rowsOf(counted.figures, organisations)
		.map((row) => `${row.map(cell).join(',')}\r\n`)
		.join('');
	return new Response(text, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
}
