import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { writeLogLine } from '#foundation/log/line.server.ts';

/** What the page of a case shows changes when one of these ids does; null when the actor may not see it now. */
export async function listCaseTopics(tx: Tx, actor: Actor, caseId: string): Promise<readonly string[] | null> {
	const { cases } = await seenBy(tx);
	return cases.includes(caseId) ? [caseId, ...(await unlinkedOf(tx, actor, caseId))] : null;
}

/** The same of the page of a question. */
export async function listQuestionTopics(tx: Tx, _: Actor, questionId: string): Promise<readonly string[] | null> {
	const { questions } = await seenBy(tx);
	return questions.includes(questionId) ? [questionId] : null;
}

/** The same of the page where someone begins. */
export async function listHomeTopics(tx: Tx, actor: Actor): Promise<readonly string[] | null> {
	const { acts, cases, questions } = await seenBy(tx);
	return acts ? [actor.personId, ...cases, ...questions] : null;
}

async function seenBy(tx: Tx): Promise<{ acts: boolean; cases: readonly string[]; questions: readonly string[] }> {
	const { rows } = await sql<{ acts: boolean; cases: readonly string[]; questions: readonly string[] }>`
		select app.acts_in_network() as acts, array(select app.my_cases()) as cases, 
			array(select app.my_questions() union select app.table_questions()) as questions`.execute(tx);
	const [row] = rows;
	return row?.acts === true ? row : { acts: false, cases: [], questions: [] };
}

/** Who answers a question or judges a request does not know of which case it is, so that is told by the question or the request. */
async function unlinkedOf(tx: Tx, actor: Actor, caseId: string): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		select q.question_id as id from case_question q where q.network_id = ${actor.networkId} and q.case_id = ${caseId}
		union select r.request_id from case_request r where r.network_id = ${actor.networkId} and r.case_id = ${caseId}
		union select l.escalation_id from case_escalation l where l.network_id = ${actor.networkId} and l.case_id = ${caseId}`.execute(tx);
	return rows.map(({ id }) => id);
}

/** Someone asked to be told of what they may not see: that is a reading that was refused, and stands in the log as one. */
export const logRefusedWatch = (installation: Installation, actor: Actor, kind: 'case' | 'question', id: string): Promise<void> => {
	const now = installation.world.now();
	return installation.door.actor(actor, now, async (tx, send) =>
		writeLogLine(installation, { tx, send }, actor, now, {
			...{ act: 'case.read', result: 'refused_reading', reason: 'not_found', objectId: id },
			...(kind === 'case' ? { objectKind: 'case', caseId: id } : { objectKind: 'question' })
		})
	);
};
