import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { uuid } from '#foundation/text/free-text.schema.ts';
import { confirmEnd, proposeEnd, withdrawEnd } from '#rooms/people/memberships/commands.server.ts';
import { listWaitingEnds } from '#rooms/people/memberships/read.server.ts';
import { keepProfile } from '#rooms/people/profiles/commands.server.ts';
import { findPersonOfNetwork, findPlaceInList, findProfile, listPeopleOfNetwork } from '#rooms/people/profiles/read.server.ts';
import { languages } from '#rooms/people/profiles/rules.ts';
import { profileSchema } from '#rooms/people/profiles/schema.ts';
import { moment } from './case-table.schema.ts';
import { joiningOperations } from './joining-operations.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const works = z.array(z.object({ organisationName: z.string(), functionTitle: z.string() }));
const pageSize = 50;

export const peopleOperations: readonly Operation[] = [
	reading({
		operationId: 'listPeople',
		path: '/people',
		tag: 'people',
		summary: 'Who works in the network now, by name',
		description:
			'With `q`: who has every word of it in their name, organisation, function or what they wrote of themselves. Search for what someone knows, never for a resident: an address may be kept by what lies between.',
		means: 'One page.',
		refusals: [],
		query: z.strictObject({
			q: z.string().max(200).optional().openapi({ description: 'Words, as on the page of who is who.' }),
			after: uuid().optional().openapi({ description: 'Only people behind this one in the list: the key of the next page.' })
		}),
		gives: ['Link'],
		answer: z
			.object({
				people: z.array(
					z.object({ personId: z.uuid(), displayName: z.string(), works, topics: z.string(), available: z.boolean().nullable() })
				)
			})
			.openapi('PeoplePage'),
		async read({ installation, actor, query: { after, q } }) {
			const found = await read(installation, actor, async (tx, now) => {
				const place = after === undefined ? null : await findPlaceInList(tx, actor, after);
				return listPeopleOfNetwork(tx, actor, now, { query: q ?? '', limit: pageSize + 1, ...(place ? { after: place } : {}) });
			});
			const people = found.slice(0, pageSize).map(({ personId, displayName, works: where, topics, available }) => ({
				...{ personId, displayName, works: [...where], topics, available }
			}));
			const last = people.at(-1);
			return ok({
				body: { people },
				...(found.length > pageSize && last
					? { next: `/people?${q === undefined ? '' : `q=${encodeURIComponent(q)}&`}after=${last.personId}` }
					: {})
			});
		}
	}),
	reading({
		operationId: 'getPerson',
		path: '/people/{personId}',
		tag: 'people',
		summary: 'Someone of the network, with what they wrote of themselves',
		means: 'The person. `profile` is null when they wrote nothing yet.',
		refusals: [],
		answer: z
			.object({
				personId: z.uuid(),
				displayName: z.string(),
				works,
				profile: z
					.object({
						topics: z.string(),
						schemes: z.string(),
						livedExperience: z.string(),
						languages: z.array(z.enum(languages)),
						area: z.string(),
						available: z.boolean(),
						willing: z.boolean(),
						updatedAt: moment()
					})
					.nullable()
			})
			.openapi('Person'),
		async read({ installation, actor, params }) {
			const found = await read(installation, actor, async (tx, now) => {
				const person = await findPersonOfNetwork(tx, actor, now, params.personId);
				return person && { person, profile: await findProfile(tx, actor, params.personId) };
			});
			if (!found) return refuse('not_found');
			const { person, profile } = found;
			return ok({
				body: {
					...{ personId: person.personId, displayName: person.displayName, works: [...person.works] },
					profile: profile && {
						...{ topics: profile.topics, schemes: profile.schemes, livedExperience: profile.livedExperience, area: profile.area },
						...{ languages: [...profile.languages], available: profile.available, willing: profile.willing },
						updatedAt: profile.updatedAt.toISOString()
					}
				}
			});
		}
	}),
	act({
		operationId: 'keepProfile',
		path: '/profile',
		tag: 'people',
		summary: 'Keep your own profile; what you leave out is taken out',
		status: 204,
		means: 'It stands as you sent it.',
		refusals: ['needs_acknowledgement'],
		command: keepProfile,
		body: profileSchema,
		toAnswer: nothing
	}),
	reading({
		operationId: 'listMembershipEnds',
		path: '/membership-ends',
		tag: 'people',
		summary: 'Memberships whose end waits for a second person; for administrators and the facilitator',
		means: 'All of them that you may see.',
		refusals: [],
		answer: z
			.object({
				ends: z.array(z.object({ endId: z.uuid(), membershipId: z.uuid(), personId: z.uuid(), proposedBy: z.uuid(), at: moment() }))
			})
			.openapi('MembershipEnds'),
		async read({ installation, actor }) {
			const ends = await read(installation, actor, (tx) => listWaitingEnds(tx, actor));
			return ok({
				body: {
					ends: ends.map(({ endId, membershipId, personId, proposedBy, at }) => ({
						...{ endId, membershipId, personId, proposedBy, at: at.toISOString() }
					}))
				}
			});
		}
	}),
	...joiningOperations,
	act({
		operationId: 'proposeMembershipEnd',
		path: '/memberships/{membershipId}/ends',
		tag: 'people',
		summary: 'Propose that a membership ends; it ends when another confirms',
		status: 201,
		means: 'It waits for a second person.',
		refusals: ['not_allowed', 'already_proposed'],
		command: proposeEnd,
		answer: z.object({ endId: z.uuid() }).openapi('ProposedEnd'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'confirmMembershipEnd',
		path: '/membership-ends/{endId}/confirmation',
		tag: 'people',
		summary: 'Confirm what another proposed: the membership ends at once',
		status: 204,
		means: 'It has ended.',
		refusals: ['not_allowed', 'four_eyes', 'wrong_state'],
		command: confirmEnd,
		toAnswer: nothing
	}),
	act({
		operationId: 'withdrawMembershipEnd',
		path: '/membership-ends/{endId}/withdrawal',
		tag: 'people',
		summary: 'Take back what you proposed',
		status: 204,
		means: 'The proposal is over.',
		refusals: ['not_allowed', 'not_yours', 'wrong_state'],
		command: withdrawEnd,
		toAnswer: nothing
	})
];
