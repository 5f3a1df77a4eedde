import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { listRequestWords } from '../paper/read.server.ts';
import { findCaseOfRequest, findRequestOfQuestion } from '../read.server.ts';
import type { RequestState } from '../rules.ts';

/** What who is asked sees of a small request, besides the question. */
export interface VoteWish {
	readonly requestId: string;
	readonly state: RequestState;
	/** Whether a vote is still waited for. */
	readonly open: boolean;
	readonly supplier: string | null;
}

/** The request about which a question is; null when it is about none. */
export async function findVoteWish(tx: Tx, keyring: Installation['keyring'], actor: Actor, questionId: string): Promise<VoteWish | null> {
	const request = await findRequestOfQuestion(tx, actor, questionId);
	const caseId = request && (await findCaseOfRequest(tx, request.requestId));
	if (!request || !caseId) return null;
	const words = await listRequestWords(tx, keyring, actor, caseId, [request.requestId]);
	return {
		...{ requestId: request.requestId, state: request.state, open: request.state === 'asked' && request.lane === 'light' },
		supplier: words.get(request.requestId)?.get('request_supplier') ?? null
	};
}

/** The questions to the actor about small requests that wait for no vote any more: decided, taken back, or gone to the full lane. */
export async function listDecidedQuestions(tx: Tx, actor: Actor): Promise<readonly string[]> {
	const { rows } = await sql<{ questionId: string }>`
		select q.question_id
		from request_question q
		join question_ask k on k.network_id = q.network_id and k.question_id = q.question_id
		where q.network_id = ${actor.networkId} and k.person_id = ${actor.personId} and k.membership_id = ${actor.membershipId}
			and (
				exists (select from request_event e where e.network_id = q.network_id and e.request_id = q.request_id and e.kind <> 'asked')
				or exists (select from request_more m where m.network_id = q.network_id and m.request_id = q.request_id)
			)`.execute(tx);
	return rows.map((row) => row.questionId);
}
