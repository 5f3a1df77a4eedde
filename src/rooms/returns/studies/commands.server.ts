import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listStudies } from './read.server.ts';
import { keepsStudies } from './rules.ts';
import { attachStudySchema, withdrawStudySchema } from './schema.ts';

/** The facilitator sets a study beside the network's own returns (E9): who says what, where it can be read, and how it was studied. */
export const attachStudy = command({
	act: 'study.attach',
	schema: attachStudySchema,
	async run(deed, input): Promise<Outcome<{ studyId: string }>> {
		const studyId = deed.id();
		deed.about('study', studyId);
		if (!keepsStudies(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx
			.insertInto('study')
			.values({ ...input, networkId, studyId, grade: input.grade ?? null, personId, membershipId, at: deed.now })
			.execute();
		return ok({ studyId });
	}
});

/** The facilitator takes a study away: a new fact, the study stays to be read. */
export const withdrawStudy = command({
	act: 'study.withdraw',
	schema: withdrawStudySchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('study', input.studyId);
		if (!keepsStudies(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		const { networkId, personId, membershipId } = deed.actor;
		await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/study/${input.studyId}`}, 0))`.execute(deed.tx);
		const study = (await listStudies(deed.tx, deed.actor)).find(({ studyId }) => studyId === input.studyId);
		if (!study) return refuse('not_found');
		if (study.withdrawnAt !== null) return refuse('wrong_state');
		await deed.tx
			.insertInto('studyWithdrawal')
			.values({ networkId, studyId: input.studyId, personId, membershipId, at: deed.now })
			.execute();
		return ok(null);
	}
});
