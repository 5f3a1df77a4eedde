import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Actor, Role } from '#foundation/actor.ts';
import { openDoor } from '#foundation/database/door.server.ts';
import { testDatabase } from '#foundation/database/testing.server.ts';
import type { TestDatabase } from '#foundation/database/testing.server.ts';
import { openIdentity } from '#foundation/identity/identity.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { endLinks, ensureLink } from '#foundation/links/private-links.server.ts';
import { openLive } from '#foundation/live/live.server.ts';
import { openFolderKeyring } from '#foundation/keyring/keyring.server.ts';
import { parseInput } from '#foundation/text/free-text.schema.ts';
import { fakeWorld } from '#foundation/world.ts';
import type { FakeWorld } from '#foundation/world.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { networkFileSchema } from '#rooms/network/schema.ts';
import { readFirstPriceList, setUpNetwork } from '#rooms/network/set-up.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { readPriceListCsv } from '#rooms/returns/price-list.server.ts';
import { caseWords } from './case-words.ts';
import { fillKnowledge } from './fill-knowledge.server.ts';
import { fillPrivacy } from './fill-privacy.server.ts';
import { fillRequests } from './fill-requests.server.ts';
import { sure } from './sure.ts';

export { caseWords, sure };
import { fillEscalation } from './fill-escalation.server.ts';
import { fillAttention } from './fill-attention.server.ts';
import { fillCauses } from './fill-causes.server.ts';
import { fillPeople } from './fill-people.server.ts';
import { fillAgreements } from './fill-agreements.server.ts';
import { fillPot } from './fill-pot.server.ts';
import { fillReturns } from './fill-returns.server.ts';
import { fillStories } from './fill-stories.server.ts';
import { fillChain } from './fill-chain.server.ts';
import { fillMeetings } from './fill-meetings.server.ts';
import { fillPublic } from './fill-public.server.ts';
import { fillTrust } from './fill-trust.server.ts';
import { fillLeaving } from './fill-leaving.server.ts';
import { fillLessons } from './fill-lessons.server.ts';

/** The people of a test: one for each role of docs/ACTIONS.md. The stranger works in another network. */
export const sceneRoles = [
	'holder',
	'seated',
	'invited',
	'colleague',
	'facilitator',
	'checker',
	'oversight',
	'administrator',
	'stranger'
] as const;
export type SceneRole = (typeof sceneRoles)[number];

/** People of a test beyond the columns of the first tables: who have an office. Two of a kind work for different organisations. */
const offices = {
	treasurer: ['kade', 'treasurer'],
	secretaryOne: ['kade', 'secretariat'],
	secretaryTwo: ['wijkteam', 'secretariat'],
	secretaryThree: ['gemeente', 'secretariat'],
	governor: ['gemeente', 'governor'],
	treasurerTwo: ['schuldhulp', 'treasurer'],
	administratorTwo: ['kade', 'administrator']
} as const satisfies Record<string, readonly [string, Role]>;
export type Officer = keyof typeof offices;
const officers = Object.keys(offices) as Officer[];

const membershipRole: Partial<Record<SceneRole, Role>> = {
	facilitator: 'facilitator',
	checker: 'checker',
	oversight: 'oversight',
	administrator: 'administrator'
};

/** An installation on a database of its own, with two networks and someone for every role. */
export interface Scene {
	readonly installation: Installation & { readonly world: FakeWorld };
	readonly database: TestDatabase;
	readonly actors: Readonly<Record<SceneRole, Actor>>;
	/** Who have an office in the first network; none of them is a professional. */
	readonly officers: Readonly<Record<Officer, Actor>>;
	/** Account by role. */
	readonly accounts: Readonly<Record<SceneRole | Officer, string>>;
	drop(): Promise<void>;
}

interface ScenePerson {
	readonly name: SceneRole | Officer;
	readonly organisation: string;
	readonly role: Role;
}

/** The people of the first network, or of the second. */
const peopleOf = (slug: string): ScenePerson[] =>
	slug === 'elders'
		? [{ name: 'stranger', organisation: 'kade', role: 'professional' }]
		: [
				...sceneRoles
					.filter((name) => name !== 'stranger')
					.map((name) => ({ name, organisation: name === 'holder' ? 'kade' : 'wijkteam', role: membershipRole[name] ?? 'professional' })),
				...officers.map((name) => ({ name, organisation: offices[name][0], role: offices[name][1] }))
			];

const file = (slug: string) => ({
	slug,
	name: `Netwerk ${slug}`,
	invented: true,
	organisations: [
		{ code: 'kade', name: 'De Kade', kind: 'housing_association' },
		{ code: 'wijkteam', name: 'Wijkteam Noord', kind: 'welfare' },
		{ code: 'gemeente', name: 'Gemeente Haven', kind: 'municipality' },
		{ code: 'schuldhulp', name: 'Schuldhulp Haven', kind: 'debt_help' }
	],
	people: peopleOf(slug).map(({ name, organisation, role }) => ({
		name: `Iemand ${name}`,
		email: `${name}@${slug}.example`,
		memberships: [{ organisation, function: name, roles: [role] }]
	}))
});

