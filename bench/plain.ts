import type pg from 'pg';

/** The rows that a case page and the list of cases need, asked of the same server as plainly as can be: no transaction, no row-level security, no log line, no words opened. */

const ofCase = [
	'select case_id, pseudonym, resident_knows, opened_at, membership_id from case_record where network_id = $1 and case_id = $2',
	'select kind, outcome, at, membership_id from case_event where network_id = $1 and case_id = $2 order by at, event_id',
	'select person_id, membership_id, organisation_id, holder, valid_from, valid_until from case_seat where network_id = $1 and case_id = $2 order by valid_from, seat_id',
	`select i.invitation_id, i.person_id, i.membership_id, i.invited_by, i.at, a.answer, a.at as answered_at
		from seat_invitation i left join seat_answer a on a.network_id = i.network_id and a.invitation_id = i.invitation_id
		where i.network_id = $1 and i.case_id = $2 order by i.at`,
	'select agreement_id, person_id, membership_id, receiver_id, due_on, at from agreement where network_id = $1 and case_id = $2 order by at, agreement_id',
	`select r.report_id, r.agreement_id, r.outcome, r.at, a.answer, a.at as answered_at
		from agreement_report r left join agreement_answer a on a.network_id = r.network_id and a.report_id = r.report_id
		where r.network_id = $1 and r.case_id = $2 order by r.at, r.report_id`,
	`select m.membership_id, p.display_name, o.name, m.function_title from membership m
		join person p on p.network_id = m.network_id and p.person_id = m.person_id
		join organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id
		where m.network_id = $1 and m.membership_id in (select s.membership_id from case_seat s where s.network_id = $1 and s.case_id = $2)`,
	'select distinct on (about_id, part) words_id, about_id, part, ciphertext, at from case_words where network_id = $1 and case_id = $2 order by about_id, part, at desc, words_id desc',
	'select value_map_id, price_list_id, document, person_id, at from value_map where network_id = $1 and case_id = $2 order by at desc limit 1',
	'select naming_id, kind, at from cause_naming where network_id = $1 and case_id = $2 order by at desc limit 1'
];

const listOfCases = `
	select c.case_id, c.pseudonym, c.opened_at, s.holder,
		(select v.kind from case_event v where v.network_id = c.network_id and v.case_id = c.case_id order by v.at desc, v.event_id desc limit 1) as kind,
		(select count(*) from agreement a where a.network_id = c.network_id and a.case_id = c.case_id) as agreements,
		(select count(*) from agreement_answer n join agreement_report r on r.network_id = n.network_id and r.report_id = n.report_id
			where n.network_id = c.network_id and n.case_id = c.case_id and n.answer = 'confirmed' and r.outcome in ('kept', 'late')) as kept
	from case_record c
	join case_seat s on s.network_id = c.network_id and s.case_id = c.case_id and s.person_id = $2 and s.valid_until is null
	where c.network_id = $1 order by c.case_id desc limit 25`;

export async function readCasePlainly(pool: pg.Pool, networkId: string, caseId: string): Promise<void> {
	const client = await pool.connect();
	try {
		for (const query of ofCase) await client.query(query, [networkId, caseId]);
	} finally {
		client.release();
	}
}

export async function listCasesPlainly(pool: pg.Pool, networkId: string, personId: string): Promise<void> {
	await pool.query(listOfCases, [networkId, personId]);
}
