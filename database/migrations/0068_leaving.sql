-- An organisation leaves the network: proposed by who binds it, confirmed by who binds another, on a day. What it did stays; nobody of it acts or reads
-- from then on; what it owes stays owed.

create table organisation_leave (
	network_id uuid not null references network,
	leave_id uuid not null,
	organisation_id uuid not null,
	leaves_on date not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, leave_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table organisation_leave is 'Who binds an organisation proposes that it leaves the network on a day. Not confirmed within 30 days it has lapsed. retention: as long as the network.';
create index organisation_leave_organisation on organisation_leave (network_id, organisation_id);
create index organisation_leave_membership on organisation_leave (network_id, membership_id, person_id);

create table organisation_leave_answer (
	network_id uuid not null,
	leave_id uuid not null,
	answer text not null check (answer in ('confirmed', 'withdrawn')),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, leave_id, answer),
	foreign key (network_id, leave_id) references organisation_leave,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table organisation_leave_answer is 'Who binds another organisation confirmed that one leaves; who binds the one that leaves took it back, as long as it is there. Each once. retention: with the proposal.';
create index organisation_leave_answer_organisation on organisation_leave_answer (network_id, organisation_id);
create index organisation_leave_answer_membership on organisation_leave_answer (network_id, membership_id, person_id);

do $$
declare t text;
begin
	foreach t in array array['organisation_leave', 'organisation_leave_answer'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_app, loopplank_jobs', t);
		execute format('grant insert on %I to loopplank_app', t);
	end loop;
end $$;

create or replace function app.acts_in_network() returns boolean language sql stable security definer set search_path = ''
	as $$
		select exists (
			select from public.membership m
			join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id and (o.left_at is null or o.left_at > (select app.now()))
			where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id()) and m.person_id = (select app.person_id())
				and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
		)
	$$;

create or replace function app.has_role(wanted text) returns boolean language sql stable security definer set search_path = ''
	as $$
		select exists (
			select from public.membership m
			join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id and (o.left_at is null or o.left_at > (select app.now()))
			where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id()) and m.person_id = (select app.person_id())
				and wanted = any(m.roles) and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
		)
	$$;

create or replace function app.my_organisation(any_role text[]) returns uuid language sql stable security definer set search_path = ''
	as $$
		select m.organisation_id from public.membership m
		join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id and (o.left_at is null or o.left_at > (select app.now()))
		where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id()) and m.person_id = (select app.person_id())
			and m.roles && any_role and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
	$$;

create or replace function app.still_with(wanted_person uuid, wanted_membership uuid) returns boolean
	language sql stable security definer set search_path = ''
	as $$
		select exists (select from public.membership m
			join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id and (o.left_at is null or o.left_at > (select app.now()))
			where m.network_id = (select app.network_id()) and m.membership_id = wanted_membership and m.person_id = wanted_person
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now())))
	$$;

create or replace function app.my_cases() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select s.case_id from public.case_seat s
		where s.network_id = (select app.network_id()) and s.person_id = (select app.person_id()) and s.membership_id = (select app.membership_id())
			and s.valid_from <= (select app.now()) and (s.valid_until is null or s.valid_until > (select app.now()))
			and exists (
				select from public.membership m
				join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id and (o.left_at is null or o.left_at > (select app.now()))
				where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id())
					and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now())))
	$$;

create or replace function app.my_seats() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select s.seat_id from public.case_seat s
		where s.network_id = (select app.network_id()) and s.person_id = (select app.person_id()) and s.membership_id = (select app.membership_id())
			and s.valid_from <= (select app.now()) and (s.valid_until is null or s.valid_until > (select app.now()))
			and exists (
				select from public.membership m
				join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id and (o.left_at is null or o.left_at > (select app.now()))
				where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id())
					and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now())))
	$$;

