import { error, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { Browser, SignedIn, Who } from '#foundation/identity/identity.server.ts';
import { isOwnPath, places } from '#ui/places.ts';

/** The browser that asks, as signing in needs to know it. */
export function browserOf({ locals, cookies, request, getClientAddress }: RequestEvent): Browser {
	const { identity } = locals.installation;
	return {
		source: getClientAddress(),
		device: identity.describeDevice(request.headers.get('user-agent')),
		cookie: cookies.get(identity.cookie.name)
	};
}

/** Where someone begins: in the network they act in, else where they choose. */
export const startOf = ({ acting }: { readonly acting: { readonly slug: string } | null }): string =>
	acting ? places.network(acting.slug) : places.choose;

/** Bears the page a visitor asked for, until they are signed in. An address holds nothing personal. */
const wantedCookie = 'verder';
const wantedSeconds = 30 * 60;

/** Remembers the page that a visitor asked for, from a letter for instance, and sends them to sign in. */
export function signInFirst({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>): never {
	cookies.set(wantedCookie, url.pathname, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: wantedSeconds });
	redirect(303, places.signIn);
}

/**
 * Goes on to the page that was asked for before signing in, or to the one that someone came from (`back`), when it is one of this network; else to where
 * someone begins.
 */
export function goOn({ cookies }: Pick<RequestEvent, 'cookies'>, who: Parameters<typeof startOf>[0], back?: string): never {
	const wanted = back ?? cookies.get(wantedCookie);
	// Whom one works for is chosen first; the page is still wanted then.
	if (!who.acting) redirect(303, places.choose);
	if (back === undefined && wanted !== undefined) cookies.delete(wantedCookie, { path: '/' });
	redirect(303, wanted !== undefined && isOwnPath(wanted) && wanted.startsWith(`/${who.acting.slug}/`) ? wanted : startOf(who));
}

/** Gives the browser the cookie of its new session and goes on. */
export function enter(event: RequestEvent, signedIn: SignedIn): never {
	const { name, attributes } = event.locals.installation.identity.cookie;
	event.cookies.set(name, signedIn.cookie, { ...attributes, expires: signedIn.expiresAt });
	goOn(event, signedIn);
}

/** Takes the cookie of a session away. */
export function forgetCookie({ locals, cookies }: Pick<RequestEvent, 'locals' | 'cookies'>): void {
	const { name, attributes } = locals.installation.identity.cookie;
	cookies.delete(name, attributes);
}

/** Who is signed in, for a page that needs no membership. A visitor is sent to sign in. */
export function whoOf({ locals }: Pick<RequestEvent, 'locals'>): Who {
	if (!locals.who) redirect(303, places.signIn);
	return locals.who;
}

/** In the demo alone; elsewhere the page does not exist. */
export function onlyInDemo({ locals }: Pick<RequestEvent, 'locals'>): void {
	if (!locals.installation.settings.demo) error(404);
}
