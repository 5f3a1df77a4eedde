-- What asks for attention: told to oneself, and to the facilitator as counts per organisation (G3). A facilitator has the product remind those whom it
-- concerns, and learns neither who nor how many that are.

create function app.attention_rows() returns table (organisation_id uuid, person_id uuid, what text) language sql stable set search_path = ''
	as $$
		with stands as materialized (
			select s.organisation_id, s.person_id, s.what from app.agreement_standings() s
		), between_two as (
			-- The receiver's organisation is that of their seat at the moment of the agreement. What still waits for a decision, or was refused, is no promise.
			select a.person_id, a.organisation_id, r.person_id as receiver_id, r.organisation_id as receives
			from public.agreement a
			join public.subject u on u.network_id = a.network_id and u.case_id = a.case_id and u.kind <> 'pair'
			join public.case_seat r on r.network_id = a.network_id and r.case_id = a.case_id and r.person_id = a.receiver_id
				and r.valid_from <= a.at and (r.valid_until is null or r.valid_until > a.at)
			left join lateral (
				select k.ask_id, d.answer from public.agreement_ask k
				left join public.agreement_ask_answer d on d.network_id = k.network_id and d.ask_id = k.ask_id
				where k.network_id = a.network_id and k.version_id = a.agreement_id order by k.at desc, k.ask_id desc limit 1
			) q on true
			where a.network_id = (select app.network_id()) and a.at > (select app.now()) - interval '6 months' and a.organisation_id <> r.organisation_id
				and (q.ask_id is null or q.answer = 'accepted')
		), sides as (
			select b.organisation_id, b.person_id, 'gives' as side from between_two b
			union all
			select b.receives, b.receiver_id, 'gets' from between_two b
		), weighed as (
			select s.organisation_id, count(*) filter (where s.side = 'gives') as gives, count(*) filter (where s.side = 'gets') as gets from sides s group by 1
		)
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
		from sides s join weighed w on w.organisation_id = s.organisation_id
		where greatest(w.gives, w.gets) >= 3 and least(w.gives, w.gets) * 4 <= greatest(w.gives, w.gets)
			and s.side = case when w.gives > w.gets then 'gives' else 'gets' end
	$$;
comment on function app.attention_rows() is 'What asks for attention, a row for each and of whom: agreements overdue, people with 8 open or more, cases silent for 14 days, and promises of the last six months where an organisation gave or got four times what went the other way, and at least three. Not granted to anyone: each function below says for whom it is.';

create or replace function app.figure_organisations() returns table (organisation_id uuid, what text, amount bigint) language sql stable security definer set search_path = ''
	as $$
		with counted as (
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
		where (select app.has_role('oversight')) or (select app.has_role('governor')) or (select app.has_role('facilitator'))
		group by 1, 2
	$$;
comment on function app.figure_organisations() is 'Per organisation: agreements kept, late, open, overdue; questions asked of its people and answered; cases silent for 14 days; people with 8 open agreements or more; promises that go one way. A cell under 3 (k = 3), or of fewer than two people besides the reader, is null: never a figure of a person.';

create table facilitation_reminder (
	network_id uuid not null,
	reminder_id uuid not null,
	organisation_id uuid not null,
	code text not null check (code in ('silent', 'overdue', 'overloaded', 'one_sided')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, reminder_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table facilitation_reminder is 'A facilitator had the product remind the people of an organisation whom something concerns. Nobody is named but the facilitator. retention: 2 years.';
create index facilitation_reminder_last on facilitation_reminder (network_id, organisation_id, code, at);
alter table facilitation_reminder enable row level security;
alter table facilitation_reminder force row level security;
create policy owner_all on facilitation_reminder to loopplank_owner using (true) with check (true);
create policy facilitator_reads on facilitation_reminder for select to loopplank_app
	using (network_id = (select app.network_id()) and (select app.has_role('facilitator')));
create policy own_hand on facilitation_reminder for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (select app.has_role('facilitator')));
create policy jobs_reads on facilitation_reminder for select to loopplank_jobs using (network_id = (select app.network_id()));
grant select, insert on facilitation_reminder to loopplank_app;
grant select on facilitation_reminder to loopplank_jobs;

create function app.people_concerned(reminder uuid) returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select distinct a.person_id
		from public.facilitation_reminder f
		join app.attention_rows() a on a.organisation_id = f.organisation_id and a.what = f.code
		where f.network_id = (select app.network_id()) and f.reminder_id = reminder
	$$;
comment on function app.people_concerned(uuid) is 'Whom a reminder of a facilitator concerns at this moment. For the jobs'' role alone: nobody who acts learns it.';
revoke execute on function app.people_concerned(uuid) from public;
grant execute on function app.people_concerned(uuid) to loopplank_jobs;
