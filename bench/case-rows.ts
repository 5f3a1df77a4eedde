import { v7 } from 'uuid';
import { realWorld } from '../src/foundation/world.ts';
import type { AcceptanceFacts } from '../src/rooms/agreements/acceptances/rules.ts';
import type { CaseValueFacts } from '../src/rooms/returns/rules.ts';

/** Someone of the network that is measured. */
export interface Member {
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
}

/** What is recorded of one case: one event that looms, the pot, some hours. */
export const valueMap = (price: string): CaseValueFacts => ({
	...{
		potCents: 500_00,
		horizonYears: 1,
		looming: [{ price, quantity: 1, years: 1, chancePercent: 40 }],
		proposed: [],
		hours: 6,
		hourCents: 52_00
	}
});

export type Row = Readonly<Record<string, string | number | boolean | object | null>>;

/** The tables that a case fills, with the columns that are given. */
export const columns = {
	subject: ['network_id', 'case_id', 'kind', 'person_id', 'membership_id', 'at'],
	case_record: ['network_id', 'case_id', 'pseudonym', 'resident_knows', 'opened_at', 'person_id', 'membership_id', 'organisation_id'],
	case_seat: ['network_id', 'case_id', 'seat_id', 'person_id', 'membership_id', 'organisation_id', 'holder', 'given_by', 'valid_from'],
	case_event: ['network_id', 'case_id', 'event_id', 'kind', 'outcome', 'at', 'person_id', 'membership_id'],
	seat_invitation: ['network_id', 'invitation_id', 'case_id', 'person_id', 'membership_id', 'invited_by', 'at'],
	seat_answer: ['network_id', 'invitation_id', 'case_id', 'answer', 'person_id', 'at'],
	agreement: [
		'network_id',
		'agreement_id',
		'case_id',
		'kind',
		'person_id',
		'membership_id',
		'organisation_id',
		'receiver_id',
		'due_on',
		'at'
	],
	agreement_version: ['network_id', 'version_id', 'agreement_id', 'case_id', 'number', 'due_on', 'offered_by', 'at'],
	agreement_acceptance: [
		...['network_id', 'acceptance_id', 'version_id', 'agreement_id', 'case_id', 'answer', 'person_id', 'membership_id'],
		...['words_hash', 'proof', 'at']
	],
	agreement_report: ['network_id', 'report_id', 'agreement_id', 'case_id', 'outcome', 'person_id', 'at'],
	agreement_answer: ['network_id', 'report_id', 'agreement_id', 'case_id', 'answer', 'person_id', 'at'],
	value_map: ['network_id', 'value_map_id', 'case_id', 'price_list_id', 'document', 'person_id', 'at'],
	cause_naming: ['network_id', 'naming_id', 'case_id', 'kind', 'responsible_outside', 'person_id', 'at'],
	case_words: ['network_id', 'case_id', 'words_id', 'about_id', 'part', 'ciphertext', 'at', 'person_id'],
	log_line: [
		...[
			'network_id',
			'line_id',
			'epoch',
			'at',
			'act',
			'result',
			'object_kind',
			'object_id',
			'case_id',
			'person_id',
			'membership_id',
			'organisation_id'
		],
		...['origin', 'span_id']
	]
} as const;
export type Table = keyof typeof columns;

const story = [
	'De huur loopt vier maanden achter en de ontruiming is aangezegd. De uitkering stopte toen een formulier niet aankwam.',
	'De bewoner slaapt bij een vriend en mag daar niet staan ingeschreven. Zonder adres geen uitkering, zonder uitkering geen adres.',
	'De jongste kan niet naar school: het leerlingenvervoer wacht op een beschikking, en de beschikking op een verslag van de school.',
	'Na de scheiding staan alle schulden op één naam. De schuldhulp wil eerst een vaste woonplaats, de woningcorporatie eerst schuldhulp.'
];

