import { error, fail, redirect } from '@sveltejs/kit';
import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#foundation/actor.ts';
import type { Command } from '#foundation/command/command.server.ts';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import type { Outcome, Refusal } from '#foundation/outcome.ts';

/** What a page shows again after a refusal: why, and everything that was typed. */
export interface Refused {
	readonly refusal: Refusal;
	readonly values: Readonly<Record<string, string>>;
	/** Which form of the page it was, where there are several. */
	readonly form: string;
}

/** The actor of a page inside a network. The layout has sent everyone else away. */
export function actorOf(event: RequestEvent): Actor {
	const { actor } = event.locals;
	if (!actor) error(401);
	return actor;
}

/** The fields of a form as they were typed, each once. Line ends as the browser sends them become those that were typed. */
export async function fieldsOf(event: RequestEvent): Promise<Record<string, string>> {
	const fields: Record<string, string> = {};
	for (const [name, value] of await event.request.formData()) if (typeof value === 'string') fields[name] = value.replaceAll('\r\n', '\n');
	return fields;
}

/** The value a reading found; what is not there, or not for this actor, is a 404 page. */
export function found<T>(outcome: Outcome<T>): T {
	if (outcome.ok) return outcome.value;
	error(refusalStatus[outcome.refusal.code]);
}

/**
 * Does one act for a form: the fields become its input, the hidden field `key` makes a double submit one act, and after it the browser goes
 * to `to`. A refusal brings the page back with everything that was typed; nothing there, or not for this actor, is a 404 page.
 */
export async function act<V>(
	event: RequestEvent,
	command: Command<V>,
	wish: {
		readonly form: string;
		readonly input: (fields: Record<string, string>) => unknown;
		readonly to: (value: V) => string;
		/** Who acts, where it is not who signed in: by a private link. */
		readonly as?: Actor;
	}
): Promise<ActionFailure<Refused>> {
	const actor = wish.as ?? actorOf(event);
	const values = await fieldsOf(event);
	const key = values['key'];
	const outcome = await command(event.locals.installation, actor, wish.input(values), key === undefined || key === '' ? {} : { key });
	if (outcome.ok) redirect(303, wish.to(outcome.value));
	if (outcome.refusal.code === 'not_found') error(404);
	return fail(refusalStatus[outcome.refusal.code], { refusal: outcome.refusal, values, form: wish.form });
}

/** An optional field: what was left empty is not there. */
export const optional = (text: string | undefined): string | undefined => (text === undefined || text.trim() === '' ? undefined : text);

/** Leaves fields out that are not there, for input in which a missing field and an undefined one differ. */
export const present = <T extends Record<string, unknown>>(fields: T): Partial<T> =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
