import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messagesFor, pagesWithScript } from './text.server.ts';

const routes = join(import.meta.dirname, '../routes');

test('exactly the pages that run script are in the table of sentences that go to the browser', () => {
	const scripted = readdirSync(routes, { recursive: true, withFileTypes: true })
		.filter(
			(entry) =>
				/^\+(page|layout)(\.server)?\.ts$/.test(entry.name) &&
				/export const csr = true/.test(readFileSync(join(entry.parentPath, entry.name), 'utf8'))
		)
		.map((entry) => entry.parentPath.slice(routes.length).replaceAll('\\', '/') || '/');
	expect(scripted.sort()).toEqual(Object.keys(pagesWithScript).sort());
});

test('a page without script speaks from the whole catalogue', () => {
	expect(messagesFor('nl', '/')['field.bsn']).toBeDefined();
	expect(messagesFor('en', null)['refusal.not_found']).toBeDefined();
});

test('of a page without script no sentence is written out, for none is sent', () => {
	expect(Object.keys(messagesFor('nl', '/'))).toEqual([]);
});

test('a page with script gets the sentences of its own parts and of the frame, and no others', () => {
	const sent = messagesFor('nl', '/x', { '/x': ['gangplank.'] });
	expect(sent['gangplank.now']).toBe('Nu');
	expect(sent['frame.help']).toBe('hulp');
	expect(sent['error.404.title']).toBeDefined();
	expect('field.bsn' in sent).toBe(false);
});
