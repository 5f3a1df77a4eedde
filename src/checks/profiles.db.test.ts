import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { lookBackOnSign, stateInterest, writeStart } from '#rooms/network/start/commands.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { keepProfile } from '#rooms/people/profiles/commands.server.ts';
import { findProfile, listPeopleOfNetwork } from '#rooms/people/profiles/read.server.ts';
import { said } from './acts-document.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Profiles, who is who, and the start of the network, against a real database. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(22);
});
afterAll(() => scene.drop());

const today = (): string => dayAt(scene.installation.world.now());

describe('a profile', () => {
	const profile = { topics: 'Huurschuld en verslaving', schemes: 'bijzondere bijstand', available: true, willing: false };
	test('is kept by oneself, read by the network, and emptied by leaving it empty', async () => {
		const { installation, actors } = scene;
		sure(await keepProfile(installation, actors.seated, { ...profile, livedExperience: 'Zelf schulden gehad', languages: ['tr', 'tr'] }));
		const seen = (actor: Scene['actors']['holder']) => read(installation, actor, (tx) => findProfile(tx, actor, actors.seated.personId));
		expect(await seen(actors.colleague)).toMatchObject({ ...profile, livedExperience: 'Zelf schulden gehad', languages: ['tr'] });
		expect(await seen(actors.stranger)).toBeNull();
		sure(await keepProfile(installation, actors.seated, { available: true, willing: true }));
		expect(await seen(actors.colleague)).toMatchObject({ topics: '', livedExperience: '', languages: [] });
	});

	test('holds no BSN, and a telephone number only when it must', async () => {
		const { installation, actors } = scene;
		expect(await keepProfile(installation, actors.seated, { ...profile, topics: 'BSN 111222333' })).toMatchObject({
			refusal: { fields: [{ path: ['topics'], code: 'bsn' }] }
		});
		const called = { ...profile, topics: 'Bel 06-12345678' };
		expect(said(await keepProfile(installation, actors.seated, called))).toBe('needs_acknowledgement');
		sure(await keepProfile(installation, actors.seated, { ...called, acknowledged: true }));
		expect(said(await keepProfile(installation, actors.seated, { ...profile, languages: ['klingon'] }))).toBe('invalid');
	});

	test('is found by name, organisation, function, stem and nearly; the list goes on by key', async () => {
		const { installation, actors } = scene;
		sure(await keepProfile(installation, actors.seated, { ...profile, schemes: 'Beslagvrije voet' }));
		const find = (query: string) =>
			read(installation, actors.colleague, (tx, now) => listPeopleOfNetwork(tx, actors.colleague, now, { query, limit: 50 }));
		for (const query of ['beslagvrije', 'BESLAG', 'huurschulden', 'beslagvrij voet', 'iemand seated', 'verslavin'])
			expect((await find(query)).map((one) => one.personId)).toContain(actors.seated.personId);
		expect(await find('seated kwartel')).toEqual([]);
		expect((await find('schuldhulp')).map((one) => one.displayName)).toEqual(['Iemand treasurerTwo']);
		expect(await find("'; drop table profile; --")).toEqual([]);
		const all = await find('');
		const paged: string[] = [];
		let after: { nameSort: string; personId: string } | undefined;
		for (;;) {
			const page = await read(installation, actors.colleague, (tx, now) =>
				listPeopleOfNetwork(tx, actors.colleague, now, { limit: 4, ...(after ? { after } : {}) })
			);
			if (page.length === 0) break;
			paged.push(...page.map((one) => one.personId));
			after = page.at(-1);
		}
		expect(paged).toEqual(all.map((one) => one.personId));
		expect(new Set(paged).size).toBe(all.length);
	});
});

describe('the start of the network', () => {
	const write = (part: string, text: string, because?: string) =>
		writeStart(scene.installation, scene.actors.holder, { part, text, ...(because === undefined ? {} : { because }) });
	const start = () => read(scene.installation, scene.actors.checker, (tx) => getNetworkStart(tx, scene.actors.checker));

	test('is written in order, rules early only with why, and keeps what it said before', async () => {
		expect(said(await write('ambition', 'Te vroeg'))).toBe('start_in_order');
		expect(await write('rules', 'Wij bellen terug.')).toMatchObject({
			refusal: { code: 'rules_come_last', fields: [{ path: ['because'], code: 'required' }] }
		});
		expect(said(await write('rules', 'Wij bellen terug.', '  '))).toBe('rules_come_last');
		sure(await write('rules', 'Wij bellen terug.', 'De subsidie vraagt erom.'));
		scene.installation.world.tick(1000);
		for (const part of ['went_before', 'who']) sure(await write(part, 'Wat eraan voorafging.'));
		sure(await write('challenge', 'Eerste zin.'));
		scene.installation.world.tick(1000);
		sure(await write('challenge', 'Betere zin.'));
		sure(await write('ambition', 'Niemand zonder huis.'));
		sure(await write('sign_1', 'Minder ontruimingen.'));
		const { sentences } = await start();
		expect(sentences.get('challenge')).toMatchObject({ text: 'Betere zin.', versions: 2 });
		expect(sentences.get('rules_early_because')?.text).toBe('De subsidie vraagt erom.');
		// A sign is not enough: the rules come after the way of working.
		expect(said(await write('rules', 'Wij bellen binnen een dag terug.'))).toBe('rules_come_last');
		expect(said(await write('relations', 'Wij kennen elkaar.'))).toBe('start_in_order');
		sure(await stateInterest(scene.installation, scene.actors.holder, { gains: 'Minder ontruimingen.', brings: 'Woningen.' }));
		for (const part of ['relations', 'organisation', 'process']) sure(await write(part, 'Zo doen wij het.'));
		sure(await write('rules', 'Wij bellen binnen een dag terug.'));
	});

	test('has signs that are looked back on, each version for itself', async () => {
		const { installation, actors } = scene;
		const sign = (await start()).signs[0];
		if (!sign) throw new Error('a sign stands');
		const look = (startId: string, seen: boolean, onDay: string) => lookBackOnSign(installation, actors.holder, { startId, seen, onDay });
		expect(await look(sign.startId, true, addDays(today(), 1))).toMatchObject({ refusal: { fields: [{ code: 'date_in_future' }] } });
		sure(await look(sign.startId, false, addDays(today(), -30)));
		sure(await look(sign.startId, true, today()));
		expect((await start()).signs[0]?.looks.map(({ seen }) => seen)).toEqual([true, false]);
		scene.installation.world.tick(1000);
		sure(await write('sign_1', 'Geen ontruimingen meer.'));
		expect((await start()).signs[0]?.looks).toEqual([]);
		// An earlier version is not a sign any more, and neither is the challenge.
		expect(said(await look(sign.startId, true, today()))).toBe('not_found');
		expect(said(await look((await start()).sentences.get('challenge')?.startId ?? '', true, today()))).toBe('not_found');
	});
});
