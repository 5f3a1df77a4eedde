import { error } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { sourceOf } from '#foundation/identity/source.ts';
import type { Outcome } from '#foundation/outcome.ts';

/** Whoever tried many links that are none waits, before another is looked up. */
export async function notTooOften({ locals, getClientAddress }: Pick<RequestEvent, 'locals' | 'getClientAddress'>): Promise<void> {
	if (await locals.installation.identity.tries.isSpent('failure_source', sourceOf(getClientAddress()))) error(refusalStatus.too_many_tries);
}

/** What a resident's link opened. One that opens nothing, whatever the reason, is a 404 page that says what to do; guesses are counted. */
export async function opened<T>(event: Pick<RequestEvent, 'locals' | 'getClientAddress'>, outcome: Outcome<T>): Promise<T> {
	if (outcome.ok) return outcome.value;
	if (outcome.refusal.code === 'link_invalid')
		await event.locals.installation.identity.tries.countFailure(sourceOf(event.getClientAddress()));
	error(404);
}
