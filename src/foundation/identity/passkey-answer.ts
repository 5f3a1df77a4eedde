import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';

/** Characters of an answer at most; a real one has a few thousand. */
const longest = 20_000;

const base64url = z
	.string()
	.max(longest)
	.regex(/^[A-Za-z0-9_-]*$/);

const credential = { id: base64url.min(1).max(1_400), rawId: base64url, type: z.literal('public-key') };

const attestation = z.object({
	...credential,
	response: z.object({
		clientDataJSON: base64url,
		attestationObject: base64url,
		transports: z.array(z.string().max(20)).max(10).optional()
	})
});

const assertion = z.object({
	...credential,
	response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: base64url.optional() })
});

const clientData = z.object({ challenge: base64url.min(1).max(200) });

/** What is not JSON, or has another form, is null. */
function readJson<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | null {
	if (text.length > longest * 3) return null;
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
	const parsed = schema.safeParse(json);
	return parsed.success ? parsed.data : null;
}

/** The answer of `navigator.credentials.create` as the browser sent it; null when it has another form. Extensions are not asked for and left out. */
export function readAttestation(text: string): RegistrationResponseJSON | null {
	const read = readJson(attestation, text);
	if (!read) return null;
	const { transports, ...response } = read.response;
	return { ...read, response: { ...response, ...(transports ? { transports } : {}) }, clientExtensionResults: {} };
}

/** The answer of `navigator.credentials.get` as the browser sent it; null when it has another form. */
export function readAssertion(text: string): AuthenticationResponseJSON | null {
	const read = readJson(assertion, text);
	if (!read) return null;
	const { userHandle, ...response } = read.response;
	return { ...read, response: { ...response, ...(userHandle === undefined ? {} : { userHandle }) }, clientExtensionResults: {} };
}

/** The challenge that an answer says it answers (base64url); null when it says none. */
export const challengeIn = (clientDataJson: string): string | null =>
	readJson(clientData, Buffer.from(clientDataJson, 'base64url').toString('utf8'))?.challenge ?? null;
