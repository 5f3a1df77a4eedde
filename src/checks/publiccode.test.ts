import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from './source-files.ts';

/** What the standard publiccode.yml 0.4 asks of every file, and how long it lets descriptions be. */
const description = z.object({
	shortDescription: z.string().min(1).max(150),
	longDescription: z.string().min(150).max(10_000),
	features: z.array(z.string().min(1).max(100)).min(1)
});
const publiccode = z.object({
	publiccodeYmlVersion: z.literal('0.4'),
	name: z.string().min(1),
	url: z.url(),
	softwareVersion: z.string(),
	releaseDate: z.iso.date(),
	platforms: z.array(z.string()).min(1),
	categories: z
		.array(z.enum(['collaboration', 'knowledge-management', 'workflow-management', 'grant-management', 'compliance-management']))
		.min(1),
	developmentStatus: z.enum(['concept', 'development', 'beta', 'stable', 'obsolete']),
	softwareType: z.enum([
		'standalone/mobile',
		'standalone/iot',
		'standalone/desktop',
		'standalone/web',
		'standalone/backend',
		'standalone/other',
		'addon',
		'library',
		'configurationFiles'
	]),
	description: z.object({ en: description, nl: description }),
	legal: z.object({ license: z.literal('EUPL-1.2') }),
	maintenance: z.object({ type: z.enum(['internal', 'community']), contacts: z.array(z.object({ name: z.string().min(1) })).min(1) }),
	localisation: z.object({ localisationReady: z.boolean(), availableLanguages: z.array(z.string()).min(1) })
});

const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('publiccode.yml holds what the standard asks, and says what package.json says', () => {
	const found = publiccode.parse(parse(read('publiccode.yml')));
	const packageFile = z.object({ name: z.string(), version: z.string(), license: z.string() }).parse(JSON.parse(read('package.json')));
	expect(found.softwareVersion).toBe(packageFile.version);
	expect(found.name.toLowerCase()).toBe(packageFile.name);
	expect(found.legal.license).toBe(packageFile.license);
	expect(found.localisation.availableLanguages).toEqual(['nl', 'en']);
});

test('the licence is there in full', () => {
	const licence = read('LICENSE');
	expect(licence).toMatch(/^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2/);
	for (let article = 1; article <= 15; article++) expect(licence, `article ${article}`).toMatch(new RegExp(`^${article}\\. [A-Z]`, 'm'));
	expect(licence).toContain('‘Compatible Licences’ according to Article 5 EUPL are:');
});

test('the changelog has a heading for this version or for what is not released yet', () => {
	const { version } = z.object({ version: z.string() }).parse(JSON.parse(read('package.json')));
	expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## \\[(?:Unreleased|${version.replaceAll('.', '\\.')})\\]`, 'm'));
});

test('every decision has a number, a date and a status, and the list names each', () => {
	const list = read('docs/decisions/README.md');
	const names = [...list.matchAll(/\((\d{4}-[a-z0-9-]+\.md)\)/g)].map((match) => match[1] ?? '');
	expect(names.length).toBeGreaterThan(0);
	expect(names).toEqual(names.toSorted());
	for (const [index, name] of names.entries()) {
		// Each its own number; one may be missing, for some bear the number of the migration they came with.
		if (index > 0) expect(Number(name.slice(0, 4)), name).toBeGreaterThan(Number(names[index - 1]?.slice(0, 4)));
		expect(read(`docs/decisions/${name}`), name).toMatch(
			/^# \d+\. .+\n\nDate: \d{4}-\d{2}-\d{2}\. Status: (?:accepted|superseded by \d{4})\.\n/
		);
	}
});
