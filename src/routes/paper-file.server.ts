import type { Locale } from '#foundation/text/text.ts';

/** A paper as a file that is saved, and never opened as a page of ours. */
export const paperFile = (bytes: Uint8Array, name: string): Response =>
	new Response(bytes as Uint8Array<ArrayBuffer>, {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="${name}.pdf"`,
			'cache-control': 'no-store'
		}
	});

/** The language that the address asks for. */
export const languageOf = (url: URL, otherwise: Locale): Locale => {
	const asked = url.searchParams.get('taal');
	return asked === 'nl' || asked === 'en' ? asked : otherwise;
};
