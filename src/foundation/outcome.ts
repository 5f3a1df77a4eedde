/** What an act or a reading answers: a value, or a refusal that is itself a value. Only the unexpected is thrown. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/**
 * Every reason for which the product says no. Each has one sentence in messages/nl.json and messages/en.json under
 * `refusal.<code>`, and a few words for the log under `log.reason.<code>`; a test finds the missing ones.
 */
export const refusalCodes = [
	'invalid',
	'not_found',
	'not_signed_in',
	'not_allowed',
	'not_holder',
	'not_promiser',
	'not_receiver',
	'not_invited',
	'wrong_state',
	'not_payer',
	'not_released',
	'no_card',
	'household_full',
	'already_at_table',
	'already_invited',
	'invitation_over',
	'already_reported',
	'already_answered',
	'holder_cannot_leave',
	'receiver_not_at_table',
	'unknown_price',
	'too_early',
	'already_told',
	'key_reused',
	'link_invalid',
	'link_used',
	'link_expired',
	'session_ended',
	'token_invalid',
	'too_many_tries',
	'passkey_failed',
	'needs_acknowledgement',
	'not_responsible',
	'not_offered',
	'already_offered',
	'already_holder',
	'already_in_team',
	'not_in_team',
	'already_proposed',
	'already_brought',
	'last_organisation',
	'not_yours',
	'duty_taken',
	'rules_come_last',
	'start_in_order',
	'room_not_declared',
	'above_mandate',
	'not_formal_decider',
	'four_eyes',
	'mandate_settled',
	'not_asked',
	'ask_over',
	'not_party',
	'change_waits',
	'no_change_waits',
	'nothing_to_nudge',
	'too_few_people',
	'already_nudged',
	'binds_speaker_only',
	'not_same_organisation',
	'already_disputed',
	'other_eyes',
	'not_asker',
	'question_withdrawn',
	'question_over',
	'no_conversation',
	'already_marked',
	'not_helped_yet',
	'personal_data',
	'pot_too_small',
	'over_amount',
	'already_shared',
	'not_named',
	'above_limit',
	'above_household',
	'team_too_small',
	'one_hand',
	'conflict_of_interest',
	'not_durable',
	'reason_needed',
	'steps_missing',
	'effects_open',
	'enough_receipts',
	'changed_meanwhile',
	'table_closed',
	'table_open',
	'scan_closed',
	'scan_open',
	'already_handed_in',
	'not_fixed_seat',
	'not_taking_part',
	'sits_for_other',
	'item_closed',
	'objection_stands',
	'too_few_agree',
	'too_few_heard',
	'proposal_changed',
	'asked_before',
	'too_few_cases',
	'not_a_party',
	'resident_not_asked',
	'story_stands',
	'both_sides',
	'already_paired',
	'round_open',
	'chain_incomplete',
	'papers_unavailable',
	'paper_failed',
	'lesson_used',
	'rung_open',
	'not_next_rung',
	'not_reported',
	'already_said'
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export const isRefusalCode = (text: string): text is RefusalCode => (refusalCodes as readonly string[]).includes(text);

/** One field that was refused: where it stands in the input, and the message key `field.<code>` that says why. */
export interface FieldError {
	/** Path in the input, e.g. `['flows', 0, 'price']`; its text form is `flows.0.price`. */
	readonly path: readonly (string | number)[];
	readonly code: FieldCode;
	readonly values?: Readonly<Record<string, string | number>>;
}

export const fieldCodes = [
	'required',
	'too_short',
	'too_long',
	'not_a_choice',
	'money_was_given',
	'not_a_date',
	'date_in_past',
	'date_in_future',
	'ends_before_start',
	'not_a_number',
	'two_readings',
	'not_a_web_address',
	'number_too_small',
	'number_too_large',
	'not_an_amount',
	'not_an_id',
	'not_an_email',
	'not_an_iban',
	'not_a_postcode',
	'not_a_house_number',
	'household_had',
	'null_byte',
	'bsn',
	'unknown_field',
	'wrong_type',
	'looks_like_iban',
	'looks_like_phone',
	'looks_like_email',
	'looks_like_postcode',
	'counted_twice',
	'file_too_large',
	'file_unknown',
	'file_broken',
	'file_slow',
	'image_too_large',
	'only_on_behalf',
	'not_a_time',
	'no_such_time',
	'outside_meeting',
	'meeting_too_long',
	'already_there',
	'year_twice',
	'too_few'
] as const;
export type FieldCode = (typeof fieldCodes)[number];

export interface NamedPerson {
	readonly personId: string;
	readonly membershipId: string;
	readonly name: string;
}

/** Who can lift a refusal: someone with a name the actor may see, a role, or whoever in one's own organisation can decide it. */
export type Lift =
	| { readonly kind: 'person'; readonly personId: string }
	| {
			readonly kind: 'role';
			readonly role: 'holder' | 'administrator' | 'yourself' | 'promiser' | 'receiver' | 'facilitator' | 'treasurer' | 'secretariat';
	  }
	| {
			/** Exactly who in one's own organisation can decide it, and who there can change that; names the actor may see. */
			readonly kind: 'deciders';
			readonly deciders: readonly NamedPerson[];
			readonly administrators: readonly NamedPerson[];
	  };

export interface Refusal {
	readonly code: RefusalCode;
	readonly fields?: readonly FieldError[];
	readonly lift?: Lift;
}

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const refuse = (code: RefusalCode, more: Omit<Refusal, 'code'> = {}): Outcome<never> => ({
	ok: false,
	refusal: { code, ...more }
});

/** Refuses with field errors, all at once. */
export const refuseFields = (fields: readonly FieldError[]): Outcome<never> => refuse('invalid', { fields });
