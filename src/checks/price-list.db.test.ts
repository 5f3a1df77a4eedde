import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { findValueMap, getPriceListId, listPrices } from '#rooms/returns/read.server.ts';
import { runCommand, serverSettings } from '../cli/testing.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(31);
});
afterAll(() => scene.drop());

test('a network gets the shipped price list as a new version; a case keeps the one it was counted with', { timeout: 60_000 }, async () => {
	const { installation, actors } = scene;
	const { holder } = actors;
	const { caseId } = sure(await openCase(installation, holder, caseWords));
	sure(
		await recordValueMap(installation, holder, {
			...{ caseId, potCents: 100_00, horizonYears: 1, because: {} },
			looming: [{ price: 'bijstand-alleenstaand-maand', quantity: 3, years: 1, chancePercent: 50 }]
		})
	);
	const inNetwork = <T>(work: Parameters<typeof read<T>>[2]) => read(installation, holder, work);
	const before = await inNetwork((tx) => getPriceListId(tx, holder));
	const env = serverSettings(scene.database.urls);
	const ran = await runCommand(['prices', '--network', 'haven'], env);
	expect(ran).toMatchObject({ code: 0, err: '' });
	expect(JSON.parse(ran.out)).toMatchObject({ networkId: holder.networkId, prices: 114 });
	const after = await inNetwork((tx) => getPriceListId(tx, holder));
	expect(after).not.toBe(before);
	expect(await inNetwork((tx) => listPrices(tx, holder, after))).toHaveLength(114);
	expect((await inNetwork((tx) => findValueMap(tx, holder, caseId)))?.priceListId).toBe(before);
	expect(await runCommand(['prices', '--network', 'nergens'], env)).toMatchObject({ code: 1, out: '' });
});
