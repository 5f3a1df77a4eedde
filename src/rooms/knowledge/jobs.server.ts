import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { TermDeed } from '#foundation/command/term-act.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import type { JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import type { MailSubject } from '#foundation/mail/letter.ts';
import type { MessageKey } from '#foundation/text/text.ts';
import { addWorkingHours } from '#foundation/time/working-hours.ts';
import { notifyByLink, notifyPerson } from '#rooms/people/jobs.server.ts';
import { yearBefore } from '#rooms/people/profiles/rules.ts';
import { lockQuestion } from './read.server.ts';
import { daysOfLink, hoursToAnswer, passOn, roundOf } from './rules.ts';
import type { PassKind, ToAsk } from './rules.ts';

/** Asks by mail, with a link to answer at once. Who is asked in a question that was taken back meanwhile is not written to. */
const letterWithLink: JobHandler = async (installation, job) => {
	const networkId = jobNetwork(job);
	const askId = payloadId(job, 'askId');
	const standing = await installation.door.job(networkId, job.now, (tx) =>
		tx
			.selectFrom('questionAsk as k')
			.leftJoin('questionWithdrawal as w', (join) =>
				join.onRef('w.networkId', '=', 'k.networkId').onRef('w.questionId', '=', 'k.questionId')
			)
			.leftJoin('questionAnswer as a', (join) => join.onRef('a.networkId', '=', 'k.networkId').onRef('a.askId', '=', 'k.askId'))
			.select('k.askId')
			.where('k.networkId', '=', networkId)
			.where('k.askId', '=', askId)
			.where('w.at', 'is', null)
			.where('a.at', 'is', null)
			.executeTakeFirst()
	);
	if (!standing) return;
	await notifyByLink(installation, job, {
		...{ subject: 'mail.question_asked.subject', sentence: 'mail.question_asked.text', purpose: 'question', subjectId: askId },
		...{ personId: payloadId(job, 'personId'), membershipId: payloadId(job, 'membershipId') },
		expiresAt: new Date(job.now.getTime() + daysOfLink * 86_400_000)
	});
};

const about =
	(subject: MailSubject, sentence: MessageKey): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, { subject, sentence, path: `/vraag/${payloadId(job, 'questionId')}` });

/** Passes on the questions of a network that nobody answered in time. Each in a transaction of its own; one that was answered meanwhile stays. */
export async function passQuestionsOn(installation: Installation, networkId: string, now: Date): Promise<number> {
	const { rows } = await installation.door.job(networkId, now, (tx) =>
		sql<{ questionId: string }>`select d as question_id from app.due_questions() d order by d`.execute(tx)
	);
	let passed = 0;
	for (const { questionId } of rows)
		if (
			await termAct(installation, networkId, now, { act: 'question.pass_on', kind: 'question', id: questionId }, (deed) =>
				passQuestionOn(deed, questionId)
			)
		)
			passed++;
	return passed;
}

async function passQuestionOn(deed: TermDeed, questionId: string): Promise<boolean> {
	const { tx, networkId, now } = deed;
	await lockQuestion(tx, networkId, questionId);
	const { rows: due } = await sql`select from app.due_questions() d where d = ${questionId}`.execute(tx);
	if (due.length === 0) return false;
	const question = await tx
		.selectFrom('question')
		.select(['askedBy'])
		.where('networkId', '=', networkId)
		.where('questionId', '=', questionId)
		.executeTakeFirstOrThrow();
	const passes = await tx
		.selectFrom('questionPass')
		.select('kind')
		.where('networkId', '=', networkId)
		.where('questionId', '=', questionId)
		.execute();
	const waiting = await tx
		.selectFrom('questionAsk as k')
		.leftJoin('questionAnswer as a', (join) => join.onRef('a.networkId', '=', 'k.networkId').onRef('a.askId', '=', 'k.askId'))
		.select('k.personId')
		.where('k.networkId', '=', networkId)
		.where('k.questionId', '=', questionId)
		.where('a.at', 'is', null)
		.execute();
	const { rows: left } = await sql<ToAsk & { kind: 'next' | 'duty' }>`
		select kind, person_id, membership_id, organisation_id, reason from app.left_to_ask(${questionId})`.execute(tx);
	const pass = passOn(
		passes.map(({ kind }) => kind as PassKind),
		left
	);
	const round = roundOf[pass.kind];
	await tx.insertInto('questionPass').values({ networkId, questionId, round, kind: pass.kind, at: now }).execute();
	if (pass.kind !== 'ended') {
		const askId = deed.id();
		const { personId, membershipId, organisationId, reason } = pass.ask;
		await tx
			.insertInto('questionAsk')
			.values({
				...{ networkId, askId, questionId, personId, membershipId, organisationId, reason, round },
				...{ at: now, dueAt: addWorkingHours(now, hoursToAnswer) }
			})
			.execute();
		await deed.tell('mail.question_asked', { askId, personId, membershipId });
	}
	const told = pass.kind === 'ended' ? 'mail.question_nobody_left' : 'mail.question_passed_on';
	await deed.tell(told, { questionId, personId: question.askedBy });
	if (pass.kind !== 'ended') for (const { personId } of waiting) await deed.tell('mail.question_also_to', { questionId, personId });
	return true;
}

