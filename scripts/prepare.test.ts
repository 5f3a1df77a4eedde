import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** A project of a few files, with an npm and a vite that only write down that they were called. */
let root: string;
const here = resolve(import.meta.dirname, '..');

const fakeNpm = `
const fs = require('node:fs');
fs.appendFileSync('calls', 'npm ' + process.argv.slice(2).filter((word) => !word.includes('fetch')).join(' ') + '\\n');
const trouble = fs.existsSync('trouble') ? fs.readFileSync('trouble', 'utf8') : '';
if (trouble !== '') { console.error('npm error code ' + trouble); process.exit(1); }
fs.mkdirSync('node_modules/vite/bin', { recursive: true });
fs.copyFileSync('vite.txt', 'node_modules/vite/bin/vite.js');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
`;
const fakeVite = `
const fs = require('node:fs');
fs.appendFileSync('calls', 'vite ' + process.argv[2] + '\\n');
if (fs.readFileSync('src/page.ts', 'utf8').includes('fault')) { console.error('a fault in the page'); process.exit(1); }
fs.mkdirSync('build', { recursive: true });
`;

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'loopplank-prepare-test-'));
	for (const folder of ['scripts', 'src', 'messages']) mkdirSync(join(root, folder));
	copyFileSync(join(here, 'scripts/prepare.cjs'), join(root, 'scripts/prepare.cjs'));
	cpSync(join(here, 'messages'), join(root, 'messages'), { recursive: true });
	writeFileSync(join(root, 'package.json'), '{}');
	writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { 'node_modules/vite': { version: '1.0.0' } } }));
	writeFileSync(join(root, 'src/page.ts'), 'one');
	writeFileSync(join(root, 'npm.cjs'), fakeNpm);
	writeFileSync(join(root, 'vite.txt'), fakeVite);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const environment = (more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
	PATH: process.env['PATH'] ?? '',
	npm_execpath: join(root, 'npm.cjs'),
	npm_node_execpath: process.execPath,
	LANG: 'en_GB.UTF-8',
	...more
});

const prepare = (more: Record<string, string> = {}) => {
	const answer = spawnSync(process.execPath, ['scripts/prepare.cjs', 'test'], { cwd: root, encoding: 'utf8', env: environment(more) });
	return { status: answer.status, said: answer.stdout + answer.stderr };
};

const calls = (): readonly string[] =>
	existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : [];

test('installs without install scripts and builds, once, and then does nothing', () => {
	expect(prepare()).toEqual({
		status: 0,
		said: 'Installing the packages. The first time this takes a minute or two.\nBuilding the pages.\n'
	});
	expect(calls()).toEqual([
		'npm ci --ignore-scripts --include=dev --include=optional --no-audit --no-fund --no-progress --loglevel=error',
		'vite build'
	]);
	expect(prepare()).toEqual({ status: 0, said: '' });
	expect(calls()).toHaveLength(2);
});

test('speaks the language of the terminal', () => {
	expect(prepare({ LANG: 'nl_NL.UTF-8' }).said).toContain("De pagina's worden gebouwd.");
});

test('installs again when the lock changed, builds again when a source changed, not for a test', () => {
	prepare();
	writeFileSync(join(root, 'src/page.test.ts'), 'a test');
	expect(prepare().said).toBe('');
	writeFileSync(join(root, 'src/page.ts'), 'two');
	expect(prepare().said).toBe('Building the pages.\n');
	writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { 'node_modules/vite': { version: '2.0.0' } } }));
	prepare();
	expect(calls().filter((call) => call.startsWith('npm'))).toHaveLength(2);
	rmSync(join(root, 'build'), { recursive: true });
	prepare();
	expect(calls().filter((call) => call.startsWith('vite'))).toHaveLength(4);
});

test('leaves packages alone that were installed by hand and fit the lock', () => {
	mkdirSync(join(root, 'node_modules/vite/bin'), { recursive: true });
	copyFileSync(join(root, 'vite.txt'), join(root, 'node_modules/vite/bin/vite.js'));
	const hidden = join(root, 'node_modules/.package-lock.json');
	writeFileSync(hidden, JSON.stringify({ packages: { 'node_modules/vite': { version: '1.0.0' } } }));
	prepare();
	expect(calls()).toEqual(['vite build']);
	rmSync(join(root, 'node_modules/.loopplank-installed'));
	writeFileSync(hidden, JSON.stringify({ packages: { 'node_modules/vite': { version: '0.9.0' } } }));
	prepare();
	expect(calls().filter((call) => call.startsWith('npm'))).toHaveLength(1);
});

test.each([
	['ENOTFOUND', 'no connection to the npm registry'],
	['ENOSPC', 'The disk is full'],
	['EACCES', 'cannot be written to'],
	['E500', 'Installing the packages did not work']
])('says in a plain sentence what %s means, and tries again the next time', (trouble, sentence) => {
	writeFileSync(join(root, 'trouble'), trouble);
	const failed = prepare();
	expect(failed.status).toBe(1);
	expect(failed.said).toContain(sentence);
	expect(failed.said).not.toContain('    at ');
	rmSync(join(root, 'trouble'));
	expect(prepare().status).toBe(0);
});

test('a build that fails shows what the builder said, and is tried again', () => {
	writeFileSync(join(root, 'src/page.ts'), 'fault');
	const failed = prepare();
	expect(failed.status).toBe(1);
	expect(failed.said).toMatch(/a fault in the page[^]*Building the pages did not work/);
	expect(prepare().status).toBe(1);
});

test('says when no Node comes along and the one of the machine is too old', () => {
	const old = join(root, 'old-node');
	writeFileSync(old, `#!/bin/sh\n[ "$1" = --version ] && echo v20.11.1 && exit\nexec ${process.execPath} "$@"\n`);
	chmodSync(old, 0o755);
	const answer = prepare({ npm_node_execpath: old });
	expect(answer.status).toBe(1);
	expect(answer.said).toContain('Node v20.11.1 on this computer is too old');
});

test('two starts at once install and build once', async () => {
	const start = () =>
		new Promise<number | null>((done) => {
			spawn(process.execPath, ['scripts/prepare.cjs', 'test'], { cwd: root, env: environment(), stdio: 'ignore' }).on('close', done);
		});
	expect(await Promise.all([start(), start()])).toEqual([0, 0]);
	expect(calls()).toHaveLength(2);
});
