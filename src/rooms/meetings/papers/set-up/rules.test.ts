import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textsInOrder } from '#foundation/paper/paper.ts';
import { createFormat } from '#foundation/text/format.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { statements } from '#rooms/network/conditions/rules.ts';
import { talkParts } from '#rooms/network/start/rules.ts';
import { setUpPaper } from './rules.ts';
import type { SetUpState } from './rules.ts';

const t = textFor('nl');
const f = createFormat('nl');
const now = new Date('2026-11-25T10:00:00Z');
const nothing: SetUpState = { network: 'Verzonnen', now, sentences: new Map(), interests: [], scan: [] };
const headings = (state: SetUpState | null): string[] =>
	setUpPaper(t, f, state).blocks.flatMap((block) => (block.kind === 'heading' && block.level === 1 ? [block.text] : []));

describe('the workbook for the start', () => {
	test('is in the order in which a network begins: the rules come after all else, blank or not', () => {
		const parts = talkParts.map((part) => t(`start.part.${part}`));
		for (const state of [null, nothing]) expect(headings(state)).toEqual([...parts, t('scan.title'), t('paper.next')]);
	});
	test('is nobody’s while it is blank, and has the twenty statements to circle', () => {
		const paper = setUpPaper(t, f, null);
		expect([paper.network, paper.foot]).toEqual(['', t('paper.set_up.foot')]);
		const texts = textsInOrder(paper);
		for (const { key } of statements) expect(texts).toContain(t(`scan.says.${key}`));
	});
	test('tells what was written, keeps room for what was not, and shows an interest by its organisation', () => {
		fc.assert(
			fc.property(fc.subarray([...talkParts.filter((part) => part !== 'interests')]), fc.string({ minLength: 1 }), (parts, said) => {
				const sentences = new Map(parts.map((part, index) => [part, `${index}: ${said}`] as const));
				const paper = setUpPaper(t, f, { ...nothing, sentences, interests: [{ name: 'De Kade', gains: said, brings: 'b', keeps: null }] });
				const quotes = paper.blocks.flatMap((block) => (block.kind === 'quote' ? [block.text] : []));
				expect(quotes.toSorted()).toEqual([...sentences.values()].toSorted());
				expect(textsInOrder(paper)).toContain('De Kade');
				expect(textsInOrder(paper)).not.toContain(t('interest.hint.gains'));
			})
		);
	});
	test('puts the talks to have in place of the statements once a scan told something', () => {
		const scan = [
			{
				...({ statement: 1, condition: 'ambition', key: 'ambition_1' } as const),
				answers: 5,
				mean: 2.34,
				spread: 1.2,
				gap: null,
				groups: []
			}
		];
		expect(headings({ ...nothing, scan })).toContain(t('scan.talks'));
		const texts = textsInOrder(setUpPaper(t, f, { ...nothing, scan }));
		expect(texts).toContain(t('scan.talk_differ', { mean: '2,3' }));
		expect(texts).not.toContain(t(`scan.says.${statements[3]?.key ?? 'ambition_4'}`));
	});
});
