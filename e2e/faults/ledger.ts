import type { ActCode } from '../../src/foundation/command/acts.ts';
import type { Colleague } from './colleague.ts';

/** A request as it is sent: again after no answer, and again after a restart, always with its own key. */
export interface Sent {
	readonly act: ActCode;
	/** Null: a resident, who acts as nobody, by a page. */
	readonly by: Colleague | null;
	readonly method: 'POST' | 'DELETE';
	readonly path: string;
	readonly body: object | undefined;
	readonly key: string;
}

/** An act for which the product answered that it was done, and what it answered. */
export interface Acknowledged extends Sent {
	readonly status: number;
	readonly text: string;
}

/** What the clients were told. Everything in it must stand in the database, once. */
export class Ledger {
	readonly acknowledged: Acknowledged[] = [];
	/** Answers that should not have come: a refusal, a failure on the server's side, another answer to the same key. */
	readonly strange: string[] = [];
	/** How often a request of an act got no answer, or the answer that the server is away. */
	readonly cut = new Map<ActCode, number>();

	get unanswered(): number {
		return [...this.cut.values()].reduce((sum, times) => sum + times, 0);
	}

	write(entry: Acknowledged): void {
		this.acknowledged.push(entry);
	}

	noteCut(act: ActCode): void {
		this.cut.set(act, (this.cut.get(act) ?? 0) + 1);
	}

	/** How often each act was acknowledged. */
	counts(upTo = this.acknowledged.length): Map<ActCode, number> {
		const counts = new Map<ActCode, number>();
		for (let index = 0; index < upTo; index++) {
			const act = this.acknowledged[index]?.act;
			if (act !== undefined) counts.set(act, (counts.get(act) ?? 0) + 1);
		}
		return counts;
	}
}
