import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureLink, linkPath } from '#foundation/links/private-links.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import {
	answerObjection,
	makeResidentLink,
	objectAsResident,
	revokeResidentLink,
	setNamesToResidents
} from '#rooms/privacy/resident/commands.server.ts';
import { listMyObjections, readResidentPlan } from '#rooms/privacy/resident/read.server.ts';
import { listVisits } from '#rooms/privacy/resident/rules.ts';
import { getCaseLog, getCaseTable } from '#rooms/table/read.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { stageResident } from './fill-privacy.server.ts';
import type { ResidentStage } from './fill-privacy.server.ts';
import { caseWords, openScene, sceneRoles, sure } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';

/** Whole: every act on and by the resident's link x role x state of docs/ACTIONS.md, and what the link shows and does not. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(20);
});
afterAll(() => scene.drop());

const stage = (): Promise<ResidentStage> => stageResident(scene);
const objection = () => ({ key: scene.installation.world.id(), words: 'Dit klopt niet.' });
const look = (token: string) => readResidentPlan(scene.installation, 'haven', token);
const asOwner = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query<T>(sql, values)).rows;
	} finally {
		await owner.end();
	}
};

describe("acts on the resident's page", () => {
	const table = tableUnder("Acts on the resident's page");
	const doing: Record<string, (role: SceneRole, at: ResidentStage) => Promise<Outcome<unknown>>> = {
		'resident_link.make': (role, { caseId }) => makeResidentLink(scene.installation, scene.actors[role], { caseId }),
		'resident_link.revoke': (role, { caseId }) => revokeResidentLink(scene.installation, scene.actors[role], { caseId }),
		'objection.answer': (role, { objectionId }) =>
			answerObjection(scene.installation, scene.actors[role], { objectionId, words: 'Wij passen het aan.' })
	};
	test('the table has every role', () => expect(table.columns).toEqual([...sceneRoles]));
	for (const [act = '', ...cells] of table.rows)
		for (const state of ['open', 'closed'] as const)
			test(`${act} in a case that is ${state}`, async () => {
				const at = await stage();
				if (state === 'closed')
					sure(
						await closeCase(scene.installation, scene.actors.holder, {
							caseId: at.caseId,
							outcome: 'helped',
							cause: 'none',
							responsible: ''
						})
					);
				const answers: Record<string, string> = {};
				// The holder last: what was done changes the case.
				for (const role of sceneRoles.toReversed()) answers[role] = said((await doing[act]?.(role, at)) ?? { ok: true, value: null });
				expect(answers).toEqual(Object.fromEntries(sceneRoles.map((role, index) => [role, cells[index]])));
			});

	test('revoking nothing, and answering twice', async () => {
		const at = await stage();
		const { installation, actors } = scene;
		sure(await revokeResidentLink(installation, actors.holder, { caseId: at.caseId }));
		expect(said(await revokeResidentLink(installation, actors.holder, { caseId: at.caseId }))).toBe('wrong_state');
		const answer = { objectionId: at.objectionId, words: 'Goed.' };
		const twice = await Promise.all([1, 2, 3].map(() => answerObjection(installation, actors.holder, answer)));
		expect(twice.map(said).toSorted()).toEqual(['already_answered', 'already_answered', 'yes']);
	});

	test('made eight times at once, one link stands', async () => {
		const { caseId } = await stage();
		await Promise.all(Array.from({ length: 8 }, () => makeResidentLink(scene.installation, scene.actors.holder, { caseId })));
		const [row] = await asOwner<{ standing: number }>(
			`select count(*)::int as standing from private_link l where subject_id = $1 and purpose = 'resident'
				and not exists (select from private_link_end e where e.link_id = l.link_id)`,
			[caseId]
		);
		expect(row?.standing).toBe(1);
	});
});

describe("acts by the resident's link", () => {
	const table = tableUnder("Acts by the resident's link");
	const tokens: Record<string, () => Promise<string>> = {
		stands: async () => (await stage()).token,
		revoked: async () => {
			const { caseId, token } = await stage();
			sure(await makeResidentLink(scene.installation, scene.actors.holder, { caseId }));
			return token;
		},
		expired: async () => {
			const { token } = await stage();
			scene.installation.world.tick(91 * 86_400_000);
			return token;
		},
		forged: () => Promise.resolve('A'.repeat(43)),
		colleague: async () => {
			const { caseId } = await stage();
			const { networkId, personId, membershipId } = scene.actors.seated;
			const now = scene.installation.world.now();
			const linkId = await scene.installation.door.job(networkId, now, (tx) =>
				ensureLink(scene.installation, tx, now, {
					...{ networkId, purpose: 'question', subjectId: caseId, personId, membershipId },
					expiresAt: new Date(now.getTime() + 86_400_000)
				})
			);
			return (await linkPath(scene.installation, 'haven', { linkId, purpose: 'question' })).split('/').at(-1) ?? '';
		}
	};
	const doing: Record<string, (token: string) => Promise<Outcome<unknown>>> = {
		'resident.read': look,
		'resident.object': (token) => objectAsResident(scene.installation, 'haven', token, objection())
	};
	for (const [act = '', ...cells] of table.rows)
		test(act, async () => {
			const answers: Record<string, string> = {};
			for (const state of table.columns)
				answers[state] = said((await doing[act]?.((await tokens[state]?.()) ?? '')) ?? { ok: true, value: null });
			expect(answers).toEqual(Object.fromEntries(table.columns.map((state, index) => [state, cells[index]])));
		});

	test('in another network, or without a network, it opens nothing', async () => {
		const { token } = await stage();
		for (const slug of ['elders', 'nergens', '../haven', ''])
			expect(said(await readResidentPlan(scene.installation, slug, token))).toBe('link_invalid');
	});

	test('an objection sent twice is one, the sixth in a day is too many, a BSN is refused and a number is asked about', async () => {
		const { token, caseId } = await stage();
		const once = objection();
		await Promise.all([1, 2, 3].map(() => objectAsResident(scene.installation, 'haven', token, once)));
		expect(await asOwner('select from resident_objection where case_id = $1', [caseId])).toHaveLength(2);
		for (let n = 0; n < 3; n++) sure(await objectAsResident(scene.installation, 'haven', token, objection()));
		expect(said(await objectAsResident(scene.installation, 'haven', token, objection()))).toBe('too_many_tries');
		scene.installation.world.tick(86_400_001);
		sure(await objectAsResident(scene.installation, 'haven', token, objection()));
		const write = (words: string, more = {}) =>
			objectAsResident(scene.installation, 'haven', token, { key: scene.installation.world.id(), words, ...more });
		expect(await write('Mijn BSN is 111222333')).toMatchObject({
			refusal: { code: 'invalid', fields: [{ path: ['words'], code: 'bsn' }] }
		});
		expect(said(await write('Bel mij op 06-12345678'))).toBe('needs_acknowledgement');
		sure(await write('Bel mij op 06-12345678', { acknowledged: true }));
	});
});

describe('acts on an organisation', () => {
	const table = tableUnder('Acts on an organisation');
	const who: Record<string, SceneRole> = { professional: 'colleague' };
	for (const [act = '', ...cells] of table.rows)
		test(act, async () => {
			const answers: Record<string, string> = {};
			for (const name of table.columns)
				answers[name] = said(await setNamesToResidents(scene.installation, scene.actors[who[name] ?? (name as SceneRole)], { show: 'no' }));
			expect(answers).toEqual(Object.fromEntries(table.columns.map((name, index) => [name, cells[index]])));
		});
});

describe('what the resident sees', () => {
	test('is the plan, the answers, and who looked: organisation and function, names only where chosen', async () => {
		const { installation, actors } = scene;
		const { caseId, token, objectionId } = await stage();
		sure(
			await makeAgreement(installation, actors.seated, {
				...{ caseId, what: 'Ik bel de deurwaarder.', dueOn: '2027-12-01', receiverId: actors.holder.personId, proof: 'Een geheime brief.' }
			})
		);
		sure(await getCaseTable(installation, actors.seated, caseId));
		sure(await getCaseTable(installation, actors.seated, caseId));
		sure(await answerObjection(installation, actors.holder, { objectionId, words: 'Wij passen het aan.' }));
		const plan = sure(await look(token));
		expect(plan).toMatchObject({
			...{ goal: caseWords.goal, firstNeed: caseWords.firstNeed, closed: false },
			agreements: [
				{ what: 'Ik bel de deurwaarder.', organisationName: 'Wijkteam Noord', functionTitle: 'seated', personName: null, state: 'promised' }
			],
			objections: [{ words: 'Dit klopt niet.', answer: 'Wij passen het aan.' }]
		});
		const told = JSON.stringify(plan);
		for (const hidden of [caseWords.stuck, caseWords.ownOrganisation, 'Een geheime brief', 'Doe je mee?', 'Iemand seated', caseId])
			expect(told).not.toContain(hidden);
		const [today] = listVisits(plan.looks);
		expect(today?.visits.filter((visit) => visit.who === 'seated')).toEqual([
			{ organisationName: 'Wijkteam Noord', who: 'seated', worked: true }
		]);

		sure(await setNamesToResidents(installation, actors.administrator, { show: 'yes' }));
		const named = sure(await look(token));
		expect(named.agreements[0]?.personName).toBe('Iemand seated');
		expect(JSON.stringify(named.looks)).toContain('Iemand seated');
		// The other organisation did not choose so.
		expect(JSON.stringify(named)).not.toContain('Iemand holder');
		sure(await setNamesToResidents(installation, actors.administrator, { show: 'no' }));
	});

	test('leaves lines that name nobody, and the table sees that the resident looked', async () => {
		const { caseId, token } = await stage();
		sure(await look(token));
		expect(
			await asOwner('select act, result, person_id, membership_id from log_line where case_id = $1 and origin = $2 order by at, act', [
				caseId,
				'resident'
			])
		).toEqual([
			{ act: 'resident.object', result: 'done', person_id: null, membership_id: null },
			{ act: 'resident.read', result: 'seen', person_id: null, membership_id: null }
		]);
		const log = sure(await getCaseLog(scene.installation, scene.actors.seated, caseId));
		expect(log.lines.filter((line) => line.origin === 'resident').map((line) => line.act)).toContain('resident.read');
	});

	test('is nothing when the line cannot be written', async () => {
		const { token } = await stage();
		await asOwner('revoke insert on log_line from loopplank_app');
		try {
			await expect(look(token)).rejects.toThrow(/permission denied/);
		} finally {
			await asOwner('grant insert on log_line to loopplank_app');
		}
	});

	test('an objection tells holder and facilitator, stands at the holder, and reads back at the table', async () => {
		const { caseId, objectionId } = await stage();
		const told = await asOwner<{ kind: string; payload: Record<string, string> }>(
			"select kind, payload from outbox where kind like 'mail.resident%' order by outbox_id desc limit 2"
		);
		expect(told.map((row) => [row.kind, row.payload]).toSorted()).toEqual([
			['mail.resident_objected', { caseId, personId: scene.actors.holder.personId }],
			['mail.resident_objected_somewhere', { personId: scene.actors.facilitator.personId }]
		]);
		const mine = (role: SceneRole) =>
			scene.installation.door.actor(scene.actors[role], scene.installation.world.now(), (tx) => listMyObjections(tx, scene.actors[role]));
		expect((await mine('holder')).map((entry) => entry.objectionId)).toContain(objectionId);
		expect(await mine('seated')).toEqual([]);
		expect(await mine('facilitator')).toEqual([]);
		const table = sure(await getCaseTable(scene.installation, scene.actors.seated, caseId));
		expect(table.words.get(objectionId)?.get('objection')?.text).toBe('Dit klopt niet.');
	});
});
