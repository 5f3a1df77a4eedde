import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { dayAt } from '#foundation/time/days.ts';
import type { SubjectKind } from '#rooms/cases/subjects/rules.ts';

/** Something that waits for the actor: a report to confirm, a change to accept, or an agreement of theirs that is due or disputed. */
export interface Waiting {
	readonly kind: 'answer' | 'change' | 'report';
	readonly caseId: string;
	/** What kind of table it waits at. */
	readonly table: SubjectKind;
	/** What the case or the project is called; null of a pair, which has no name. */
	readonly pseudonym: string | null;
	readonly agreementId: string;
	readonly what: string | null;
	readonly dueOn: string;
	readonly overdue: boolean;
	/** Whether the actor promised it. */
	readonly promised: boolean;
	/** The other side of the agreement. */
	readonly otherPersonId: string;
}

/** What waits for the actor at the tables where they sit, of cases, projects and pairs, soonest first. */
export async function listMyWaiting(tx: Tx, keyring: Installation['keyring'], actor: Actor, now: Date): Promise<Waiting[]> {
	const { rows } = await sql<{
		caseId: string;
		table: SubjectKind;
		pseudonym: string | null;
		agreementId: string;
		versionId: string;
		kind: Waiting['kind'];
		dueOn: string;
		personId: string;
		receiverId: string;
		wordsId: string;
		ciphertext: Buffer;
	}>`
		select a.case_id, s.kind as "table", coalesce(c.pseudonym, j.title) as pseudonym, a.agreement_id, v.version_id, v.due_on, a.person_id, a.receiver_id, w.words_id, w.ciphertext,
			case when a.receiver_id = ${actor.personId} and r.report_id is not null and n.answer is null then 'answer'
				when p.version_id is not null then 'change' else 'report' end as kind
		from agreement a
		join subject s on s.network_id = a.network_id and s.case_id = a.case_id
		left join case_record c on c.network_id = a.network_id and c.case_id = a.case_id
		left join project j on j.network_id = a.network_id and j.project_id = a.case_id
		cross join lateral (
			select v.version_id, v.due_on, v.number from agreement_version v
			where v.network_id = a.network_id and v.case_id = a.case_id and v.agreement_id = a.agreement_id and (v.number = 1 or exists (
				select from agreement_acceptance b where b.network_id = v.network_id and b.case_id = v.case_id and b.version_id = v.version_id
					and b.answer = 'accepted' and b.person_id <> v.offered_by))
			order by v.number desc limit 1
		) v
		left join lateral (
			select u.version_id, u.offered_by from agreement_version u
			where u.network_id = a.network_id and u.case_id = a.case_id and u.agreement_id = a.agreement_id and u.number > v.number
				and u.offered_by <> ${actor.personId}
				and not exists (select from agreement_version l where l.network_id = u.network_id and l.case_id = u.case_id and l.agreement_id = u.agreement_id and l.number > u.number)
				and not exists (select from agreement_acceptance b where b.network_id = u.network_id and b.case_id = u.case_id and b.version_id = u.version_id and b.person_id <> u.offered_by)
				and coalesce((select case when q.answer is null then false when q.answer = 'accepted' then true else u.offered_by <> a.person_id end
					from agreement_ask i left join agreement_ask_answer q on q.network_id = i.network_id and q.ask_id = i.ask_id
					where i.network_id = u.network_id and i.version_id = u.version_id order by i.at desc, i.ask_id desc limit 1), true)
		) p on true
		join case_words w on w.network_id = a.network_id and w.about_id = v.version_id and w.part = 'agreement'
		left join lateral (
			select v.kind from case_event v where v.network_id = a.network_id and v.case_id = a.case_id order by v.at desc, v.event_id desc limit 1
		) e on true
		left join lateral (
			select p.report_id, p.outcome from agreement_report p where p.network_id = a.network_id and p.case_id = a.case_id and p.agreement_id = a.agreement_id order by p.at desc, p.report_id desc limit 1
		) r on true
		left join agreement_answer n on n.network_id = a.network_id and n.report_id = r.report_id
		left join lateral (
			select k.ask_id, q.answer from agreement_ask k left join agreement_ask_answer q on q.network_id = k.network_id and q.ask_id = k.ask_id
			where k.network_id = a.network_id and k.version_id = a.agreement_id order by k.at desc, k.ask_id desc limit 1
		) k on true
		where a.network_id = ${actor.networkId} and e.kind is distinct from 'closed'
			and not exists (select from project_end x where x.network_id = a.network_id and x.project_id = a.case_id)
			and not exists (select from pair_end x where x.network_id = a.network_id and x.pair_id = a.case_id) and (k.ask_id is null or k.answer = 'accepted')
			and (
				(a.receiver_id = ${actor.personId} and r.report_id is not null and n.answer is null)
				or (a.person_id = ${actor.personId} and (r.report_id is null or n.answer = 'disputed'))
				or (a.receiver_id = ${actor.personId} and p.version_id is not null and (r.report_id is null or n.answer = 'disputed'))
			)
			-- Of an organisation that left nothing waits, but what the promiser had reported before: the receiver can still answer that.
			and (not exists (select from organisation o where o.network_id = a.network_id and o.left_at <= (select app.now())) or app.left_party(a.agreement_id) is null or (a.receiver_id = ${actor.personId} and r.report_id is not null and n.answer is null))
		order by v.due_on, a.agreement_id`.execute(tx);
	const today = dayAt(now);
	return Promise.all(
		rows.map(async (row) => ({
			kind: row.kind,
			caseId: row.caseId,
			table: row.table,
			pseudonym: row.pseudonym,
			agreementId: row.agreementId,
			what: await keyring.openWords(
				{ networkId: actor.networkId, caseId: row.caseId },
				{ aboutId: row.versionId, part: 'agreement', wordsId: row.wordsId },
				row.ciphertext
			),
			dueOn: row.dueOn,
			overdue: row.dueOn < today,
			promised: row.personId === actor.personId,
			otherPersonId: row.receiverId === actor.personId ? row.personId : row.receiverId
		}))
	);
}
