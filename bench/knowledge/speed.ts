/** How long it takes to find who knows and what helped before, in a network of 10,000 profiles and 100,000 cards. */
import { openDoor } from '../../src/foundation/database/door.server.ts';
import type { TestDatabase } from '../../src/foundation/database/testing.server.ts';
import { matchCards } from '../../src/rooms/knowledge/cards/read.server.ts';
import { ask } from '../../src/rooms/knowledge/matching/read.server.ts';
import { rankColleagues } from '../../src/rooms/knowledge/proposals/read.server.ts';
import { cards, profiles, questions } from './set.ts';
import { now, openSet } from './world.ts';

const [manyProfiles, manyCards, queries] = [10_000, 100_000, 1_000];

/** Fills the network: phrases of the set, mixed, with a few words of each one's own. The postings as the product makes them, all at once. */
async function fill(database: TestDatabase, networkId: string): Promise<void> {
	const owner = await database.connections.owner();
	const phrases = profiles
		.flatMap(({ topics, schemes }) => [...topics.split(', '), ...schemes.split(', ')])
		.filter((phrase) => phrase !== '');
	const hows = cards.map(({ how }) => how);
	try {
		await owner.query('alter table profile disable trigger user; alter table knowledge_card disable trigger user');
		await owner.query(
			`insert into person select $1, p, gen_random_uuid(), 'P', 'p', $2 from (select md5('p' || n)::uuid as p from generate_series(1, ${manyProfiles}) n) x`,
			[networkId, now]
		);
		await owner.query(
			`insert into membership (network_id, membership_id, person_id, organisation_id, function_title, roles, valid_from)
				select $1, md5('m' || n)::uuid, md5('p' || n)::uuid, (select o.organisation_id from organisation o where o.network_id = $1 order by o.organisation_id offset n % 14 limit 1), 'x', '{professional}', $2
				from generate_series(1, ${manyProfiles}) n`,
			[networkId, now]
		);
		// Each has four phrases of the field and three words that few others have.
		await owner.query(
			`with texts as (
				select n, concat_ws(', ', a.p[1 + (hashint4(n) & 2147483647) % cardinality(a.p)], a.p[1 + (hashint4(n + 7919) & 2147483647) % cardinality(a.p)]) as topics,
					concat_ws(', ', a.p[1 + (hashint4(n + 104729) & 2147483647) % cardinality(a.p)], 'eigen' || n % 3000, 'woord' || n % 700) as schemes
				from generate_series(1, ${manyProfiles}) n, (select $2::text[]) a(p)
			) insert into profile (network_id, person_id, topics, schemes, available, willing, updated_at, terms)
				select $1, md5('p' || n)::uuid, topics, schemes, true, true, $3, to_tsvector('dutch', lower(topics || ' ' || schemes)) from texts`,
			[networkId, phrases, now]
		);
		await owner.query(
			`with texts as (
				select n, a.p[1 + (hashint4(n) & 2147483647) % cardinality(a.p)] || ' ' || n % 5000 as scheme,
					h.p[1 + (hashint4(n + 31) & 2147483647) % cardinality(h.p)] || ' ' || a.p[1 + (hashint4(n + 77) & 2147483647) % cardinality(a.p)] || ' plaats' || n % 2000 as how
				from generate_series(1, ${manyCards}) n, (select $2::text[]) a(p), (select $3::text[]) h(p)
			) insert into knowledge_card (network_id, card_id, made_by, membership_id, scheme, how, who, terms, folded, at)
				select $1, md5('k' || n)::uuid, md5('p1')::uuid, md5('m1')::uuid, scheme, how, 'x', to_tsvector('dutch', lower(scheme || ' ' || how)), '', $4 from texts`,
			[networkId, phrases, hows, now]
		);
		await owner.query('alter table profile enable trigger user; alter table knowledge_card enable trigger user');
		await owner.query('delete from knowledge_posting; delete from knowledge_lexeme');
		for (const [kind, table, id, usual] of [
			['profile', 'profile', 'person_id', 12],
			['card', 'knowledge_card', 'card_id', 30]
		] as const) {
			await owner.query(
				`insert into knowledge_posting select d.network_id, '${kind}', d.${id}, t.lexeme, app.posting_weight(cardinality(t.positions), s.total::int, ${usual})
					from ${table} d cross join lateral (select sum(cardinality(u.positions)) as total from unnest(d.terms) u) s cross join lateral unnest(d.terms) t`
			);
			await owner.query(
				`insert into knowledge_lexeme select network_id, kind, lexeme, count(*) from knowledge_posting where kind = '${kind}' group by 1, 2, 3`
			);
			await owner.query(`insert into knowledge_lexeme select network_id, '${kind}', '', count(*) from ${table} group by 1`);
		}
		await owner.query('vacuum analyze');
	} finally {
		await owner.end();
	}
}

/** Asks the questions of the set, cut and joined anew so that no two are alike: of people and cards together, as the page does. */
export async function measureSpeed(database: TestDatabase, say: (line: string) => void): Promise<void> {
	try {
		const { actor } = await openSet(database);
		await fill(database, actor.networkId);
		const door = openDoor(database.connections);
		const one = (at: number): Promise<void> =>
			door.actor(actor, now, async (tx) => {
				const [first, second] = [questions[at % questions.length], questions[(at * 7 + 3) % questions.length]];
				const asked = await ask(tx, actor, [`${first?.text ?? ''} ${at % 3 === 0 ? (second?.text ?? '') : ''} eigen${at % 3000}`]);
				await rankColleagues(tx, actor, now, asked, actor.personId);
				await matchCards(tx, actor, now, asked);
			});
		for (let at = 0; at < 30; at += 1) await one(at);
		for (const clients of [1, 4]) {
			const took: number[] = [];
			let next = 0;
			await Promise.all(
				Array.from({ length: clients }, async () => {
					while (next < queries) {
						const at = (next += 1);
						const began = performance.now();
						await one(at);
						took.push(performance.now() - began);
					}
				})
			);
			took.sort((a, b) => a - b);
			const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => (took[Math.floor(took.length * share)] ?? 0).toFixed(1));
			say(`${manyProfiles} profiles, ${manyCards} cards, ${clients} at once: p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`);
		}
	} finally {
		await database.drop();
	}
}
