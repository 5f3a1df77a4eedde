import { z } from '@hono/zod-openapi';
import { readLogged } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { findCase, listWords } from '#rooms/cases/read.server.ts';
import { answerObjection, makeResidentLink, revokeResidentLink, setNamesToResidents } from '#rooms/privacy/resident/commands.server.ts';
import { listObjections, residentAddress } from '#rooms/privacy/resident/read.server.ts';
import { answerObjectionSchema, showNamesSchema } from '#rooms/privacy/resident/schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const moment = () => z.iso.datetime();

const madeLink = act({
	operationId: 'makeResidentLink',
	path: '/cases/{caseId}/resident-link',
	tag: 'residents',
	summary: 'Make the private link by which the resident sees their own plan',
	description: 'Works for 90 days; one that stood works no longer. The address is a secret: give it to the resident and keep it nowhere.',
	status: 201,
	means: 'The link stands. Asked again with the same key, the same address is answered.',
	refusals: ['not_holder'],
	command: makeResidentLink,
	answer: z.object({ linkId: z.uuid(), address: z.url() }).openapi('MadeResidentLink'),
	toAnswer: ({ linkId }) => ({ body: { linkId, address: '' } })
});

export const residentOperations: readonly Operation[] = [
	{
		...madeLink,
		// The address is made from the id when it is answered: what a key remembers of an answer holds ids only.
		async run(asked) {
			const outcome = await madeLink.run(asked);
			if (!outcome.ok) return outcome;
			const { linkId } = outcome.value.body as { linkId: string };
			return ok({ body: { linkId, address: await residentAddress(asked.installation, asked.actor, linkId) } });
		}
	},
	act({
		operationId: 'revokeResidentLink',
		method: 'delete',
		path: '/cases/{caseId}/resident-link',
		tag: 'residents',
		summary: "Take the resident's link back",
		status: 204,
		means: 'The link works no longer.',
		refusals: ['not_holder', 'wrong_state'],
		command: revokeResidentLink,
		toAnswer: nothing
	}),
	reading({
		operationId: 'listObjections',
		path: '/cases/{caseId}/objections',
		tag: 'residents',
		summary: 'What the resident does not agree with, and what was answered',
		means: 'All of them, oldest first. Words are null when they were destroyed.',
		refusals: [],
		answer: z
			.object({
				objections: z.array(
					z.object({
						objectionId: z.uuid(),
						at: moment(),
						words: z.string().nullable(),
						answeredAt: moment().nullable(),
						answer: z.string().nullable()
					})
				)
			})
			.openapi('Objections'),
		read: ({ installation, actor, params: { caseId } }) =>
			readLogged(installation, actor, { act: 'case.read', kind: 'case', id: caseId, caseId }, async (tx) => {
				if (!(await findCase(tx, actor, caseId))) return null;
				const words = await listWords(tx, installation.keyring, actor, caseId);
				const objections = await listObjections(tx, actor, caseId);
				return {
					body: {
						objections: objections.map(({ objectionId, at, answeredAt }) => ({
							objectionId,
							at: at.toISOString(),
							words: words.get(objectionId)?.get('objection')?.text ?? null,
							answeredAt: answeredAt?.toISOString() ?? null,
							answer: words.get(objectionId)?.get('objection_answer')?.text ?? null
						}))
					}
				};
			})
	}),
	act({
		operationId: 'answerObjection',
		path: '/objections/{objectionId}/answers',
		tag: 'residents',
		summary: 'Answer what the resident does not agree with',
		description: 'Once, by the holder. The resident reads it on their own page.',
		status: 204,
		means: 'It is answered.',
		refusals: ['not_holder', 'already_answered', 'needs_acknowledgement'],
		command: answerObjection,
		body: answerObjectionSchema.omit({ objectionId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'setNamesToResidents',
		path: '/organisation/names-to-residents',
		tag: 'residents',
		summary: "Choose whether residents see the names of your organisation's people",
		status: 204,
		means: 'It holds from now on, for what was done before too.',
		refusals: ['not_allowed'],
		command: setNamesToResidents,
		body: showNamesSchema,
		toAnswer: nothing
	})
];
