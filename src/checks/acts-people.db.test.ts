import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { lookBackOnSign, stateInterest, writeStart } from '#rooms/network/start/commands.server.ts';
import { recordEarlierYears, sayExisting } from '#rooms/network/start/earlier/commands.server.ts';
import { confirmEnd, proposeEnd, withdrawEnd } from '#rooms/people/memberships/commands.server.ts';
import { confirmMembership, proposeMembership, withdrawMembership } from '#rooms/people/joining/commands.server.ts';
import { keepProfile } from '#rooms/people/profiles/commands.server.ts';
import {
	declineTeam,
	giveUpDuty,
	inviteToTeam,
	joinTeam,
	leaveTeam,
	makeTeam,
	takeDuty,
	withdrawTeamInvitation
} from '#rooms/people/teams/commands.server.ts';
import { acceptDuty, askDuty, declineDuty } from '#rooms/people/teams/asked/commands.server.ts';
import { readLogAsChecker } from '#rooms/table/roles/read.server.ts';
import { said, tableUnder } from './acts-document.ts';
import { addPerson } from './more-people.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Whole: every act on teams, profiles and the start of docs/ACTIONS.md, as every role, for real. */

let scene: Scene;
let people: Readonly<Record<string, Actor>>;
beforeAll(async () => {
	scene = await openScene(13);
	const { holder, invited, colleague, administrator, facilitator, checker, oversight, stranger } = scene.actors;
	const { governor, treasurer, secretaryOne } = scene.officers;
	people = {
		...{ administrator, facilitator, invited, member: holder, professional: colleague, governor, treasurer, checker, oversight, stranger },
		secretariat: secretaryOne,
		another: scene.officers.administratorTwo,
		proposer: facilitator
	};
});
afterAll(() => scene.drop());

interface Stage {
	readonly teamId: string;
	readonly invitationId: string;
	readonly dutyId: string;
	/** Duty that the member is asked for. */
	readonly askId: string;
}

async function stage(): Promise<Stage> {
	const { installation, actors } = scene;
	const { teamId } = sure(await makeTeam(installation, actors.administrator, { name: 'Team', area: 'Noord' }));
	const first = sure(await inviteToTeam(installation, actors.administrator, { teamId, membershipId: actors.holder.membershipId }));
	sure(await joinTeam(installation, actors.holder, first));
	const today = dayAt(installation.world.now());
	const { dutyId } = sure(await takeDuty(installation, actors.holder, { teamId, fromDay: today, untilDay: today }));
	const { invitationId } = sure(
		await inviteToTeam(installation, actors.administrator, { teamId, membershipId: actors.invited.membershipId })
	);
	const second = sure(await inviteToTeam(installation, actors.administrator, { teamId, membershipId: actors.seated.membershipId }));
	sure(await joinTeam(installation, actors.seated, second));
	const [fromDay, untilDay] = [addDays(today, 3), addDays(today, 4)];
	const { askId } = sure(
		await askDuty(installation, actors.seated, { teamId, membershipId: actors.holder.membershipId, fromDay, untilDay })
	);
	return { teamId, invitationId, dutyId, askId };
}

const onTeam: Readonly<Record<string, (actor: Actor, at: Stage) => Promise<Outcome<unknown>>>> = {
	'team.make': (actor) => makeTeam(scene.installation, actor, { name: 'Nog een team', area: 'Zuid' }),
	'team.invite': (actor, { teamId }) =>
		inviteToTeam(scene.installation, actor, { teamId, membershipId: scene.actors.colleague.membershipId }),
	'team.join': (actor, { invitationId }) => joinTeam(scene.installation, actor, { invitationId }),
	'team.withdraw': (actor, { invitationId }) => withdrawTeamInvitation(scene.installation, actor, { invitationId }),
	'team.decline': (actor, { invitationId }) => declineTeam(scene.installation, actor, { invitationId }),
	'team.leave': (actor, { teamId }) => leaveTeam(scene.installation, actor, { teamId }),
	'duty.take': (actor, { teamId }) => {
		const day = addDays(dayAt(scene.installation.world.now()), 7);
		return takeDuty(scene.installation, actor, { teamId, fromDay: day, untilDay: day });
	},
	'duty.ask': (actor, { teamId }) => {
		const day = addDays(dayAt(scene.installation.world.now()), 9);
		const { membershipId } = scene.actors.seated;
		return askDuty(scene.installation, actor, { teamId, membershipId, fromDay: day, untilDay: day });
	},
	'duty.accept': (actor, { askId }) => acceptDuty(scene.installation, actor, { askId }),
	'duty.decline': (actor, { askId }) => declineDuty(scene.installation, actor, { askId }),
	'duty.give_up': (actor, { dutyId }) => giveUpDuty(scene.installation, actor, { dutyId })
};

