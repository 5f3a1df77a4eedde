-- Of an organisation of one or two people every figure is somebody's, also a zero and also "a few": it is marked as small, and nothing of it is counted.
-- And what goes one way has one meaning, for the facilitator as for who sits at the table.

create function app.too_few_people(wanted uuid) returns boolean language sql stable set search_path = ''
	as $$
		select count(distinct m.person_id) < 3
		from public.membership m
		where m.network_id = (select app.network_id()) and m.organisation_id = wanted and m.person_id <> (select app.person_id())
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
			and not m.roles <@ array['facilitator', 'oversight', 'checker']
	$$;
comment on function app.too_few_people(uuid) is 'Whether fewer than three people besides the reader work for an organisation now; who only looks along (facilitator, oversight, checker) is not counted. Then any figure of it could point at a person.';
revoke execute on function app.too_few_people(uuid) from public;

create function app.one_sided_tables() returns table (case_id uuid, organisation_id uuid, promises bigint) language sql stable set search_path = ''
	as $$
		select p.case_id, min(p.organisation_id::text)::uuid, sum(p.promises)::bigint
		from (
			select a.case_id, a.organisation_id, count(*) as promises
			from public.case_record c
			join public.agreement a on a.network_id = c.network_id and a.case_id = c.case_id
			left join lateral (
				-- What still waits for a decision, or was refused, is no promise.
				select k.ask_id, q.answer from public.agreement_ask k
				left join public.agreement_ask_answer q on q.network_id = k.network_id and q.ask_id = k.ask_id
				where k.network_id = a.network_id and k.version_id = a.agreement_id order by k.at desc, k.ask_id desc limit 1
			) k on true
			where c.network_id = (select app.network_id()) and (k.ask_id is null or k.answer = 'accepted')
				and (select e.kind from public.case_event e where e.network_id = c.network_id and e.case_id = c.case_id order by e.at desc, e.event_id desc limit 1) <> 'closed'
			group by 1, 2
		) p
		group by p.case_id
		having count(*) = 1 and sum(p.promises) >= 3 and 2 <= (
			select count(distinct s.organisation_id) from public.case_seat s
			join public.organisation o on o.network_id = s.network_id and o.organisation_id = s.organisation_id
			where s.network_id = (select app.network_id()) and s.case_id = p.case_id and s.valid_until is null
				and (o.left_at is null or o.left_at > (select app.now()))
		)
	$$;
comment on function app.one_sided_tables() is 'Tables of a case under way where promises go one way: one organisation alone promised, three times or more, while another sits there. Whoever asks reads it of their own tables; counted over all of them it is what the facilitator sees.';
revoke execute on function app.one_sided_tables() from public;
grant execute on function app.one_sided_tables() to loopplank_app;

create or replace function app.attention_rows() returns table (organisation_id uuid, person_id uuid, what text) language sql stable set search_path = ''
	as $$
		with stands as materialized (
			select s.organisation_id, s.person_id, s.what from app.agreement_standings() s
		)
		select x.organisation_id, x.person_id, x.what from (
			select s.organisation_id, s.person_id, 'overdue' from stands s where s.what = 'overdue'
			union all
			select s.organisation_id, s.person_id, 'overloaded' from stands s where s.what in ('open', 'overdue') group by 1, 2 having count(*) >= 8
			union all
			select h.organisation_id, h.person_id, 'silent'
			from public.case_seat h
			where h.network_id = (select app.network_id()) and h.holder and h.valid_until is null
				and (select e.kind from public.case_event e where e.network_id = h.network_id and e.case_id = h.case_id order by e.at desc, e.event_id desc limit 1) <> 'closed'
				and not exists (
					select from public.log_line l
					where l.network_id = h.network_id and l.case_id = h.case_id and l.result = 'done' and l.at > (select app.now()) - interval '14 days'
				)
			union all
			select s.organisation_id, s.person_id, 'one_sided'
			from app.one_sided_tables() t
			join public.case_seat s on s.network_id = (select app.network_id()) and s.case_id = t.case_id and s.valid_until is null
		) x (organisation_id, person_id, what)
		where x.organisation_id <> all(array(select o.organisation_id from public.organisation o
			where o.network_id = (select app.network_id()) and o.left_at <= (select app.now())))
	$$;
comment on function app.attention_rows() is 'What asks for attention, a row for each and of whom: agreements overdue, people with 8 open or more, cases silent for 14 days, and seats at tables where promises go one way. Not of an organisation that left. Not granted to anyone: each function says for whom it is.';

create or replace function app.figure_organisations() returns table (organisation_id uuid, what text, amount bigint) language sql stable security definer set search_path = ''
	as $$
		with small as (
			select o.organisation_id from public.organisation o where o.network_id = (select app.network_id()) and app.too_few_people(o.organisation_id)
		), counted as (
			select s.organisation_id, s.what, s.person_id from app.agreement_standings() s where s.what in ('kept', 'late', 'open')
			union all
			select k.organisation_id, 'asked', k.person_id from public.question_ask k where k.network_id = (select app.network_id())
			union all
			select k.organisation_id, 'answered', k.person_id
			from public.question_ask k
			join public.question_answer w on w.network_id = k.network_id and w.ask_id = k.ask_id
			where k.network_id = (select app.network_id()) and w.answer <> 'declined'
			union all
			select a.organisation_id, a.what, a.person_id from app.attention_rows() a
		)
		select c.organisation_id, c.what, case when count(*) >= 3 and count(distinct c.person_id) filter (where c.person_id <> (select app.person_id())) >= 2 then count(*) end
		from counted c
		where ((select app.has_role('oversight')) or (select app.has_role('governor')) or (select app.has_role('facilitator')))
			and c.organisation_id not in (select s.organisation_id from small s)
		group by 1, 2
		union all
		select s.organisation_id, 'small', null
		from small s
		where (select app.has_role('oversight')) or (select app.has_role('governor')) or (select app.has_role('facilitator'))
	$$;
comment on function app.figure_organisations() is 'Per organisation: agreements kept, late, open, overdue; questions asked of its people and answered; cases silent for 14 days; people with 8 open agreements or more; seats at tables where promises go one way. A cell under 3 (k = 3), or of fewer than two people besides the reader, is null. Of an organisation of fewer than three people besides the reader one row, "small", stands for all: never a figure of a person.';
