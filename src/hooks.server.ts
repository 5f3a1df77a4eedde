import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import type { RequestEvent } from '@sveltejs/kit';
import { answerToAll } from '#foundation/answer-to-all.server.ts';
import { isPassing } from '#foundation/database/passing.ts';
import { localeFrom } from '#foundation/text/text.ts';
import type { Installation } from '#foundation/installation.ts';

/** The one Installation of this process, laid ready by `loopplank serve`. The build has its own copy of our modules, so it is not imported. */
function installationOfProcess(): Installation {
	const installation = (globalThis as { [key: symbol]: unknown })[Symbol.for('loopplank.installation')];
	if (installation === undefined)
		throw new Error('No installation: the pages are served by "loopplank serve" or "loopplank demo", not on their own.');
	return installation as Installation;
}

type SignedIn = Pick<App.Locals, 'who' | 'account' | 'actor' | 'acting'>;

/** The one place where a request learns who asks: by the cookie of a session. Without one, or with one that has ended: a visitor. */
async function signIn({ cookies, locals }: RequestEvent): Promise<SignedIn> {
	const { identity } = locals.installation;
	const outcome = await identity.actorOf(cookies.get(identity.cookie.name));
	if (!outcome.ok) return { who: null, account: null, actor: null, acting: null };
	const who = outcome.value;
	const { account, sessionId, actor, acting, memberships } = who;
	return {
		who,
		account: { accountId: account.accountId, sessionId },
		actor,
		acting: acting && {
			networkSlug: acting.slug,
			networkName: acting.networkName,
			personName: acting.personName,
			organisationName: acting.organisationName,
			canChoose: memberships.length > 1
		}
	};
}

/** Headers on every answer. The content security policy is SvelteKit's, in vite.config.ts. */
function guard(headers: Headers, event: RequestEvent): void {
	headers.set('x-content-type-options', 'nosniff');
	headers.set('x-frame-options', 'DENY');
	// Not 'no-referrer': a browser then sends "Origin: null" with our own forms, and the check against forged forms refuses them. Where the
	// address itself is a secret, no more than the origin leaves the page.
	const bySecret = event.route.id?.includes('[token]') === true;
	headers.set('referrer-policy', bySecret ? 'strict-origin' : 'same-origin');
	if (bySecret) headers.set('x-robots-tag', 'noindex, nofollow');
	headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()');
	headers.set('cross-origin-opener-policy', 'same-origin');
	headers.set('cross-origin-resource-policy', 'same-origin');
	if (event.url.protocol === 'https:') headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
	if (event.locals.account !== null || bySecret) headers.set('cache-control', 'no-store');
	if (!isForAll(event)) headers.append('vary', 'cookie, accept-language');
}

/** Pages and papers for everyone: the same for whoever asks, in the language of their address. Nobody looks at a cookie there. */
const isForAll = ({ route }: RequestEvent): boolean => /^\/(openbaar|werkboek)\//.test(route.id ?? '');

/** The parts of an address that hold an id, and the id that nothing has. */
const idParts = new Set(['id', 'agreement', 'meeting', 'punt', 'request']);
const nothing = '00000000-0000-0000-0000-000000000000';
const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What is no id names nothing: it is read as the id that nothing has, so that each page answers as to any other that is not there. The database takes no zero byte at all. */
function readAsNamed({ params }: { readonly params: Record<string, string | undefined> }): void {
	for (const [part, value] of Object.entries(params)) {
		if (value === undefined) continue;
		if (idParts.has(part)) params[part] = uuidPattern.test(value.toLowerCase()) ? value.toLowerCase() : nothing;
		else params[part] = value.replaceAll('\0', '\uFFFD');
	}
}

const visitor: SignedIn = { who: null, account: null, actor: null, acting: null };

export const handle: Handle = async ({ event, resolve }) => {
	event.locals.installation = installationOfProcess();
	readAsNamed(event);
	const forAll = isForAll(event);
	event.locals.locale = forAll
		? localeFrom(event.route.id?.split('/').includes('en') ? 'en' : 'nl', null)
		: localeFrom(event.cookies.get('locale'), event.request.headers.get('accept-language'));
	Object.assign(event.locals, forAll ? visitor : await signIn(event));
	const response = await resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%loopplank.lang%', event.locals.locale)
	});
	guard(response.headers, event);
	if (!forAll || response.status !== 200) return response;
	return answerToAll(event.request, new Uint8Array(await response.arrayBuffer()), new Headers(response.headers));
};

/** The places in the program an error went through, without its message: that may quote what someone typed, also a line that looks like a place. */
function framesOf({ message, stack = '' }: Error): string[] {
	const at = stack.indexOf(message);
	return stack
		.slice(at === -1 ? 0 : at + message.length)
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => /^at .*(:\d+:\d+|<anonymous>)\)?$/.test(line));
}

/** One line in the program's log for each unexpected error, under an id that the page shows. No address, no text, no person. */
export const handleError: HandleServerError = ({ error, event, kind }) => {
	if (kind !== 'unknown') return;
	// The web's own parser throws a bare TypeError for a body that is not the form it says it is: a mistake of the sender, not ours.
	if (error instanceof TypeError && /FormData|Content-Type/i.test(error.message)) return { status: 400, message: 'Bad Request' };
	const id = crypto.randomUUID();
	// The database is not there just now: nothing went wrong in the product, and the same can be tried again.
	const passing = isPassing(error);
	const thrown = error instanceof Error ? (error as Error & { readonly code?: unknown }) : undefined;
	console.error(
		JSON.stringify({
			time: new Date().toISOString(),
			level: passing ? 'warning' : 'error',
			id,
			method: event.request.method,
			route: event.route.id,
			error: thrown?.name ?? typeof error,
			...(typeof thrown?.code === 'string' ? { code: thrown.code } : {}),
			...(passing ? {} : { stack: thrown === undefined ? [] : framesOf(thrown) })
		})
	);
	return passing ? { status: 503, message: 'Service Unavailable', id } : { id };
};
