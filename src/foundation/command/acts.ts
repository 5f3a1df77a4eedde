/**
 * Every act and every reading that leaves a line in the log. docs/ACTIONS.md says of each who may do it in which state; the matrix test is made
 * from that table and fails when an act stands in one place only.
 */
export const actCodes = [
	'case.open',
	'case.read',
	'case.close',
	'case.reopen',
	'case.read_log',
	'seat.invite',
	'seat.withdraw',
	'seat.accept',
	'seat.decline',
	'seat.leave',
	'agreement.make',
	'agreement.report',
	'agreement.answer',
	'value_map.record',
	'resident_link.make',
	'resident_link.revoke',
	'resident.read',
	'resident.object',
	'objection.answer',
	'organisation.show_names',
	'cause.name',
	'signal.take_up',
	'signal.decline',
	'signal.agree_change',
	'signal.put_in_force',
	'signal.verify',
	'seat.offer_hand_over',
	'seat.take_over',
	'seat.decline_hand_over',
	'seat.withdraw_hand_over',
	'team.make',
	'team.invite',
	'team.join',
	'team.decline',
	'team.leave',
	'duty.take',
	'duty.give_up',
	'profile.keep',
	'start.write',
	'sign.look_back'
] as const;
export type ActCode = (typeof actCodes)[number];

/** Whether a code read from the log is one of ours now; an old line may bear one that was retired. */
export const isActCode = (text: string): text is ActCode => (actCodes as readonly string[]).includes(text);
