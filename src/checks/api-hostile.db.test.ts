import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '#lib/api/all-operations.ts';
import { openApiScene } from './api-scene.server.ts';
import { caseWords } from './scene.server.ts';

/** Whatever is sent, the answer is as documented and never a 5xx, and what was typed is kept to the letter or refused. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
const ids = { caseId: '', invitationId: '', agreementId: '' };
beforeAll(async () => {
	scene = await openApiScene(3);
	const made = async (path: string, body: object, name: string): Promise<string> => {
		const answered = await scene.ask('holder', 'POST', path, { body });
		expect(answered.status).toBe(201);
		return (answered.json as Record<string, string>)[name] ?? '';
	};
	const invite = (role: 'seated' | 'invited') => ({ membershipId: scene.actors[role].membershipId, message: 'Doe je mee?' });
	ids.caseId = await made('/cases', caseWords, 'caseId');
	const seat = await made(`/cases/${ids.caseId}/invitations`, invite('seated'), 'invitationId');
	expect((await scene.ask('seated', 'POST', `/invitations/${seat}/acceptance`)).status).toBe(201);
	ids.invitationId = await made(`/cases/${ids.caseId}/invitations`, invite('invited'), 'invitationId');
	const promise = { what: 'Ik bel.', dueOn: '2026-12-01', receiverId: scene.actors.seated.personId };
	ids.agreementId = await made(`/cases/${ids.caseId}/agreements`, promise, 'agreementId');
});
afterAll(() => scene.drop());

const acts = operations.filter(({ method }) => method === 'post');
const fieldNames = [...new Set(acts.flatMap(({ body }) => Object.keys((body as { shape?: object } | undefined)?.shape ?? {})))];

const nasty = fc.constantFrom<unknown>(
	...[
		'\0',
		'a\0b',
		'\ud800',
		'x\udfff',
		'',
		' ',
		'\u202e',
		'👩‍👩‍👧‍👦',
		'<script>alert(1)</script>',
		"'; drop table case_record; --",
		'{{7*7}}',
		'${7*7}',
		'%s%n',
		'../../etc/passwd'
	],
	...[
		'null',
		'NaN',
		'0001-01-01',
		'9999-99-99',
		'2026-02-30',
		'294277-01-01',
		'-1',
		'1e400',
		'00000000-0000-0000-0000-000000000000',
		'a'.repeat(100_001),
		'😀'.repeat(2_001)
	],
	...[null, true, false, 0, -1, 1.5, 1e308, 9007199254740993, [], [[]], {}, { toString: 1 }, [null], { length: -1 }]
);
const value = fc.oneof({ weight: 3, arbitrary: nasty }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) });
const name = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom(...fieldNames, ...Object.keys(ids)) },
	{
		weight: 1,
		arbitrary: fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', '\0', 'networkId', 'personId')
	}
);
/** As JSON text, so that `__proto__` is a field and not a prototype. */
const objectText = fc
	.array(fc.tuple(name, value), { maxLength: 10 })
	.map((entries) => `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`).join(',')}}`);
const bodyText = fc.oneof(
	{ weight: 8, arbitrary: objectText },
	{ weight: 1, arbitrary: value.map((one) => JSON.stringify(one)) },
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			'['.repeat(100_000) + ']'.repeat(100_000),
			`${'{"looming":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
			'{"hours":1e400}',
			'{"a":1}{"a":2}'
		)
	}
);

describe('any body', () => {
	test.each(acts.map((operation) => [operation.operationId, operation] as const))(
		'%s',
		async (_, operation) => {
			const path = operation.path.replace(/\{(\w+)\}/g, (whole, id: string) => (id in ids ? ids[id as keyof typeof ids] : whole));
			await fc.assert(
				fc.asyncProperty(bodyText, fc.constantFrom('holder' as const, 'stranger' as const), async (raw, as) => {
					const answered = await scene.ask(as, 'POST', path, { raw });
					expect(answered.status).toBeLessThan(500);
					// Which of these were done, by chance, is as good as refused: the answer is as documented, which `ask` saw.
					if (as === 'stranger' && operation.path.includes('{')) expect([400, 404]).toContain(answered.status);
				}),
				{ numRuns: 40, seed: 2026 }
			);
		},
		60_000
	);
});

