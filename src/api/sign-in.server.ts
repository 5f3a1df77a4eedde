import type { Actor } from '#foundation/actor.ts';
import type { Installation } from '#foundation/installation.ts';
import { refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';

/** Who asks, by the personal token in the `Authorization` header (RFC 6750). Cookies are not looked at: a page elsewhere can send those along. */
export async function findActor({ identity, world }: Installation, authorization: string | undefined): Promise<Outcome<Actor>> {
	if (authorization === undefined) return refuse('not_signed_in');
	const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
	return token === undefined ? refuse('token_invalid') : await identity.findTokenActor(token, world.now());
}