/** Asks who did not look at their profile for a year whether it still holds: once, until they keep it again. */
export async function askProfilesAgain(installation: Installation, networkId: string, now: Date): Promise<number> {
	const due = (personId: string | null) => (tx: Tx) =>
		sql<{ personId: string }>`
			select f.person_id from profile f
			where f.network_id = ${networkId} and f.updated_at < ${yearBefore(now)} and (f.asked_at is null or f.asked_at < f.updated_at)
				and (${personId === null} or f.person_id = ${personId ?? networkId}) and f.willing and f.topics || f.schemes || f.lived_experience <> ''
				and exists (select from membership m where m.network_id = f.network_id and m.person_id = f.person_id
					and m.valid_from <= ${now} and (m.valid_until is null or m.valid_until > ${now}))
			order by f.person_id`.execute(tx);
	const { rows } = await installation.door.job(networkId, now, due(null));
	let asked = 0;
	for (const { personId } of rows)
		if (
			await termAct(installation, networkId, now, { act: 'profile.ask_again', kind: 'profile', id: personId }, async (deed) => {
				if ((await due(personId)(deed.tx)).rows.length === 0) return false;
				const { numUpdatedRows } = await deed.tx
					.updateTable('profile')
					.set({ askedAt: now })
					.where('networkId', '=', networkId)
					.where('personId', '=', personId)
					.where((e) => e.or([e('askedAt', 'is', null), e('askedAt', '<', e.ref('updatedAt'))]))
					.executeTakeFirst();
				if (numUpdatedRows !== 1n) return false;
				await deed.tell('mail.profile_old', { personId });
				return true;
			})
		)
			asked++;
	return asked;
}

/** Letters of questions, and the look each minute for those that nobody answered. */
export const knowledgeJobs: JobHandlers = {
	'mail.question_asked': letterWithLink,
	'mail.question_answered': about('mail.question_answered.subject', 'mail.question_answered.text'),
	'mail.question_passed_on': about('mail.question_passed_on.subject', 'mail.question_passed_on.text'),
	'mail.question_also_to': about('mail.question_also_to.subject', 'mail.question_also_to.text'),
	'mail.question_nobody_left': about('mail.question_nobody_left.subject', 'mail.question_nobody_left.text'),
	'mail.message_written': about('mail.message_written.subject', 'mail.message_written.text'),
	'mail.answer_helped': about('mail.answer_helped.subject', 'mail.answer_helped.text'),
	'mail.card_offered': (installation, job) =>
		notifyPerson(installation, job, {
			...{ subject: 'mail.card_offered.subject', sentence: 'mail.card_offered.text' },
			path: `/kennis/${payloadId(job, 'cardId')}`
		}),
	'mail.profile_old': (installation, job) =>
		notifyPerson(installation, job, {
			...{ subject: 'mail.profile_old.subject', sentence: 'mail.profile_old.text' },
			path: '/mijn/profiel'
		}),
	'daily.profiles': async (installation, job) => {
		await askProfilesAgain(installation, jobNetwork(job), job.now);
	},
	'sweep.questions': async (installation, job) => {
		await passQuestionsOn(installation, jobNetwork(job), job.now);
	}
};
export const knowledgeSweeps: readonly string[] = ['sweep.questions'];
export const knowledgeDaily: readonly string[] = ['daily.profiles'];
