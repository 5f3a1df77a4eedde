/** How good a ranked list is beside its labels. */

/** The share of those who know it (grade 2) among the first few. */
export function recallAt(places: number, found: readonly string[], grades: ReadonlyMap<string, number>): number {
	const know = [...grades].filter(([, grade]) => grade === 2).map(([id]) => id);
	const first = new Set(found.slice(0, places));
	return know.filter((id) => first.has(id)).length / know.length;
}

/** Discounted gain of the first few, as a share of the best that could be. */
export function ndcgAt(places: number, found: readonly string[], grades: ReadonlyMap<string, number>): number {
	const gain = (grade: number, place: number): number => (2 ** grade - 1) / Math.log2(place + 2);
	const best = [...grades.values()]
		.toSorted((a, b) => b - a)
		.slice(0, places)
		.reduce((sum, grade, place) => sum + gain(grade, place), 0);
	return found.slice(0, places).reduce((sum, id, place) => sum + gain(grades.get(id) ?? 0, place), 0) / best;
}
