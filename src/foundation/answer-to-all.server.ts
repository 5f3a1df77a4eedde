import { createHash } from 'node:crypto';

/**
 * How long an answer for everyone may be kept: five minutes by who reads it, ten by what stands between, and in all no longer than an hour, so that what is
 * closed is gone everywhere by then.
 */
const keeping = 'public, max-age=300, s-maxage=600, stale-while-revalidate=3000';

/** Whether who asks has it already (RFC 9110, 13.1.2): a mark is compared weakly. */
const has = (wished: string | null, etag: string): boolean =>
	(wished ?? '').split(',').some((mark) => mark.trim() === '*' || mark.trim().replace(/^W\//, '') === etag.replace(/^W\//, ''));

/**
 * An answer that is the same for everyone: it may be kept, has a mark by which can be asked whether it changed, and sets no cookie. Without a body when who
 * asks has it already, with all headers: the browser takes those for the page that it kept.
 */
export function answerToAll(request: Request, body: string | Uint8Array<ArrayBuffer>, headers: Headers): Response {
	const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
	headers.set('cache-control', keeping);
	headers.set('etag', etag);
	headers.delete('set-cookie');
	headers.delete('content-length');
	return has(request.headers.get('if-none-match'), etag) ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
}
