-- What an agreement hangs on (C1): a case, a project or a pair of organisations. One table stands above them, so that seats, invitations, sealed words and
-- agreements are the same engine for all three. The column keeps its name, case_id: of a project or a pair its own id stands there. What is of cases
-- alone (events, questions, causes, money, returns, the resident) goes on pointing to case_record, so the database refuses it on anything else.
create table subject (
	network_id uuid not null,
	case_id uuid not null,
	kind text not null check (kind in ('case', 'project', 'pair')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, case_id),
	unique (network_id, case_id, kind),
	foreign key (network_id) references network,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table subject is 'What people sit around: a case, a project or a pair of organisations, and who opened it. retention: 2 years after closing; facts without words may stay for the figures.';
alter table subject enable row level security;
alter table subject force row level security;
create policy owner_all on subject to loopplank_owner using (true) with check (true);
create policy table_reads on subject for select to loopplank_app
	using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())));
create policy opens on subject for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (select app.acts_in_network()));
grant select, insert on subject to loopplank_app;

insert into subject (network_id, case_id, kind, person_id, membership_id, at)
	select network_id, case_id, 'case', person_id, membership_id, opened_at from case_record;

do $$
declare k record;
begin
	for k in
		select c.conname as name, c.conrelid::regclass as tab from pg_constraint c
		where c.contype = 'f' and c.confrelid = 'public.case_record'::regclass and c.conrelid = any(array[
			'public.case_seat', 'public.seat_invitation', 'public.seat_answer', 'public.case_words',
			'public.agreement', 'public.agreement_report', 'public.agreement_answer', 'public.decision_mandate']::regclass[])
	loop
		execute format('alter table %s drop constraint %I', k.tab, k.name);
		execute format('alter table %s add constraint %I foreign key (network_id, case_id) references subject', k.tab, k.name);
	end loop;
end $$;

-- A case is a subject of that kind, and no other.
alter table case_record add column subject_kind text not null default 'case' check (subject_kind = 'case');
alter table case_record add constraint case_record_subject foreign key (network_id, case_id, subject_kind) references subject (network_id, case_id, kind);

create or replace function app.may_sit(wanted_case uuid, wanted_membership uuid, as_holder boolean) returns boolean language sql stable security definer set search_path = ''
	as $$
		select case when as_holder then
			exists (select from public.subject c where c.network_id = (select app.network_id()) and c.case_id = wanted_case and c.person_id = (select app.person_id()) and c.membership_id = wanted_membership)
			and not exists (select from public.case_seat s where s.network_id = (select app.network_id()) and s.case_id = wanted_case)
		else
			exists (
				select from public.seat_invitation i
				join public.seat_answer a on a.network_id = i.network_id and a.invitation_id = i.invitation_id
				where i.network_id = (select app.network_id()) and i.case_id = wanted_case and i.person_id = (select app.person_id())
					and i.membership_id = wanted_membership and a.answer = 'accepted'
					and not exists (
						select from public.case_seat s
						where s.network_id = i.network_id and s.case_id = i.case_id and s.person_id = i.person_id and s.valid_from >= a.at
					)
			)
		end
	$$;
comment on function app.may_sit(uuid, uuid, boolean) is 'A seat is taken only by who opened the case, the project or the pair, or once by who accepted an invitation.';

-- Cases that were helped are cases: a promise kept in a project is followed up nowhere.
create or replace function app.first_helps() returns table (case_id uuid, helped_at timestamptz, full_lane boolean, person_id uuid, membership_id uuid)
	language sql stable security definer set search_path = ''
	as $$
		with helps as (
			select a.case_id, n.at, false as full_lane
			from public.agreement a
			join public.case_record i on i.network_id = a.network_id and i.case_id = a.case_id
			join public.agreement_report r on r.network_id = a.network_id and r.agreement_id = a.agreement_id and r.outcome in ('kept', 'late')
			join public.agreement_answer n on n.network_id = r.network_id and n.report_id = r.report_id and n.answer = 'confirmed'
			where a.network_id = (select app.network_id())
			union all
			select q.case_id, h.at, false
			from public.answer_helped h
			join public.case_question q on q.network_id = h.network_id and q.question_id = h.question_id
			where h.network_id = (select app.network_id())
			union all
			select c.case_id, e.at, q.lane = 'full' or exists (
				select from public.request_more m where m.network_id = q.network_id and m.request_id = q.request_id
			)
			from public.request_event e
			join public.request q on q.network_id = e.network_id and q.request_id = e.request_id
			join public.case_request c on c.network_id = e.network_id and c.request_id = e.request_id
			where e.network_id = (select app.network_id()) and e.kind in ('granted', 'partly') and not exists (
				select from public.request_event w where w.network_id = e.network_id and w.request_id = e.request_id and (w.kind = 'withdrawn' or w.kind = 'lapsed' and w.granted_cents = e.granted_cents)
			)
		), firsts as (
			select h.case_id, min(h.at) as helped_at, bool_or(h.full_lane) as full_lane from helps h group by 1
		)
		select f.case_id, f.helped_at, f.full_lane, s.person_id, s.membership_id
		from firsts f
		join public.case_seat s on s.network_id = (select app.network_id()) and s.case_id = f.case_id and s.holder and s.valid_until is null
	$$;

-- Of whom it is told that the holder has left: of cases alone, which alone are taken over.
create or replace function app.list_left_tables() returns table (case_id uuid, person_id uuid, seat_id uuid)
	language sql stable security definer set search_path = ''
	as $$
		select s.case_id, o.person_id, s.seat_id
		from public.case_seat s
		join public.case_record c on c.network_id = s.network_id and c.case_id = s.case_id
		join public.membership m on m.network_id = s.network_id and m.membership_id = s.membership_id
		join public.organisation g on g.network_id = m.network_id and g.organisation_id = m.organisation_id
		join public.case_seat o on o.network_id = s.network_id and o.case_id = s.case_id and not o.holder and o.valid_until is null
		join public.membership w on w.network_id = o.network_id and w.membership_id = o.membership_id and (w.valid_until is null or w.valid_until > (select app.now()))
		where s.network_id = (select app.network_id()) and s.holder and s.valid_until is null
			and (m.valid_until <= (select app.now()) or g.left_at <= (select app.now()))
	$$;
