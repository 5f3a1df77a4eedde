import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textsInOrder } from '#foundation/paper/paper.ts';
import { createFormat } from '#foundation/text/format.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { addDays } from '#foundation/time/days.ts';
import { trustQuestions } from '../trust/rules.ts';
import { kpiSvg, pointsOf } from './drawings/rules.ts';
import { chainPaper } from './rules.ts';

const t = textFor('nl');
const f = createFormat('nl');

test('the blank workbook is nobody’s, begins with the work, and asks the five questions of trust on a sheet of their own', () => {
	const paper = chainPaper(t, f, null);
	expect([paper.network, paper.mark, paper.foot]).toEqual(['', null, t('paper.chain.foot')]);
	const heads = paper.blocks.flatMap((block) => (block.kind === 'heading' && block.level === 1 ? [block.text] : []));
	expect(heads).toEqual([t('paper.chain.begin'), t('chain.title'), t('paper.chain.trust'), t('paper.next')]);
	for (const question of trustQuestions) expect(textsInOrder(paper)).toContain(t(`trust.asks.${question}`));
});

test('the line of a measure stays in its picture, whatever was measured and wherever it should go', () => {
	const day = fc.nat({ max: 900 }).map((days) => addDays('2024-01-01', days));
	const value = fc.integer({ min: -500, max: 5000 });
	fc.assert(
		fc.property(
			fc.array(fc.tuple(day, value), { maxLength: 8 }),
			fc.array(fc.tuple(day, value), { maxLength: 3 }),
			value,
			(read, aims, baseline) => {
				const readings = read.map(([onDay, at]) => ({ onDay, value: at, membershipId: 'm' }));
				const kpi = { baseline, baselineOn: '2024-01-01', readings, steps: aims.map(([dueOn, aim]) => ({ aim, dueOn, homes: null })) };
				expect(pointsOf(kpi).length).toBe(1 + read.length + aims.length);
				const svg = kpiSvg(f, kpi);
				expect(svg).not.toMatch(/NaN|Infinity|undefined/);
				for (const [, cx, cy] of svg.matchAll(/cx="([^"]+)" cy="([^"]+)"/g)) {
					expect(Number(cx)).toBeGreaterThanOrEqual(0);
					expect(Number(cx)).toBeLessThanOrEqual(600);
					expect(Number(cy)).toBeGreaterThanOrEqual(0);
					expect(Number(cy)).toBeLessThanOrEqual(96);
				}
			}
		)
	);
});
