import { responsibleColumns } from '#rooms/causes/rules.ts';
import type { z } from '@hono/zod-openapi';
import type { CaseTable } from '#rooms/table/read.server.ts';
import type { caseTableSchema, wordsSchema } from './case-table.schema.ts';

type Words = z.input<typeof wordsSchema>;

/** The table of a case as the API shows it. */
export function showCaseTable(table: CaseTable): z.input<typeof caseTableSchema> {
	const { facts } = table;
	const words = (aboutId: string, part: string): Words | null => {
		const found = table.words.get(aboutId)?.get(part);
		return found === undefined ? null : { text: found.text, at: found.at.toISOString() };
	};
	return {
		caseId: facts.caseId,
		pseudonym: facts.pseudonym,
		state: table.state,
		outcome: table.outcome,
		residentKnows: facts.residentKnows,
		openedAt: facts.openedAt.toISOString(),
		openedByMembershipId: facts.openedByMembershipId,
		words: {
			stuck: words(facts.caseId, 'stuck'),
			goal: words(facts.caseId, 'goal'),
			firstNeed: words(facts.caseId, 'first_need'),
			ownOrganisation: words(facts.caseId, 'own_organisation'),
			looming: words(facts.caseId, 'looming'),
			notYetBecause: words(facts.caseId, 'not_yet_because')
		},
		seats: facts.seats.map((seat) => ({
			...who(table, seat.membershipId),
			personId: seat.personId,
			membershipId: seat.membershipId,
			organisationId: seat.organisationId,
			holder: seat.holder,
			validFrom: seat.validFrom.toISOString(),
			validUntil: seat.validUntil?.toISOString() ?? null
		})),
		invitations: facts.invitations.map((invitation) => ({
			invitationId: invitation.invitationId,
			personId: invitation.personId,
			membershipId: invitation.membershipId,
			invitedBy: invitation.invitedBy,
			state: invitation.state,
			at: invitation.at.toISOString(),
			answeredAt: invitation.answeredAt?.toISOString() ?? null,
			message: words(invitation.invitationId, 'invitation')
		})),
		agreements: table.agreements.map((agreement) => ({
			agreementId: agreement.agreementId,
			kind: agreement.kind,
			state: agreement.state,
			personId: agreement.personId,
			membershipId: agreement.membershipId,
			receiverId: agreement.receiverId,
			organisationId: agreement.organisationId,
			versionId: agreement.versionId,
			dueOn: agreement.dueOn,
			amountCents: agreement.amountCents,
			pending: agreement.pending && {
				versionId: agreement.pending.versionId,
				offeredBy: agreement.pending.offeredBy,
				dueOn: agreement.pending.dueOn,
				amountCents: agreement.pending.amountCents,
				at: agreement.pending.at.toISOString(),
				what: words(agreement.pending.versionId, 'agreement')
			},
			asks: agreement.asks.map(({ askId, deciderId, at, answer, answeredAt }) => ({
				...{ askId, deciderId, answer, at: at.toISOString(), answeredAt: answeredAt?.toISOString() ?? null }
			})),
			disputedAt: agreement.dispute?.at.toISOString() ?? null,
			at: agreement.at.toISOString(),
			what: words(agreement.versionId, 'agreement'),
			proof: words(agreement.versionId, 'proof'),
			reports: agreement.reports.map((report) => ({
				reportId: report.reportId,
				outcome: report.outcome,
				at: report.at.toISOString(),
				answer: report.answer,
				answeredAt: report.answeredAt?.toISOString() ?? null,
				words: words(report.reportId, 'report')
			}))
		})),
		events: facts.events.map((event) => ({
			kind: event.kind,
			outcome: event.outcome,
			at: event.at.toISOString(),
			membershipId: event.membershipId
		})),
		valueMap: table.valueMap && {
			valueMapId: table.valueMap.valueMapId,
			version: table.valueMap.version,
			personId: table.valueMap.personId,
			at: table.valueMap.at.toISOString()
		},
		causeOffer: table.causeOffer && { after: table.causeOffer.kind, at: table.causeOffer.at.toISOString() },
		cause: table.cause && {
			kind: table.cause.kind,
			causeId: table.cause.causeId,
			title: table.cause.title,
			...responsibleColumns(table.cause.responsible),
			at: table.cause.at.toISOString(),
			words: words(table.cause.namingId, 'cause')
		}
	};
}

function who(
	table: Pick<CaseTable, 'names'>,
	membershipId: string
): { displayName: string; organisationName: string; functionTitle: string } {
	const name = table.names.get(membershipId);
	if (name === undefined) throw new Error('Everyone at a table stands in the network.');
	return { displayName: name.displayName, organisationName: name.organisationName, functionTitle: name.functionTitle };
}
