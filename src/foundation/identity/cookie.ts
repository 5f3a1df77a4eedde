/** How the cookie of a session is named and set. */
export interface SessionCookie {
	readonly name: string;
	/** The attributes with which it is set, and with which it is removed. */
	readonly attributes: {
		readonly path: '/';
		readonly httpOnly: true;
		readonly sameSite: 'lax';
		readonly secure: boolean;
	};
}

/**
 * The cookie for an address. Over https its name begins with `__Host-`: a browser then takes it only with Secure, Path=/ and no Domain, so that no
 * neighbouring host can plant one (RFC 6265bis, 4.1.3.2).
 */
export function sessionCookie(origin: string): SessionCookie {
	const secure = new URL(origin).protocol === 'https:';
	return { name: secure ? '__Host-loopplank' : 'loopplank', attributes: { path: '/', httpOnly: true, sameSite: 'lax', secure } };
}
