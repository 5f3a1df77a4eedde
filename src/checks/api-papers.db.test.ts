import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperOperations } from '#lib/api/paper-operations.ts';
import { endPapers } from '#foundation/paper/paper.server.ts';
import { hasUniversalAccessMark, structureTexts } from '#foundation/paper/testing.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { locales } from '#foundation/text/text.ts';
import { getBlankChainPaper, getChainPaper } from '#rooms/chain/papers/read.server.ts';
import { getBlankSetUp, getCaseEvaluation, getNetworkPaper } from '#rooms/meetings/papers/read.server.ts';
import { mayMakePaper, paperKinds } from '#rooms/meetings/papers/rules.ts';
import { openApiScene } from './api-scene.server.ts';
import { makeFullCase, sure } from './scene.server.ts';

let scene: Awaited<ReturnType<typeof openApiScene>>;
let caseId: string;
beforeAll(async () => {
	scene = await openApiScene(61);
	await makeFullCase(scene);
	const { actors, installation } = scene;
	// The case in which most was agreed: the one with everything in it.
	caseId = (
		await installation.door.actor(actors.holder, installation.world.now(), (tx) =>
			tx
				.selectFrom('agreement')
				.select(({ fn }) => ['caseId', fn.countAll().as('agreements')])
				.groupBy('caseId')
				.orderBy('agreements', 'desc')
				.executeTakeFirstOrThrow()
		)
	).caseId;
}, 120_000);
afterAll(async () => {
	await endPapers();
	await scene.drop();
});

const textOf = async (bytes: Uint8Array): Promise<string> => (await structureTexts(bytes)).texts.join(' ');

describe('papers of the network', () => {
	test.each(paperKinds.flatMap((kind) => locales.map((locale) => [kind, locale] as const)))(
		'%s in %s is PDF/UA-1, in that language',
		async (kind, locale) => {
			const bytes = sure(await getNetworkPaper(scene.installation, scene.actors.facilitator, kind, locale));
			expect(hasUniversalAccessMark(bytes)).toBe(true);
			const { language, title, texts } = await structureTexts(bytes);
			expect(language).toBe(locale);
			expect(texts.join(' ')).toContain(title.split(' ')[0]);
		}
	);
	test('are for everyone, but the pack is for who answers for an organisation or oversees it', async () => {
		for (const [role, actor] of Object.entries({ ...scene.actors, ...scene.officers }))
			for (const kind of paperKinds) {
				const made = await getNetworkPaper(scene.installation, actor, kind, 'nl');
				const may = mayMakePaper(kind, actor.roles);
				expect(made.ok ? 'made' : made.refusal.code, `${role} ${kind}`).toBe(may ? 'made' : 'not_found');
			}
		expect(mayMakePaper('pack', ['professional', 'treasurer', 'secretariat', 'checker', 'administrator'])).toBe(false);
		for (const role of ['governor', 'oversight', 'facilitator']) expect(mayMakePaper('pack', [role])).toBe(true);
	}, 60_000);
	test('tell nothing of a case in words', async () => {
		const { facts } = await scene.installation.door.actor(scene.actors.holder, scene.installation.world.now(), async (tx) => ({
			facts: await tx.selectFrom('caseRecord').select('pseudonym').where('caseId', '=', caseId).executeTakeFirstOrThrow()
		}));
		for (const kind of paperKinds) {
			const text = await textOf(sure(await getNetworkPaper(scene.installation, scene.actors.facilitator, kind, 'nl')));
			for (const secret of [facts.pseudonym, 'Bel de deurwaarder']) expect(text).not.toContain(secret);
		}
	});
});

