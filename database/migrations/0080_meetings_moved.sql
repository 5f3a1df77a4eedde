-- A case keeps its place in a case table that is moved, or its holder chooses another time; who sits at it hears of it. An item of a meeting that was
-- cancelled is over, and nothing is decided before the meeting begins.

alter table meeting_event add unique (network_id, event_id, meeting_id);
alter table case_item add column event_id uuid;
update case_item i set event_id = coalesce(
	(select e.event_id from meeting_event e where e.network_id = i.network_id and e.meeting_id = i.meeting_id and e.at <= i.at
		order by e.at desc, e.event_id desc limit 1),
	(select e.event_id from meeting_event e where e.network_id = i.network_id and e.meeting_id = i.meeting_id order by e.at, e.event_id limit 1));
alter table case_item alter column event_id set not null;
alter table case_item add foreign key (network_id, event_id, meeting_id) references meeting_event (network_id, event_id, meeting_id);
alter table case_item add unique (network_id, item_id, case_id, meeting_id);
comment on column case_item.event_id is 'When the meeting was as the time was chosen: how long after its beginning the case comes follows from both.';

create table case_item_time (
	network_id uuid not null,
	case_id uuid not null,
	time_id uuid not null,
	item_id uuid not null,
	meeting_id uuid not null,
	event_id uuid not null,
	starts_at timestamptz not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, time_id),
	foreign key (network_id, item_id, case_id, meeting_id) references case_item (network_id, item_id, case_id, meeting_id),
	foreign key (network_id, event_id, meeting_id) references meeting_event (network_id, event_id, meeting_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table case_item_time is 'Another time for a case at a case table: the newest counts, as long after the beginning as when it was chosen. retention: with the case.';
create index case_item_time_item on case_item_time (network_id, item_id, at);
create index case_item_time_case on case_item_time (network_id, case_id);
alter table case_item_time enable row level security;
alter table case_item_time force row level security;
create policy owner_all on case_item_time to loopplank_owner using (true) with check (true);
create policy table_reads on case_item_time for select to loopplank_app
	using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())));
create policy holder_chooses on case_item_time for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (select app.acts_in_network()) and case_id = any(array(select app.my_held_cases())));
grant select, insert on case_item_time to loopplank_app;

create function app.people_at_case_table(changed uuid) returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select distinct s.person_id
		from public.meeting_event e
		join public.case_item i on i.network_id = e.network_id and i.meeting_id = e.meeting_id
		join public.case_seat s on s.network_id = i.network_id and s.case_id = i.case_id
			and s.valid_from <= (select app.now()) and (s.valid_until is null or s.valid_until > (select app.now()))
		join public.membership m on m.network_id = s.network_id and m.membership_id = s.membership_id
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
		where e.network_id = (select app.network_id()) and e.event_id = changed and s.person_id <> e.person_id
			and not exists (
				select from public.body_seat b
				join public.body_seat_answer a on a.network_id = b.network_id and a.seat_id = b.seat_id and a.answer = 'accepted'
				where b.network_id = e.network_id and b.body_id = e.body_id and b.person_id = s.person_id
					and not exists (select from public.body_seat_end d where d.network_id = b.network_id and d.seat_id = b.seat_id))
	$$;
comment on function app.people_at_case_table(uuid) is 'Who sits at a case that was brought to a case table which was moved or cancelled, has no fixed seat there and did not do it. For the jobs'' role alone: nobody who convenes learns it.';
revoke execute on function app.people_at_case_table(uuid) from public;
grant execute on function app.people_at_case_table(uuid) to loopplank_jobs;

create or replace function app.open_item(wanted uuid) returns boolean language sql stable set search_path = ''
	as $$
		select not exists (select from public.item_end e where e.network_id = (select app.network_id()) and e.item_id = wanted)
			and not exists (
				select from public.agenda_item i
				join public.meeting_event e on e.network_id = i.network_id and e.meeting_id = i.meeting_id and e.kind = 'cancelled'
				where i.network_id = (select app.network_id()) and i.item_id = wanted)
	$$;
comment on function app.open_item(uuid) is 'Whether an item was not closed and its meeting not cancelled: after that nobody joins it, proposes, takes a position or decides.';

create function app.begun_item(wanted uuid) returns boolean language sql stable set search_path = ''
	as $$
		select coalesce((
			select e.starts_at <= (select app.now()) from public.agenda_item i
			join public.meeting_event e on e.network_id = i.network_id and e.meeting_id = i.meeting_id
			where i.network_id = (select app.network_id()) and i.item_id = wanted order by e.at desc, e.event_id desc limit 1), false)
	$$;
comment on function app.begun_item(uuid) is 'Whether the meeting of an item has begun: nothing is decided before.';
grant execute on function app.begun_item(uuid) to loopplank_app;

drop policy decides on item_end;
create policy decides on item_end for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (select app.acts_in_network()) and body_id = any(array(select app.my_bodies())) and body_id = any(array(select app.my_fixed_bodies()))
		and app.open_item(item_id) and app.begun_item(item_id));
