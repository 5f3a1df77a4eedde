import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What a test makes go wrong in an answer. */
export interface Tampering {
	readonly origin?: string;
	readonly rpId?: string;
	readonly type?: string;
	readonly challenge?: string;
	/** Another authenticator's signature over this answer. */
	readonly signer?: SoftwareAuthenticator;
	readonly userHandle?: string;
	/** What the counter says instead of one more. */
	readonly counter?: number;
	readonly userPresent?: boolean;
}

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** CBOR (RFC 8949) of the few shapes an authenticator needs. */
const head = (major: number, size: number): Buffer =>
	size < 24
		? Buffer.from([(major << 5) | size])
		: size < 256
			? Buffer.from([(major << 5) | 24, size])
			: Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
const cborInteger = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));
const cborBytes = (bytes: Uint8Array): Buffer => Buffer.concat([head(2, bytes.length), bytes]);
const cborText = (text: string): Buffer => Buffer.concat([head(3, text.length), Buffer.from(text)]);
const cborMap = (entries: readonly (readonly [Buffer, Buffer])[]): Buffer => Buffer.concat([head(5, entries.length), ...entries.flat()]);

/**
 * An authenticator in software with one discoverable passkey (ES256, attestation "none"), for tests: it answers as a browser with a security key would
 * (WebAuthn level 3, 6.1 and 6.5).
 */
export class SoftwareAuthenticator {
	readonly credentialId: Buffer = randomBytes(32);
	readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	#counter = 0;
	#userHandle = '';

	#clientData(type: string, challenge: string, origin: string, tampering: Tampering): Buffer {
		return Buffer.from(
			JSON.stringify({
				type: tampering.type ?? type,
				challenge: tampering.challenge ?? challenge,
				origin: tampering.origin ?? origin,
				crossOrigin: false
			})
		);
	}

	#authenticatorData(rpId: string, attested: Buffer, tampering: Tampering): Buffer {
		const flags = (tampering.userPresent === false ? 0 : 0x01) | 0x04 | (attested.length > 0 ? 0x40 : 0);
		const counter = Buffer.alloc(4);
		counter.writeUInt32BE(tampering.counter ?? ++this.#counter);
		return Buffer.concat([sha256(tampering.rpId ?? rpId), Buffer.from([flags]), counter, attested]);
	}

	/** Answers `navigator.credentials.create`, as JSON text. */
	create(
		options: { readonly challenge: string; readonly rp: { readonly id?: string }; readonly user: { readonly id: string } },
		origin: string,
		tampering: Tampering = {}
	): string {
		const { x, y } = this.#keys.publicKey.export({ format: 'jwk' });
		const publicKey = cborMap([
			[cborInteger(1), cborInteger(2)],
			[cborInteger(3), cborInteger(-7)],
			[cborInteger(-1), cborInteger(1)],
			[cborInteger(-2), cborBytes(Buffer.from(x ?? '', 'base64url'))],
			[cborInteger(-3), cborBytes(Buffer.from(y ?? '', 'base64url'))]
		]);
		const size = Buffer.alloc(2);
		size.writeUInt16BE(this.credentialId.length);
		const attested = Buffer.concat([Buffer.alloc(16), size, this.credentialId, publicKey]);
		const attestationObject = cborMap([
			[cborText('fmt'), cborText('none')],
			[cborText('attStmt'), cborMap([])],
			[cborText('authData'), cborBytes(this.#authenticatorData(options.rp.id ?? '', attested, tampering))]
		]);
		this.#userHandle = options.user.id;
		return this.#answer({
			clientDataJSON: base64url(this.#clientData('webauthn.create', options.challenge, origin, tampering)),
			attestationObject: base64url(attestationObject),
			transports: ['internal']
		});
	}

	/** Answers `navigator.credentials.get`, as JSON text. */
	get(options: { readonly challenge: string; readonly rpId?: string }, origin: string, tampering: Tampering = {}): string {
		const clientData = this.#clientData('webauthn.get', options.challenge, origin, tampering);
		const authenticatorData = this.#authenticatorData(options.rpId ?? '', Buffer.alloc(0), tampering);
		const signature = (tampering.signer ?? this).signed(Buffer.concat([authenticatorData, sha256(clientData)]));
		return this.#answer({
			clientDataJSON: base64url(clientData),
			authenticatorData: base64url(authenticatorData),
			signature: base64url(signature),
			userHandle: tampering.userHandle ?? this.#userHandle
		});
	}

	signed(data: Uint8Array): Buffer {
		return sign('sha256', data, this.#keys.privateKey);
	}

	#answer(response: object): string {
		const id = base64url(this.credentialId);
		return JSON.stringify({ id, rawId: id, type: 'public-key', response, clientExtensionResults: {} });
	}
}
