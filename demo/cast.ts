import type { Actor, Role } from '#foundation/actor.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import type { NetworkFile } from '#rooms/network/schema.ts';
import type { NewNetwork } from '#rooms/network/set-up.server.ts';
import type { StoryClock } from './clock.ts';

/** What the demo is told with: the installation with its clock in the past, and everyone who acts in it. */
export interface Cast {
	readonly installation: Installation;
	readonly clock: StoryClock;
	readonly networkId: string;
	/** Today, from which the days of the stories are counted back. */
	readonly today: Day;
	/** Someone of demo/network.json, by e-mail address. */
	actor(email: string): Actor;
	/** An organisation of demo/network.json, by its code. */
	organisation(code: string): string | undefined;
	/** The team that decides on small amounts. */
	teamId?: string;
	/** The way to share what the pot paid. */
	splitId?: string;
}

/** The value of an act that a story needs done. */
export function done<T>(outcome: Outcome<T>): T {
	if (!outcome.ok) throw new Error(`A demo story was refused: ${JSON.stringify(outcome.refusal)}`);
	return outcome.value;
}

/** An amount as someone types it. */
export const euros = (cents: number): string => (cents / 100).toFixed(2).replace('.', ',');

export function openCast(installation: Installation, clock: StoryClock, file: NetworkFile, network: NewNetwork): Cast {
	return {
		installation: { ...installation, world: clock },
		clock,
		networkId: network.networkId,
		today: dayAt(installation.world.now()),
		organisation: (code) => network.organisations.get(code),
		actor(email) {
			const person = network.people.get(email);
			const membership = file.people.find((candidate) => candidate.email === email)?.memberships[0];
			const organisationId = membership && network.organisations.get(membership.organisation);
			const membershipId = person?.membershipIds[0];
			if (!person || !membership || !organisationId || !membershipId) throw new Error(`${email} stands in demo/network.json.`);
			return {
				...{ networkId: network.networkId, personId: person.personId, membershipId, organisationId },
				...{ roles: membership.roles as Role[], origin: 'demo' }
			};
		}
	};
}
