-- Duty that a colleague is asked for, the end of a membership by four eyes, and answered questions among the figures of an organisation.

create table duty_ask (
	network_id uuid not null,
	ask_id uuid not null,
	team_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	asked_by uuid not null,
	from_day date not null,
	until_day date not null check (until_day >= from_day),
	at timestamptz not null,
	primary key (network_id, ask_id),
	check (person_id <> asked_by),
	foreign key (network_id, team_id) references team,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, asked_by) references person
);
comment on table duty_ask is 'Someone of a team asked another to take duty on some days: they have it only when they accept. retention: 2 years after the last day.';
create index duty_ask_person on duty_ask (network_id, person_id);
create index duty_ask_team on duty_ask (network_id, team_id);

create table duty_answer (
	network_id uuid not null,
	ask_id uuid not null,
	answer text not null check (answer in ('accepted', 'declined')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, ask_id),
	foreign key (network_id, ask_id) references duty_ask,
	foreign key (network_id, person_id) references person
);
comment on table duty_answer is 'Who was asked to take duty said yes or no: once. retention: with the question.';

create table membership_end (
	network_id uuid not null,
	end_id uuid not null,
	membership_id uuid not null,
	proposed_by uuid not null,
	at timestamptz not null,
	primary key (network_id, end_id),
	foreign key (network_id, membership_id) references membership,
	foreign key (network_id, proposed_by) references person
);
comment on table membership_end is 'Someone who keeps access proposed that a membership ends. It ends when another confirms. retention: 2 years.';
create index membership_end_membership on membership_end (network_id, membership_id);

create table membership_end_answer (
	network_id uuid not null,
	end_id uuid not null,
	answer text not null check (answer in ('confirmed', 'withdrawn')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, end_id),
	foreign key (network_id, end_id) references membership_end,
	foreign key (network_id, person_id) references person
);
comment on table membership_end_answer is 'The end of a membership was confirmed by a second person, or taken back by who proposed it: once. retention: with the proposal.';

do $$
declare t text;
begin
	foreach t in array array['duty_ask', 'duty_answer', 'membership_end', 'membership_end_answer'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
	foreach t in array array['membership_end', 'membership_end_answer'] loop
		execute format('create policy keepers_read on %I for select to loopplank_app using (network_id = (select app.network_id())
			and ((select app.has_role(''administrator'')) or (select app.has_role(''facilitator''))))', t);
	end loop;
end $$;

create policy concerned_reads on duty_ask for select to loopplank_app
	using (network_id = (select app.network_id()) and (select app.acts_in_network())
		and (person_id = (select app.person_id()) or asked_by = (select app.person_id())));
create policy member_asks on duty_ask for insert to loopplank_app
	with check (network_id = (select app.network_id()) and asked_by = (select app.person_id()) and team_id = any(array(select app.my_teams())));
create policy concerned_reads on duty_answer for select to loopplank_app
	using (network_id = (select app.network_id())
		and ask_id = any(array(select a.ask_id from duty_ask a where a.network_id = (select app.network_id()))));
create policy asked_answers on duty_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id())
		and ask_id = any(array(select a.ask_id from duty_ask a where a.network_id = (select app.network_id()) and a.person_id = (select app.person_id()))));

create policy keeper_proposes on membership_end for insert to loopplank_app
	with check (network_id = (select app.network_id()) and proposed_by = (select app.person_id()) and (
		(select app.has_role('facilitator'))
		or ((select app.has_role('administrator')) and membership_id = any(array(
			select m.membership_id from membership m
			where m.network_id = (select app.network_id()) and m.organisation_id = (
				select o.organisation_id from membership o where o.network_id = (select app.network_id()) and o.membership_id = (select app.membership_id())))))));

-- Four eyes: by a key of one answer, and by who proposed not confirming.
create policy another_confirms on membership_end_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id())
		and ((select app.has_role('administrator')) or (select app.has_role('facilitator')))
		and case when answer = 'withdrawn'
			then end_id = any(array(select e.end_id from membership_end e where e.network_id = (select app.network_id()) and e.proposed_by = (select app.person_id())))
			else end_id = any(array(select e.end_id from membership_end e where e.network_id = (select app.network_id()) and e.proposed_by <> (select app.person_id())))
		end);

create function app.end_membership(wanted uuid) returns boolean language sql volatile security definer set search_path = ''
	as $$
		with ended as (
			update public.membership m set valid_until = app.now()
			from public.membership_end e
			join public.membership_end_answer a on a.network_id = e.network_id and a.end_id = e.end_id
			where e.network_id = app.network_id() and e.end_id = wanted and a.answer = 'confirmed' and a.person_id = app.person_id()
				and a.person_id <> e.proposed_by and a.person_id <> m.person_id and a.at = app.now() and m.network_id = e.network_id and m.membership_id = e.membership_id
				and (m.valid_until is null or m.valid_until > app.now())
			returning 1
		)
		select exists (select from ended)
	$$;
comment on function app.end_membership(uuid) is 'Ends the membership whose end was proposed by one and is confirmed by another in this very act; else changes nothing.';
grant execute on function app.end_membership(uuid) to loopplank_app;

create or replace function app.figure_organisations() returns table (organisation_id uuid, what text, amount bigint) language sql stable security definer set search_path = ''
	as $$
		with counted as (
			select s.organisation_id, s.what, s.person_id from app.agreement_standings() s where s.what in ('kept', 'late', 'open', 'overdue')
			union all
			select k.organisation_id, 'asked', k.person_id from public.question_ask k where k.network_id = app.network_id()
			union all
			select k.organisation_id, 'answered', k.person_id
			from public.question_ask k
			join public.question_answer w on w.network_id = k.network_id and w.ask_id = k.ask_id
			where k.network_id = app.network_id() and w.answer <> 'declined'
			union all
			select h.organisation_id, 'silent', h.person_id
			from public.case_seat h
			where h.network_id = app.network_id() and h.holder and h.valid_until is null
				and (select e.kind from public.case_event e where e.network_id = h.network_id and e.case_id = h.case_id order by e.at desc, e.event_id desc limit 1) <> 'closed'
				and not exists (
					select from public.log_line l
					where l.network_id = h.network_id and l.case_id = h.case_id and l.result = 'done' and l.at > app.now() - interval '14 days'
				)
			union all
			select l.organisation_id, 'overloaded', l.person_id
			from (
				select s.organisation_id, s.person_id from app.agreement_standings() s where s.what in ('open', 'overdue')
				group by 1, 2 having count(*) >= 8
			) l
		)
		select c.organisation_id, c.what, case when count(*) >= 3 and count(distinct c.person_id) >= 2 then count(*) end
		from counted c
		where app.has_role('oversight') or app.has_role('governor') or app.has_role('facilitator')
		group by 1, 2
	$$;
comment on function app.figure_organisations() is 'Per organisation: agreements kept, late, open, overdue; questions asked of its people and answered; cases silent for 14 days; people with 8 open agreements or more. A cell under 3 (k = 3), or of one person alone, is null: never a figure of a person.';
