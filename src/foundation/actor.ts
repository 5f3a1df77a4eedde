/** Through which door an act or a reading came in. It stands in the log line. */
export type Origin = 'page' | 'api' | 'cli' | 'job' | 'mail' | 'demo' | 'resident';

/** What a membership lets a person do beyond bringing in and joining cases. Codes stand in `membership.roles`. */
export const roles = [
	'professional',
	'facilitator',
	'secretariat',
	'treasurer',
	'governor',
	'oversight',
	'checker',
	'administrator'
] as const;
export type Role = (typeof roles)[number];

/** Who acts: a person in one network, through the one membership that was chosen. All ids are UUIDs. */
export interface Actor {
	readonly networkId: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly roles: readonly Role[];
	readonly origin: Origin;
}
