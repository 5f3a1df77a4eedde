/** A network of the labelled set: its profiles and cards in a real PostgreSQL, asked by the product's own matching. */
import { openDoor } from '../../src/foundation/database/door.server.ts';
import type { TestDatabase } from '../../src/foundation/database/testing.server.ts';
import type { Actor } from '../../src/foundation/actor.ts';
import { searchableText } from '../../src/foundation/search/search-words.ts';
import { ask, turnTo } from '../../src/rooms/knowledge/matching/read.server.ts';
import { matchCards } from '../../src/rooms/knowledge/cards/read.server.ts';
import { rankColleagues } from '../../src/rooms/knowledge/proposals/read.server.ts';
import { profileText } from '../../src/rooms/people/profiles/rules.ts';
import { cards, profiles } from './set.ts';

export const now = new Date('2026-11-02T09:00:00Z');
const uuid = (kind: number, of: number): string => `00000000-0000-4000-8${String(kind).padStart(3, '0')}-${String(of).padStart(12, '0')}`;
const networkId = uuid(1, 1);

export interface SetAnswer {
	readonly people: readonly string[];
	readonly cards: readonly string[];
	readonly turnTo: readonly string[];
}

/** @param permuted in which order profiles are put in, and at which organisation each works: by default as in the set */
export async function openSet(
	database: TestDatabase,
	permuted: { readonly profiles?: typeof profiles; readonly organisationOf?: (name: string) => string } = {}
) {
	const owner = await database.connections.owner();
	const run = async (text: string, values: readonly unknown[]): Promise<void> => void (await owner.query(text, [...values]));
	const organisationOf = permuted.organisationOf ?? ((name) => name);
	const organisations = [...new Set(profiles.map(({ organisation }) => organisation))];
	const person = async (of: number, organisation: string): Promise<void> => {
		await run(`insert into person values ($1, $2, $3, $4, $4, $5)`, [networkId, uuid(3, of), uuid(4, of), `P${of}`, now]);
		await run(`insert into membership values ($1, $2, $3, $4, 'x', '{professional}', $5)`, [
			...[networkId, uuid(5, of), uuid(3, of), uuid(2, organisations.indexOf(organisation)), now]
		]);
	};
	await run(`insert into network values ($1, 'Proef', 'de pot', false, $2)`, [networkId, now]);
	for (const [index, name] of organisations.entries())
		await run(`insert into organisation values ($1, $2, $3, $3, 'welfare', $4)`, [networkId, uuid(2, index), name, now]);
	await person(0, organisations[0] ?? '');
	for (const profile of permuted.profiles ?? profiles) {
		const of = Number(profile.id.slice(1));
		await person(of, organisationOf(profile.organisation));
		const { text, folded } = searchableText(profileText({ ...profile, area: '' }));
		await run(
			`insert into profile (network_id, person_id, topics, schemes, lived_experience, available, willing, updated_at, terms, folded)
				values ($1, $2, $3, $4, $5, true, true, $6, to_tsvector('dutch', $7), $8)`,
			[networkId, uuid(3, of), profile.topics, profile.schemes, profile.livedExperience, now, text, folded]
		);
	}
	for (const card of cards) {
		const { text, folded } = searchableText(`${card.scheme}\n${card.how}\n${card.who}`);
		await run(`insert into knowledge_card values ($1, $2, $3, $4, $5, $6, $7, to_tsvector('dutch', $8), $9, $10)`, [
			...[networkId, uuid(6, Number(card.id.slice(1))), uuid(3, 0), uuid(5, 0), card.scheme, card.how, card.who, text, folded, now]
		]);
	}
	await owner.end();
	const actor: Actor = {
		...{ networkId, personId: uuid(3, 0), membershipId: uuid(5, 0), organisationId: uuid(2, 0) },
		...{ roles: ['professional'], origin: 'page' }
	};
	const door = openDoor(database.connections);
	const numberOf = (id: string): number => Number(id.slice(-12));
	return {
		actor,
		door,
		/** Who is named for a question, best first, before the list is composed. */
		answer: (id: string, text: string): Promise<SetAnswer> =>
			door.actor(actor, now, async (tx) => {
				const asked = await ask(tx, actor, [text]);
				const people = await rankColleagues(tx, actor, now, asked, uuid(9, Number(id.slice(1))));
				const found = await matchCards(tx, actor, now, asked);
				return {
					people: people.map(({ personId }) => `p${String(numberOf(personId)).padStart(2, '0')}`),
					cards: found.map(({ cardId }) => `k${String(numberOf(cardId)).padStart(2, '0')}`),
					turnTo: turnTo(asked).map(({ concept }) => concept)
				};
			})
	};
}
