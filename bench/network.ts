import { addNetwork } from '../src/cli/add-network.server.ts';
import { openInstallation } from '../src/cli/installation.server.ts';
import { parseInput } from '../src/foundation/text/field-errors.ts';
import { networkFileSchema } from '../src/rooms/network/schema.ts';
import type { Person as Colleague } from '../e2e/faults/colleague.ts';
import { ownEnvironment } from '../e2e/faults/site.ts';

type Person = Omit<Colleague, 'organisationId'>;

/** A network in a data folder, with a token for everyone in it. */
export interface MadeNetwork {
	readonly networkId: string;
	readonly slug: string;
	readonly people: readonly Person[];
}

/** Makes a data folder with one network of two organisations, before anything serves it. Its people stand by turns in the one and the other. */
export async function makeNetwork(folder: string, people: number): Promise<MadeNetwork> {
	const slug = 'proef';
	const parsed = parseInput(networkFileSchema, {
		slug,
		name: 'Proefnetwerk',
		invented: true,
		organisations: [
			{ code: 'kade', name: 'De Kade', kind: 'housing_association' },
			{ code: 'wijkteam', name: 'Wijkteam Noord', kind: 'welfare' }
		],
		people: Array.from({ length: people }, (_, index) => ({
			name: `Collega ${index + 1}`,
			email: `collega-${index + 1}@proef.example`,
			memberships: [{ organisation: index % 2 === 0 ? 'kade' : 'wijkteam', function: 'Consulent', roles: ['professional'] }]
		}))
	});
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal.fields));
	const open = await openInstallation({ dataFolder: folder, origin: 'http://localhost', demo: false, env: ownEnvironment() });
	try {
		const network = await addNetwork(open, parsed.value);
		const { identity, world } = open.installation;
		const made: Person[] = [];
		for (const [email, { accountId, personId, membershipIds }] of network.people) {
			const membershipId = membershipIds[0];
			if (membershipId === undefined) throw new Error('Everyone has a membership.');
			const who = {
				account: { accountId, email, locale: 'nl' as const },
				acting: {
					...{ networkId: network.networkId, slug, networkName: '', personId, personName: '', membershipId },
					...{ organisationId: '', organisationName: '', functionTitle: '', roles: [] }
				}
			};
			const token = await identity.makeToken(who, { key: world.id(), name: 'proef', days: '7' });
			if (!token.ok) throw new Error(`No token: ${token.refusal.code}`);
			made.push({ token: token.value.token, personId, membershipId });
		}
		return { networkId: network.networkId, slug, people: made };
	} finally {
		await open.close();
	}
}
