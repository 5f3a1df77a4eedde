import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '#foundation/database/testing.server.ts';
import type { TestDatabase } from '#foundation/database/testing.server.ts';
import { ndcgAt, recallAt } from '../../bench/knowledge/measures.ts';
import { profiles, questions } from '../../bench/knowledge/set.ts';
import { openSet } from '../../bench/knowledge/world.ts';

/** Who is named, by the labelled set: that it cannot sink unseen, and that organisations and order do not count. In a real PostgreSQL. */

const development = questions.filter(({ heldOut }) => !heldOut);
const databases: TestDatabase[] = [];
const open = async (wish?: Parameters<typeof openSet>[1]) => {
	const database = await testDatabase();
	databases.push(database);
	return openSet(database, wish);
};
let set: Awaited<ReturnType<typeof openSet>>;
let permuted: Awaited<ReturnType<typeof openSet>>;
beforeAll(async () => {
	set = await open();
	const organisations = [...new Set(profiles.map(({ organisation }) => organisation))];
	permuted = await open({
		profiles: profiles.toReversed(),
		organisationOf: (name) => organisations[(organisations.indexOf(name) + 3) % organisations.length] ?? ''
	});
});
afterAll(() => Promise.all(databases.map((database) => database.drop())));

describe('who is named', () => {
	test('on the development half, no less than was reached', async () => {
		const scored = development.filter(({ kind }) => kind !== 'none');
		let [recall, ndcg] = [0, 0];
		for (const question of scored) {
			const { people } = await set.answer(question.id, question.text);
			recall += recallAt(5, people, question.profiles) / scored.length;
			ndcg += ndcgAt(10, people, question.profiles) / scored.length;
		}
		expect(recall).toBeGreaterThan(0.9);
		expect(ndcg).toBeGreaterThan(0.85);
	});

	test('and the cards, is the same when organisations are permuted and profiles come in another order', async () => {
		for (const { id, text } of questions) expect(await permuted.answer(id, text)).toEqual(await set.answer(id, text));
	});

	test('for a case of two thousand words, without reading more', async () => {
		const long = Array.from({ length: 2_000 }, (_, at) => `woord${at} huurachterstand`).join(' ');
		const began = performance.now();
		expect((await set.answer('q001', long)).people[0]).toBe('p17');
		expect(performance.now() - began).toBeLessThan(2_000);
	});

	test.each(['', '   ', "'; drop table word; --", '\\', '%_*', '🙂', 'a'.repeat(5_000), '((((', '\u202e'])(
		'by %j is nobody, without harm',
		async (text) => {
			expect((await set.answer('q001', text)).people).toEqual([]);
		}
	);
});

test('measures count as they are written down', () => {
	const grades = new Map([
		['a', 2],
		['b', 1],
		['c', 2]
	]);
	expect(recallAt(1, ['a', 'b', 'c'], grades)).toBe(0.5);
	expect(recallAt(5, ['x', 'b'], grades)).toBe(0);
	expect(ndcgAt(10, ['a', 'c', 'b'], grades)).toBe(1);
	// 3 at place two, of 3 + 3 / log2(3) + 1 / 2.
	expect(ndcgAt(10, ['x', 'a'], grades)).toBeCloseTo(3 / Math.log2(3) / (3 + 3 / Math.log2(3) + 0.5));
});
