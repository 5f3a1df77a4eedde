import { makeNetwork } from './network.ts';
import { ownEnvironment } from '../e2e/faults/site.ts';
import { openInstallation } from '../src/cli/installation.server.ts';
import type { Actor } from '../src/foundation/actor.ts';
import type { Member } from './case-rows.ts';
import { fillNetwork } from './fill.ts';
import type { Seat } from './fill.ts';
import { giveRoles, keepers, moneyRoles, prepareMoney } from './money.ts';
import type { Money } from './money.ts';

/** Someone who asks: by token, by cookie, and inside this process. */
export interface Asker {
	readonly actor: Actor;
	readonly token: string;
	readonly cookie: string;
	readonly seats: readonly Seat[];
	readonly open: readonly Seat[];
}

export interface Prepared {
	readonly networkId: string;
	readonly slug: string;
	readonly askers: readonly Asker[];
	readonly money: Money;
}

export interface PrepareWish {
	readonly folder: string;
	readonly people: number;
	readonly cases: number;
	readonly clients: number;
	/** Code of a price in the list that every network begins with. */
	readonly price: string;
	readonly say: (line: string) => void;
}

/** Makes the network with its cases, before anything serves it. */
export async function prepare({ folder, people, cases, clients, price, say }: PrepareWish): Promise<Prepared> {
	say(`making a network of ${people} people and ${cases} cases`);
	const network = await makeNetwork(folder, people);
	const open = await openInstallation({ dataFolder: folder, origin: 'http://localhost', demo: true, env: ownEnvironment() });
	try {
		const owner = await open.connections.owner();
		const { rows } = await owner.query<{ person_id: string; membership_id: string; organisation_id: string; account_id: string }>(
			`select m.person_id, m.membership_id, m.organisation_id, p.account_id from membership m
			join person p on p.network_id = m.network_id and p.person_id = m.person_id where m.network_id = $1`,
			[network.networkId]
		);
		const members = new Map(
			rows.map((row) => [
				row.person_id,
				{ ...row, personId: row.person_id, membershipId: row.membership_id, organisationId: row.organisation_id }
			])
		);
		const inOrder = network.people.flatMap(({ personId }): readonly Member[] => {
			const member = members.get(personId);
			return member === undefined ? [] : [member];
		});
		const seats = await fillNetwork(owner, open.installation.keyring, {
			...{ networkId: network.networkId, members: inOrder, cases, price },
			onProgress: (done) => void (done % 1000 === 0 && say(`  ${done}`))
		});
		const asking = network.people.slice(0, clients);
		await giveRoles(
			owner,
			asking.slice(0, keepers).map(({ membershipId }) => membershipId)
		);
		const askers: Asker[] = [];
		for (const [index, { personId, membershipId, token }] of asking.entries()) {
			const member = members.get(personId);
			if (!member) throw new Error('Everyone is a member.');
			const signedIn = await open.installation.identity.signInAs(member.account_id, {
				source: '127.0.0.1',
				device: 'bench',
				cookie: undefined
			});
			if (!signedIn.ok) throw new Error(`Not signed in: ${signedIn.refusal.code}`);
			const mine = seats.get(personId) ?? [];
			askers.push({
				actor: {
					networkId: network.networkId,
					personId,
					membershipId,
					organisationId: member.organisationId,
					roles: index < keepers ? moneyRoles : ['professional'],
					origin: 'cli'
				},
				...{
					token,
					cookie: `${open.installation.identity.cookie.name}=${signedIn.value.cookie}`,
					seats: mine,
					open: mine.filter((seat) => !seat.closed)
				}
			});
		}
		say('making teams and pledges');
		const money = await prepareMoney(open.installation, askers);
		await owner.query('vacuum analyze');
		await owner.end();
		return { networkId: network.networkId, slug: network.slug, askers, money };
	} finally {
		await open.close();
	}
}
