import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { stateRoomSchema } from './schema.ts';

/** An organisation says in one sentence what its people may not agree (C0). The newest sentence counts; what was agreed before stands. */
export const stateRoom = command({
	act: 'room.state',
	schema: stateRoomSchema,
	async run(deed, input): Promise<Outcome<{ statementId: string }>> {
		const { networkId, personId, membershipId, organisationId, roles } = deed.actor;
		deed.about('organisation', organisationId);
		if (!roles.includes('administrator')) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		const doubts = findDoubts({ sentence: input.sentence });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const statementId = deed.id();
		await deed.tx
			.insertInto('roomStatement')
			.values({ networkId, statementId, organisationId, sentence: input.sentence.trim(), personId, membershipId, at: deed.now })
			.execute();
		return ok({ statementId });
	}
});