/** A test acts faster than people do. */
const noPace = { act: Number.POSITIVE_INFINITY, search: Number.POSITIVE_INFINITY };

/** Opens a scene; drop it in `afterAll`. */
export async function openScene(seed = 1): Promise<Scene> {
	const database = await testDatabase();
	const folder = mkdtempSync(path.join(tmpdir(), 'loopplank-scene-'));
	const world = fakeWorld({ seed });
	const keyring = await openFolderKeyring(path.join(folder, 'keyring'), (size) => world.random(size));
	const origin = 'http://localhost:4173';
	const identity = openIdentity({ pool: database.connections.identity, keyring, world, origin, demo: false, pace: noPace });
	const live = openLive(() => database.connections.single('app'));
	const installation = {
		door: openDoor(database.connections),
		identity,
		keyring,
		live,
		world,
		settings: { origin, demo: false, dataFolder: folder }
	};
	const prices = readPriceListCsv(await readFirstPriceList());
	const owner = await database.connections.owner();
	const actors: Partial<Record<SceneRole | Officer, Actor>> = {};
	const accounts: Partial<Record<SceneRole | Officer, string>> = {};
	try {
		for (const slug of ['haven', 'elders']) {
			const parsed = sure(parseInput(networkFileSchema, file(slug)));
			const network = await setUpNetwork(owner, identity, world, parsed, prices);
			for (const { name, organisation, role } of peopleOf(slug)) {
				const person = network.people.get(`${name}@${slug}.example`);
				const membershipId = person?.membershipIds[0];
				const organisationId = network.organisations.get(organisation);
				if (!person || !membershipId || !organisationId) throw new Error('The network was set up whole.');
				accounts[name] = person.accountId;
				actors[name] = {
					networkId: network.networkId,
					personId: person.personId,
					membershipId,
					organisationId,
					roles: [role],
					origin: 'page'
				};
			}
		}
	} finally {
		await owner.end();
	}
	return {
		installation,
		database,
		actors: actors as Scene['actors'],
		officers: Object.fromEntries(officers.map((name) => [name, actors[name]])) as unknown as Scene['officers'],
		accounts: accounts as Scene['accounts'],
		async drop() {
			await live.close();
			await database.drop();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

/** A case with everything in it, so that no table is empty. Each room fills its own tables from `fill-<room>.server.ts`. */
export async function makeFullCase(scene: Scene): Promise<void> {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords, { key: 'one' }));
	sure(
		await acceptInvitation(
			installation,
			actors.seated,
			sure(await inviteToTable(installation, actors.holder, { caseId, membershipId: actors.seated.membershipId, message: 'Doe mee' }))
		)
	);
	const { agreementId } = sure(
		await makeAgreement(installation, actors.seated, {
			caseId,
			what: 'Bel de deurwaarder',
			dueOn: '2026-12-01',
			receiverId: actors.holder.personId
		})
	);
	sure(await reportAgreement(installation, actors.seated, { agreementId, outcome: 'kept' }));
	sure(await answerReport(installation, actors.holder, { agreementId, answer: 'confirmed' }));
	sure(
		await recordValueMap(installation, actors.holder, {
			...{ caseId, potCents: 100, horizonYears: 1, looming: [{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1 }] }
		})
	);
	await fillKnowledge(scene, caseId);
	await fillLinks(scene, caseId);
	await fillPrivacy(scene, caseId);
	await fillCauses(scene);
	await fillPeople(scene);
	await fillAgreements(scene, caseId);
	await fillRequests(scene);
	await fillPot(scene);
	await fillReturns(scene);
	await fillMeetings(scene, caseId);
	await fillChain(scene);
	await fillPublic(scene);
	await fillTrust(scene);
	await fillLessons(scene, caseId);
	await fillLeaving(scene);
	await fillAttention(scene);
	await fillEscalation(scene, caseId);
	sure(
		await closeCase(installation, actors.holder, {
			caseId,
			outcome: 'helped',
			cause: 'none',
			responsible: '',
			notFollowedBecause: 'Verhuisd.'
		})
	);
	await fillStories(scene, caseId);
}

/** A private link that was used, and one that stands. */
async function fillLinks({ installation, actors }: Scene, subjectId: string): Promise<void> {
	const { networkId, personId, membershipId } = actors.seated;
	const now = installation.world.now();
	const expiresAt = new Date(now.getTime() + 86_400_000);
	await installation.door.job(networkId, now, (tx) =>
		ensureLink(installation, tx, now, { networkId, purpose: 'question', subjectId, personId, membershipId, expiresAt })
	);
	await installation.door.actor(actors.seated, now, (tx) => endLinks({ tx, actor: actors.seated, now }, 'question', subjectId));
}
