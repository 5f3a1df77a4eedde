import type { Actor } from '../../src/foundation/actor.ts';
import { addNetwork } from '../../src/cli/add-network.server.ts';
import { openInstallation } from '../../src/cli/installation.server.ts';
import type { Installation } from '../../src/foundation/installation.ts';
import { parseInput } from '../../src/foundation/text/field-errors.ts';
import { networkFileSchema } from '../../src/rooms/network/schema.ts';
import type { Person } from './colleague.ts';
import { watchMessages } from './messages.ts';
import { letTermsRunOut } from './overdue.ts';
import type { Overdue, RunOut } from './overdue.ts';
import { addressOf, nameOfPart, nameOfSpare, networkFile, offices, officeNames, parts, spares } from './people.ts';
import type { Office, Part } from './people.ts';
import { ownEnvironment } from './site.ts';

/** A network in a data folder, with a token for everyone who acts in it. */
export interface WholeNetwork {
	readonly networkId: string;
	readonly slug: string;
	readonly offices: Readonly<Record<Office, Person>>;
	readonly clients: readonly Readonly<Record<Part, Person>>[];
	/** Memberships that may end. */
	readonly spares: readonly string[];
	/** What the product has to do by itself, because a term had run out before it was first started. */
	readonly overdue: Overdue;
	/** By client: requests of which the money went back, to be asked again. */
	readonly lapsed: RunOut['lapsed'];
	/** Years of the books that are over and open. */
	readonly years: RunOut['years'];
	/** The first transaction that comes after the making: what is older is not looked at. */
	readonly since: bigint;
}

const day = 86_400_000;
/** So old is the network: long enough for a cause to be gone, and for some years of the books to be over. */
const age = 8 * 365 * day;

/** The same installation, so many milliseconds ago. */
export const ago = (installation: Installation, ms: number): Installation => ({
	...installation,
	world: { ...installation.world, now: () => new Date(Date.now() - ms) }
});

/** Makes a data folder with one network in which every kind of term has run out, before anything serves it. */
export async function makeWholeNetwork(folder: string, clients: number): Promise<WholeNetwork> {
	const slug = 'proef';
	const parsed = parseInput(networkFileSchema, networkFile(slug, clients));
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal.fields));
	const open = await openInstallation({ dataFolder: folder, origin: 'http://localhost', demo: false, env: ownEnvironment() });
	const { installation } = open;
	try {
		const network = await addNetwork(open, parsed.value, ago(installation, age).world);
		const { networkId } = network;
		const find = (name: string) => {
			const person = network.people.get(addressOf(name));
			const membershipId = person?.membershipIds[0];
			if (!person || membershipId === undefined) throw new Error(`The network has no ${name}.`);
			return { accountId: person.accountId, personId: person.personId, membershipId };
		};
		const organisationOf = new Map(
			parsed.value.people.map(({ email, memberships }) => [email, network.organisations.get(memberships[0]?.organisation ?? '') ?? ''])
		);
		const made = async (name: string): Promise<Person> => {
			const { accountId, personId, membershipId } = find(name);
			const organisationId = organisationOf.get(addressOf(name)) ?? '';
			const names = { networkName: '', personName: '', organisationName: '', functionTitle: '' };
			const who = {
				account: { accountId, email: addressOf(name), locale: 'nl' as const },
				acting: { ...{ networkId, slug, personId, membershipId, organisationId, roles: [] }, ...names }
			};
			const token = await installation.identity.makeToken(who, { key: installation.world.id(), name: 'proef', days: '7' });
			if (!token.ok) throw new Error(`No token: ${token.refusal.code}`);
			return { token: token.value.token, personId, membershipId, organisationId };
		};
		const each = async <Name extends string>(names: readonly Name[], nameOf: (name: Name) => string = (name) => name) => {
			const people: Partial<Record<Name, Person>> = {};
			for (const name of names) people[name] = await made(nameOf(name));
			return people as Record<Name, Person>;
		};
		const holdsOffice = await each(officeNames);
		const people: Record<Part, Person>[] = [];
		for (let client = 0; client < clients; client++) people.push(await each(parts, (part) => nameOfPart(part, client)));

		const actor = ({ personId, membershipId, organisationId }: Person, role: Actor['roles'][number] = 'professional'): Actor => ({
			...{ networkId, personId, membershipId, organisationId, roles: [role], origin: 'cli' as const }
		});
		const officers = Object.fromEntries(officeNames.map((name) => [name, actor(holdsOffice[name], offices[name][1])])) as Record<
			Office,
			Actor
		>;
		const runOut = await letTermsRunOut(
			installation,
			officers,
			people.map((four) => Object.fromEntries(parts.map((part) => [part, actor(four[part])])) as Record<Part, Actor>)
		);
		const owner = await open.connections.owner();
		try {
			// Organisations that left long ago, to come back: as many as are played.
			await owner.query(
				`insert into organisation (network_id, organisation_id, name, name_sort, kind, joined_at, left_at)
				select $1, gen_random_uuid(), 'Vertrokken ' || n, 'vertrokken ' || lpad(n::text, 3, '0'), 'other', $2, $3 from generate_series(1, 60) n`,
				[networkId, new Date(Date.now() - age), new Date(Date.now() - age / 2)]
			);
			return {
				...{ networkId, slug, offices: holdsOffice, clients: people, ...runOut },
				spares: Array.from({ length: spares }, (_, index) => find(nameOfSpare(index)).membershipId),
				since: await watchMessages(owner)
			};
		} finally {
			await owner.end();
		}
	} finally {
		await open.close();
	}
}
