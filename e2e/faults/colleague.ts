import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from './ledger.ts';

/** Milliseconds after which a request counts as unanswered. */
const patience = 15_000;

export interface Person {
	readonly token: string;
	readonly personId: string;
	readonly membershipId: string;
}

/** Answers of the API, whatever happens to the server in between. */
export class Colleague {
	readonly person: Person;
	readonly #address: () => Promise<string>;
	readonly #ledger: Ledger;

	constructor(person: Person, address: () => Promise<string>, ledger: Ledger) {
		this.person = person;
		this.#address = address;
		this.#ledger = ledger;
	}

	/**
	 * Does an act until it is answered, always with the same key.
	 * @returns the body of the answer
	 */
	act(path: string, body: object | undefined, key: string, status: 201 | 204): Promise<Record<string, unknown>> {
		return this.#ask('POST', path, status, {
			headers: { 'idempotency-key': `"${key}"`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
			...(body === undefined ? {} : { body: JSON.stringify(body) })
		});
	}

	read(path: string): Promise<Record<string, unknown>> {
		return this.#ask('GET', path, 200, {});
	}

	async #ask(
		method: string,
		path: string,
		status: number,
		init: RequestInit & { headers?: Record<string, string> }
	): Promise<Record<string, unknown>> {
		for (;;) {
			const answered = await this.#once(method, path, init);
			if (answered === null) {
				this.#ledger.unanswered += 1;
				await sleep(50);
				continue;
			}
			if (answered.status === status) return answered.text === '' ? {} : (JSON.parse(answered.text) as Record<string, unknown>);
			this.#ledger.strange.push(`${method} ${path.replaceAll(/[0-9a-f-]{36}/g, '…')}: ${answered.status} ${answered.text.slice(0, 300)}`);
			throw new Error('The harness got an answer that it cannot go on from.');
		}
	}

	/** Null when there was no answer, or the answer was that the server is away. Any other failure on the server's side is strange. */
	async #once(
		method: string,
		path: string,
		init: RequestInit & { headers?: Record<string, string> }
	): Promise<{ status: number; text: string } | null> {
		const address = await this.#address();
		let response: Response;
		let text: string;
		try {
			response = await fetch(`${address}/api/v1${path}`, {
				...init,
				method,
				headers: { ...init.headers, authorization: `Bearer ${this.person.token}` },
				signal: AbortSignal.timeout(patience)
			});
			text = await response.text();
		} catch (error) {
			if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')) return null;
			throw error;
		}
		return response.status === 503 ? null : { status: response.status, text };
	}
}
