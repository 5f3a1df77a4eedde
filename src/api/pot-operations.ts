import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { uuid } from '#foundation/text/free-text.schema.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { invoiceContributionSchema, pledgeSchema, receiveContributionSchema } from '#rooms/fund/contributions/schema.ts';
import { reverseJournal } from '#rooms/fund/ledger/commands.server.ts';
import { findLedgerCheck, getPotFigures, listJournals } from '#rooms/fund/ledger/read.server.ts';
import { accountKinds } from '#rooms/fund/ledger/rules.ts';
import { confirmTeamFunding, fundTeam } from '#rooms/fund/team-money/commands.server.ts';
import { confirmFundingSchema, fundTeamSchema } from '#rooms/fund/team-money/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, pageLimit, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const cents = (description: string) => z.int().openapi({ description: `${description}, in cents.` });
const journal = z
	.object({
		journalId: z.uuid(),
		kind: z.string(),
		at: moment(),
		reverses: z.uuid().nullable(),
		lines: z.array(
			z.object({
				account: z.enum(accountKinds),
				team: z.string().nullable(),
				organisation: z.string().nullable(),
				amountCents: cents('Above zero debit, below zero credit')
			})
		)
	})
	.openapi('Journal');

/** The pot itself: sums, the book, contributions, and money for teams. */
export const potOperations: readonly Operation[] = [
	reading({
		operationId: 'getPot',
		path: '/pot',
		tag: 'pot',
		summary: 'What is in the pot, promised, pledged and given',
		means: 'The sums, and when the books were last counted.',
		refusals: [],
		answer: z
			.object({
				cashCents: cents('In the pot'),
				reservedCents: cents('Of that, promised'),
				cardCents: cents('Made available to teams'),
				cardReservedCents: cents('Of that, promised'),
				pledgedCents: cents('Pledged by organisations'),
				receivedCents: cents('Received from them'),
				giftsCents: cents('Spent on help'),
				recoveredCents: cents('Paid back, or promised to be'),
				check: z
					.object({ at: moment(), journals: z.int(), unbalanced: z.int(), uncovered: z.int(), astray: z.int() })
					.nullable()
					.openapi({ description: 'The last count; all but `journals` are zero when the books are sound.' })
			})
			.openapi('Pot'),
		async read({ installation, actor }) {
			return read(installation, actor, async (tx) => {
				const check = await findLedgerCheck(tx, actor);
				return ok({ body: { ...(await getPotFigures(tx)), check: check && { ...check, at: check.at.toISOString() } } });
			});
		}
	}),
	reading({
		operationId: 'listJournals',
		path: '/pot/journals',
		tag: 'pot',
		summary: 'The book, newest first',
		description: 'Each journal sums to zero. None says anything of a case.',
		means: 'A page of journals.',
		refusals: [],
		query: z.strictObject({
			before: uuid().optional().openapi({ description: 'Only journals before this one: the key of the next page.' }),
			limit: pageLimit.openapi({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
		}),
		answer: z.object({ journals: z.array(journal) }).openapi('Journals'),
		gives: ['Link'],
		async read({ installation, actor, query: { before, limit } }) {
			const found = await read(installation, actor, (tx) =>
				listJournals(tx, actor, { limit: limit + 1, ...(before === undefined ? {} : { before }) })
			);
			const page = found.slice(0, limit);
			const last = page.at(-1);
			return ok({
				body: {
					journals: page.map(({ journalId, kind, at, reverses, lines }) => ({
						...{ journalId, kind, at: at.toISOString(), reverses },
						lines: lines.map((line) => ({
							...{ account: line.kind, team: line.teamName, organisation: line.organisationName, amountCents: line.amountCents }
						}))
					}))
				},
				...(found.length > limit && last ? { next: `/pot/journals?before=${last.journalId}&limit=${limit}` } : {})
			});
		}
	}),
	act({
		operationId: 'reverseJournal',
		path: '/pot/journals/{journalId}/reversal',
		tag: 'pot',
		summary: 'Propose to take a journal back (treasurer)',
		status: 201,
		means: 'It waits for another to confirm it.',
		refusals: ['not_allowed', 'other_eyes', 'already_proposed', 'wrong_state'],
		command: reverseJournal,
		answer: z.object({ reversalId: z.uuid() }).openapi('ProposedReversal'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'pledgeContribution',
		path: '/contributions',
		tag: 'pot',
		summary: 'Pledge what your organisation puts into the pot',
		description: 'By its administrator or governor; nobody pledges for another organisation.',
		status: 201,
		means: 'It is pledged.',
		refusals: ['not_allowed'],
		command: pledgeContribution,
		body: pledgeSchema,
		answer: z.object({ contributionId: z.uuid() }).openapi('Pledged'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'invoiceContribution',
		path: '/contributions/{contributionId}/invoices',
		tag: 'pot',
		summary: 'Note that (part of) a pledge was invoiced (treasurer)',
		status: 201,
		means: 'It is noted and booked.',
		refusals: ['not_allowed', 'over_amount'],
		command: invoiceContribution,
		body: invoiceContributionSchema.omit({ contributionId: true }),
		answer: z.object({ stepId: z.uuid() }).openapi('ContributionStep'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'receiveContribution',
		path: '/contributions/{contributionId}/receipts',
		tag: 'pot',
		summary: 'Note that (part of) a pledge came in (treasurer)',
		status: 201,
		means: 'It is noted and booked.',
		refusals: ['not_allowed', 'over_amount'],
		command: receiveContribution,
		body: receiveContributionSchema.omit({ contributionId: true }),
		answer: z.object({ stepId: z.uuid() }).openapi('ContributionReceived'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'fundTeam',
		path: '/team-fundings',
		tag: 'pot',
		summary: 'Propose to give a team money to spend (treasurer)',
		status: 201,
		means: 'It waits for a second pair of eyes.',
		refusals: ['not_allowed'],
		command: fundTeam,
		body: fundTeamSchema,
		answer: z.object({ fundingId: z.uuid() }).openapi('TeamFunding'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'answerTeamFunding',
		path: '/team-fundings/{fundingId}/answer',
		tag: 'pot',
		summary: 'Confirm or decline money for a team, as another than who proposed it',
		status: 204,
		means: 'Confirmed, the money is the team’s.',
		refusals: ['not_allowed', 'other_eyes', 'already_answered', 'pot_too_small'],
		command: confirmTeamFunding,
		body: confirmFundingSchema.omit({ fundingId: true }),
		toAnswer: nothing
	})
];
