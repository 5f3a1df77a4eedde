import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { talkParts } from '#rooms/network/start/rules.ts';
import { addStartNote, closeStartTable, moveStartTable, openStartTable } from '#rooms/network/start/table/commands.server.ts';
import { findStartTable, listStartTables } from '#rooms/network/start/table/read.server.ts';
import { addStartNoteSchema, moveStartTableSchema } from '#rooms/network/start/table/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const head = {
	tableId: z.uuid(),
	at: moment(),
	personId: z.uuid().openapi({ description: 'Who opened it.' }),
	part: z.enum(talkParts).nullable().openapi({ description: 'The part it is at; null: it is closed.' }),
	movedAt: moment()
};
const moments = <T extends { readonly at: Date; readonly movedAt: Date }>(table: T) => ({
	...table,
	at: table.at.toISOString(),
	movedAt: table.movedAt.toISOString()
});

export const startTableOperations: readonly Operation[] = [
	reading({
		operationId: 'listStartTables',
		path: '/start-tables',
		tag: 'start',
		summary: 'The tables at which the start was spoken of, the newest first',
		means: 'The tables.',
		refusals: [],
		answer: z.object({ tables: z.array(z.object(head)) }).openapi('StartTables'),
		async read({ installation, actor }) {
			const tables = await read(installation, actor, (tx) => listStartTables(tx, actor));
			return ok({ body: { tables: tables.map(moments) } });
		}
	}),
	reading({
		operationId: 'getStartTable',
		path: '/start-tables/{tableId}',
		tag: 'start',
		summary: 'One table with everything that was said at it',
		means: 'The table.',
		refusals: [],
		answer: z
			.object({
				...head,
				notes: z.array(z.object({ noteId: z.uuid(), part: z.enum(talkParts), text: z.string(), personId: z.uuid(), at: moment() }))
			})
			.openapi('StartTable'),
		async read({ installation, actor, params }) {
			const table = await read(installation, actor, (tx) => findStartTable(tx, actor, params.tableId));
			if (!table) return refuse('not_found');
			return ok({ body: { ...moments(table), notes: table.notes.map((note) => ({ ...note, at: note.at.toISOString() })) } });
		}
	}),
	act({
		operationId: 'openStartTable',
		path: '/start-tables',
		tag: 'start',
		summary: 'Open a table at which the start is spoken of; it begins at what is written next',
		status: 201,
		means: 'It is open, for everyone of the network.',
		refusals: ['not_allowed', 'table_open'],
		command: openStartTable,
		gives: ['Location'],
		answer: z.object({ tableId: z.uuid() }).openapi('OpenedStartTable'),
		toAnswer: (value) => ({ body: value, location: `/start-tables/${value.tableId}` })
	}),
	act({
		operationId: 'addStartNote',
		path: '/start-tables/{tableId}/notes',
		tag: 'start',
		summary: 'Say something about a part, for everyone at the table',
		status: 201,
		means: 'Everyone at the table sees it.',
		refusals: ['not_allowed', 'table_closed'],
		command: addStartNote,
		body: addStartNoteSchema.omit({ tableId: true }),
		answer: z.object({ noteId: z.uuid() }).openapi('SaidAtStartTable'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'moveStartTable',
		path: '/start-tables/{tableId}/moves',
		tag: 'start',
		summary: 'Go with the table to another part',
		status: 204,
		means: 'Every phone follows.',
		refusals: ['not_allowed', 'table_closed'],
		command: moveStartTable,
		body: moveStartTableSchema.omit({ tableId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'closeStartTable',
		path: '/start-tables/{tableId}/closing',
		tag: 'start',
		summary: 'Close the table; what was said stays to be read',
		status: 204,
		means: 'Nothing is added to it any more.',
		refusals: ['not_allowed', 'table_closed'],
		command: closeStartTable,
		toAnswer: nothing
	})
];
