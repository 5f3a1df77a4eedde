import { openDoor } from '../database/door.server.ts';
import type { Door } from '../database/door.server.ts';
import { testDatabase } from '../database/testing.server.ts';
import type { TestDatabase } from '../database/testing.server.ts';
import type { Outcome, RefusalCode } from '../outcome.ts';
import { personSortName } from '../text/name-sort.ts';
import { fakeWorld } from '../world.ts';
import type { FakeWorld } from '../world.ts';
import { keyedHash } from './secret.server.ts';
import { openIdentity } from './identity.server.ts';
import type { Browser, Identity, SignedIn, Who } from './identity.server.ts';

/** Signing in on a database of its own, with a real network and one that is invented. */
export interface IdentityScene {
	readonly database: TestDatabase;
	readonly world: FakeWorld;
	readonly identity: Identity;
	/** The same as a demo. */
	readonly demo: Identity;
	readonly door: Door;
	readonly networks: Readonly<
		Record<'real' | 'invented', { readonly networkId: string; readonly organisations: readonly [string, string] }>
	>;
	/** An account with so many memberships in a network, each at another organisation (at most two). */
	addPerson(name: string, memberships: 0 | 1 | 2, network?: 'real' | 'invented'): Promise<TestPerson>;
	/** Asks for a link and reads it as the letter would have it. */
	linkFor(person: TestPerson): Promise<string>;
	/** Signs in by link. */
	signIn(person: TestPerson, browser?: Partial<Browser>): Promise<SignedIn>;
	who(signedIn: Pick<SignedIn, 'cookie'>): Promise<Who>;
	/** As the owner of the database. */
	owner<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface TestPerson {
	readonly accountId: string;
	readonly personId: string;
	readonly email: string;
	readonly membershipIds: readonly string[];
}

export const testOrigin = 'https://pot.example';

/** A browser that was never seen. */
export const aBrowser: Browser = { source: '192.0.2.1', device: 'Firefox, Linux', cookie: undefined };

/** The value of an outcome that the test needs done. */
export function sure<T>(outcome: Outcome<T>): T {
	if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
	return outcome.value;
}

export const refusalOf = (outcome: Outcome<unknown>): RefusalCode | undefined => (outcome.ok ? undefined : outcome.refusal.code);

/** Opens a scene; drop its database in `afterAll`. */
export async function openIdentityScene(seed = 1): Promise<IdentityScene> {
	const database = await testDatabase();
	const world = fakeWorld({ seed });
	const master = world.random(32);
	const keyring = { secret: (purpose: string) => Promise.resolve(new Uint8Array(keyedHash(master, purpose))) };
	const parts = { pool: database.connections.identity, keyring, world, origin: testOrigin };
	const identity = openIdentity({ ...parts, demo: false });

	const owner = async <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> => {
		const client = await database.connections.owner();
		try {
			return (await client.query<Row>(sql, [...values])).rows;
		} finally {
			await client.end();
		}
	};
	const addNetwork = async (slug: string, invented: boolean) => {
		const networkId = world.id();
		const organisations = [world.id(), world.id()] as const;
		await owner(`insert into network (network_id, name, pot_name, invented, made_at) values ($1, $2, 'de pot', $3, $4)`, [
			...[networkId, `Netwerk ${slug}`, invented, world.now()]
		]);
		await owner('insert into app.network_directory (slug, network_id) values ($1, $2)', [slug, networkId]);
		for (const [index, organisationId] of organisations.entries())
			await owner(
				`insert into organisation (network_id, organisation_id, name, name_sort, kind, joined_at) values ($1, $2, $3, $3, 'welfare', $4)`,
				[networkId, organisationId, `organisatie ${index}`, world.now()]
			);
		return { networkId, organisations };
	};
	const networks = { real: await addNetwork('echt', false), invented: await addNetwork('bedacht', true) };

	const linkFor = async (person: TestPerson): Promise<string> => {
		await identity.requestLink({ email: person.email }, { source: `198.51.100.${person.accountId}` });
		const [link] = await owner<{ link_id: string }>(
			'select link_id from identity.one_time_link where account_id = $1 order by link_id desc limit 1',
			[person.accountId]
		);
		const letter = link && (await identity.findLinkLetter(link.link_id));
		if (!letter) throw new Error('No letter.');
		return letter.url.slice(letter.url.lastIndexOf('/') + 1);
	};
	return {
		...{ database, world, identity, networks, owner, linkFor },
		demo: openIdentity({ ...parts, demo: true }),
		door: openDoor(database.connections),
		async addPerson(name, memberships, network = 'real') {
			const email = `${name.toLowerCase()}@${network}.example`;
			const accountId = await identity.ensureAccount({ email, locale: 'nl' });
			const { networkId, organisations } = networks[network];
			const personId = world.id();
			await owner(
				'insert into person (network_id, person_id, account_id, display_name, name_sort, made_at) values ($1, $2, $3, $4, $5, $6)',
				[...[networkId, personId, accountId, name, personSortName(name), world.now()]]
			);
			const membershipIds: string[] = [];
			for (const organisationId of organisations.slice(0, memberships)) {
				const membershipId = world.id();
				membershipIds.push(membershipId);
				await owner(
					`insert into membership (network_id, membership_id, person_id, organisation_id, function_title, roles, valid_from)
					values ($1, $2, $3, $4, 'werker', array['professional'], $5)`,
					[networkId, membershipId, personId, organisationId, world.now()]
				);
			}
			return { accountId, personId, email, membershipIds };
		},
		signIn: async (person, browser = {}) => sure(await identity.consumeLink(await linkFor(person), { ...aBrowser, ...browser })),
		who: async ({ cookie }) => sure(await identity.actorOf(cookie))
	};
}
