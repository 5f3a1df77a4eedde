/** What holds of every kind of thing at any moment, counted straight from the tables. Each query finds the ids of what it does not hold for. */

const wordsOf = (about: string, part: string): string =>
	`(select count(*) from case_words w where w.network_id = f.network_id and w.about_id = ${about} and w.part = '${part}')`;

const cases: Readonly<Record<string, string>> = {
	'a case without its one holder': `select f.case_id as id from case_record f where f.network_id = $1
		and 1 <> (select count(*) from case_seat s where s.network_id = f.network_id and s.case_id = f.case_id and s.holder and s.valid_until is null)`,
	'a case that was not opened once': `select f.case_id as id from case_record f where f.network_id = $1
		and 1 <> (select count(*) from case_event e where e.network_id = f.network_id and e.case_id = f.case_id and e.kind = 'opened')`,
	'a case without its words': `select f.case_id as id from case_record f where f.network_id = $1
		and (1, 1, 1) <> (${wordsOf('f.case_id', 'stuck')}, ${wordsOf('f.case_id', 'first_need')}, ${wordsOf('f.case_id', 'own_organisation')})`,
	'an invitation without its words': `select f.invitation_id as id from seat_invitation f where f.network_id = $1 and 1 <> ${wordsOf('f.invitation_id', 'invitation')}`,
	'an accepted invitation without its seat': `select f.invitation_id as id from seat_answer f where f.network_id = $1 and f.answer = 'accepted'
		and not exists (select from case_seat s where s.network_id = f.network_id and s.case_id = f.case_id and s.person_id = f.person_id)`,
	'a seat that nobody accepted': `select f.seat_id as id from case_seat f where f.network_id = $1 and not f.holder
		and not exists (select from seat_answer a where a.network_id = f.network_id and a.case_id = f.case_id and a.person_id = f.person_id and a.answer = 'accepted')
		and not exists (select from hand_over h where h.network_id = f.network_id and h.case_id = f.case_id and h.from_person_id = f.person_id)`,
	'a closed case without its cause': `select f.event_id as id from case_event f where f.network_id = $1 and f.kind = 'closed'
		and not exists (select from cause_naming n where n.network_id = f.network_id and n.case_id = f.case_id and n.at = f.at)`,
	'a case handed over to nobody': `select f.hand_over_id as id from hand_over_end f where f.network_id = $1 and f.answer = 'accepted'
		and not exists (select from hand_over h join case_seat s on s.network_id = h.network_id and s.case_id = h.case_id and s.person_id = h.to_person_id and s.holder
			where h.network_id = f.network_id and h.hand_over_id = f.hand_over_id)`,
	'a key that was taken and got no answer': `select null::uuid as id from command_key f where f.network_id = $1 and f.answer is null`
};

const agreements: Readonly<Record<string, string>> = {
	'an agreement without a version': `select f.agreement_id as id from agreement f where f.network_id = $1
		and not exists (select from agreement_version v where v.network_id = f.network_id and v.agreement_id = f.agreement_id and v.number = 1)`,
	'a version of an agreement without its words': `select f.version_id as id from agreement_version f where f.network_id = $1 and 1 <> ${wordsOf('f.version_id', 'agreement')}`,
	'a report without its words': `select f.report_id as id from agreement_report f where f.network_id = $1 and f.outcome <> 'kept' and f.outcome <> 'taken' and 1 <> ${wordsOf('f.report_id', 'report')}`,
	'a decision of a colleague without its acceptance': `select f.ask_id as id from agreement_ask_answer f where f.network_id = $1 and f.answer = 'accepted'
		and not exists (select from agreement_ask a join agreement_acceptance c on c.network_id = a.network_id and c.version_id = a.version_id and c.person_id = a.decider_id
			where a.network_id = f.network_id and a.ask_id = f.ask_id)
		and not exists (select from agreement_ask a join agreement_version v on v.network_id = a.network_id and v.version_id = a.version_id and v.number > 1
			where a.network_id = f.network_id and a.ask_id = f.ask_id)`,
	'a decision of a colleague that counts on no mandate': `select f.ask_id as id from agreement_ask_answer f
		join agreement_ask a on a.network_id = f.network_id and a.ask_id = f.ask_id
		join agreement_version v on v.network_id = a.network_id and v.version_id = a.version_id
		where f.network_id = $1 and f.answer = 'accepted' and v.amount_cents is not null
			and 1 <> (select count(*) from mandate_use u where u.network_id = a.network_id and u.version_id = a.version_id)`,
	'an announced decision that a colleague takes, and within no mandate': `select f.ask_id as id from agreement_ask_answer f
		join agreement_ask a on a.network_id = f.network_id and a.ask_id = f.ask_id
		join agreement_version v on v.network_id = a.network_id and v.version_id = a.version_id
		join agreement g on g.network_id = v.network_id and g.agreement_id = v.agreement_id
		where f.network_id = $1 and f.answer = 'accepted' and g.kind = 'decision_follows'
			and not exists (select from decision_mandate m where m.network_id = g.network_id and m.agreement_id = g.agreement_id)`,
	'a mandate with one hand twice': `select f.mandate_id as id from mandate_hand f where f.network_id = $1 group by f.mandate_id having count(*) <> count(distinct f.person_id)`,
	'a mandate that nobody proposed': `select f.mandate_id as id from mandate f where f.network_id = $1
		and not exists (select from mandate_hand h where h.network_id = f.network_id and h.mandate_id = f.mandate_id and h.hand = 'proposed')`
};

