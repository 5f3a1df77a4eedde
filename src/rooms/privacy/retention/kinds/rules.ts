/** About whom data can be. */
export type About = 'resident' | 'colleague' | 'organisation' | 'resident_colleague' | 'organisation_colleague';

/** A kind of data as a privacy officer asks after it, with the tables that hold it. Of another schema than `public` the schema stands before the name. */
export interface KeptKind {
	readonly kind: KindCode;
	readonly about: About;
	readonly tables: readonly string[];
}

const kinds = {
	case_words: { about: 'resident', tables: ['case_words', 'search_document', 'search_filling', 'receipt'] },
	case: {
		about: 'resident_colleague',
		tables: [
			'subject',
			'case_record',
			'case_event',
			'case_seat',
			'seat_invitation',
			'seat_answer',
			'hand_over',
			'hand_over_end',
			'cause_skip',
			'cause_naming',
			'case_item',
			'case_item_end',
			'case_item_time',
			'story',
			'story_hand'
		]
	},
	agreements: {
		about: 'resident_colleague',
		tables: [
			'agreement',
			'agreement_version',
			'agreement_acceptance',
			'agreement_report',
			'agreement_answer',
			'agreement_ask',
			'agreement_ask_answer',
			'agreement_nudge',
			'agreement_reminder',
			'room_dispute',
			'decision_mandate',
			'lesson_use',
			...(['ladder_terms', 'ladder_terms_answer'] as const),
			...(['escalation', 'case_escalation', 'escalation_asked', 'escalation_answer', 'escalation_late', 'agreement_did_more'] as const)
		]
	},
	questions: {
		about: 'resident_colleague',
		tables: [
			'question',
			'question_ask',
			'question_answer',
			'question_withdrawal',
			'question_candidate',
			'question_pass',
			'case_question',
			'conversation_message',
			'answer_helped'
		]
	},
	cards: {
		about: 'colleague',
		tables: [
			'knowledge_card',
			'card_offer',
			'card_name',
			'card_review',
			'card_source',
			'word',
			'word_end',
			...(['concept', 'concept_step', 'field_word_step'] as const),
			'knowledge_posting',
			'knowledge_lexeme'
		]
	},
	requests: {
		about: 'resident_colleague',
		tables: [
			'request',
			'request_event',
			'request_more',
			'request_hand',
			'request_judgement',
			'request_aside',
			'request_fallback',
			'request_fact',
			'request_question',
			'request_vote',
			'request_short',
			'request_again',
			'request_unfinished',
			'case_request'
		]
	},
	payees: { about: 'resident', tables: ['payee', 'household_use'] },
	books: {
		about: 'organisation_colleague',
		tables: [
			'account',
			'journal',
			'journal_subject',
			'posting',
			'reversal',
			'reversal_end',
			'taken_back',
			'reservation',
			'reservation_end',
			'pot_hand',
			'payment',
			'payment_event',
			'contribution',
			'contribution_step',
			'ledger_check',
			'team_funding',
			'team_funding_end',
			'claim',
			'claim_event',
			'cost_split',
			'cost_split_part',
			'cost_split_answer',
			'year_close',
			'year_close_end',
			'fund_rule',
			'fund_rule_answer',
			'fund_source'
		]
	},
	returns: {
		about: 'resident',
		tables: [
			'value_map',
			'assumption',
			'counted_return',
			'counted_party',
			'follow_up',
			'follow_up_ask',
			'follow_up_answer',
			'follow_up_finding',
			'follow_up_drop',
			'success_told',
			'success_thanks',
			'price_list',
			'price',
			'study',
			'study_withdrawal'
		]
	},
	causes: {
		about: 'organisation',
		tables: [
			...['cause', 'cause_owner', 'signal', 'signal_event', 'signal_look', 'signal_reminder', 'signal_rule', 'signal_rule_answer'],
			...['publication', 'publication_event', 'public_count', 'public_exception', 'release', 'release_hand'],
			...['cause_letter', 'cause_letter_answer'],
			...['public_page', 'public_page_answer', 'public_figure'],
			'told_story',
			...['yearly_item', 'yearly_party', 'yearly_step', 'yearly_answer', 'yearly_reminder', 'yearly_look_back_ask', 'yearly_look_back']
		]
	},
	resident: { about: 'resident', tables: ['private_link', 'private_link_end', 'resident_objection', 'resident_objection_answer'] },
	people: {
		about: 'colleague',
		tables: [
			'person',
			'membership',
			'membership_end',
			'membership_end_answer',
			'membership_proposal',
			'membership_proposal_address',
			'membership_proposal_answer',
			'profile',
			'room_statement',
			'mandate',
			'mandate_hand',
			'mandate_end',
			'mandate_use'
		]
	},
	pairs: { about: 'organisation_colleague', tables: ['pair', 'pair_end', 'trust_round', 'trust_answer'] },
	lessons: { about: 'colleague', tables: ['lesson', 'lesson_end', 'lesson_source'] },
	teams: { about: 'colleague', tables: ['team', 'team_invitation', 'team_answer', 'team_member', 'team_duty', 'duty_ask', 'duty_answer'] },
	projects: {
		about: 'organisation_colleague',
		tables: [
			'project_end',
			'project',
			'project_party',
			'chain_version',
			'chain_coordinator',
			'chain_answer',
			'kpi',
			'kpi_step',
			'kpi_reading',
			...(['order_count', 'order_status'] as const)
		]
	},
	meetings: {
		about: 'colleague',
		tables: [
			'body',
			'body_rule',
			'body_rule_answer',
			'body_seat',
			'body_seat_answer',
			'body_seat_end',
			'meeting',
			'meeting_event',
			'agenda_item',
			'item_seat',
			'item_proposal',
			'item_position',
			'item_end',
			'item_carry',
			'meeting_reminder',
			'minutes_request'
		]
	},
	network: {
		about: 'organisation_colleague',
		tables: [
			'network',
			'organisation',
			'network_start',
			'sign_look_back',
			'start_interest',
			'start_existing',
			'earlier_year',
			'start_table',
			'start_move',
			'start_note',
			'scan_round',
			'scan_round_end',
			'scan_respondent',
			'scan_sheet',
			'facilitation_reminder',
			'organisation_return',
			'organisation_return_answer',
			'organisation_leave',
			'organisation_leave_answer',
			'app.network_directory',
			'app.installation',
			'app.migration'
		]
	},
	signing_in: {
		about: 'colleague',
		tables: [
			'identity.account',
			'identity.session',
			'identity.one_time_link',
			'identity.passkey',
			'identity.passkey_challenge',
			'identity.api_token',
			'identity.rate_limit',
			'identity.event',
			'identity.pace'
		]
	},
	log: { about: 'resident_colleague', tables: ['log_line', 'log_seal', 'destruction'] },
	working: { about: 'colleague', tables: ['command_key', 'outbox', 'identity.outbox'] }
} as const satisfies Record<string, Omit<KeptKind, 'kind'>>;

export type KindCode = keyof typeof kinds;

/** Every kind of data, in the order in which it is told: what is most about residents first. A test holds that each table stands in one. */
export const keptKinds: readonly KeptKind[] = (Object.keys(kinds) as KindCode[]).map((kind) => ({ kind, ...kinds[kind] }));
