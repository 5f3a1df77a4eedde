import { afterAll, beforeAll, expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import nl from '#messages/nl.json' with { type: 'json' };
import { read } from '#foundation/command/reading.server.ts';
import { listKept } from '#rooms/privacy/retention/read.server.ts';
import type { Kept } from '#rooms/privacy/retention/read.server.ts';
import { keptKinds } from '#rooms/privacy/retention/kinds/rules.ts';
import { clearedByItself, isWithItsOwn, termKey, termOf } from '#rooms/privacy/retention/rules.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

let scene: Scene;
let kept: Kept[];
beforeAll(async () => {
	scene = await openScene();
	kept = await read(scene.installation, scene.actors.checker, (tx) => listKept(tx));
});
afterAll(() => scene.drop());

test('a checker reads of each table what it is for and how long it is kept: none is left out, none is told that is not there', () => {
	expect(kept.filter(({ kind }) => kind === null)).toEqual([]);
	expect(kept.flatMap(({ tables }) => tables.map(({ name }) => name)).toSorted()).toEqual(
		keptKinds.flatMap(({ tables }) => tables).toSorted()
	);
	expect(kept.flatMap(({ tables }) => tables).length).toBeGreaterThan(130);
	expect([...clearedByItself].filter((name) => !keptKinds.some(({ tables }) => tables.includes(name)))).toEqual([]);
});

test('what the page says of a term is what stands in the database, in both languages', () => {
	const [english, dutch]: Readonly<Record<string, string>>[] = [en, nl];
	for (const { name, term } of kept.flatMap(({ tables }) => tables)) {
		expect(term, name).not.toBeNull();
		expect({ name, said: english?.[termKey(term ?? '')] }).toEqual({ name, said: term });
		expect(dutch?.[termKey(term ?? '')], name).toMatch(/\S/);
	}
	const terms = new Set(kept.flatMap(({ tables }) => tables.map(({ term }) => termKey(term ?? ''))));
	expect(Object.keys(en).filter((key) => key.startsWith('kept_term.') && !terms.has(key as never))).toEqual([]);
});

test('what is kept with its own stands beside that: the same kind says a term of its own too', () => {
	const kinds = kept.filter(({ tables }) => tables.some(({ term }) => isWithItsOwn(term ?? '')));
	expect(kinds.length).toBeGreaterThan(5);
	expect(kinds.filter(({ tables }) => tables.every(({ term }) => isWithItsOwn(term ?? ''))).map(({ kind }) => kind)).toEqual([]);
	expect(['with the case', 'with the key of the case', '2 years'].filter(isWithItsOwn)).toEqual([]);
});

test('a term is read from the end of a comment', () => {
	expect(termOf('Who sits there. retention: 2 years after it ended.')).toBe('2 years after it ended');
	expect(termOf('Which migrations.\nretention: as long as the installation')).toBe('as long as the installation');
	expect([termOf('Nothing is said.'), termOf(null)]).toEqual([null, null]);
});