create or replace function app.my_held_cases() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select s.case_id from public.case_seat s
		join public.membership m on m.network_id = s.network_id and m.membership_id = s.membership_id
		join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id and (o.left_at is null or o.left_at > (select app.now()))
		where s.network_id = (select app.network_id()) and s.person_id = (select app.person_id()) and s.membership_id = (select app.membership_id()) and s.holder
			and s.valid_from <= (select app.now()) and (s.valid_until is null or s.valid_until > (select app.now()))
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
	$$;

create or replace function app.membership_ended(wanted uuid) returns boolean
	language sql stable security definer set search_path = ''
	as $$
		select exists (
			select from public.membership m
			join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id
			where m.network_id = (select app.network_id()) and m.membership_id = wanted and (m.valid_until <= (select app.now()) or o.left_at <= (select app.now())))
	$$;

create or replace function app.fallback_for(wanted uuid) returns table (person_id uuid, membership_id uuid, organisation_id uuid) language sql stable security definer set search_path = ''
	as $$
		select m.person_id, m.membership_id, m.organisation_id
		from public.request r
		join public.membership m on m.network_id = r.network_id and m.organisation_id <> r.organisation_id
		join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id and (o.left_at is null or o.left_at > (select app.now()))
		where r.network_id = (select app.network_id()) and r.request_id = wanted and m.roles && array['governor', 'secretariat']
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
			and not exists (select from public.request_hand h where h.network_id = r.network_id and h.request_id = wanted and h.person_id = m.person_id)
			and not exists (select from public.request_aside a where a.network_id = r.network_id and a.request_id = wanted and a.person_id = m.person_id)
			and not exists (
				select from public.case_request c join public.case_seat s on s.network_id = c.network_id and s.case_id = c.case_id
				where c.network_id = r.network_id and c.request_id = wanted and s.person_id = m.person_id)
		order by ('governor' = any(m.roles) and not 'secretariat' = any(m.roles)) desc,
			exists (select from public.request_judgement j where j.network_id = r.network_id and j.request_id = wanted and j.organisation_id = m.organisation_id),
			(select count(*) from public.request_fallback f where f.network_id = m.network_id and f.person_id = m.person_id), m.membership_id
		limit 1
	$$;

create or replace function app.facilitators_to_tell(hash bytea) returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select distinct m.person_id from public.membership m
		join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id and (o.left_at is null or o.left_at > (select app.now()))
		where m.network_id = (select app.network_id()) and 'facilitator' = any(m.roles) and exists (select from app.resident_case(hash))
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
	$$;

create or replace function app.meetings_to_remind(until timestamptz) returns table (body_id uuid, meeting_id uuid, person_id uuid)
	language sql stable security definer set search_path = ''
	as $$
		with coming as (
			select n.body_id, n.meeting_id from (
				select distinct on (e.meeting_id) e.meeting_id, e.body_id, e.kind, e.starts_at from public.meeting_event e
				where e.network_id = (select app.network_id()) order by e.meeting_id, e.at desc, e.event_id desc
			) n where n.kind <> 'cancelled' and n.starts_at > (select app.now()) and n.starts_at <= until
		), lacking as (
			select c.body_id, c.meeting_id, s.membership_id from coming c
			join public.body_seat s on s.network_id = (select app.network_id()) and s.body_id = c.body_id
			where not exists (select from public.body_seat_answer a where a.network_id = s.network_id and a.seat_id = s.seat_id)
				and not exists (select from public.body_seat_end e where e.network_id = s.network_id and e.seat_id = s.seat_id)
			union
			select c.body_id, c.meeting_id, i.membership_id from coming c
			join public.agenda_item i on i.network_id = (select app.network_id()) and i.meeting_id = c.meeting_id and btrim(i.text) = ''
			where not exists (select from public.item_proposal p where p.network_id = i.network_id and p.item_id = i.item_id)
				and not exists (select from public.item_end e where e.network_id = i.network_id and e.item_id = i.item_id)
		)
		select distinct l.body_id, l.meeting_id, m.person_id from lacking l
		join public.membership m on m.network_id = (select app.network_id()) and m.membership_id = l.membership_id
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
		join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id and (o.left_at is null or o.left_at > (select app.now()))
		where not exists (select from public.meeting_reminder r
			where r.network_id = m.network_id and r.meeting_id = l.meeting_id and r.person_id = m.person_id)
	$$;

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
		join public.organisation v on v.network_id = w.network_id and v.organisation_id = w.organisation_id and (v.left_at is null or v.left_at > (select app.now()))
		where s.network_id = (select app.network_id()) and s.holder and s.valid_until is null
			and (m.valid_until <= (select app.now()) or g.left_at <= (select app.now()))
	$$;

