import type { Role } from '../../src/foundation/actor.ts';

/** The people of the harness: four colleagues for each client, the offices of the network, and colleagues who are there to leave. */

export const offices = {
	facilitator: ['wijkteam', 'facilitator'],
	administrator: ['wijkteam', 'administrator'],
	administratorOfHolder: ['kade', 'administrator'],
	administratorOfSpares: ['schuldhulp', 'administrator'],
	administratorOfCity: ['gemeente', 'administrator'],
	governor: ['gemeente', 'governor'],
	governorOfTeam: ['wijkteam', 'governor'],
	treasurer: ['kade', 'treasurer'],
	treasurerTwo: ['schuldhulp', 'treasurer'],
	secretaryOfHolder: ['kade', 'secretariat'],
	secretaryOfTeam: ['wijkteam', 'secretariat'],
	secretaryOfCity: ['gemeente', 'secretariat']
} as const satisfies Record<string, readonly [organisation: string, Role]>;
export type Office = keyof typeof offices;
export const officeNames = Object.keys(offices) as Office[];

/** The four colleagues of a client, in this order. */
export const parts = ['holder', 'partner', 'second', 'third'] as const;
export type Part = (typeof parts)[number];
const organisationOf: Readonly<Record<Part, string>> = { holder: 'kade', partner: 'wijkteam', second: 'wijkteam', third: 'gemeente' };

/** Colleagues whose membership may end. */
export const spares = 30;

export const addressOf = (name: string): string => `${name.toLowerCase()}@proef.example`;
export const nameOfPart = (part: Part, client: number): string => `${part}-${client}`;
export const nameOfSpare = (index: number): string => `spare-${index}`;

/** The network as a file that sets it up. */
export const networkFile = (slug: string, clients: number) => ({
	...{ slug, name: 'Proefnetwerk', invented: true },
	organisations: [
		{ code: 'kade', name: 'De Kade', kind: 'housing_association' },
		{ code: 'wijkteam', name: 'Wijkteam Noord', kind: 'welfare' },
		{ code: 'gemeente', name: 'Gemeente Haven', kind: 'municipality' },
		{ code: 'schuldhulp', name: 'Schuldhulp Haven', kind: 'debt_help' }
	],
	people: [
		...officeNames.map((name) => person(name, offices[name][0], offices[name][1])),
		...Array.from({ length: clients }, (_, client) => parts.map((part) => person(nameOfPart(part, client), organisationOf[part]))).flat(),
		...Array.from({ length: spares }, (_, index) => person(nameOfSpare(index), 'schuldhulp'))
	]
});

const person = (name: string, organisation: string, role: Role = 'professional') => ({
	...{ name: `Collega ${name}`, email: addressOf(name) },
	memberships: [{ organisation, function: 'Consulent', roles: [role] }]
});
