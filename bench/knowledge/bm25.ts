/**
 * Plain BM25 (k1 1.2, b 0.75), the baseline: it knows words and nothing else.
 * @param documents words of each, by id
 * @returns ids of what shares a word with the query, best first
 */
export function bm25(documents: ReadonlyMap<string, readonly string[]>, query: readonly string[]): string[] {
	const [k1, b] = [1.2, 0.75];
	const average = documents.values().reduce((sum, words) => sum + words.length, 0) / documents.size;
	const holding = (word: string): number => documents.values().reduce((sum, words) => sum + (words.includes(word) ? 1 : 0), 0);
	const weights = new Map(
		query.map((word) => {
			const count = holding(word);
			return [word, Math.log(1 + (documents.size - count + 0.5) / (count + 0.5))];
		})
	);
	return [...documents]
		.map(([id, words]) => ({
			id,
			score: weights.entries().reduce((sum, [word, weight]) => {
				const times = words.filter((other) => other === word).length;
				return sum + (weight * times * (k1 + 1)) / (times + k1 * (1 - b + (b * words.length) / average));
			}, 0)
		}))
		.filter(({ score }) => score > 0)
		.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
		.map(({ id }) => id);
}