create or replace function app.asked_versions()
	returns table (ask_id uuid, version_id uuid, agreement_id uuid, case_id uuid, number integer, due_on date, amount_cents bigint, kind text, person_id uuid, membership_id uuid, receiver_id uuid, offered_by uuid, version_at timestamptz, asked_at timestamptz, answer text, case_closed boolean)
	language sql stable security definer set search_path = ''
	as $$
		select k.ask_id, v.version_id, v.agreement_id, v.case_id, v.number, v.due_on, v.amount_cents, a.kind, a.person_id, a.membership_id, a.receiver_id, v.offered_by, v.at, k.at, n.answer,
			coalesce((select e.kind = 'closed' from public.case_event e where e.network_id = v.network_id and e.case_id = v.case_id order by e.at desc, e.event_id desc limit 1),
				exists (select from public.pair_end d where d.network_id = v.network_id and d.pair_id = v.case_id)
					or exists (select from public.project_end d where d.network_id = v.network_id and d.project_id = v.case_id))
		from public.agreement_ask k
		join public.agreement_version v on v.network_id = k.network_id and v.version_id = k.version_id
		join public.agreement a on a.network_id = v.network_id and a.agreement_id = v.agreement_id
		left join public.agreement_ask_answer n on n.network_id = k.network_id and n.ask_id = k.ask_id
		where k.network_id = (select app.network_id()) and k.decider_id = (select app.person_id()) and k.membership_id = (select app.membership_id()) and (select app.acts_in_network())
	$$;

