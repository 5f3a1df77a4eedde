import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { evaluate, readValueMap } from '#social-return';
import { runCommand } from './testing.server.ts';

const example = fileURLToPath(new URL('../../packages/social-return/examples/value-map-bossche-bond.json', import.meta.url));

interface Answer {
	readonly ok: boolean;
	readonly errors: readonly { readonly path: string; readonly code: string; readonly message: string }[];
}

describe('loopplank return', { timeout: 60_000 }, () => {
	test('gives what the engine gives, as JSON and nothing else; from a file or from standard input', async () => {
		const text = await readFile(example, 'utf8');
		const map = readValueMap(JSON.parse(text));
		if (!map.ok) throw new Error('the example is not a value map');
		const expected: unknown = JSON.parse(JSON.stringify(evaluate(map.map)));
		const [fromFile, fromInput] = await Promise.all([runCommand(['return', example]), runCommand(['return', '-'], {}, text)]);
		for (const ran of [fromFile, fromInput]) {
			expect(ran).toMatchObject({ code: 0, err: '' });
			expect(JSON.parse(ran.out)).toEqual(expected);
		}
	});

	test('names every bad field by its path, on standard error, and ends with 1', async () => {
		const map = JSON.parse(await readFile(example, 'utf8')) as { prices: { amount: unknown }[]; horizonYears: unknown };
		map.horizonYears = 'three';
		if (map.prices[0] === undefined) throw new Error('the example has no price');
		map.prices[0].amount = -5;
		const ran = await runCommand(['return', '-'], {}, JSON.stringify({ ...map, surprise: true }));
		expect(ran).toMatchObject({ code: 1, out: '' });
		const answer = JSON.parse(ran.err) as Answer;
		expect(answer.ok).toBe(false);
		expect(answer.errors.map(({ path }) => path).toSorted()).toEqual(['horizonYears', 'prices.0.amount', 'surprise']);
	});

	test.each([
		['no JSON', '{"format":', 'not_json'],
		['nothing', '', 'not_json'],
		['a list', '[]', 'wrong_type'],
		['null', 'null', 'wrong_type']
	])('refuses %s', async (_, input, code) => {
		const ran = await runCommand(['return', '-'], {}, input);
		expect(ran).toMatchObject({ code: 1, out: '' });
		expect((JSON.parse(ran.err) as Answer).errors).toMatchObject([{ path: '', code }]);
	});

	test('says of a file that is not there which one, in the language of the terminal', async () => {
		const [en, nl] = await Promise.all(['C.UTF-8', 'nl_NL.UTF-8'].map((LANG) => runCommand(['return', '/not/there.json'], { LANG })));
		expect(en).toMatchObject({ code: 1, out: '' });
		expect((JSON.parse(en?.err ?? '') as Answer).errors[0]).toMatchObject({
			code: 'unreadable',
			message: expect.stringMatching(/^\/not\/there\.json cannot be read/)
		});
		expect(nl?.err).toContain('/not/there.json kan niet worden gelezen');
	});

	test('wrong use ends with 2', async () => {
		const [none, unknown, option] = await Promise.all([
			runCommand(['return']),
			runCommand(['dance']),
			runCommand(['return', '-', '--loud'])
		]);
		for (const ran of [none, unknown, option]) expect(ran).toMatchObject({ code: 2, out: '' });
		expect((await runCommand(['return', '--help'])).code).toBe(0);
	});
});