const onOneself: Readonly<Record<string, (actor: Actor) => Promise<Outcome<unknown>>>> = {
	'profile.keep': (actor) => keepProfile(scene.installation, actor, { topics: 'schulden', available: true, willing: true }),
	'start.write': (actor) => writeStart(scene.installation, actor, { part: 'went_before', text: 'Wat eraan voorafging.' }),
	'start.state_interest': async (actor) => {
		const { installation, actors } = scene;
		for (const part of ['went_before', 'who', 'challenge', 'ambition', 'sign_1'])
			sure(await writeStart(installation, actors.holder, { part, text: 'Zin.' }));
		return stateInterest(installation, actor, { gains: 'Rust.', brings: 'Kennis.' });
	},
	'start.existing': (actor) => sayExisting(scene.installation, actor, { since: 2016 }),
	'start.record_years': (actor) =>
		recordEarlierYears(scene.installation, actor, { years: [{ year: 2019, cases: 12, source: 'Jaarverslag 2019' }] }),
	'sign.look_back': async (actor) => {
		const { installation, actors } = scene;
		const parts = ['went_before', 'who', 'challenge', 'ambition', 'sign_1'] as const;
		let startId = '';
		for (const part of parts) ({ startId } = sure(await writeStart(installation, actors.holder, { part, text: 'Zin.' })));
		return lookBackOnSign(installation, actor, { startId, seen: true, onDay: dayAt(installation.world.now()) });
	}
};

const ofRoles: Readonly<Record<string, (actor: Actor) => Promise<Outcome<unknown>>>> = {
	'log.read': (actor) => readLogAsChecker(scene.installation, actor, {})
};

async function tried(heading: string, row: readonly string[], run: (actor: Actor) => Promise<Outcome<unknown>>): Promise<void> {
	const { columns } = tableUnder(heading);
	const answers: Record<string, string> = {};
	const expected: Record<string, string> = {};
	for (const [index, role] of columns.entries()) {
		const actor = people[role];
		if (!actor) throw new Error(`nobody plays ${role}`);
		expected[role] = row[index + 1] ?? '';
		answers[role] = said(await run(actor));
	}
	expect(answers).toEqual(expected);
}

describe('acts on a team', () => {
	for (const row of tableUnder('Acts on a team').rows)
		test(`${row[0] ?? ''}`, async () => {
			const run = onTeam[row[0] ?? ''];
			if (!run) throw new Error(`the matrix test does not know ${row[0] ?? ''}`);
			await tried('Acts on a team', row, async (actor) => {
				const at = await stage();
				scene.installation.world.tick(1000);
				return run(actor, at);
			});
		});
});

describe('acts on oneself and on the start', () => {
	for (const row of tableUnder('Acts on oneself and on the start').rows)
		test(`${row[0] ?? ''}`, async () => {
			const run = onOneself[row[0] ?? ''];
			if (!run) throw new Error(`the matrix test does not know ${row[0] ?? ''}`);
			await tried('Acts on oneself and on the start', row, (actor) => {
				scene.installation.world.tick(1000);
				return run(actor);
			});
		});
});

describe('readings of the roles', () => {
	for (const row of tableUnder('Readings of the roles').rows)
		test(`${row[0] ?? ''}`, async () => {
			const run = ofRoles[row[0] ?? ''];
			if (!run) throw new Error(`the matrix test does not know ${row[0] ?? ''}`);
			await tried('Readings of the roles', row, run);
		});
});

describe('acts on a membership', () => {
	/** Someone new in the administrator's organisation; with a proposal by the facilitator where the act is on one. */
	const doing: Readonly<Record<string, (actor: Actor) => Promise<Outcome<unknown>>>> = {
		'membership.propose_end': async (actor) =>
			proposeEnd(scene.installation, actor, { membershipId: (await addPerson(scene, ['professional'])).membershipId }),
		'membership.confirm_end': async (actor) => confirmEnd(scene.installation, actor, await proposed()),
		'membership.withdraw_end': async (actor) => withdrawEnd(scene.installation, actor, await proposed()),
		'membership.propose': (actor) => proposeMembership(scene.installation, actor, joins()),
		'membership.confirm': async (actor) => confirmMembership(scene.installation, actor, await joining()),
		'membership.withdraw': async (actor) => withdrawMembership(scene.installation, actor, await joining())
	};
	/** Someone who may join the administrator's organisation. */
	const joins = () => ({
		...{ name: 'Nieuwe Collega', email: `${scene.installation.world.id()}@haven.example`, functionTitle: 'wijkwerker' },
		...{ roles: ['professional'], organisationId: scene.actors.administrator.organisationId }
	});
	const joining = async () => sure(await proposeMembership(scene.installation, scene.actors.facilitator, joins()));
	const proposed = async (): Promise<{ endId: string }> => {
		const { membershipId } = await addPerson(scene, ['professional']);
		return sure(await proposeEnd(scene.installation, scene.actors.facilitator, { membershipId }));
	};
	const rows = ['Acts on a membership', 'Acts on joining'].flatMap((heading) => tableUnder(heading).rows.map((row) => ({ heading, row })));
	for (const { heading, row } of rows)
		test(`${row[0] ?? ''}`, async () => {
			const run = doing[row[0] ?? ''];
			if (!run) throw new Error(`the matrix test does not know ${row[0] ?? ''}`);
			await tried(heading, row, run);
		});
});
