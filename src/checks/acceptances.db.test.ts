import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAcceptances } from '#rooms/agreements/acceptances/read.server.ts';
import { acceptChange, changeAgreement } from '#rooms/agreements/changes/commands.server.ts';
import { makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { disputeRoom, nudge } from '#rooms/agreements/turns/commands.server.ts';
import { remindOfAgreements } from '#rooms/agreements/turns/jobs.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { listMyWaiting } from '#rooms/table/waiting/read.server.ts';
import { getCaseCopy } from '#rooms/table/copy/read.server.ts';
import { said } from './acts-document.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Acceptances proved again, versions, reminders, and the case as text. */

let scene: Scene;
let owner: pg.Client;
let caseId: string;
let agreementId: string;
let versionId: string;
beforeAll(async () => {
	scene = await openScene(22);
	owner = await scene.database.connections.owner();
});
afterAll(async () => {
	await owner.end();
	await scene.drop();
});

beforeEach(async () => {
	const { installation, actors } = scene;
	({ caseId } = sure(await openCase(installation, actors.holder, caseWords)));
	for (const role of ['seated', 'invited'] as const) {
		const { membershipId } = actors[role];
		const invited = sure(await inviteToTable(installation, actors.holder, { caseId, membershipId, message: 'Doe je mee?' }));
		sure(await acceptInvitation(installation, actors[role], invited));
	}
	({ agreementId } = sure(
		await makeAgreement(installation, actors.seated, {
			...{ caseId, kind: 'on_behalf', insideRoom: true, what: 'Wij stellen de ontruiming uit', proof: 'Een brief' },
			...{ dueOn: '2026-11-26', receiverId: actors.holder.personId }
		})
	));
	installation.world.tick(1000);
	({ versionId } = sure(
		await changeAgreement(installation, actors.holder, { agreementId, what: 'Wij stellen het twee weken uit', dueOn: '2026-11-27' })
	));
});

const accept = () => acceptChange(scene.installation, scene.actors.seated, { agreementId, versionId });
const table = async () => sure(await getCaseTable(scene.installation, scene.actors.holder, caseId));
const only = async () => {
	const found = (await table()).agreements.find((agreement) => agreement.agreementId === agreementId);
	if (!found) throw new Error('The agreement is at the table.');
	return found;
};

describe('a changed agreement', () => {
	test('stands as it was until the other accepts, then counts anew with its own words', async () => {
		expect(await only()).toMatchObject({ versionId: agreementId, dueOn: '2026-11-26', pending: { versionId } });
		const waiting = await scene.installation.door.actor(scene.actors.seated, scene.installation.world.now(), (tx) =>
			listMyWaiting(tx, scene.installation.keyring, scene.actors.seated, scene.installation.world.now())
		);
		expect(waiting.filter((entry) => entry.caseId === caseId)).toMatchObject([{ kind: 'change', what: 'Wij stellen de ontruiming uit' }]);
		sure(await accept());
		expect(await only()).toMatchObject({ versionId, dueOn: '2026-11-27', pending: null, versions: [{ number: 1 }, { number: 2 }] });
		const text = sure(await getCaseCopy(scene.installation, scene.actors.holder, caseId, 'nl')).text;
		expect(text).toContain('Wij stellen het twee weken uit');
		expect(text).not.toContain('Wij stellen de ontruiming uit');
	});

	test('accepted twice at once is accepted once; a newer change is not accepted unseen', async () => {
		expect((await Promise.all([accept(), accept()])).map(said).toSorted()).toEqual(['no_change_waits', 'yes']);
		const change = { agreementId, what: 'Wij stellen het drie weken uit', dueOn: '2026-11-28' };
		const second = sure(await changeAgreement(scene.installation, scene.actors.holder, change));
		sure(await changeAgreement(scene.installation, scene.actors.holder, { ...change, dueOn: '2026-11-29' }));
		expect(said(await acceptChange(scene.installation, scene.actors.seated, { agreementId, ...second }))).toBe('no_change_waits');
		expect(await only()).toMatchObject({ dueOn: '2026-11-27', pending: { dueOn: '2026-11-29' } });
	});
});

describe('loopplank verify', () => {
	const findings = async () => {
		const report = await verifyAcceptances(owner, scene.installation.keyring);
		return report.findings.map((finding) => finding.kind);
	};
	/** Alters something as the owner of the database could, looks, and puts it back. */
	const altered = async (sql: string, back: string): Promise<string[]> => {
		await owner.query(sql);
		const found = await findings();
		await owner.query(back);
		expect(await findings()).toEqual([]);
		return found;
	};

	test('proves every acceptance, each named by a line of the log', async () => {
		sure(await accept());
		const report = await verifyAcceptances(owner, scene.installation.keyring);
		expect(report.findings).toEqual([]);
		const { rows } = await owner.query<{ n: number }>('select count(*)::int as n from agreement_acceptance');
		expect(report.networks).toMatchObject([{ acceptances: rows[0]?.n }]);
	});

	test('finds another day, another amount, another person', async () => {
		const version = `update agreement_version set %s where version_id = '${versionId}'`;
		for (const [there, back] of [
			["due_on = '2026-12-24'", "due_on = '2026-11-27'"],
			['amount_cents = 100', 'amount_cents = null']
		] as const)
			expect(await altered(version.replace('%s', there), version.replace('%s', back))).toEqual(['acceptance_altered']);
		const { holder, seated } = scene.actors;
		const of = (person: string, membership: string) =>
			`update agreement_acceptance set person_id = '${person}', membership_id = '${membership}' where version_id = '${versionId}'`;
		expect(await altered(of(seated.personId, seated.membershipId), of(holder.personId, holder.membershipId))).toEqual([
			'acceptance_altered'
		]);
	});

	test('finds words that were put in the place of others', async () => {
		const { keyring } = scene.installation;
		const { networkId } = scene.actors.holder;
		const { rows } = await owner.query<{ words_id: string; ciphertext: Buffer }>(
			"select words_id, ciphertext from case_words where about_id = $1 and part = 'agreement'",
			[versionId]
		);
		const [row] = rows;
		if (!row) throw new Error('A version has words.');
		const sealed = await keyring.sealWords(
			{ networkId, caseId },
			{ aboutId: versionId, part: 'agreement', wordsId: row.words_id },
			'Wij doen niets'
		);
		await owner.query('update case_words set ciphertext = $1 where words_id = $2', [Buffer.from(sealed), row.words_id]);
		expect(await findings()).toEqual(['acceptance_words']);
		await owner.query('update case_words set ciphertext = $1 where words_id = $2', [row.ciphertext, row.words_id]);
		expect(await findings()).toEqual([]);
	});

	test('finds an acceptance that was taken away, and keeps proving facts when the key of a case is gone', async () => {
		await owner.query('create temporary table kept as select * from agreement_acceptance where version_id = $1', [versionId]);
		expect(
			await altered(
				`delete from agreement_acceptance where version_id = '${versionId}'`,
				'insert into agreement_acceptance select * from kept'
			)
		).toEqual(['acceptance_missing']);
		await owner.query('drop table kept');
		await scene.installation.keyring.destroyKey(scene.actors.holder.networkId, caseId);
		expect(await findings()).toEqual([]);
	});
});

describe('reminders and nudges', () => {
	const reminders = async (): Promise<string[]> => {
		const { rows } = await owner.query<{ kind: string; person_id: string }>(
			'select kind, person_id from agreement_reminder where agreement_id = $1 order by at',
			[agreementId]
		);
		return rows.map((row) => `${row.kind} ${row.person_id === scene.actors.seated.personId ? 'promiser' : 'receiver'}`);
	};
	const remind = (moment: string) => remindOfAgreements(scene.installation, scene.actors.holder.networkId, new Date(moment));

	test('go only to who has not acted, once a round and reason', async () => {
		sure(await accept());
		await remind('2026-11-25T08:00:00Z');
		expect(await reminders()).toEqual([]);
		for (let times = 0; times < 3; times++) await remind('2026-11-26T08:00:00Z');
		expect(await reminders()).toEqual(['due_tomorrow promiser']);
		await Promise.all([remind('2026-11-28T08:00:00Z'), remind('2026-11-28T08:00:00Z')]);
		expect(await reminders()).toEqual(['due_tomorrow promiser', 'overdue promiser']);
		sure(await reportAgreement(scene.installation, scene.actors.seated, { agreementId, outcome: 'kept' }));
		await remind('2026-11-25T08:00:00Z');
		await remind('2026-11-28T09:00:00Z');
		expect((await reminders()).filter((entry) => entry.endsWith('receiver'))).toEqual(['waits receiver']);
	});

	test('two nudges at once are one', async () => {
		const send = () => nudge(scene.installation, scene.actors.holder, { agreementId });
		expect((await Promise.all([send(), send()])).map(said).toSorted()).toEqual(['already_nudged', 'yes']);
	});

	test('a dispute of the room is said once, and what binds then is told', async () => {
		const send = () => disputeRoom(scene.installation, scene.actors.invited, { agreementId, words: 'Dit is geen taak van ons.' });
		expect((await Promise.all([send(), send()])).map(said).toSorted()).toEqual(['already_disputed', 'yes']);
		expect((await only()).dispute).toMatchObject({ personId: scene.actors.invited.personId });
	});
});
