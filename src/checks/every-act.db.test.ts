import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openScene, caseWords, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';

/** What holds for every act, tried on the first one. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(3);
});
afterAll(() => scene.drop());

const count = async (sql: string, values: unknown[] = []): Promise<number> => {
	const owner = await scene.database.connections.owner();
	try {
		const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from ${sql}`, values);
		return rows[0]?.n ?? 0;
	} finally {
		await owner.end();
	}
};
const asOwner = async (sql: string): Promise<void> => {
	const owner = await scene.database.connections.owner();
	try {
		await owner.query(sql);
	} finally {
		await owner.end();
	}
};

describe('an act', () => {
	test('sent sixteen times at once with one key is done once, with one answer', async () => {
		const before = await count('case_record');
		const answers = await Promise.all(
			Array.from({ length: 16 }, () => openCase(scene.installation, scene.actors.holder, caseWords, { key: 'twice' }))
		);
		expect(new Set(answers.map((answer) => JSON.stringify(sure(answer)))).size).toBe(1);
		expect(await count('case_record')).toBe(before + 1);
	});

	test('with the key of another act or another input is refused', async () => {
		sure(await openCase(scene.installation, scene.actors.holder, caseWords, { key: 'mine' }));
		expect(await openCase(scene.installation, scene.actors.holder, { ...caseWords, stuck: 'iets anders' }, { key: 'mine' })).toMatchObject({
			ok: false,
			refusal: { code: 'key_reused' }
		});
		// Another person's key is another key.
		sure(await openCase(scene.installation, scene.actors.seated, caseWords, { key: 'mine' }));
	});

	test('that was refused leaves its key free', async () => {
		const { caseId } = sure(await openCase(scene.installation, scene.actors.holder, caseWords));
		const input = { caseId, membershipId: scene.actors.seated.membershipId, message: 'Bel me op 06-12345678' };
		expect(await inviteToTable(scene.installation, scene.actors.holder, input, { key: 'again' })).toMatchObject({
			refusal: { code: 'needs_acknowledgement' }
		});
		sure(await inviteToTable(scene.installation, scene.actors.holder, { ...input, acknowledged: true }, { key: 'again' }));
	});

	test('does not happen when its log line cannot be written', async () => {
		const before = [await count('case_record'), await count('case_words'), await count('outbox'), await count('command_key')];
		await asOwner('revoke insert on log_line from loopplank_app');
		try {
			await expect(openCase(scene.installation, scene.actors.holder, caseWords, { key: 'unlogged' })).rejects.toThrow(/permission denied/);
		} finally {
			await asOwner('grant insert on log_line to loopplank_app');
		}
		expect([await count('case_record'), await count('case_words'), await count('outbox'), await count('command_key')]).toEqual(before);
		// And nothing is shown when a reading cannot be logged.
		const { caseId } = sure(await openCase(scene.installation, scene.actors.holder, caseWords));
		await asOwner('revoke insert on log_line from loopplank_app');
		try {
			await expect(getCaseTable(scene.installation, scene.actors.holder, caseId)).rejects.toThrow(/permission denied/);
		} finally {
			await asOwner('grant insert on log_line to loopplank_app');
		}
	});

	test('that was refused changes nothing and leaves a line that says why', async () => {
		const { caseId } = sure(await openCase(scene.installation, scene.actors.holder, caseWords));
		const before = await count('seat_invitation');
		await inviteToTable(scene.installation, scene.actors.colleague, {
			caseId,
			membershipId: scene.actors.seated.membershipId,
			message: 'Mag ik erbij?'
		});
		expect(await count('seat_invitation')).toBe(before);
		expect(
			await count("log_line where result = 'refused_reading' and reason = 'not_found' and case_id = $1 and person_id = $2", [
				caseId,
				scene.actors.colleague.personId
			])
		).toBe(1);
	});
});

describe('text', () => {
	const odd = {
		html: '<script>alert(1)</script><img src=x onerror=alert(1)> &amp; "quotes" \'single\'',
		emoji: '👩🏽‍🦽 🏚️ wil 🏡',
		scripts: 'العربية עברית 中文 ελληνικά тест ދިވެހި',
		lines: 'een\r\ntwee\n\n  drie\t',
		sql: "'; drop table case_record; --",
		long: 'a'.repeat(100_000)
	};
	test.each(Object.entries(odd))('%s is stored as it was typed, and reads back so', async (_, text) => {
		const { caseId } = sure(await openCase(scene.installation, scene.actors.holder, { ...caseWords, stuck: text }));
		const table = sure(await getCaseTable(scene.installation, scene.actors.holder, caseId));
		expect(table.words.get(caseId)?.get('stuck')?.text).toBe(text);
	});

	test.each([
		['a null byte', 'a\0b', 'null_byte'],
		['half a character', 'a\ud800b', 'null_byte'],
		['more than 100,000 characters', 'a'.repeat(100_001), 'too_long'],
		['nothing but blanks', ' \n\t ', 'required'],
		['a BSN, in whatever spacing', 'zijn nummer is 111.222.333.', 'bsn']
	])('%s is refused with its field', async (_, text, code) => {
		expect(await openCase(scene.installation, scene.actors.holder, { ...caseWords, stuck: text })).toMatchObject({
			ok: false,
			refusal: { code: 'invalid', fields: [{ path: ['stuck'], code }] }
		});
	});

	test('all mistakes are told at once', async () => {
		const outcome = await openCase(scene.installation, scene.actors.holder, {
			stuck: '',
			firstNeed: 'BSN 111222333',
			residentKnows: 'misschien',
			extra: 1
		});
		expect(outcome).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
		if (!outcome.ok)
			expect(outcome.refusal.fields?.map((field) => `${field.path.join('.')} ${field.code}`).toSorted()).toEqual([
				'extra unknown_field',
				'firstNeed bsn',
				'ownOrganisation required',
				'residentKnows not_a_choice',
				'stuck required'
			]);
	});

	test('nine digits that fail the 11-test pass', async () => {
		sure(await openCase(scene.installation, scene.actors.holder, { ...caseWords, stuck: 'dossier 111222334 loopt vast' }));
	});

	test('stands nowhere in the database in plain, save in the search index', async () => {
		const secret = 'kwartelkoning';
		sure(await openCase(scene.installation, scene.actors.holder, { ...caseWords, stuck: `Het gaat om de ${secret}.` }));
		const owner = await scene.database.connections.owner();
		const { rows } = await owner.query<{ name: string }>(
			"select schemaname || '.' || tablename as name from pg_tables where schemaname in ('public', 'app', 'identity')"
		);
		const found: string[] = [];
		for (const { name } of rows)
			if (((await owner.query(`select from ${name} t where t::text like $1 limit 1`, [`%${secret}%`])).rowCount ?? 0) > 0) found.push(name);
		await owner.end();
		expect(found).toEqual(['public.search_document']);
	});
});

test('an invitation accepted twice at once gives one seat', async () => {
	const { caseId } = sure(await openCase(scene.installation, scene.actors.holder, caseWords));
	const seat = sure(
		await inviteToTable(scene.installation, scene.actors.holder, {
			caseId,
			membershipId: scene.actors.seated.membershipId,
			message: 'Kom erbij'
		})
	);
	const answers = await Promise.all([1, 2, 3].map(() => acceptInvitation(scene.installation, scene.actors.seated, seat)));
	expect(answers.filter((answer) => answer.ok).length).toBe(1);
	expect(await count('case_seat where case_id = $1', [caseId])).toBe(2);
});

test('inviting the same colleague twice at once leaves one invitation', async () => {
	const { caseId } = sure(await openCase(scene.installation, scene.actors.holder, caseWords));
	const input = { caseId, membershipId: scene.actors.colleague.membershipId, message: 'Kom erbij' };
	const answers = await Promise.all([1, 2, 3].map(() => inviteToTable(scene.installation, scene.actors.holder, input)));
	expect(answers.filter((answer) => answer.ok).length).toBe(1);
	expect(answers.filter((answer) => !answer.ok).map((answer) => !answer.ok && answer.refusal.code)).toEqual([
		'already_invited',
		'already_invited'
	]);
});
