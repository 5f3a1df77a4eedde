import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findAgreement } from '#rooms/agreements/read.server.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { findLesson } from './read.server.ts';
import { mayPutAway, mayTeach } from './rules.ts';
import { lessonIdSchema, makeLessonSchema, useLessonSchema } from './schema.ts';

const refuseRole = () => refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });

/** What worked is written down for the whole network: nothing of a person may stand in it. From a project only who sits there says that it comes from it. */
export const makeLesson = command({
	act: 'lesson.make',
	schema: makeLessonSchema,
	async run(deed, { projectId, ...input }): Promise<Outcome<{ lessonId: string }>> {
		const { tx, actor, now } = deed;
		const lessonId = deed.id();
		deed.about('lesson', lessonId);
		if (!mayTeach(actor.roles)) return refuseRole();
		if (projectId !== undefined && !(await findStanding(tx, actor, now, projectId, ['project']))) return refuse('not_found');
		const { title, did, changed, shows } = input;
		const doubts = findDoubts({ title, did, changed, shows });
		if (doubts.length > 0) return refuse('personal_data', { fields: doubts });
		const { networkId, personId, membershipId, organisationId } = actor;
		await tx
			.insertInto('lesson')
			.values({ networkId, lessonId, ...input, title: title.trim(), personId, membershipId, organisationId, at: now })
			.execute();
		if (projectId !== undefined) await tx.insertInto('lessonSource').values({ networkId, lessonId, projectId }).execute();
		return ok({ lessonId });
	}
});

/** Who promised something in a case says that it is done as in a lesson. */
export const useLesson = command({
	act: 'lesson.use',
	schema: useLessonSchema,
	async run(deed, { lessonId, agreementId }): Promise<Outcome<{ caseId: string }>> {
		const { tx, actor, now } = deed;
		deed.about('agreement', agreementId);
		const agreement = await findAgreement(tx, actor, agreementId);
		if (!agreement) return refuse('not_found');
		const { caseId } = agreement;
		deed.about('agreement', agreementId, caseId);
		const standing = await findStanding(tx, actor, now, caseId);
		const lesson = await findLesson(tx, actor, lessonId);
		if (!standing || !lesson) return refuse('not_found');
		if (agreement.personId !== actor.personId) return refuse('not_promiser', { lift: { kind: 'person', personId: agreement.personId } });
		if (!isUnderWay(standing.state) || lesson.retired) return refuse('wrong_state');
		const { networkId, personId, membershipId } = actor;
		const { numInsertedOrUpdatedRows } = await tx
			.insertInto('lessonUse')
			.values({ networkId, lessonId, agreementId, caseId, personId, membershipId, at: now })
			.onConflict((conflict) => conflict.columns(['networkId', 'agreementId', 'lessonId']).doNothing())
			.executeTakeFirst();
		return numInsertedOrUpdatedRows === 1n ? ok({ caseId }) : refuse('lesson_used');
	}
});

/** A lesson that no longer holds is put away: it is offered no more. What was counted stays. */
export const retireLesson = command({
	act: 'lesson.retire',
	schema: lessonIdSchema,
	async run(deed, { lessonId }): Promise<Outcome<null>> {
		const { tx, actor } = deed;
		deed.about('lesson', lessonId);
		const lesson = await findLesson(tx, actor, lessonId);
		if (!lesson) return refuse('not_found');
		if (!mayTeach(actor.roles)) return refuseRole();
		if (!mayPutAway(lesson, actor)) return refuse('not_yours', { lift: { kind: 'role', role: 'facilitator' } });
		const { networkId, personId, membershipId } = actor;
		const { numInsertedOrUpdatedRows } = await tx
			.insertInto('lessonEnd')
			.values({ networkId, lessonId, personId, membershipId, at: deed.now })
			.onConflict((conflict) => conflict.columns(['networkId', 'lessonId']).doNothing())
			.executeTakeFirst();
		return numInsertedOrUpdatedRows === 1n ? ok(null) : refuse('wrong_state');
	}
});
