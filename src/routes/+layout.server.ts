import { messagesFor } from '#ui/text.server.ts';
import type { LayoutServerLoad } from './$types.js';

// Pages are plain HTML. Only a page that needs script sets `csr = true`, and is then listed in src/ui/text.server.ts.
export const csr = false;

export const load: LayoutServerLoad = ({ locals, route, url }) => ({
	locale: locals.locale,
	messages: messagesFor(locals.locale, route.id),
	acting: locals.acting,
	signedIn: locals.account !== null,
	demo: locals.installation.settings.demo,
	here: url.pathname + url.search
});
