import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawOwnTies, drawTies, lineHeight, spanOfTies, tieRows, widthOf } from './rules.ts';
import type { MapDrawing, MapOrganisation, Tie } from './rules.ts';

const kinds = ['housing_association', 'municipality', 'welfare', 'debt_help'];
const organisationsOf = (count: number): MapOrganisation[] =>
	Array.from({ length: count }, (_, index) => ({
		organisationId: `o${String(index).padStart(3, '0')}`,
		name: `${index % 3 === 0 ? 'Stichting Samenwerkende Woonvoorzieningen' : 'Wijkteam'} ${index}`,
		kind: kinds[index % kinds.length] ?? ''
	}));
const tie = (a: string, b: string, agreements: number | null, answers: number | null = null): Tie => ({
	...{ organisationId: a < b ? a : b, partnerId: a < b ? b : a, agreements, answers }
});
/** Each with the next, the fifth and the eleventh after it. */
const tiesOf = (organisations: readonly MapOrganisation[]): Tie[] => {
	const pairs = new Map<string, Tie>();
	for (const [index, { organisationId }] of organisations.entries())
		for (const step of [1, 5, 11]) {
			const other = organisations[(index + step) % organisations.length]?.organisationId ?? organisationId;
			if (other !== organisationId)
				pairs.set([organisationId, other].toSorted().join(), tie(organisationId, other, 3 + ((index * step) % 17)));
		}
	return [...pairs.values()];
};

/** The boxes of the names, as wide as widest letters make them. */
const boxes = ({ labels }: MapDrawing) =>
	labels.map(({ text, x, y, side }) => ({
		left: side === 'right' ? x : x - widthOf(text),
		right: side === 'right' ? x + widthOf(text) : x,
		top: y - lineHeight / 2,
		bottom: y + lineHeight / 2
	}));

describe('the map of who works with whom', () => {
	test.each([2, 3, 7, 40, 41, 200])('of %i organisations: no name lies over another or outside the drawing', (count) => {
		const organisations = organisationsOf(count);
		const drawing = drawTies(organisations, tiesOf(organisations));
		expect(drawing.labels).toHaveLength(count);
		const all = boxes(drawing);
		for (const [index, box] of all.entries()) {
			expect(box.left).toBeGreaterThanOrEqual(0);
			expect(box.right).toBeLessThanOrEqual(drawing.width);
			expect(box.top).toBeGreaterThanOrEqual(0);
			expect(box.bottom).toBeLessThanOrEqual(drawing.height);
			for (const other of all.slice(index + 1))
				expect(box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom).toBe(false);
		}
	});

	test('of forty: names are long enough to know an organisation by', () => {
		const organisations = organisationsOf(40);
		for (const { text, name } of drawTies(organisations, tiesOf(organisations)).labels)
			expect([...text].length).toBeGreaterThanOrEqual(Math.min([...name].length, 22));
	});

	test('of one organisation, or without ties: nothing is drawn and nothing breaks', () => {
		expect(drawTies(organisationsOf(1), [])).toMatchObject({ labels: [], lines: [] });
		expect(drawOwnTies(organisationsOf(1), [], 'o000').partners).toEqual([]);
	});

	test('is the same whatever order organisations and ties come in', () => {
		const organisations = organisationsOf(14);
		const ties = tiesOf(organisations);
		const drawing = drawTies(organisations, ties);
		const sameNames = fc.tuple(
			fc.shuffledSubarray(organisations, { minLength: organisations.length }),
			fc.shuffledSubarray(ties, { minLength: ties.length })
		);
		fc.assert(
			fc.property(sameNames, ([some, others]) => {
				expect(drawTies(some, others)).toEqual(drawing);
			})
		);
	});

	test('draws every tie between two that it draws, the three strongest of each in full', () => {
		const some = organisationsOf(6);
		const pairs = some.flatMap((a, index) => some.slice(index + 1).map((b) => [a.organisationId, b.organisationId] as const));
		const strengths = fc.array(fc.option(fc.integer({ min: 3, max: 50 })), { minLength: pairs.length, maxLength: pairs.length });
		fc.assert(
			fc.property(strengths, (amounts) => {
				const ties = pairs.flatMap(([a, b], index) => (amounts[index] ? [tie(a, b, amounts[index])] : []));
				const { lines } = drawTies(some, ties);
				expect(lines).toHaveLength(ties.length);
				for (const { name, organisationId } of some) {
					const own = ties.filter((one) => one.organisationId === organisationId || one.partnerId === organisationId);
					expect(lines.filter((line) => line.strong && line.names.includes(name)).length).toBeGreaterThanOrEqual(Math.min(3, own.length));
				}
			})
		);
	});

	test('of one organisation, for a narrow screen: its partners by name, each on a line of its own', () => {
		const organisations = organisationsOf(12);
		const ties = tiesOf(organisations);
		const { partners, height, width } = drawOwnTies(organisations, ties, 'o003');
		expect(partners.map(({ name }) => name)).toEqual(partners.map(({ name }) => name).toSorted());
		expect(partners).toHaveLength(ties.filter((one) => one.organisationId === 'o003' || one.partnerId === 'o003').length);
		for (const { x, text } of partners) expect(x + widthOf(text)).toBeLessThanOrEqual(width);
		expect(height).toBe(partners.length * 36);
	});
});

describe('the table beside it', () => {
	test('has each pair once, by name', () => {
		const [a, b, c] = ['a', 'b', 'c'].map((id, index) => ({
			organisationId: id,
			name: ['Zuid', 'Kade', 'Noord'][index] ?? '',
			kind: 'welfare'
		}));
		if (!a || !b || !c) throw new Error('Three were made.');
		expect(tieRows([b, c, a], [tie('a', 'b', 4, null), tie('a', 'c', null, 9)])).toEqual([
			{ organisation: 'Kade', partner: 'Zuid', agreements: 4, answers: null },
			{ organisation: 'Noord', partner: 'Zuid', agreements: null, answers: 9 }
		]);
	});
});

test('what is counted ends with the last whole month, also just after the clock has gone to a new one', () => {
	expect(spanOfTies(new Date('2026-11-25T10:00:00Z'))).toEqual({ from: '2025-11-01', until: '2026-10-31' });
	expect(spanOfTies(new Date('2026-12-31T22:59:59Z'))).toEqual({ from: '2025-12-01', until: '2026-11-30' });
	expect(spanOfTies(new Date('2026-12-31T23:00:00Z'))).toEqual({ from: '2026-01-01', until: '2026-12-31' });
});