create or replace function app.ask_stands(wanted uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select exists (
			select from public.agreement_ask k
			join public.agreement_version v on v.network_id = k.network_id and v.version_id = k.version_id
			where k.network_id = (select app.network_id()) and k.ask_id = wanted and k.decider_id = (select app.person_id()) and k.membership_id = (select app.membership_id()) and (select app.acts_in_network())
				and not exists (
					select from public.agreement_version w
					where w.network_id = v.network_id and w.agreement_id = v.agreement_id and w.number > v.number
				)
				and not exists (
					select from public.agreement_acceptance b
					where b.network_id = v.network_id and b.version_id = v.version_id and b.person_id <> v.offered_by
				)
				and coalesce((
					select coalesce(n.answer, '') = 'disputed' from public.agreement_report r
					left join public.agreement_answer n on n.network_id = r.network_id and n.report_id = r.report_id
					where r.network_id = v.network_id and r.agreement_id = v.agreement_id order by r.at desc, r.report_id desc limit 1
				), true)
		)
	$$;

create or replace function app.my_fixed_bodies() returns setof uuid language sql stable set search_path = ''
	as $$
		select s.body_id from public.body_seat s
		join public.body_seat_answer a on a.network_id = s.network_id and a.seat_id = s.seat_id and a.answer = 'accepted'
		where s.network_id = (select app.network_id()) and s.person_id = (select app.person_id()) and s.membership_id = (select app.membership_id()) and (select app.acts_in_network())
			and not exists (select from public.body_seat_end e where e.network_id = s.network_id and e.seat_id = s.seat_id)
	$$;

create or replace function app.already_paired(other uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select (select app.acts_in_network()) and exists (
			select from public.pair p
			where p.network_id = (select app.network_id())
				and ((p.organisation_id = (select app.my_organisation()) and p.other_id = other) or (p.organisation_id = other and p.other_id = (select app.my_organisation())))
				and not exists (select from public.pair_end e where e.network_id = p.network_id and e.pair_id = p.pair_id)
				and not exists (
					select from public.seat_invitation i
					left join public.seat_answer a on a.network_id = i.network_id and a.invitation_id = i.invitation_id
					join public.membership m on m.network_id = i.network_id and m.membership_id = i.membership_id
					where i.network_id = p.network_id and i.case_id = p.pair_id
						and (a.answer in ('declined', 'withdrawn') or app.membership_ended(m.membership_id)))
				and not exists (
					select from public.membership m where m.network_id = p.network_id and m.membership_id = p.membership_id and app.membership_ended(m.membership_id))
		)
	$$;

create or replace function app.my_organisation() returns uuid language sql stable set search_path = ''
	as $$
		select m.organisation_id from public.membership m
		join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id and (o.left_at is null or o.left_at > (select app.now()))
		where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id()) and m.person_id = (select app.person_id())
	$$;

create policy own_hand on organisation_leave for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and organisation_id = (select app.my_organisation(array['governor', 'administrator'])));
-- Another organisation confirms, by someone who did not propose it; one's own takes it back.
create policy own_hand on organisation_leave_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and organisation_id = (select app.my_organisation(array['governor', 'administrator']))
		and case when answer = 'withdrawn'
			then leave_id = any(array(select l.leave_id from organisation_leave l
				where l.network_id = (select app.network_id()) and l.organisation_id = (select app.my_organisation(array['governor', 'administrator']))))
			else leave_id = any(array(select l.leave_id from organisation_leave l
				where l.network_id = (select app.network_id()) and l.organisation_id <> (select app.my_organisation(array['governor', 'administrator']))
					and l.person_id <> (select app.person_id())))
		end);

-- The one thing that no policy can say: an organisation is no longer in the network from now on. The last one stays.
create function app.leave_organisation(wanted uuid) returns boolean language plpgsql volatile security definer set search_path = ''
	as $$
declare
	leaving public.organisation_leave;
begin
	perform pg_advisory_xact_lock(hashtextextended(app.network_id()::text || '/organisations', 0));
	select l.* into leaving from public.organisation_leave l
	join public.organisation_leave_answer a on a.network_id = l.network_id and a.leave_id = l.leave_id and a.answer = 'confirmed'
		and a.organisation_id <> l.organisation_id and a.person_id <> l.person_id
	where l.network_id = app.network_id() and l.leave_id = wanted and l.leaves_on <= app.today()
		and not exists (select from public.organisation_leave_answer w where w.network_id = l.network_id and w.leave_id = l.leave_id and w.answer = 'withdrawn');
	if not found then return false; end if;
	if not exists (select from public.organisation o where o.network_id = leaving.network_id and o.organisation_id <> leaving.organisation_id
		and o.joined_at <= app.now() and (o.left_at is null or o.left_at > app.now())) then return false; end if;
	update public.organisation o set left_at = app.now()
		where o.network_id = leaving.network_id and o.organisation_id = leaving.organisation_id and o.left_at is null;
	return found;
end $$;
comment on function app.leave_organisation(uuid) is 'An organisation leaves now, when another confirmed it, nobody took it back and its day has come. Once; never the last of the network.';
grant execute on function app.leave_organisation(uuid) to loopplank_app, loopplank_jobs;