const knowledge: Readonly<Record<string, string>> = {
	'a question without its words, its case or who is asked': `select f.question_id as id from question f where f.network_id = $1
		and (1 <> ${wordsOf('f.question_id', 'question')}
			or 1 <> (select count(*) from case_question c where c.network_id = f.network_id and c.question_id = f.question_id)
			or not exists (select from question_ask a where a.network_id = f.network_id and a.question_id = f.question_id))
		and not exists (select from request_question r where r.network_id = f.network_id and r.question_id = f.question_id)`,
	'another way without its words': `select f.ask_id as id from question_answer f where f.network_id = $1 and f.answer = 'other_way' and 1 <> ${wordsOf('f.ask_id', 'answer')}`,
	'a message without its words': `select f.message_id as id from conversation_message f where f.network_id = $1 and 1 <> ${wordsOf('f.message_id', 'message')}`,
	'a card without the answer that it came from': `select f.card_id as id from knowledge_card f where f.network_id = $1
		and 1 <> (select count(*) from card_source s where s.network_id = f.network_id and s.card_id = f.card_id)`
};

const rest: Readonly<Record<string, string>> = {
	'a membership that was ended and goes on': `select f.end_id as id from membership_end_answer f join membership_end e on e.network_id = f.network_id and e.end_id = f.end_id
		join membership m on m.network_id = e.network_id and m.membership_id = e.membership_id
		where f.network_id = $1 and f.answer = 'confirmed' and m.valid_until is null`,
	'a membership that ended by itself': `select f.membership_id as id from membership f where f.network_id = $1 and f.valid_until is not null
		and not exists (select from membership_end e join membership_end_answer a on a.network_id = e.network_id and a.end_id = e.end_id
			where e.network_id = f.network_id and e.membership_id = f.membership_id and a.answer = 'confirmed')`,
	'someone in a team who did not join': `select f.membership_id as id from team_member f where f.network_id = $1
		and not exists (select from team_invitation i join team_answer a on a.network_id = i.network_id and a.invitation_id = i.invitation_id
			where i.network_id = f.network_id and i.team_id = f.team_id and i.person_id = f.person_id and a.answer = 'accepted')`,
	'duty that was taken and is gone, or was given up and stands': `select f.object_id as id from log_line f where f.network_id = $1 and f.act = 'duty.take' and f.result = 'done'
		and exists (select from log_line g where g.network_id = f.network_id and g.act = 'duty.give_up' and g.result = 'done' and g.object_id = f.object_id)
			= exists (select from team_duty d where d.network_id = f.network_id and d.duty_id = f.object_id)`,
	'someone who kept a profile and has none': `select f.person_id as id from log_line f where f.network_id = $1 and f.act = 'profile.keep' and f.result = 'done'
		and not exists (select from profile p where p.network_id = f.network_id and p.person_id = f.person_id)`,
	'a signal that was not opened': `select f.signal_id as id from signal f where f.network_id = $1
		and not exists (select from signal_event e where e.network_id = f.network_id and e.signal_id = f.signal_id and e.kind = 'opened')`,
	'a rule of signals that one organisation confirmed by itself': `select f.rule_id as id from signal_rule_answer f
		join signal_rule r on r.network_id = f.network_id and r.rule_id = f.rule_id
		where f.network_id = $1 and f.answer = 'confirmed' and (f.person_id = r.person_id or f.organisation_id = r.organisation_id)`,
	'an organisation that came back by one person, or twice': `select r.organisation_id as id from organisation_return r
		join organisation_return_answer f on f.network_id = r.network_id and f.return_id = r.return_id and f.answer = 'confirmed'
		where r.network_id = $1 group by r.organisation_id having count(*) > 1 or bool_or(f.person_id = r.person_id)`,
	'an organisation that came back and is not there': `select r.return_id as id from organisation_return r
		where r.network_id = $1 and exists (select from organisation_return_answer f where f.network_id = r.network_id and f.return_id = r.return_id and f.answer = 'confirmed')
			<> exists (select from organisation o where o.network_id = r.network_id and o.organisation_id = r.again_id)`,
	'terms of the ladder that one organisation confirmed by itself': `select f.terms_id as id from ladder_terms_answer f
		join ladder_terms r on r.network_id = f.network_id and r.terms_id = f.terms_id
		where f.network_id = $1 and f.answer = 'confirmed' and (f.person_id = r.person_id or f.organisation_id = r.organisation_id)`,
	'a study that was taken away twice': `select f.study_id as id from study_withdrawal f where f.network_id = $1 group by f.study_id having count(*) > 1`,
	'an objection without its words': `select f.objection_id as id from resident_objection f where f.network_id = $1 and 1 <> ${wordsOf('f.objection_id', 'objection')}`,
	'two links of one resident, or of one calendar, that both stand': `select f.subject_id as id from private_link f where f.network_id = $1 and f.purpose in ('resident', 'calendar')
		and not exists (select from private_link_end e where e.network_id = f.network_id and e.link_id = f.link_id) group by f.subject_id having count(*) > 1`,
	'a check that was planned twice': `select f.case_id as id from follow_up f where f.network_id = $1 group by f.case_id, f.month having count(*) > 1`,
	'success that was told to nobody': `select f.told_id as id from success_told f where f.network_id = $1
		and not exists (select from success_thanks t where t.network_id = f.network_id and t.told_id = f.told_id)`
};

/** By what is wrong, the query that finds it. */
export const wholeness: Readonly<Record<string, string>> = { ...cases, ...agreements, ...knowledge, ...rest };
