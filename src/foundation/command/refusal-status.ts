import type { RefusalCode } from '../outcome.ts';

/**
 * The HTTP status of each refusal, for pages and API alike. Input is 400 (NL API Design Rules), what one may not see is 404, an act that is
 * not one's own on what one does see is 403, an act that the state does not allow is 409.
 */
export const refusalStatus = {
	invalid: 400,
	needs_acknowledgement: 400,
	unknown_price: 400,
	receiver_not_at_table: 400,
	not_signed_in: 401,
	session_ended: 401,
	token_invalid: 401,
	passkey_failed: 401,
	not_found: 404,
	link_invalid: 404,
	not_allowed: 403,
	not_holder: 403,
	not_promiser: 403,
	not_receiver: 403,
	not_invited: 403,
	not_responsible: 403,
	not_offered: 403,
	already_offered: 409,
	already_holder: 409,
	not_in_team: 403,
	not_yours: 403,
	wrong_state: 409,
	already_at_table: 409,
	already_invited: 409,
	invitation_over: 409,
	already_reported: 409,
	already_answered: 409,
	holder_cannot_leave: 409,
	link_used: 409,
	already_in_team: 409,
	duty_taken: 409,
	rules_come_last: 409,
	start_in_order: 409,
	link_expired: 410,
	key_reused: 422,
	too_many_tries: 429
} as const satisfies Record<RefusalCode, number>;
