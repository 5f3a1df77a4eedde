import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { listContributions } from '#rooms/fund/contributions/read.server.ts';
import { confirmReversal, declineReversal } from '#rooms/fund/ledger/commands.server.ts';
import { listReversals } from '#rooms/fund/ledger/read.server.ts';
import { keepsPot } from '#rooms/fund/ledger/rules.ts';
import { readTransfers } from '#rooms/fund/payments/read.server.ts';
import { getFundRules } from '#rooms/fund/rules-in-force/read.server.ts';
import { listWaitingFunding } from '#rooms/fund/team-money/read.server.ts';
import { answerClose, proposeClose } from '#rooms/fund/years/commands.server.ts';
import { listYearLines, listYears } from '#rooms/fund/years/read.server.ts';
import { closingCents } from '#rooms/fund/years/rules.ts';
import { answerCloseSchema, calendarYear, yearSchema } from '#rooms/fund/years/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const cents = (description: string) => z.int().openapi({ description: `${description}, in cents.` });

/** Keeping the books of the pot: what waits, what is taken back, years that are closed. */
export const bookOperations: readonly Operation[] = [
	reading({
		operationId: 'getPotRules',
		path: '/pot/rules',
		tag: 'pot',
		summary: 'The rules of the pot that are in force today',
		means: 'Limits in cents, terms in days or hours, and the legal form.',
		refusals: [],
		answer: z.object({ rules: z.record(z.string(), z.union([z.int(), z.string()])) }).openapi('PotRules'),
		read: ({ installation, actor }) =>
			read(installation, actor, async (tx) => ok({ body: { rules: { ...(await getFundRules(tx, actor)) } } }))
	}),
	reading({
		operationId: 'listContributions',
		path: '/contributions',
		tag: 'pot',
		summary: 'What organisations pledged, were invoiced and paid',
		means: 'The pledges, newest year first.',
		refusals: [],
		answer: z
			.object({
				contributions: z.array(
					z.object({
						...{ contributionId: z.uuid(), organisationId: z.uuid(), organisation: z.string(), year: z.int() },
						...{ pledgedCents: cents('Pledged'), invoicedCents: cents('Invoiced'), receivedCents: cents('Received') },
						...{ openCents: cents('Still open'), dueOn: z.string().nullable() }
					})
				)
			})
			.openapi('Contributions'),
		read: ({ installation, actor }) =>
			read(installation, actor, async (tx) =>
				ok({
					body: {
						contributions: (await listContributions(tx, actor)).map((one) => ({
							...{ contributionId: one.contributionId, organisationId: one.organisationId, organisation: one.organisationName },
							...{ year: one.year, pledgedCents: one.amountCents, invoicedCents: one.invoicedCents, receivedCents: one.receivedCents },
							...{ openCents: one.openCents, dueOn: one.dueOn }
						}))
					}
				})
			)
	}),
	reading({
		operationId: 'listTeamFundings',
		path: '/team-fundings',
		tag: 'pot',
		summary: 'Money for teams that waits for a second pair of eyes',
		means: 'The proposals, oldest first.',
		refusals: [],
		answer: z
			.object({
				fundings: z.array(
					z.object({ fundingId: z.uuid(), teamId: z.uuid(), team: z.string(), amountCents: z.int(), proposedBy: z.uuid(), at: moment() })
				)
			})
			.openapi('TeamFundings'),
		read: ({ installation, actor }) =>
			read(installation, actor, async (tx) =>
				ok({
					body: {
						fundings: (await listWaitingFunding(tx, actor)).map((one) => ({
							...{ fundingId: one.fundingId, teamId: one.teamId, team: one.teamName, amountCents: one.amountCents },
							...{ proposedBy: one.personId, at: one.at.toISOString() }
						}))
					}
				})
			)
	}),
	reading({
		operationId: 'listTransfers',
		path: '/transfers',
		tag: 'payments',
		summary: 'What is to be transferred, with who is paid (treasurer, secretariat, governor)',
		description: 'Each leaves a line in the log of its case, which the answer does not name.',
		means: 'The transfers, oldest first.',
		refusals: ['not_allowed'],
		answer: z
			.object({
				transfers: z.array(
					z.object({
						...{ paymentId: z.uuid(), amountCents: z.int(), at: moment(), ticks: z.int(), toResident: z.boolean() },
						...{ payee: z.string().nullable(), iban: z.string().nullable(), reference: z.string().nullable() }
					})
				)
			})
			.openapi('Transfers'),
		read: async ({ installation, actor }) => {
			if (!keepsPot(actor)) return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
			return read(installation, actor, async (tx, now, send) =>
				ok({
					body: {
						transfers: (await readTransfers(installation, { tx, send }, actor, now)).map((one) => ({
							...{ paymentId: one.paymentId, amountCents: one.amountCents, at: one.at.toISOString(), ticks: one.tickedBy.length },
							...{ toResident: one.toResident, payee: one.payee?.name ?? null, iban: one.payee?.iban ?? null },
							reference: one.payee?.reference ?? null
						}))
					}
				})
			);
		}
	}),
	reading({
		operationId: 'listReversals',
		path: '/pot/reversals',
		tag: 'pot',
		summary: 'Journals that are proposed to be taken back',
		means: 'The proposals, oldest first.',
		refusals: [],
		answer: z
			.object({
				reversals: z.array(
					z.object({
						...{ reversalId: z.uuid(), journalId: z.uuid(), kind: z.string(), amountCents: z.int(), proposedBy: z.uuid(), at: moment() }
					})
				)
			})
			.openapi('Reversals'),
		read: ({ installation, actor }) =>
			read(installation, actor, async (tx) =>
				ok({
					body: {
						reversals: (await listReversals(tx, actor)).map((one) => ({
							...{ reversalId: one.reversalId, journalId: one.journalId, kind: one.kind, amountCents: one.amountCents },
							...{ proposedBy: one.personId, at: one.at.toISOString() }
						}))
					}
				})
			)
	}),
	act({
		operationId: 'confirmReversal',
		path: '/pot/reversals/{reversalId}/confirmation',
		tag: 'pot',
		summary: 'Confirm that a journal is taken back, as another than who proposed it',
		description: 'Nobody confirms what they entered, ticked off or asked for themselves.',
		status: 201,
		means: 'It is taken back by a second journal, and what it stood for no longer counts.',
		refusals: ['not_allowed', 'other_eyes', 'already_answered', 'wrong_state', 'pot_too_small'],
		command: confirmReversal,
		answer: z.object({ journalId: z.uuid() }).openapi('Reversal'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'declineReversal',
		path: '/pot/reversals/{reversalId}',
		method: 'delete',
		tag: 'pot',
		summary: 'Say no to taking a journal back, or withdraw your proposal',
		status: 204,
		means: 'Nothing is taken back.',
		refusals: ['not_allowed', 'already_answered'],
		command: declineReversal,
		toAnswer: nothing
	}),
	reading({
		operationId: 'listYears',
		path: '/pot/years',
		tag: 'pot',
		summary: 'The years of the books, and which are closed',
		means: 'The years in which something was booked, newest first.',
		refusals: [],
		answer: z
			.object({
				years: z.array(z.object({ year: z.int(), journals: z.int(), closedAt: moment().nullable(), closeId: z.uuid().nullable() }))
			})
			.openapi('Years'),
		read: ({ installation, actor }) =>
			read(installation, actor, async (tx) =>
				ok({
					body: {
						years: (await listYears(tx, actor)).map(({ year, journals, closedAt, closeId }) => ({
							...{ year, journals, closedAt: closedAt?.toISOString() ?? null, closeId }
						}))
					}
				})
			)
	}),
	reading({
		operationId: 'getYearFigures',
		path: '/pot/year-figures',
		tag: 'pot',
		summary: 'What every account opened with, moved and closed with in a year',
		means: 'The accounts; above zero debit.',
		refusals: [],
		query: z.strictObject({
			year: calendarYear().openapi({ type: 'integer', minimum: 2000, maximum: 2199 })
		}),
		answer: z
			.object({
				accounts: z.array(
					z.object({
						...{ account: z.string(), team: z.string().nullable(), organisation: z.string().nullable() },
						...{ openingCents: z.int(), debitCents: z.int(), creditCents: z.int(), closingCents: z.int() }
					})
				)
			})
			.openapi('YearFigures'),
		read: ({ installation, actor, query: { year } }) =>
			read(installation, actor, async (tx) =>
				ok({ body: { accounts: (await listYearLines(tx, actor, year)).map((line) => ({ ...line, closingCents: closingCents(line) })) } })
			)
	}),
	act({
		operationId: 'proposeClose',
		path: '/pot/years',
		tag: 'pot',
		summary: 'Propose to close a year that is over (treasurer)',
		status: 201,
		means: 'It waits for another.',
		refusals: ['not_allowed', 'wrong_state', 'already_proposed'],
		command: proposeClose,
		body: yearSchema,
		answer: z.object({ closeId: z.uuid() }).openapi('ProposedClose'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'answerClose',
		path: '/pot/years/{closeId}/answer',
		tag: 'pot',
		summary: 'Close a year as another than who proposed it, or say no',
		status: 204,
		means: 'Answered. In a closed year nothing is booked any more.',
		refusals: ['not_allowed', 'other_eyes', 'already_answered'],
		command: answerClose,
		body: answerCloseSchema.omit({ closeId: true }),
		toAnswer: nothing
	})
];
