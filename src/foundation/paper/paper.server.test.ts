import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPaperMaker } from './paper.server.ts';
import type { PaperMaker } from './paper.server.ts';
import { textsInOrder } from './paper.ts';
import type { Paper } from './paper.ts';
import { hasUniversalAccessMark, structureTexts } from './testing.server.ts';
import { openTypesetter, paperSource, TypesettingError } from './typesetter.server.ts';

const madeAt = new Date('2026-11-25T10:00:00Z');
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20"><path d="M0 20 L100 0" stroke="black"/></svg>';

/** A paper of every kind of block, with words that would be markup if anything read them so. */
const full = (locale: 'nl' | 'en'): Paper => ({
	locale,
	title: '#read("/etc/passwd")',
	subtitle: '*vet* _schuin_ $x^2$',
	network: 'De Kade & "vrienden" \\ #panic()',
	foot: 'gemaakt op 25 november 2026 // niet meer',
	mark: 'Vertrouwelijk',
	pageWord: 'bladzijde',
	blocks: [
		{ kind: 'heading', level: 1, text: '= geen kop, wel #tekst' },
		{ kind: 'text', text: 'https://a.example @verwijzing <plek> `code` ~ --- [x]' },
		{ kind: 'quote', text: '#include "x"\ntweede regel', by: 'Noor' },
		{ kind: 'heading', level: 2, text: 'Klein' },
		{ kind: 'list', items: ['- een', '+ twee', '/ drie: vier'] },
		{ kind: 'facts', facts: [['Wie', '$ geld $']] },
		{
			kind: 'table',
			caption: 'Per *soort*',
			columns: [
				{ heading: 'Soort #1', isNumber: false, share: 2 },
				{ heading: 'Aantal', isNumber: true, share: 1 }
			],
			rows: [
				['a & b', '12'],
				['c\\d', '7']
			]
		},
		{ kind: 'drawing', svg, alt: 'Een lijn die stijgt', caption: 'Lijn "A"' },
		{ kind: 'lines', count: 3 },
		{ kind: 'note', text: 'Let op: {x}' },
		{ kind: 'new_page' },
		{ kind: 'small', text: 'klein ~ klein' }
	]
});

let maker: PaperMaker;
beforeAll(() => {
	maker = openPaperMaker();
});
afterAll(() => maker.end());
const made = async (paper: Paper, by = maker): Promise<Uint8Array> => {
	const outcome = await by.make(paper, madeAt);
	if (!outcome.ok) throw new Error(outcome.refusal.code);
	return outcome.value;
};

describe('a paper', () => {
	test.each(['nl', 'en'] as const)(
		'in %s is PDF/UA-1, and its texts are read in the order in which they stand, as they were typed',
		async (locale) => {
			const paper = full(locale);
			const bytes = await made(paper);
			expect(hasUniversalAccessMark(bytes)).toBe(true);
			const { texts, language, title } = await structureTexts(bytes);
			expect({ language, title }).toEqual({ language: locale, title: paper.title });
			const read = texts.join('').replace(/\s+/g, '');
			let at = 0;
			for (const text of textsInOrder(paper)) {
				const found = read.indexOf(text.replace(/\s+/g, ''), at);
				expect(found, text).toBeGreaterThanOrEqual(at);
				at = found;
			}
		}
	);
	test('says the same to pdfinfo, where it is installed', async ({ skip }) => {
		const folder = mkdtempSync(path.join(tmpdir(), 'paper-'));
		try {
			const file = path.join(folder, 'paper.pdf');
			writeFileSync(file, await made(full('nl')));
			let told = '';
			try {
				told = execFileSync('pdfinfo', ['-struct-text', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
				skip('pdfinfo (poppler-utils) is not installed');
			}
			const spoken = ['geen kop', 'verwijzing', 'tweede regel', 'Klein', '- een', 'geld', 'Soort #1', 'c\\d', 'Let op', 'klein ~ klein'];
			const places = spoken.map((text) => told.indexOf(text));
			expect(places.every((place) => place > 0)).toBe(true);
			expect(places).toEqual(places.toSorted((a, b) => a - b));
			expect(told).toContain('/Scope /Column');
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
	test('is the same file when it is made of the same again', async () => expect(await made(full('nl'))).toEqual(await made(full('nl'))));
	test('waits for the one before it, and is refused when too many wait', async () => {
		const few = openPaperMaker({ mostWaiting: 4 });
		const outcomes = await Promise.all(Array.from({ length: 7 }, () => few.make(full('nl'), madeAt)));
		await few.end();
		expect(outcomes.map((outcome) => (outcome.ok ? 'made' : outcome.refusal.code))).toEqual([
			...Array.from({ length: 5 }, () => 'made'),
			'paper_failed',
			'paper_failed'
		]);
	});
});

describe('the standard', () => {
	const typesetter = openTypesetter();
	const refusal = (source: string): string => {
		try {
			typesetter.set(source, '{}', madeAt);
			return 'set';
		} catch (error) {
			if (!(error instanceof TypesettingError)) throw error;
			return error.message;
		}
	};
	test('refuses a paper without a title, and a drawing without words for who does not see it', () => {
		expect(refusal('#set document(title: "Zo")\nGoed')).toBe('set');
		expect(refusal('Zonder titel')).toContain('missing document title');
		const drawing = svg.replaceAll('"', '\\"');
		expect(refusal(`#set document(title: "Zo")\n#image(bytes("${drawing}"), format: "svg")`)).toContain('missing alt text');
	});
	test('reads no file of the machine', () => {
		for (const file of ['/etc/passwd', '../paper.typ', '/../typesetter.server.ts'])
			expect(refusal(`#set document(title: "Zo")\n#read("${file}")`)).toMatch(/not found|access denied/);
	});
	test('has a form that sets nothing by eval', () => expect(paperSource()).not.toMatch(/\beval\(|mode: "markup"/));
});

describe('when it cannot be made', () => {
	test('a platform without the typesetter refuses with a sentence, and makes nothing else fail', async () => {
		const without = openPaperMaker({ typesetter: '@loopplank/not-there' });
		try {
			const outcome = await without.make(full('nl'), madeAt);
			expect(outcome.ok ? 'made' : outcome.refusal.code).toBe('papers_unavailable');
		} finally {
			await without.end();
		}
	});
	test('one that takes too long is refused, and the next begins anew', async () => {
		const hurried = openPaperMaker({ patience: 1 });
		try {
			for (let time = 0; time < 2; time++) {
				const outcome = await hurried.make(full('nl'), madeAt);
				expect(outcome.ok ? 'made' : outcome.refusal.code).toBe('paper_failed');
			}
		} finally {
			await hurried.end();
		}
	});
	test('the process ends when it rests, and is started again', async () => {
		const short = openPaperMaker({ idle: 1 });
		try {
			await made(full('nl'), short);
			await new Promise((resolve) => setTimeout(resolve, 60));
			expect((await made(full('nl'), short)).length).toBeGreaterThan(1000);
		} finally {
			await short.end();
		}
	});
});
