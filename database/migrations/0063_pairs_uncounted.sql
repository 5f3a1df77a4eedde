-- What two organisations promise each other because they checked their trust is theirs: no figure counts it, that of who works with whom neither.

create or replace function app.figure_ties() returns table (organisation_id uuid, partner_id uuid, agreements bigint, answers bigint, few bigint)
	language sql stable security definer set search_path = ''
	as $$
		with month as (
			select date_trunc('month', (select app.now()) at time zone 'Europe/Amsterdam') as begun
		), span as (
			select (m.begun - interval '1 year') at time zone 'Europe/Amsterdam' as since, m.begun at time zone 'Europe/Amsterdam' as until from month m
		), met as (
			-- The receiver's organisation is that of their seat at the moment of the agreement.
			select 'agreements' as what, a.organisation_id, a.person_id, s.organisation_id as partner_id, s.person_id as partner_person
			from public.agreement a
			join public.case_seat s on s.network_id = a.network_id and s.case_id = a.case_id and s.person_id = a.receiver_id
				and s.valid_from <= a.at and (s.valid_until is null or s.valid_until > a.at)
			join public.subject u on u.network_id = a.network_id and u.case_id = a.case_id and u.kind <> 'pair'
			where a.network_id = (select app.network_id()) and a.at >= (select since from span) and a.at < (select until from span)
			union all
			select 'answers', k.organisation_id, k.person_id, q.organisation_id, q.asked_by
			from public.question_answer w
			join public.question_ask k on k.network_id = w.network_id and k.ask_id = w.ask_id
			join public.question q on q.network_id = k.network_id and q.question_id = k.question_id
			where w.network_id = (select app.network_id()) and w.at >= (select since from span) and w.at < (select until from span) and w.answer <> 'declined'
		), sides as (
			select m.what, least(m.organisation_id, m.partner_id) as one, greatest(m.organisation_id, m.partner_id) as other,
				case when m.organisation_id < m.partner_id then m.person_id else m.partner_person end as one_person,
				case when m.organisation_id < m.partner_id then m.partner_person else m.person_id end as other_person
			from met m where m.organisation_id <> m.partner_id and (select app.acts_in_network())
		), cells as (
			select s.one, s.other, s.what, count(*) as amount,
				count(*) >= 3
					and count(distinct s.one_person) filter (where s.one_person <> (select app.person_id())) >= 2
					and count(distinct s.other_person) filter (where s.other_person <> (select app.person_id())) >= 2 as shown
			from sides s group by 1, 2, 3
		), pairs as (
			select c.one, c.other, bool_or(c.shown) as shown,
				max(c.amount) filter (where c.shown and c.what = 'agreements') as agreements,
				max(c.amount) filter (where c.shown and c.what = 'answers') as answers
			from cells c group by 1, 2
		)
		select p.one, p.other, p.agreements, p.answers, null::bigint from pairs p where p.shown
		union all
		select null, null, null, null, count(*) from pairs p where not p.shown having count(*) >= 3
	$$;
