import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Result } from '#social-return';
import { read } from '#foundation/command/reading.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { listStated } from '#rooms/returns/assumptions/read.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { figuresOf } from '#rooms/returns/rules.ts';
import { findCaseReturn, findValueMap, findValueMapFile, listPrices, tryCaseReturn } from '#rooms/returns/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

let scene: Scene;
let caseId: string;
const map = () => ({
	...{
		caseId,
		potCents: 4_000_00,
		horizonYears: 3,
		hours: 20,
		hourCents: 50_00,
		deadweightPercent: 25,
		attributionPercent: 40,
		dropOffPercent: 20
	},
	looming: [
		{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1, chancePercent: 75, payer: 'corporatie', frees: 'now' },
		{ price: 'opvang-jaar-bond-voorbeeld', quantity: 1, years: 3, chancePercent: 60, frees: 'capacity' }
	],
	proposed: [{ price: 'ambulancerit-spoed', quantity: 2, years: 1 }],
	because: { chance: 'Het vonnis ligt er.', deadweight: 'De kerk had kunnen bijspringen.' }
});
beforeAll(async () => {
	scene = await openScene(18_3);
	({ caseId } = sure(await openCase(scene.installation, scene.actors.holder, caseWords)));
	sure(await recordValueMap(scene.installation, scene.actors.holder, map()));
});
afterAll(() => scene.drop());

const inCase = <T>(work: Parameters<typeof read<T>>[2]) => read(scene.installation, scene.actors.holder, work);

test('the file that is given out is counted to the same cents by the command line', async () => {
	const { holder } = scene.actors;
	const folder = mkdtempSync(path.join(tmpdir(), 'loopplank-waardekaart-'));
	try {
		const { file, shown, prices } = await inCase(async (tx) => {
			const recorded = await findValueMap(tx, holder, caseId);
			if (!recorded) throw new Error('recorded');
			return {
				file: await findValueMapFile(tx, holder, recorded),
				shown: (await findCaseReturn(tx, holder, recorded))?.figures,
				prices: await listPrices(tx, holder, recorded.priceListId)
			};
		});
		const at = path.join(folder, 'waardekaart.json');
		writeFileSync(at, JSON.stringify(file));
		const cli = fileURLToPath(new URL('../cli/loopplank.ts', import.meta.url));
		const counted = JSON.parse(execFileSync(process.execPath, [cli, 'return', at], { encoding: 'utf8' })) as Result;
		const again = figuresOf(counted, prices);
		expect(again.ways).toEqual(shown?.ways);
		expect(again.rows).toEqual(shown?.rows);
		expect(again.parties).toEqual(shown?.parties);
		expect(again.frees).toEqual(shown?.frees);
		// Codes and numbers: no word that someone wrote goes out with it.
		expect(JSON.stringify(file)).not.toContain('vonnis');
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

test('every way carries a range, and the first never comes without the others', async () => {
	const counted = await inCase(async (tx) => findCaseReturn(tx, scene.actors.holder, await findValueMap(tx, scene.actors.holder, caseId)));
	const ways = Object.values(counted?.figures.ways ?? {});
	expect(ways).toHaveLength(3);
	for (const { low, perEuro, high, benefitLowCents, benefitCents, benefitHighCents } of ways) {
		expect((low ?? NaN) < (perEuro ?? NaN) && (perEuro ?? NaN) < (high ?? NaN)).toBe(true);
		expect((benefitLowCents ?? NaN) < benefitCents && benefitCents < (benefitHighCents ?? NaN)).toBe(true);
	}
});

test('who pays and who gains adds up, and a cost that moved is named', async () => {
	const { holder } = scene.actors;
	const counted = await inCase(async (tx) => findCaseReturn(tx, holder, await findValueMap(tx, holder, caseId)));
	const parties = counted?.figures.parties ?? [];
	for (const { preventedCents, extraCents, gainedCents } of parties) expect(preventedCents - extraCents).toBe(gainedCents);
	expect(parties.find(({ party }) => party === 'zvw')).toMatchObject({ preventedCents: 0 });
	expect(parties.find(({ party }) => party === 'zvw')?.extraCents).toBeGreaterThan(0);
	const gained = parties.reduce((total, one) => total + one.gainedCents, 0);
	expect(Math.abs(gained - (counted?.figures.ways.adjusted.benefitCents ?? 0))).toBeLessThanOrEqual(parties.length);
});

test('trying another assumption stores nothing; recording it makes it one’s own, and leaves the others with who stated them', async () => {
	const { installation, actors } = scene;
	const { holder } = actors;
	const before = await inCase(async (tx) => {
		const recorded = await findValueMap(tx, holder, caseId);
		if (!recorded) throw new Error('recorded');
		const tried = await tryCaseReturn(tx, holder, recorded, { chance: 10 });
		const stands = await findCaseReturn(tx, holder, recorded);
		expect(tried.figures.ways.full.perEuro ?? 9).toBeLessThan(stands?.figures.ways.full.perEuro ?? 0);
		return recorded;
	});
	expect((await inCase((tx) => findValueMap(tx, holder, caseId)))?.valueMapId).toBe(before.valueMapId);

	installation.world.tick(86_400_000);
	const { because: _, ...facts } = map();
	sure(
		await recordValueMap(installation, holder, { ...facts, attributionPercent: 50, because: { attribution: 'De huisarts hielp ook.' } })
	);
	const { words } = sure(await getCaseTable(installation, holder, caseId));
	const stated = await inCase((tx) => listStated(tx, holder, caseId, words));
	expect(stated.map(({ name, value, why }) => `${name} ${value ?? '-'} ${why ?? '-'}`)).toEqual([
		'attribution 50 De huisarts hielp ook.',
		'chance 75 Het vonnis ligt er.',
		'deadweight 25 De kerk had kunnen bijspringen.',
		'drop_off 20 -',
		'years 3 -'
	]);
	const at = (name: string) => stated.find((one) => one.name === name)?.at.getTime() ?? 0;
	expect(at('attribution') - at('chance')).toBe(86_400_000);
});

test('a reason is free text: what looks like a number of a person is asked about, a BSN refused', async () => {
	const { installation, actors } = scene;
	expect(await recordValueMap(installation, actors.holder, { ...map(), because: { chance: 'Bel 06-12345678' } })).toMatchObject({
		refusal: { code: 'needs_acknowledgement', fields: [{ path: ['because', 'chance'] }] }
	});
	expect(await recordValueMap(installation, actors.holder, { ...map(), because: { chance: 'BSN 111222333' } })).toMatchObject({
		refusal: { code: 'invalid', fields: [{ path: ['because', 'chance'], code: 'bsn' }] }
	});
});

test('a cost inside another is refused with the two rows', async () => {
	const { installation, actors } = scene;
	const looming = [
		{ price: 'detentie-volwassen-dag-2014', quantity: 30, years: 1 },
		{ price: 'ambulancerit-spoed', quantity: 1, years: 1 },
		{ price: 'delict-heling', quantity: 1, years: 1 }
	];
	expect(await recordValueMap(installation, actors.holder, { ...map(), looming })).toMatchObject({
		refusal: { code: 'invalid', fields: [{ path: ['looming', 0, 'price'], code: 'counted_twice', values: { line: 1, other: 3 } }] }
	});
});
