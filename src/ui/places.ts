/** Addresses that stand in the frame around every page. Nothing personal is ever part of an address. */
export const places = {
	front: '/',
	signIn: '/inloggen',
	/** After a link was asked for. */
	linkSent: '/inloggen/verstuurd',
	signOut: '/uitloggen',
	/** Only in the demo: sign in as one of the invented people. */
	signInAs: '/demo',
	/** Only in the demo: the letters that elsewhere would be sent. */
	mailbox: '/demo/postbus',
	/** Choose which membership acts. */
	choose: '/kiezen',
	/** Own sessions, passkeys and tokens. */
	access: '/mijn/toegang',
	/** POST `locale` and `back`. */
	language: '/taal',
	help: '/hulp',
	accessibility: '/toegankelijkheid',
	network: (slug: string): string => `/${slug}`,
	/** POST `q`: what people search for stays out of addresses and server logs. */
	search: (slug: string): string => `/${slug}/zoeken`
} as const;

/** Whether `path` is an address on this site: what a form may send someone back to. */
export const isOwnPath = (path: string): boolean => /^\/(?![/\\])[^\\\s]*$/.test(path);
