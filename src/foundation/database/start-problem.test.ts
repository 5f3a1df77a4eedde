import { createServer } from 'node:net';
import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import nl from '#messages/nl.json' with { type: 'json' };
import { StartError, startProblemCodes, startProblemKey, startProblemOf } from './start-problem.ts';

const listen = (port: number): Promise<ReturnType<typeof createServer>> =>
	new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject);
		server.listen(port, '127.0.0.1', () => resolve(server));
	});

test('a port in use', async () => {
	const first = await listen(0);
	const address = first.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const error = await listen(port).catch((refusal: unknown) => refusal);
	first.close();
	expect(startProblemOf(error)).toEqual({ code: 'port_in_use', values: { port: String(port) } });
});

test('what Node and PostgreSQL say of a folder and a disk', () => {
	const of = (code: string, path?: string) =>
		startProblemOf(Object.assign(new Error(code), { code, ...(path === undefined ? {} : { path }) }));
	expect(of('EACCES', '/a')).toEqual({ code: 'folder_not_writable', values: { folder: '/a' } });
	expect(of('EROFS', '/a')).toEqual({ code: 'folder_not_writable', values: { folder: '/a' } });
	expect(of('ENOSPC', '/a')).toEqual({ code: 'disk_full', values: { folder: '/a' } });
	expect(of('53100')).toEqual({ code: 'disk_full', values: { folder: '' } });
	expect(of('EPERM')).toBeUndefined();
	expect(of('ENOENT', '/a')).toBeUndefined();
	try {
		mkdirSync(import.meta.filename);
	} catch (error) {
		expect(startProblemOf(error)).toEqual({ code: 'folder_is_file', values: { folder: import.meta.filename } });
	}
	expect.assertions(7);
});

test('a problem is found through the errors around it, and from another copy of the module', () => {
	const inner = new StartError('disk_full', { folder: '/a' });
	expect(startProblemOf(new Error('outer', { cause: inner }))).toEqual(inner.problem);
	expect(startProblemOf({ problem: { code: 'disk_full', values: { folder: '/a' } } })).toEqual(inner.problem);
	expect(startProblemOf({ problem: { code: 'no such code', values: {} } })).toBeUndefined();
	expect(startProblemOf(new Error('a fault'))).toBeUndefined();
	expect(startProblemOf(undefined)).toBeUndefined();
});

test('every code has its sentence in both languages', () => {
	for (const code of startProblemCodes) {
		const key = startProblemKey({ code, values: {} });
		expect([key, nl[key], en[key]]).toEqual([key, expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
	}
});
