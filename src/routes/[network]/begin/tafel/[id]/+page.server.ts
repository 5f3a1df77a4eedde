import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { mayWriteStart, nextPart } from '#rooms/network/start/rules.ts';
import { addStartNote, closeStartTable, moveStartTable } from '#rooms/network/start/table/commands.server.ts';
import { findStartTable } from '#rooms/network/start/table/read.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { listPeople } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A table where the start is spoken of: every phone shows the part it is at, and what everyone said. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const { id } = event.params;
	return await read(installation, actor, async (tx, now) => {
		const table = await findStartTable(tx, actor, id);
		if (!table) error(404);
		const { sentences, interests, written } = await getNetworkStart(tx, actor);
		return {
			title: say(locale, 'start_table.title'),
			live: `/${event.params.network}/live?tafel=${id}`,
			now,
			table,
			sentences,
			interests,
			written,
			next: nextPart(written),
			mayWrite: mayWriteStart(actor.roles),
			organisationId: actor.organisationId,
			organisations: await listOrganisations(tx, actor, now),
			names: await listPeople(tx, actor, [table.personId, ...table.notes.map(({ personId }) => personId)]),
			keys: { note: installation.world.id(), next: installation.world.id(), move: installation.world.id(), close: installation.world.id() }
		};
	});
};

export const actions: Actions = {
	note: (event) =>
		act(event, addStartNote, {
			form: 'note',
			input: (fields) => ({ tableId: event.params.id, part: fields['part'] ?? '', text: fields['text'] ?? '' }),
			to: () => `/${event.params.network}/begin/tafel/${event.params.id}`
		}),
	move: (event) =>
		act(event, moveStartTable, {
			form: 'move',
			input: (fields) => ({ tableId: event.params.id, part: fields['to'] ?? '' }),
			to: () => `/${event.params.network}/begin/tafel/${event.params.id}`
		}),
	close: (event) =>
		act(event, closeStartTable, {
			form: 'close',
			input: () => ({ tableId: event.params.id }),
			to: () => `/${event.params.network}/begin/tafel/${event.params.id}`
		})
};