describe('one field bad in a body that is good', () => {
	const good: Record<string, Record<string, unknown>> = {
		openCase: { ...caseWords, looming: 'Ontruiming.', notYetBecause: 'Morgen.' },
		inviteToCase: { membershipId: '00000000-0000-7000-8000-000000000000', message: 'Doe je mee?' },
		makeAgreement: { what: 'Ik bel.', dueOn: '2026-12-01', receiverId: '00000000-0000-7000-8000-000000000000', proof: 'Brief.' },
		reportAgreement: { outcome: 'gone', words: 'Gelukt.' },
		closeCase: { outcome: 'gone', cause: 'none', responsible: '', words: 'x' },
		recordValueMap: { potCents: 1, horizonYears: 1, looming: [{ price: 'x', quantity: 1, years: 1 }], proposed: [], hours: 0, hourCents: 0 }
	};
	test.each(Object.entries(good))('%s', async (operationId, body) => {
		const operation = acts.find((one) => one.operationId === operationId);
		if (!operation) throw new Error(`No operation ${operationId}.`);
		const path = operation.path.replace(/\{(\w+)\}/g, (whole, id: string) => (id in ids ? ids[id as keyof typeof ids] : whole));
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...Object.keys(body)), value, async (field, one) => {
				const answered = await scene.ask('holder', 'POST', path, { body: { ...body, [field]: one } });
				expect(answered.status).toBeLessThan(500);
				if (typeof one === 'string' && /\0|\ud800|\udfff/.test(one)) expect(answered.status).toBe(400);
			}),
			{ numRuns: 60, seed: 2027 }
		);
	});
});

describe('words', () => {
	test.each([
		'<script>alert(1)</script><img src=x onerror=alert(1)>',
		"'); drop table case_record; --",
		'${process.exit(1)} {{constructor.constructor("return 1")()}} %s %n',
		'مرحبا 你好 Здравствуйте ไทย 👩‍👩‍👧‍👦 é é',
		'\u202eomgekeerd\u202c \t tab\r\nregel\n\n',
		'\\0 \\u0000 %00 &#0;',
		'a'.repeat(100_000),
		'😀'.repeat(100_000)
	])('are kept to the letter: %#', async (stuck) => {
		const opened = await scene.ask('holder', 'POST', '/cases', { body: { ...caseWords, stuck } });
		expect(opened.status).toBe(201);
		const read = await scene.ask('holder', 'GET', `/cases/${(opened.json as { caseId: string }).caseId}`);
		expect((read.json as { words: { stuck: { text: string } } }).words.stuck.text === stuck).toBe(true);
	});

	test.each([
		['a\0b', 'null_byte'],
		['half \ud83d', 'null_byte'],
		['a'.repeat(100_001), 'too_long'],
		['BSN 1112.22.333', 'bsn'],
		['   ', 'required']
	])('are refused with the field: %#', async (stuck, code) => {
		const refused = await scene.ask('holder', 'POST', '/cases', { body: { ...caseWords, stuck } });
		expect([refused.status, refused.errors]).toEqual([400, [`stuck ${code}`]]);
	});

	test('field names that are JavaScript’s own are unknown fields and change nothing', async () => {
		const words = JSON.stringify(caseWords).slice(1, -1);
		const refused = await scene.ask('holder', 'POST', '/cases', {
			raw: `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${words}}`
		});
		expect([refused.status, refused.errors]).toEqual([400, ['__proto__ unknown_field', 'constructor unknown_field']]);
		expect('polluted' in {}).toBe(false);
	});

	test('no body chose its own network, person or moment', async () => {
		const refused = await scene.ask('stranger', 'POST', '/cases', {
			body: { ...caseWords, networkId: scene.actors.holder.networkId, personId: scene.actors.holder.personId }
		});
		expect(refused.errors).toEqual(['networkId unknown_field', 'personId unknown_field']);
	});
});

test('what was there is there still, and the log tells of every case', async () => {
	expect((await scene.ask('seated', 'GET', `/cases/${ids.caseId}`)).json).toMatchObject({ words: { stuck: { text: caseWords.stuck } } });
	const owner = await scene.database.connections.owner();
	try {
		const { rows } = await owner.query<{ cases: number; lines: number }>(
			`select (select count(*)::int from case_record) as cases, (select count(*)::int from log_line where act = 'case.open' and result = 'done') as lines`
		);
		expect(rows[0]?.lines).toBe(rows[0]?.cases);
	} finally {
		await owner.end();
	}
});
