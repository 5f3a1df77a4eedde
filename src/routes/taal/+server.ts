import { error, redirect } from '@sveltejs/kit';
import { locales } from '#foundation/text/text.ts';
import { isOwnPath, places } from '#ui/places.ts';
import type { RequestHandler } from './$types.js';

const aYear = 60 * 60 * 24 * 365;

/** Remembers the language someone chose and goes back to where they were. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
	const form = await request.formData();
	const locale = locales.find((known) => known === form.get('locale'));
	if (locale === undefined) error(400, 'unknown language');
	cookies.set('locale', locale, { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:', maxAge: aYear });
	const back = form.get('back');
	redirect(303, typeof back === 'string' && isOwnPath(back) ? back : places.front);
};
