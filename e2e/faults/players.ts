import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Colleague, StrangeAnswer, askOnce, pause } from './colleague.ts';
import type { Ledger } from './ledger.ts';
import { officeNames, parts } from './people.ts';
import { stories } from './stories.ts';
import type { Cast, Reminder } from './story.ts';
import type { WholeNetwork } from './whole-network.ts';

export interface Stage {
	readonly network: WholeNetwork;
	readonly ledger: Ledger;
	/** Where the server listens, once it does. */
	address(): Promise<string>;
	/** Whether the play is over: then no story begins any more. */
	over(): boolean;
}

/** Posts a form of a page as nobody, again and again with the same key, until it is answered. */
async function postForm(
	{ ledger, address }: Stage,
	act: Parameters<Cast['postsForm']>[0],
	path: string,
	fields: Readonly<Record<string, string>>
) {
	const key = randomUUID();
	const body = new URLSearchParams({ ...fields, key }).toString();
	for (;;) {
		const origin = await address();
		const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', origin };
		const answered = await askOnce(origin, path, { method: 'POST', headers, body, redirect: 'manual' });
		if (answered?.status === 303) return ledger.write({ act, by: null, method: 'POST', path, body: fields, key, status: 303, text: '' });
		if (answered !== null) {
			ledger.strange.push(`${act} by a page: ${answered.status} ${answered.text.slice(0, 300)}`);
			throw new StrangeAnswer(act);
		}
		ledger.noteCut(act);
		await sleep(pause);
	}
}

/** What was silent or late before the play: cases of who holds them, promises of their partner. */
const remindersOf = ({ clients: [first] }: WholeNetwork): readonly Reminder[] =>
	first
		? [
				{ organisationId: first.partner.organisationId, code: 'overdue' },
				{ organisationId: first.holder.organisationId, code: 'silent' }
			]
		: [];

/** Plays the stories, each client with four colleagues of its own, until it is over. */
export async function playAll(stage: Stage): Promise<void> {
	const { network, ledger } = stage;
	const colleague = (person: ConstructorParameters<typeof Colleague>[0]) => new Colleague(person, () => stage.address(), ledger);
	const office = Object.fromEntries(officeNames.map((name) => [name, colleague(network.offices[name])])) as Cast['office'];
	const spares = network.spares.values();
	const years = network.years.values();
	const reminders = remindersOf(network).values();
	let closing = false;
	const closesYear: Cast['closesYear'] = async (close) => {
		if (closing) return;
		closing = true;
		const year = years.next().value;
		// What went wrong in between stands in the ledger; no other year can be closed then.
		if (year === undefined) return;
		await close(year);
		closing = false;
	};
	let before: Promise<unknown> = Promise.resolve();
	const inTurn: Cast['inTurn'] = (work) => {
		const mine = before.then(work);
		before = mine.catch(() => undefined); // heard by who waits for it
		return mine;
	};
	let number = 0;
	let turn = 0;
	const play = async (people: WholeNetwork['clients'][number], client: number): Promise<void> => {
		const lapsed = (network.lapsed[client] ?? []).values();
		const four = Object.fromEntries(parts.map((part) => [part, colleague(people[part])])) as Pick<Cast, (typeof parts)[number]>;
		const cast: Cast = {
			...{ ...four, office, ledger, slug: network.slug },
			next: () => number++,
			spare: () => spares.next().value ?? null,
			reminds: () => reminders.next().value ?? null,
			lapsed: () => lapsed.next().value ?? null,
			...{ closesYear, inTurn },
			postsForm: (act, path, fields) => postForm(stage, act, path, fields)
		};
		// However slow the machine is, every story is played once.
		while (!stage.over() || turn < stories.length) {
			const story = stories[turn++ % stories.length];
			if (!story) throw new Error('There are stories.');
			try {
				await story.play(cast);
			} catch (error) {
				if (!(error instanceof StrangeAnswer)) throw error;
				ledger.strange.push(`The story "${story.name}" stopped: ${error.message}`);
			}
		}
	};
	await Promise.all(network.clients.map(play));
}
