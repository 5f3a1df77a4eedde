import type { FieldError } from '#foundation/outcome.ts';
import type { Part, ProblemCode } from './problem.ts';

/** Largest body in bytes. */
export const bodyLimitBytes = 1_000_000;

/** A part of a request: what it holds, or why it cannot be used. */
export type Read<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly code: ProblemCode; readonly part?: Part; readonly fields?: readonly FieldError[] };

const read = <T>(value: T): Read<T> => ({ ok: true, value });

const jsonType = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/** The body as JSON; an empty body without a content type is an empty object, for acts that ask nothing. */
export async function readBody(request: Request, limit = bodyLimitBytes): Promise<Read<unknown>> {
	const bytes = await readBytes(request, limit);
	if (bytes === null) return { ok: false, code: 'too_large' };
	const type = request.headers.get('content-type');
	if (type === null && bytes.length === 0) return read({});
	if (type === null || !jsonType.test(type)) return { ok: false, code: 'unsupported_media_type' };
	try {
		return read(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
	} catch (error) {
		// Not JSON, or not UTF-8: both are said as one.
		if (error instanceof SyntaxError || error instanceof TypeError) return { ok: false, code: 'malformed_json' };
		throw error;
	}
}

/** All bytes of a body; null as soon as they are too many. */
async function readBytes(request: Request, limit: number): Promise<Uint8Array | null> {
	if (Number(request.headers.get('content-length') ?? 0) > limit) return null;
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of request.body ?? []) {
		size += chunk.length;
		if (size > limit) return null;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

const longestKey = 100;

/**
 * The `Idempotency-Key` header: a string as structured fields write it ("8e03978e-40d5-43dd-bc93-6894a57f9324", IETF draft), or the same without quotes.
 * 1 to 100 visible ASCII characters. Null when it was not sent.
 */
export function readKey(header: string | undefined): Read<string | null> {
	if (header === undefined) return read(null);
	const key = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1') ?? header;
	const refuse = (code: FieldError['code'], values?: FieldError['values']): Read<null> => ({
		ok: false,
		code: 'invalid',
		part: 'header',
		fields: [{ path: ['Idempotency-Key'], code, ...(values === undefined ? {} : { values }) }]
	});
	if (key === '') return refuse('required');
	if (key.length > longestKey) return refuse('too_long', { max: longestKey });
	if (!/^[\x20-\x7e]+$/.test(key)) return refuse('wrong_type');
	return read(key);
}

/** The query as fields. A field that stands there twice is refused: which of the two was meant is not ours to guess. */
export function readQuery(url: URL): Read<Record<string, string>> {
	const fields: Record<string, string> = Object.create(null) as Record<string, string>;
	const twice = new Set<string>();
	for (const [name, value] of url.searchParams) {
		if (name in fields) twice.add(name);
		fields[name] = value;
	}
	if (twice.size === 0) return read({ ...fields });
	return { ok: false, code: 'invalid', part: 'query', fields: [...twice].map((name) => ({ path: [name], code: 'wrong_type' })) };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The ids in a path, in lower case; null when one is no id: then nothing stands there. */
export function readIds(params: Readonly<Record<string, string>>): Record<string, string> | null {
	const entries = Object.entries(params);
	return entries.every(([, value]) => uuid.test(value))
		? Object.fromEntries(entries.map(([name, value]) => [name, value.toLowerCase()]))
		: null;
}