-- Which party of an agreement left the network with its organisation: the promiser, or the receiver (whose organisation is that of their seat when it was
-- made). Told at the table, to the product, and to nobody else who signed in.
create function app.left_party(wanted uuid) returns text language sql stable security definer set search_path = ''
	as $$
		select case when p.left_at <= (select app.now()) then 'promiser' when exists (
				select from public.case_seat s
				join public.organisation r on r.network_id = s.network_id and r.organisation_id = s.organisation_id
				where s.network_id = a.network_id and s.case_id = a.case_id and s.person_id = a.receiver_id
					and s.valid_from <= a.at and (s.valid_until is null or s.valid_until > a.at) and r.left_at <= (select app.now())
			) then 'receiver' end
		from public.agreement a
		join public.organisation p on p.network_id = a.network_id and p.organisation_id = a.organisation_id
		where a.network_id = (select app.network_id()) and a.agreement_id = wanted
			and ((select app.person_id()) is null or a.case_id = any(array(select app.my_cases())))
	$$;
comment on function app.left_party(uuid) is 'Whether the promiser or the receiver of an agreement is of an organisation that left the network; null: neither.';
grant execute on function app.left_party(uuid) to loopplank_app, loopplank_jobs;

-- Who had something open with an organisation that left: they are told once.
create function app.tables_of_left(wanted uuid) returns table (case_id uuid, kind text, person_id uuid) language sql stable security definer set search_path = ''
	as $$
		select distinct a.case_id, u.kind, b.person_id
		from public.agreement a
		join public.subject u on u.network_id = a.network_id and u.case_id = a.case_id
		join public.case_seat r on r.network_id = a.network_id and r.case_id = a.case_id and r.person_id = a.receiver_id
			and r.valid_from <= a.at and (r.valid_until is null or r.valid_until > a.at)
		cross join lateral (select a.person_id where r.organisation_id = wanted union select a.receiver_id where a.organisation_id = wanted) b
		join public.organisation g on g.network_id = a.network_id and g.organisation_id = wanted and g.left_at <= (select app.now())
		where a.network_id = (select app.network_id()) and a.organisation_id <> r.organisation_id
			and not exists (
				select from public.agreement_report t join public.agreement_answer n on n.network_id = t.network_id and n.report_id = t.report_id
				where t.network_id = a.network_id and t.agreement_id = a.agreement_id and n.answer = 'confirmed')
			and coalesce((
				select d.answer from public.agreement_ask k join public.agreement_ask_answer d on d.network_id = k.network_id and d.ask_id = k.ask_id
				where k.network_id = a.network_id and k.version_id = a.agreement_id order by k.at desc, k.ask_id desc limit 1), '') not in ('declined', 'withdrawn')
			and coalesce((select e.kind from public.case_event e where e.network_id = a.network_id and e.case_id = a.case_id order by e.at desc, e.event_id desc limit 1), '') <> 'closed'
			and not exists (select from public.project_end d where d.network_id = a.network_id and d.project_id = a.case_id)
			and not exists (select from public.pair_end d where d.network_id = a.network_id and d.pair_id = a.case_id)
	$$;
comment on function app.tables_of_left(uuid) is 'Who of other organisations had an agreement that was not kept yet with an organisation that left, and at which table. For the product, to tell them.';
grant execute on function app.tables_of_left(uuid) to loopplank_jobs;

