import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossing, findCircle, floorsOf, misnamed, ownNames } from './borders.ts';
import { importsOf, listSourceFiles, root } from './source-files.ts';

const files = listSourceFiles();
const floors = floorsOf(readFileSync(join(root, 'docs/ARCHITECTURE.md'), 'utf8'));

/** What a program wrote may be longer. */
const written = 'src/foundation/database/generated.ts';
const mostLines = 300;

/** Packages with which a test may import things that the code beside it may not. */
const forTests = /^(?:vitest|fast-check|node:.+)$/;

describe('the project', () => {
	test('has files to check', () => {
		expect(files.length).toBeGreaterThan(50);
		expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(100);
	});

	test('no import crosses a border', () => {
		const wrong = files.flatMap((file) =>
			file.imports.flatMap(({ target }) => {
				const why = target === null ? null : crossing(file.path, target, floors);
				return why === null ? [] : [`${file.path} imports ${target ?? ''}: ${why}`];
			})
		);
		expect(wrong).toEqual([]);
	});

	test('every room is on a floor', () => {
		const rooms = new Set(files.map((file) => /^src\/rooms\/([^/]+)\//.exec(file.path)?.[1]).filter((room) => room !== undefined));
		expect([...rooms].filter((room) => !floors.includes(room))).toEqual([]);
	});

	test('the return engine stands on nothing', () => {
		const wrong = files
			.filter((file) => file.path.startsWith('packages/'))
			.flatMap((file) =>
				file.imports
					.filter(({ name, target }) => target === null && !(file.path.endsWith('.test.ts') && forTests.test(name)))
					.map(({ name }) => `${file.path} imports ${name}`)
			);
		expect(wrong).toEqual([]);
	});

	test('no files import each other in a circle', () => {
		const graph = new Map(
			files.map((file) => [file.path, file.imports.flatMap(({ target, typeOnly }) => (target === null || typeOnly ? [] : [target]))])
		);
		expect(findCircle(graph)).toBeNull();
	});

	test('every file has a name of the vocabulary', () => {
		expect(files.flatMap(({ path }) => (misnamed(path) === null ? [] : [`${path}: ${misnamed(path) ?? ''}`]))).toEqual([]);
		expect(Object.keys(ownNames).filter((path) => !existsSync(join(root, path)))).toEqual([]);
	});

	test('no file is longer than 300 lines', () => {
		const long = files.filter(({ path, lines }) => path !== written && lines > mostLines);
		expect(long.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([]);
	});
});

describe('the checks themselves', () => {
	const stack = ['network', 'people', 'cases', 'agreements'];

	test('see a climb, a foundation on a room, an imported door and an outsider in the return engine', () => {
		const wrong: [string, string][] = [
			['src/rooms/cases/rules.ts', 'src/rooms/agreements/rules.ts'],
			['src/rooms/cases/rules.ts', 'src/rooms/unheard/rules.ts'],
			['src/foundation/text/text.ts', 'src/rooms/cases/rules.ts'],
			['src/foundation/text/text.ts', 'src/ui/text.ts'],
			['src/rooms/cases/commands.server.ts', 'src/routes/form.server.ts'],
			['src/cli/serve.ts', 'src/routes/form.server.ts'],
			['src/routes/+page.server.ts', 'src/api/app.ts'],
			['src/ui/text.ts', 'src/rooms/cases/rules.ts'],
			['src/rooms/cases/rules.ts', 'src/cli/serve.ts'],
			['packages/social-return/src/read.ts', 'src/foundation/outcome.ts'],
			['src/rooms/returns/rules.ts', 'packages/social-return/src/read.ts'],
			['src/foundation/log/seal.server.ts', 'demo/network.ts']
		];
		for (const [from, to] of wrong) expect(crossing(from, to, stack), `${from} → ${to}`).not.toBeNull();
		const right: [string, string][] = [
			['src/rooms/agreements/rules.ts', 'src/rooms/cases/rules.ts'],
			['src/rooms/cases/rules.ts', 'src/rooms/cases/schema.ts'],
			['src/rooms/cases/Table.svelte', 'src/ui/text.ts'],
			['src/cli/serve.ts', 'src/api/app.ts'],
			['src/rooms/agreements/rules.ts', 'packages/social-return/src/index.ts'],
			['packages/social-return/src/read.ts', 'packages/social-return/src/types.ts']
		];
		for (const [from, to] of right) expect(crossing(from, to, stack), `${from} → ${to}`).toBeNull();
	});

	test('see a name outside the vocabulary', () => {
		const wrong = [
			'src/rooms/cases/utils.ts',
			'src/rooms/cases/case-list.ts',
			'src/foundation/text/helpers.ts',
			'src/foundation/text/index.ts',
			'src/foundation/text/freeText.ts',
			'src/ui/button.svelte',
			'src/rooms/cases/rules.spec.ts',
			'src/routes/Page.ts'
		];
		for (const path of wrong) expect(misnamed(path), path).not.toBeNull();
		const right = [
			'src/rooms/cases/rules.ts',
			'src/rooms/cases/commands.db.test.ts',
			'src/rooms/cases/story/read.server.ts',
			'src/foundation/text/free-text.schema.ts',
			'src/ui/Button.svelte',
			'src/routes/[network]/+page.server.ts'
		];
		for (const path of right) expect(misnamed(path), path).toBeNull();
	});

	test('find a circle, and pass a diamond', () => {
		expect(
			findCircle(
				new Map([
					['a', ['b']],
					['b', ['c']],
					['c', ['b']]
				])
			)
		).toEqual(['b', 'c', 'b']);
		expect(
			findCircle(
				new Map([
					['a', ['b', 'c']],
					['b', ['d']],
					['c', ['d']],
					['d', []]
				])
			)
		).toBeNull();
	});

	test('read imports of every kind', () => {
		const text = `<script lang="ts">import type { A } from '#rooms/a/rules.ts'; import { b } from './b.ts'; const c = await import('../c.ts');</script><p>import x from 'y'</p>`;
		expect(importsOf('src/ui/X.svelte', text)).toEqual([
			{ name: '#rooms/a/rules.ts', target: 'src/rooms/a/rules.ts', typeOnly: true },
			{ name: './b.ts', target: 'src/ui/b.ts', typeOnly: false },
			{ name: '../c.ts', target: 'src/c.ts', typeOnly: false }
		]);
	});

	test('read the floors from the document', () => {
		expect(floorsOf('a\nFloors, lowest first: network, people.\nb')).toEqual(['network', 'people']);
		expect(() => floorsOf('nothing')).toThrow();
	});
});
