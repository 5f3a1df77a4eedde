import { z } from '@hono/zod-openapi';
import { roles } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { getTies } from '#rooms/network/map/read.server.ts';
import { getNetwork, listOrganisations } from '#rooms/network/read.server.ts';
import { listColleagues } from '#rooms/people/read.server.ts';
import { getNetworkFigures, getOrganisationParties, getRequestFigures } from '#rooms/table/figures/read.server.ts';
import { reading } from './operation.ts';
import { organisationPartySchema } from './return.schema.ts';
import type { Operation } from './operation.ts';

const count = () => z.int().min(0);

export const networkOperations: readonly Operation[] = [
	reading({
		operationId: 'getFigures',
		path: '/figures',
		tag: 'network',
		summary: 'Counts over all cases of the network',
		description: 'Counts only, also over cases that you do not see. Who goes about a cause is named from three cases on.',
		means: 'The counts of this moment.',
		refusals: [],
		answer: z
			.object({
				network: z.object({ name: z.string(), potName: z.string(), invented: z.boolean() }),
				cases: z.array(z.object({ state: z.string(), outcome: z.string().nullable(), cases: count() })),
				causes: z.array(
					z.object({
						kind: z.string(),
						cases: count(),
						responsible: z.array(z.object({ organisationId: z.uuid().nullable(), outside: z.string().nullable(), cases: count() }))
					})
				),
				requests: z
					.object({
						asked: count(),
						granted: count().openapi({ description: 'Wholly or in part.' }),
						medianHoursLight: z.number().nullable(),
						medianHoursFull: z.number().nullable()
					})
					.openapi({
						description:
							'Money that was asked. The hours from asking to the first decision, by the clock, of which half are fewer: of teams (light) and of the secretariat (full); null below three decisions.'
					})
			})
			.openapi('Figures'),
		async read({ installation, actor }) {
			const body = await read(installation, actor, async (tx) => ({
				network: await getNetwork(tx, actor),
				...(await getNetworkFigures(tx)),
				requests: await getRequestFigures(tx)
			}));
			return ok({
				body: {
					network: body.network,
					cases: [...body.cases],
					causes: body.causes.map((cause) => ({ ...cause, responsible: [...cause.responsible] })),
					requests: body.requests
				}
			});
		}
	}),
	reading({
		operationId: 'getOrganisationParties',
		path: '/figures/parties',
		tag: 'network',
		summary: 'Who paid and who gained, per organisation',
		description:
			'What each organisation laid in the pot, beside what it was spared and pays more over all cases. From three cases on; who stands in fewer is told together with others.',
		means: 'The sums of this moment, in whole cents.',
		refusals: [],
		answer: z
			.object({
				kind: z.enum(['realised', 'estimate', 'none']).openapi({ description: 'As found at checks, as estimated, or too few cases.' }),
				cases: count(),
				movedCents: z.int().openapi({ description: 'What only moved elsewhere, as far as it was estimated.' }),
				parties: z.array(organisationPartySchema).readonly()
			})
			.openapi('OrganisationParties'),
		read: async ({ installation, actor }) =>
			ok({ body: await read(installation, actor, (tx, now) => getOrganisationParties(tx, actor, now)) })
	}),
	reading({
		operationId: 'getTies',
		path: '/ties',
		tag: 'network',
		summary: 'Who works with whom, per pair of organisations',
		description:
			'From agreements and answers of the last twelve whole months. No people, no cases. A figure is null under three, or when on either side fewer than two people besides you took part; a pair without a figure is left out.',
		means: 'The ties, each pair once.',
		refusals: [],
		answer: z
			.object({
				from: z.iso.date(),
				until: z.iso.date(),
				organisations: z.array(z.object({ organisationId: z.uuid(), name: z.string(), kind: z.string() })).readonly(),
				ties: z
					.array(z.object({ organisationId: z.uuid(), partnerId: z.uuid(), agreements: count().nullable(), answers: count().nullable() }))
					.readonly(),
				few: count().nullable().openapi({ description: 'How many pairs are left out; null under three of them.' })
			})
			.openapi('Ties'),
		read: async ({ installation, actor }) => ok({ body: await read(installation, actor, (tx, now) => getTies(tx, actor, now)) })
	}),
	reading({
		operationId: 'listOrganisations',
		path: '/organisations',
		tag: 'network',
		summary: 'The organisations of the network, by name',
		means: 'All of them.',
		refusals: [],
		answer: z
			.object({ organisations: z.array(z.object({ organisationId: z.uuid(), name: z.string(), kind: z.string() })) })
			.openapi('Organisations'),
		read: async ({ installation, actor }) =>
			ok({ body: { organisations: await read(installation, actor, (tx, now) => listOrganisations(tx, actor, now)) } })
	}),
	reading({
		operationId: 'listColleagues',
		path: '/colleagues',
		tag: 'network',
		summary: 'Everyone who works in the network now, save yourself, by organisation and name',
		means: 'All of them.',
		refusals: [],
		answer: z
			.object({
				colleagues: z.array(
					z.object({
						personId: z.uuid(),
						membershipId: z.uuid(),
						displayName: z.string(),
						functionTitle: z.string(),
						organisationId: z.uuid(),
						organisationName: z.string(),
						roles: z.array(z.enum(roles))
					})
				)
			})
			.openapi('Colleagues'),
		async read({ installation, actor }) {
			const colleagues = await read(installation, actor, (tx, now) => listColleagues(tx, actor, now));
			return ok({ body: { colleagues: colleagues.map((one) => ({ ...one, roles: roles.filter((role) => one.roles.includes(role)) })) } });
		}
	})
];