-- What is open of an organisation that wants to leave: counts, for who binds it, and for who binds another while it asks to leave.
create function app.figure_leaving(wanted uuid) returns table (what text, amount bigint) language sql stable security definer set search_path = ''
	as $$
		with here as (
			select u.case_id, u.kind from public.subject u
			where u.network_id = (select app.network_id())
				and coalesce((select e.kind from public.case_event e where e.network_id = u.network_id and e.case_id = u.case_id order by e.at desc, e.event_id desc limit 1), '') <> 'closed'
				and not exists (select from public.project_end d where d.network_id = u.network_id and d.project_id = u.case_id)
				and not exists (select from public.pair_end d where d.network_id = u.network_id and d.pair_id = u.case_id)
		), seats as (
			select s.case_id, h.kind, s.organisation_id, s.holder from public.case_seat s join here h on h.case_id = s.case_id
			where s.network_id = (select app.network_id()) and s.valid_from <= (select app.now()) and (s.valid_until is null or s.valid_until > (select app.now()))
		), works as (
			select m.membership_id from public.membership m
			where m.network_id = (select app.network_id()) and m.organisation_id = wanted
				and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
		), between_two as (
			select a.organisation_id, r.organisation_id as receives from public.agreement a
			join here h on h.case_id = a.case_id
			join public.case_seat r on r.network_id = a.network_id and r.case_id = a.case_id and r.person_id = a.receiver_id
				and r.valid_from <= a.at and (r.valid_until is null or r.valid_until > a.at)
			where a.network_id = (select app.network_id()) and not exists (
				select from public.agreement_report t join public.agreement_answer n on n.network_id = t.network_id and n.report_id = t.report_id
				where t.network_id = a.network_id and t.agreement_id = a.agreement_id and n.answer = 'confirmed')
				and coalesce((
					select coalesce(d.answer, 'accepted') from public.agreement_ask k
					left join public.agreement_ask_answer d on d.network_id = k.network_id and d.ask_id = k.ask_id
					where k.network_id = a.network_id and k.version_id = a.agreement_id order by k.at desc, k.ask_id desc limit 1), 'accepted') = 'accepted'
		), counted as (
			select 'people' as what, count(*) as amount from works
			union all select 'held', count(*) from seats s where s.kind = 'case' and s.holder and s.organisation_id = wanted
			union all select 'alone', count(*) from (
				select s.case_id from seats s where s.kind = 'case' group by 1 having bool_and(s.organisation_id = wanted)) x
			union all select 'promised', count(*) from between_two b where b.organisation_id = wanted
			union all select 'received', count(*) from between_two b where b.receives = wanted and b.organisation_id <> wanted
			union all select 'asked', count(*) from public.question_ask k
				where k.network_id = (select app.network_id()) and k.organisation_id = wanted and k.due_at > (select app.now())
					and not exists (select from public.question_answer n where n.network_id = k.network_id and n.ask_id = k.ask_id)
					and not exists (select from public.question_withdrawal w where w.network_id = k.network_id and w.question_id = k.question_id)
			union all select 'requests', count(*) from public.request r
				where r.network_id = (select app.network_id()) and r.organisation_id = wanted
					and not exists (select from public.request_event e where e.network_id = r.network_id and e.request_id = r.request_id
						and e.kind in ('refused', 'withdrawn', 'lapsed', 'paid'))
			union all select 'claims', count(*) from public.claim c
				where c.network_id = (select app.network_id()) and c.organisation_id = wanted
					and (app.claim_open(c.claim_id) > 0 or not exists (
						select from public.claim_event e where e.network_id = c.network_id and e.claim_id = c.claim_id and e.kind in ('accepted', 'declined')))
			union all select 'pledges', count(*) from public.contribution c
				where c.network_id = (select app.network_id()) and c.organisation_id = wanted and c.amount_cents > (
					select coalesce(sum(s.amount_cents), 0) from public.contribution_step s
					where s.network_id = c.network_id and s.contribution_id = c.contribution_id and s.kind = 'received'
						and not exists (select from public.taken_back b where b.network_id = s.network_id and b.subject_id = s.step_id))
			union all select 'signals', count(*) from public.signal s cross join lateral app.owner_of(s.cause_id) o
				where s.network_id = (select app.network_id()) and o.organisation_id = wanted
			union all select 'bodies', count(*) from public.body_seat s
				join public.body_seat_answer a on a.network_id = s.network_id and a.seat_id = s.seat_id and a.answer = 'accepted'
				where s.network_id = (select app.network_id()) and s.membership_id in (select w.membership_id from works w)
					and not exists (select from public.body_seat_end e where e.network_id = s.network_id and e.seat_id = s.seat_id)
			union all select 'yearly', count(*) from public.yearly_party p
				join public.yearly_item i on i.network_id = p.network_id and i.item_id = p.item_id
				where p.network_id = (select app.network_id()) and p.organisation_id = wanted and i.year >= extract(year from app.today())
			union all select 'projects', count(distinct s.case_id) from seats s where s.kind = 'project' and s.organisation_id = wanted
			union all select 'pairs', count(distinct s.case_id) from seats s where s.kind = 'pair' and s.organisation_id = wanted
			union all select 'duty', count(*) from public.team_duty d
				where d.network_id = (select app.network_id()) and d.until_day >= app.today() and d.membership_id in (select w.membership_id from works w)
		)
		select c.what, c.amount from counted c
		where (select app.my_organisation(array['governor', 'administrator'])) = wanted
			or ((select app.my_organisation(array['governor', 'administrator'])) is not null and exists (
				select from public.organisation_leave l where l.network_id = (select app.network_id()) and l.organisation_id = wanted
					and l.at > (select app.now()) - interval '30 days' and not exists (
						select from public.organisation_leave_answer w where w.network_id = l.network_id and w.leave_id = l.leave_id and w.answer = 'withdrawn')))
	$$;
