/** Addresses that stand in the frame around every page. Nothing personal is ever part of an address. */
export const places = {
	front: '/',
	signIn: '/inloggen',
	signOut: '/uitloggen',
	/** Only in the demo: sign in as one of the invented people. */
	signInAs: '/demo',
	/** Choose which membership acts. */
	choose: '/kiezen',
	/** POST `locale` and `back`. */
	language: '/taal',
	help: '/hulp',
	network: (slug: string): string => `/${slug}`,
	/** POST `q`: what people search for stays out of addresses and server logs. */
	search: (slug: string): string => `/${slug}/zoeken`
} as const;

/** Whether `path` is an address on this site: what a form may send someone back to. */
export const isOwnPath = (path: string): boolean => /^\/(?![/\\])[^\\\s]*$/.test(path);
