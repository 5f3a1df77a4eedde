import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ActCode } from '../../src/foundation/command/acts.ts';
import type { Acknowledged, Ledger, Sent } from './ledger.ts';

/** Milliseconds after which a request counts as unanswered. */
const patience = 15_000;
/** Milliseconds before what got no answer is sent again: asking more often takes the time in which the server and its database come back. */
export const pause = 200;

export interface Person {
	readonly token: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
}

/** An answer that a story cannot go on from. It stands in the ledger; the client goes on with the next story. */
export class StrangeAnswer extends Error {}

export type Answer = Readonly<Record<string, unknown>>;

const bodyOf = (text: string): Answer => (text === '' ? {} : (JSON.parse(text) as Answer));

/** An answer to compare with another: in whatever order its fields come, and without the port, which is another one after each restart. */
const comparable = (text: string): Answer => bodyOf(text.replaceAll(/http:\/\/localhost:\d+/g, 'http://localhost'));

/** An id that an answer gives. */
export function idIn(answer: Answer, name: string): string {
	const id = answer[name];
	if (typeof id !== 'string') throw new StrangeAnswer(`The answer has no ${name}: ${JSON.stringify(answer).slice(0, 300)}`);
	return id;
}

/** The answer to a request, or null when there was none, or the answer was that the server is away. Any other failure is an answer too. */
export async function askOnce(address: string, path: string, init: RequestInit): Promise<{ status: number; text: string } | null> {
	try {
		const response = await fetch(`${address}${path}`, { ...init, signal: AbortSignal.timeout(patience) });
		const text = await response.text();
		return response.status === 503 ? null : { status: response.status, text };
	} catch (error) {
		if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')) return null;
		throw error;
	}
}

/** Someone of the network, who acts through the API, whatever happens to the server in between. */
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
	 * Does an act until it is answered, always with the same key, and writes in the ledger that it was done.
	 * @returns the body of the answer
	 */
	async does(act: ActCode, path: string, body?: object, method: 'POST' | 'DELETE' = 'POST'): Promise<Answer> {
		const sent: Sent = { act, by: this, method, path, body, key: randomUUID() };
		const { status, text } = await this.#ask(sent);
		if (status !== 201 && status !== 204) throw this.#strange(`${act}: ${method} ${path}`, status, text);
		this.#ledger.write({ ...sent, status, text });
		return bodyOf(text);
	}

	/** Sends what was acknowledged once more: the answer must be the one that was given. */
	async sendsAgain(before: Acknowledged): Promise<void> {
		const { status, text } = await this.#ask(before);
		if (status !== before.status || !isDeepStrictEqual(comparable(text), comparable(before.text)))
			this.#strange(`${before.act} sent again: another answer than ${before.status} ${before.text.slice(0, 100)}`, status, text);
	}

	async reads(path: string): Promise<Answer> {
		for (;;) {
			const answered = await askOnce(await this.#address(), `/api/v1${path}`, { headers: this.#headers() });
			if (answered?.status === 200) return JSON.parse(answered.text) as Answer;
			if (answered !== null) throw this.#strange(`GET ${path}`, answered.status, answered.text);
			await sleep(pause);
		}
	}

	async #ask({ act, method, path, body, key }: Sent): Promise<{ status: number; text: string }> {
		const headers = {
			...{ ...this.#headers(), 'idempotency-key': `"${key}"` },
			...(body === undefined ? {} : { 'content-type': 'application/json' })
		};
		for (;;) {
			const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
			const answered = await askOnce(await this.#address(), `/api/v1${path}`, init);
			if (answered !== null) return answered;
			this.#ledger.noteCut(act);
			await sleep(pause);
		}
	}

	#headers(): Record<string, string> {
		return { authorization: `Bearer ${this.person.token}` };
	}

	#strange(what: string, status: number, text: string): StrangeAnswer {
		this.#ledger.strange.push(`${what.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')}: ${status} ${text.slice(0, 300)}`);
		return new StrangeAnswer(what);
	}
}