export interface CaseRows {
	readonly caseId: string;
	/** What was promised, each accepted by who promised it: its proof is made from its words, and the line of it in the log from the proof. */
	readonly promises: readonly { readonly text: string; readonly accepted: Omit<AcceptanceFacts, 'wordsHash'>; readonly line: Row }[];
	readonly rows: readonly (readonly [Table, readonly Row[]])[];
	readonly words: readonly {
		readonly aboutId: string;
		readonly part: string;
		readonly text: string;
		readonly personId: string;
		readonly at: string;
	}[];
}

interface CaseWish {
	readonly networkId: string;
	readonly priceListId: string;
	readonly price: string;
	readonly number: number;
	readonly at: Date;
	readonly holder: Member;
	readonly other: Member;
	readonly pseudonym: string;
	readonly closed: boolean;
}

/** One case with two at its table, two agreements of which one is kept, and a value map. */
export function caseRows({ networkId, priceListId, price, number, at: opened, holder, other, pseudonym, closed }: CaseWish): CaseRows {
	let minutes = 0;
	const next = (): string => new Date(opened.getTime() + minutes++ * 60_000).toISOString();
	const id = (): string => v7({ msecs: opened.getTime() });
	const [caseId, invitationId, first, second, reportId, valueMapId] = [id(), id(), id(), id(), id(), id()];
	const base = { network_id: networkId, case_id: caseId };
	const by = (member: Member) => ({
		person_id: member.personId,
		membership_id: member.membershipId,
		organisation_id: member.organisationId
	});
	const lines: Row[] = [];
	const lineOf = (member: Member, at: string, act: string, kind: string, objectId: string): Row => ({
		...{ ...base, ...by(member), line_id: id(), epoch: 1, at, act, result: 'done', object_kind: kind, object_id: objectId, origin: 'page' },
		span_id: Buffer.from(realWorld.random(8)).toString('hex')
	});
	const log = (...line: Parameters<typeof lineOf>): void => void lines.push(lineOf(...line));
	const [openedAt, invitedAt, acceptedAt, firstAt, secondAt, reportedAt, answeredAt, recordedAt, closedAt] = Array.from(
		{ length: 9 },
		next
	) as [...[string, string, string, string, string, string, string, string, string]];
	log(holder, openedAt, 'case.open', 'case', caseId);
	log(holder, invitedAt, 'seat.invite', 'invitation', invitationId);
	log(other, acceptedAt, 'seat.accept', 'invitation', invitationId);
	log(other, reportedAt, 'agreement.report', 'report', reportId);
	log(holder, answeredAt, 'agreement.answer', 'report', reportId);
	// One case in twenty: all their figures then fit in what a process keeps.
	const counted = number % 20 === 0;
	if (counted) log(holder, recordedAt, 'value_map.record', 'value_map', valueMapId);
	if (closed) log(holder, closedAt, 'case.close', 'case', caseId);
	const dueOn = '2099-12-31';
	const promise = (agreementId: string, from: Member, to: Member, at: string) => ({
		...{ ...base, ...by(from), agreement_id: agreementId, kind: 'i_do', receiver_id: to.personId, due_on: dueOn, at }
	});
	const version = (agreementId: string, from: Member, at: string) => ({
		...{ ...base, version_id: agreementId, agreement_id: agreementId, number: 1, due_on: dueOn, offered_by: from.personId, at }
	});
	const promised = (agreementId: string, from: Member, to: Member, at: string, text: string): CaseRows['promises'][number] => ({
		text,
		accepted: {
			...{ networkId, caseId, agreementId, kind: 'i_do', promiserId: from.personId, organisationId: from.organisationId },
			...{ receiverId: to.personId, versionId: agreementId, number: 1, dueOn, amountCents: null, offeredBy: from.personId },
			...{ versionAt: new Date(at), answer: 'accepted', personId: from.personId, membershipId: from.membershipId, at: new Date(at) }
		},
		line: lineOf(from, at, 'agreement.make', 'acceptance', agreementId)
	});
	const [firstText, secondText] = ['Ik vraag het briefadres aan en bel vrijdag terug.', 'Ik leg de ontruiming stil en schrijf dat op.'];
	const { organisation_id: _, ...holding } = by(holder);
	const { organisation_id: __, ...joining } = by(other);
	return {
		caseId,
		promises: [promised(first, other, holder, firstAt, firstText), promised(second, holder, other, secondAt, secondText)],
		rows: [
			['subject', [{ ...base, kind: 'case', person_id: holder.personId, membership_id: holder.membershipId, at: openedAt }]],
			['case_record', [{ ...base, ...by(holder), pseudonym, resident_knows: true, opened_at: openedAt }]],
			[
				'case_seat',
				[
					{ ...base, ...by(holder), seat_id: id(), holder: true, given_by: holder.personId, valid_from: openedAt },
					{ ...base, ...by(other), seat_id: id(), holder: false, given_by: holder.personId, valid_from: acceptedAt }
				]
			],
			[
				'case_event',
				[
					{ ...base, ...holding, event_id: id(), kind: 'opened', outcome: null, at: openedAt },
					...(closed ? [{ ...base, ...holding, event_id: id(), kind: 'closed', outcome: 'helped', at: closedAt }] : [])
				]
			],
			[
				'cause_naming',
				closed
					? [
							{
								...base,
								naming_id: id(),
								kind: 'work_habit',
								responsible_outside: 'other_outside',
								person_id: holder.personId,
								at: closedAt
							}
						]
					: []
			],
			['seat_invitation', [{ ...base, ...joining, invitation_id: invitationId, invited_by: holder.personId, at: invitedAt }]],
			['seat_answer', [{ ...base, invitation_id: invitationId, answer: 'accepted', person_id: other.personId, at: acceptedAt }]],
			['agreement', [promise(first, other, holder, firstAt), promise(second, holder, other, secondAt)]],
			['agreement_version', [version(first, other, firstAt), version(second, holder, secondAt)]],
			[
				'agreement_report',
				[{ ...base, report_id: reportId, agreement_id: first, outcome: 'kept', person_id: other.personId, at: reportedAt }]
			],
			[
				'agreement_answer',
				[{ ...base, report_id: reportId, agreement_id: first, answer: 'confirmed', person_id: holder.personId, at: answeredAt }]
			],
			[
				'value_map',
				counted
					? [
							{
								...base,
								value_map_id: valueMapId,
								price_list_id: priceListId,
								document: valueMap(price),
								person_id: holder.personId,
								at: recordedAt
							}
						]
					: []
			],
			['log_line', lines]
		],
		words: [
			{ aboutId: caseId, part: 'stuck', text: story[number % story.length] ?? '', personId: holder.personId, at: openedAt },
			{
				aboutId: caseId,
				part: 'goal',
				text: 'Ik wil in mijn huis blijven en weer zelf de post openen.',
				personId: holder.personId,
				at: openedAt
			},
			{ aboutId: caseId, part: 'first_need', text: 'Twee maanden tijd, en iemand die meeleest.', personId: holder.personId, at: openedAt },
			{
				aboutId: caseId,
				part: 'own_organisation',
				text: 'Wij stellen de ontruiming uit tot het formulier er is.',
				personId: holder.personId,
				at: openedAt
			},
			{
				aboutId: invitationId,
				part: 'invitation',
				text: 'Jij kent de regels voor het adres. Kom je aan tafel?',
				personId: holder.personId,
				at: invitedAt
			},
			{
				aboutId: first,
				part: 'agreement',
				text: firstText,
				personId: other.personId,
				at: firstAt
			},
			{ aboutId: second, part: 'agreement', text: secondText, personId: holder.personId, at: secondAt },
			{ aboutId: reportId, part: 'report', text: 'Het briefadres is er.', personId: other.personId, at: reportedAt }
		]
	};
}
