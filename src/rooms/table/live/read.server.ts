import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { writeLogLine } from '#foundation/log/line.server.ts';

/** Which page waits for changes: of a case, of a question, or the page where someone begins. */
export type Watched = { readonly kind: 'case' | 'question'; readonly id: string } | { readonly kind: 'home' };

/** What a page shows changes when one of these ids does; null when the actor may not see the page now. Read anew before each push. */
export const listTopics = (installation: Installation, actor: Actor, watched: Watched): Promise<readonly string[] | null> =>
	read(installation, actor, (tx) => topicsOf(tx, actor, watched));

async function topicsOf(tx: Tx, actor: Actor, watched: Watched): Promise<readonly string[] | null> {
	const { rows } = await sql<{ acts: boolean; cases: readonly string[]; questions: readonly string[] }>`
		select app.acts_in_network() as acts, array(select app.my_cases()) as cases, 
			array(select app.my_questions() union select app.table_questions()) as questions`.execute(tx);
	const { acts = false, cases = [], questions = [] } = rows[0] ?? {};
	if (!acts) return null;
	switch (watched.kind) {
		case 'case':
			return cases.includes(watched.id) ? [watched.id, ...(await unlinkedOf(tx, actor, watched.id))] : null;
		case 'question':
			return questions.includes(watched.id) ? [watched.id] : null;
		case 'home':
			return [actor.personId, ...cases, ...questions];
	}
}

/** Who answers a question or judges a request does not know of which case it is, so that is told by the question or the request. */
async function unlinkedOf(tx: Tx, actor: Actor, caseId: string): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		select q.question_id as id from case_question q where q.network_id = ${actor.networkId} and q.case_id = ${caseId}
		union select r.request_id from case_request r where r.network_id = ${actor.networkId} and r.case_id = ${caseId}`.execute(tx);
	return rows.map(({ id }) => id);
}

/** Someone asked to be told of what they may not see: that is a reading that was refused, and stands in the log as one. */
export const logRefusedWatch = (
	installation: Installation,
	actor: Actor,
	{ kind, id }: Exclude<Watched, { kind: 'home' }>
): Promise<void> => {
	const now = installation.world.now();
	return installation.door.actor(actor, now, async (tx, send) =>
		writeLogLine(installation, { tx, send }, actor, now, {
			...{ act: 'case.read', result: 'refused_reading', reason: 'not_found', objectId: id },
			...(kind === 'case' ? { objectKind: 'case', caseId: id } : { objectKind: 'question' })
		})
	);
};
