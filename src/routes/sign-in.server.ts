import { error, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { Browser, SignedIn, Who } from '#foundation/identity/identity.server.ts';
import { places } from '#ui/places.ts';

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

/** Gives the browser the cookie of its new session and goes on. */
export function enter({ locals, cookies }: RequestEvent, signedIn: SignedIn): never {
	const { name, attributes } = locals.installation.identity.cookie;
	cookies.set(name, signedIn.cookie, { ...attributes, expires: signedIn.expiresAt });
	redirect(303, startOf(signedIn));
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
