import { openAccounts } from './accounts.server.ts';
import { sessionCookie } from './cookie.ts';
import { openDemoSignIn } from './demo-sign-in.server.ts';
import { describeDevice } from './device.ts';
import { openForgetting } from './forget.server.ts';
import { openLinks } from './links.server.ts';
import type { IdentityParts } from './parts.server.ts';
import { openPace } from './pace.server.ts';
import { openPasskeys } from './passkeys.server.ts';
import { openRateLimit } from './rate-limit.server.ts';
import { openSessions } from './sessions.server.ts';
import { openTokens } from './tokens.server.ts';

export type { Membership } from './memberships.server.ts';
export type { Browser, SignedIn, Who } from './sessions.server.ts';

/**
 * Who someone is: accounts, and the ways to sign in. It has connections of its own as the identity role, which sees no table of a network; the
 * application's role sees none of these.
 */
export function openIdentity(parts: IdentityParts) {
	const rateLimit = openRateLimit(parts.pool, parts.keyring, parts.world);
	return {
		cookie: sessionCookie(parts.origin),
		describeDevice,
		...openAccounts(parts),
		...openSessions(parts),
		...openLinks(parts, rateLimit),
		...openPasskeys(parts, rateLimit),
		...openTokens(parts),
		...openDemoSignIn(parts),
		...openForgetting(parts),
		...openPace(parts),
		/** Tries from one source, for what is opened by a secret alone. */
		tries: rateLimit
	};
}

export type Identity = ReturnType<typeof openIdentity>;