comment on function app.figure_leaving(uuid) is 'What is open of an organisation, counted by kind: for who binds it, and for who binds another while it asks to leave. No case, person or amount.';
grant execute on function app.figure_leaving(uuid) to loopplank_app;

-- What someone who signed in could act as until an organisation left, so that they read why they can no longer.
create function app.list_left_memberships(account uuid, at timestamptz) returns table (network_name text, organisation_name text, left_at timestamptz)
	language sql stable security definer set search_path = ''
	as $$
		select distinct n.name, o.name, o.left_at
		from public.person p
		join public.membership m on m.network_id = p.network_id and m.person_id = p.person_id
		join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id and o.left_at <= at
		join public.network n on n.network_id = m.network_id
		where p.account_id = account and (m.valid_until is null or m.valid_until > o.left_at)
		order by 3 desc, 2, 1
	$$;
comment on function app.list_left_memberships(uuid, timestamptz) is 'The organisations of someone who signed in that left their network. For the identity role alone.';
grant execute on function app.list_left_memberships(uuid, timestamptz) to loopplank_identity;

-- What an organisation that left had promised, or was promised, is ended: not late, not broken.
create or replace function app.agreement_standings() returns table (organisation_id uuid, person_id uuid, what text) language sql stable set search_path = ''
	as $$
		with gone as (
			select o.organisation_id from public.organisation o where o.network_id = (select app.network_id()) and o.left_at <= (select app.now())
		), gone_seats as (
			select s.case_id, s.person_id, s.valid_from, s.valid_until from public.case_seat s
			where s.network_id = (select app.network_id()) and s.organisation_id = any(array(select o.organisation_id from gone o))
		), told as (
			select distinct on (r.agreement_id) r.agreement_id, r.outcome, a.answer
			from public.agreement_report r
			left join public.agreement_answer a on a.network_id = r.network_id and a.report_id = r.report_id
			where r.network_id = (select app.network_id())
			order by r.agreement_id, r.at desc, r.report_id desc
		), ended as (
			select distinct on (e.case_id) e.case_id, e.kind from public.case_event e
			where e.network_id = (select app.network_id()) order by e.case_id, e.at desc, e.event_id desc
		), agreed as (
			select distinct on (v.agreement_id) v.agreement_id, v.due_on
			from public.agreement_version v
			join public.agreement_acceptance c on c.network_id = v.network_id and c.version_id = v.version_id
				and c.answer = 'accepted' and c.person_id <> v.offered_by
			where v.network_id = (select app.network_id()) and v.number > 1
			order by v.agreement_id, v.number desc
		), decided as (
			select distinct on (k.version_id) k.version_id as agreement_id, d.answer
			from public.agreement_ask k
			join public.agreement_version f on f.network_id = k.network_id and f.version_id = k.version_id and f.number = 1
			left join public.agreement_ask_answer d on d.network_id = k.network_id and d.ask_id = k.ask_id
			where k.network_id = (select app.network_id())
			order by k.version_id, k.at desc, k.ask_id desc
		)
		select g.organisation_id, g.person_id,
			case when t.answer = 'confirmed' and t.outcome in ('kept', 'late') then t.outcome
				when t.answer = 'confirmed' then 'ended'
				when e.kind = 'closed' or p.project_id is not null then 'unfinished'
				-- An organisation left: nobody is late, and nothing was broken.
				when (t.agreement_id is null or t.answer = 'disputed') and g.organisation_id = any(array(select o.organisation_id from gone o)) then 'ended'
				when exists (select from gone_seats x where x.case_id = g.case_id and x.person_id = g.receiver_id
					and x.valid_from <= g.at and (x.valid_until is null or x.valid_until > g.at)) then 'ended'
				when (t.agreement_id is null or t.answer = 'disputed') and coalesce(v.due_on, g.due_on) < app.today() then 'overdue'
				else 'open' end
		from public.agreement g
		join public.subject u on u.network_id = g.network_id and u.case_id = g.case_id and u.kind <> 'pair'
		left join told t on t.agreement_id = g.agreement_id
		left join ended e on e.case_id = g.case_id
		left join public.project_end p on p.network_id = g.network_id and p.project_id = g.case_id
		left join agreed v on v.agreement_id = g.agreement_id
		left join decided d on d.agreement_id = g.agreement_id
		where g.network_id = (select app.network_id()) and (d.agreement_id is null or d.answer = 'accepted')
	$$;

