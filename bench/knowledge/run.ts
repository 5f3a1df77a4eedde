/**
 * Who is named, by the labelled set beside this file: recall@5 and nDCG@10 by kind of question, on the half that may be tuned on and on the half held
 * out, beside plain BM25. `npm run bench:knowledge [-- --speed]`: with --speed also how fast, with 10,000 profiles and 100,000 cards.
 */
import { copyTestDatabase, startTestCluster } from '../../src/foundation/database/testing.server.ts';
import { searchableText } from '../../src/foundation/search/search-words.ts';
import { bm25 } from './bm25.ts';
import { ndcgAt, recallAt } from './measures.ts';
import { cards, kinds, profiles, questions } from './set.ts';
import type { LabelledQuestion } from './set.ts';
import { measureSpeed } from './speed.ts';
import { openSet } from './world.ts';

interface Method {
	readonly name: string;
	readonly people: ReadonlyMap<string, readonly string[]>;
}

const mean = (values: readonly number[]): string =>
	values.length === 0 ? '-' : (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2);
const wordsOf = (text: string): string[] => searchableText(text).text.split(' ');
const say = (cells: readonly string[]): void =>
	void process.stdout.write(`${cells.map((cell, at) => (at === 0 ? cell.padEnd(22) : cell.padStart(11))).join('')}\n`);

const cluster = await startTestCluster();
try {
	const database = await copyTestDatabase(cluster.urls);
	const set = await openSet(database);
	const answers = new Map<string, Awaited<ReturnType<typeof set.answer>>>();
	for (const { id, text } of questions) answers.set(id, await set.answer(id, text));

	const texts = profiles.map(({ id, topics, schemes, livedExperience }) => ({ id, text: `${topics} ${schemes} ${livedExperience}` }));
	const owner = await database.connections.owner();
	const stems = async (text: string): Promise<string[]> => {
		const { rows } = await owner.query<{ stem: string }>(
			`select t.lexeme as stem from unnest(to_tsvector('dutch', $1)) t, unnest(t.positions) order by t.lexeme`,
			[searchableText(text).text]
		);
		return rows.map(({ stem }) => stem);
	};
	const plain = new Map(texts.map(({ id, text }) => [id, wordsOf(text)]));
	const stemmed = new Map<string, string[]>();
	for (const { id, text } of texts) stemmed.set(id, await stems(text));
	const byStems = new Map<string, string[]>();
	for (const { id, text } of questions) byStems.set(id, bm25(stemmed, await stems(text)));
	await owner.end();

	const methods: readonly Method[] = [
		{ name: 'BM25', people: new Map(questions.map(({ id, text }) => [id, bm25(plain, wordsOf(text))])) },
		{ name: 'BM25 + stems', people: byStems },
		{ name: 'Loopplank', people: new Map([...answers].map(([id, { people }]) => [id, people])) }
	];
	const measuresOf = (asked: readonly LabelledQuestion[], { people }: Method): string[] => [
		mean(asked.map(({ id, profiles: grades }) => recallAt(5, people.get(id) ?? [], grades))),
		mean(asked.map(({ id, profiles: grades }) => ndcgAt(10, people.get(id) ?? [], grades)))
	];
	for (const [title, half] of [
		['development half', questions.filter(({ heldOut }) => !heldOut)],
		['held-out half', questions.filter(({ heldOut }) => heldOut)]
	] as const) {
		say([`\n${title}`]);
		say(['recall@5, nDCG@10', ...methods.flatMap(({ name }) => [name, ''])]);
		const rows: (readonly [string, readonly LabelledQuestion[]])[] = kinds
			.filter((kind) => kind !== 'none')
			.map((kind) => [kind, half.filter((question) => question.kind === kind)]);
		rows.push(['all', half.filter(({ kind }) => kind !== 'none')]);
		// No stem in common with who knows it: what words alone can never find.
		const apart = half.filter(
			({ id, kind, profiles: grades }) =>
				kind !== 'none' && ![...grades].some(([profile, grade]) => grade === 2 && (byStems.get(id) ?? []).includes(profile))
		);
		rows.push(['no word in common', apart]);
		for (const [name, asked] of rows) say([`${name} (${asked.length})`, ...methods.flatMap((method) => measuresOf(asked, method))]);
		const none = half.filter(({ kind }) => kind === 'none');
		say([
			`nobody named (${none.length})`,
			...methods.flatMap(({ people }) => [mean(none.map(({ id }) => ((people.get(id) ?? []).length === 0 ? 1 : 0))), ''])
		]);
		say(['  and where to turn', '', '', '', '', mean(none.map(({ id }) => ((answers.get(id)?.turnTo.length ?? 0) > 0 ? 1 : 0)))]);
		const withCards = half.filter(({ cards: fitting }) => fitting.length > 0);
		say([
			`a card that fits (${withCards.length})`,
			...['', '', '', ''],
			mean(
				withCards.map(({ id, cards: fitting }) => fitting.filter((card) => answers.get(id)?.cards.includes(card)).length / fitting.length)
			)
		]);
	}
	say([
		`\n${profiles.length} profiles, ${cards.length} cards, ${questions.length} questions; what this can show stands in bench/knowledge/README.md`
	]);
	await database.drop();
	if (process.argv.includes('--speed'))
		await measureSpeed(await copyTestDatabase(cluster.urls), (line) => void process.stdout.write(`${line}\n`));
} finally {
	await cluster.stop();
}