describe('looking back on a case', () => {
	const lines = async (): Promise<number> => await scene.countLines('case.read', 'seen');
	test('is made by who sits at its table, marked confidential, and leaves a line', async () => {
		for (const locale of locales) {
			const before = await lines();
			const { bytes, pseudonym } = sure(await getCaseEvaluation(scene.installation, scene.actors.holder, caseId, locale));
			expect(await lines()).toBe(before + 1);
			expect(hasUniversalAccessMark(bytes)).toBe(true);
			const text = await textOf(bytes);
			for (const words of [pseudonym, say(locale, 'paper.evaluation.care').slice(0, 20), say(locale, 'paper.evaluation.ask_next')])
				expect(text.replace(/\s+/g, ' ')).toContain(words);
		}
	});
	test('is not there for a colleague who does not sit at it, nor for who facilitates, governs or oversees', async () => {
		const { colleague, facilitator, oversight, checker, stranger } = scene.actors;
		const others = [colleague, facilitator, oversight, checker, stranger, scene.officers.governor, scene.officers.treasurer];
		for (const actor of others) {
			const made = await getCaseEvaluation(scene.installation, actor, caseId, 'nl');
			expect(made.ok ? 'made' : made.refusal.code, actor.roles.join()).toBe('not_found');
		}
		expect(await scene.countLines('case.read', 'refused_reading')).toBe(others.length);
	});
});

describe('the workbook on organising a chain', () => {
	const demand = 'Elke woning droog en heel.';
	test.each(locales)('in %s tells who sits at a project of it, in the order in which it is read, and leaves a line', async (locale) => {
		const before = await scene.countLines('project.read', 'seen');
		const bytes = sure(await getChainPaper(scene.installation, scene.officers.governor, locale));
		expect(await scene.countLines('project.read', 'seen')).toBeGreaterThan(before);
		expect(hasUniversalAccessMark(bytes)).toBe(true);
		const { language, texts } = await structureTexts(bytes);
		expect(language).toBe(locale);
		const text = texts.join(' ').replace(/\s+/g, ' ');
		const parts = ['Daken aan de haven', demand, 'We bellen dezelfde dag.', 'Klanttevredenheid', say(locale, 'paper.chain.trust')];
		const places = parts.map((part) => text.indexOf(part));
		expect(places.every((place) => place > 0)).toBe(true);
		expect(places).toEqual(places.toSorted((a, b) => a - b));
	});
	test('is blank for who sits at none, and tells nothing of another’s', async () => {
		const text = await textOf(sure(await getChainPaper(scene.installation, scene.actors.colleague, 'nl')));
		for (const secret of ['Daken aan de haven', demand]) expect(text).not.toContain(secret);
		expect(text).toContain(say('nl', 'paper.chain.begin'));
	});
});

test('the blank workbook is the same each time, in both languages', async () => {
	for (const locale of locales) {
		const bytes = sure(await getBlankSetUp(locale));
		expect(bytes).toEqual(sure(await getBlankSetUp(locale)));
		expect(await structureTexts(bytes)).toMatchObject({ language: locale, title: say(locale, 'paper.set_up.title') });
		const chain = sure(await getBlankChainPaper(locale));
		expect(chain).toEqual(sure(await getBlankChainPaper(locale)));
		expect(await structureTexts(chain)).toMatchObject({ language: locale, title: say(locale, 'paper.chain.title') });
	}
});

test('by API: each paper as a file, refused to who may not have it', async () => {
	const year = scene.installation.world.now().getUTCFullYear();
	for (const path of ['/papers/set-up', '/papers/governors-pack', `/papers/yearly-report?language=en&year=${year}`, '/papers/chain']) {
		const made = await scene.ask('facilitator', 'GET', path);
		expect([made.status, String(made.json).slice(0, 5)], path).toEqual([200, '%PDF-']);
		expect((await scene.ask('facilitator', 'GET', `${path.split('?')[0] ?? ''}?language=fr`)).errors).toEqual(['language not_a_choice']);
	}
	expect((await scene.ask('holder', 'GET', `/papers/yearly-report?year=${year + 1}`)).code).toBe('not_found');
	expect((await scene.ask('holder', 'GET', '/papers/governors-pack')).code).toBe('not_found');
	expect((await scene.ask('holder', 'GET', `/cases/${caseId}/evaluation`)).status).toBe(200);
	expect((await scene.ask('colleague', 'GET', `/cases/${caseId}/evaluation`)).code).toBe('not_found');
	expect(scene.documented.neverSeen(paperOperations)).toEqual({ done: [], refused: [] });
});