-- Nobody is reminded of what an organisation that left has open.
create or replace function app.attention_rows() returns table (organisation_id uuid, person_id uuid, what text) language sql stable set search_path = ''
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
			from sides s join weighed w on w.organisation_id = s.organisation_id
			where greatest(w.gives, w.gets) >= 3 and least(w.gives, w.gets) * 4 <= greatest(w.gives, w.gets)
				and s.side = case when w.gives > w.gets then 'gives' else 'gets' end
		) x (organisation_id, person_id, what)
		where x.organisation_id <> all(array(select o.organisation_id from public.organisation o
			where o.network_id = (select app.network_id()) and o.left_at <= (select app.now())))
	$$;

-- Nobody begins at an organisation that left.
create or replace function app.begin_membership(wanted uuid, account uuid, new_person uuid, sort text) returns uuid language plpgsql volatile security definer set search_path = ''
	as $$
declare
	proposed public.membership_proposal;
	who uuid;
begin
	select p.* into proposed from public.membership_proposal p
	join public.membership_proposal_answer a on a.network_id = p.network_id and a.proposal_id = p.proposal_id
	where p.network_id = app.network_id() and p.proposal_id = wanted and a.answer = 'confirmed' and a.person_id <> p.proposed_by;
	if not found then return null; end if;
	if exists (select from public.organisation o where o.network_id = proposed.network_id and o.organisation_id = proposed.organisation_id and o.left_at <= app.now()) then return null; end if;
	insert into public.person (network_id, person_id, account_id, display_name, name_sort, made_at)
		values (proposed.network_id, new_person, account, proposed.name, sort, app.now()) on conflict (network_id, account_id) do nothing;
	select p.person_id into who from public.person p where p.network_id = proposed.network_id and p.account_id = account;
	insert into public.membership (network_id, membership_id, person_id, organisation_id, function_title, roles, valid_from)
		values (proposed.network_id, proposed.membership_id, who, proposed.organisation_id, proposed.function_title, proposed.roles, app.now())
		on conflict (network_id, membership_id) do nothing;
	if not found then return null; end if;
	return who;
end $$;
