-- An item of an agenda goes on to a next meeting of the same people with everything of it, is taken off, or was only told: nothing that was put on an agenda
-- is left without a word. A case goes on to a next case table at a time that its holder chooses, or is taken off by them.

create table item_carry (
	network_id uuid not null,
	carry_id uuid not null,
	item_id uuid not null,
	body_id uuid not null,
	from_meeting_id uuid not null,
	meeting_id uuid not null,
	reason text not null check (length(reason) between 1 and 500),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, carry_id),
	check (meeting_id <> from_meeting_id),
	foreign key (network_id, item_id, body_id) references agenda_item (network_id, item_id, body_id),
	foreign key (network_id, from_meeting_id, body_id) references meeting (network_id, meeting_id, body_id),
	foreign key (network_id, meeting_id, body_id) references meeting (network_id, meeting_id, body_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table item_carry is 'An item was carried over to another meeting of the same body, and why: the newest says at which it stands. Seats, proposals and positions stay with the item. retention: with the meeting.';
create index item_carry_item on item_carry (network_id, item_id, at);
create index item_carry_from on item_carry (network_id, from_meeting_id);
create index item_carry_meeting on item_carry (network_id, meeting_id);

alter table item_end add column kind text check (kind in ('decided', 'no_decision', 'informed', 'taken_off'));
update item_end set kind = case when version is null then 'no_decision' else 'decided' end;
alter table item_end alter column kind set not null;
alter table item_end add check ((kind = 'decided') = (version is not null));
comment on column item_end.kind is 'How it was closed: decided, without a decision, only told, or taken off the agenda.';
comment on table item_end is 'The minutes of an item: what was decided, that nothing was or had to be, or that it was taken off; and why. It closes the item. retention: with the meeting.';

create function app.item_meeting(wanted uuid) returns uuid language sql stable set search_path = ''
	as $$
		select coalesce(
			(select c.meeting_id from public.item_carry c where c.network_id = (select app.network_id()) and c.item_id = wanted
				order by c.at desc, c.carry_id desc limit 1),
			(select i.meeting_id from public.agenda_item i where i.network_id = (select app.network_id()) and i.item_id = wanted))
	$$;
comment on function app.item_meeting(uuid) is 'The meeting at which an item stands now: where it was put, or carried over to last.';

create function app.items_at(wanted uuid) returns setof uuid language sql stable set search_path = ''
	as $$
		select f.item_id from (
			select i.item_id from public.agenda_item i where i.network_id = (select app.network_id()) and i.meeting_id = wanted
			union
			select c.item_id from public.item_carry c where c.network_id = (select app.network_id()) and c.meeting_id = wanted
		) f where app.item_meeting(f.item_id) = wanted
	$$;
comment on function app.items_at(uuid) is 'The items that stand on the agenda of a meeting now.';

create or replace function app.open_item(wanted uuid) returns boolean language sql stable set search_path = ''
	as $$
		select not exists (select from public.item_end e where e.network_id = (select app.network_id()) and e.item_id = wanted)
			and not exists (
				select from public.meeting_event e
				where e.network_id = (select app.network_id()) and e.meeting_id = app.item_meeting(wanted) and e.kind = 'cancelled')
	$$;
comment on function app.open_item(uuid) is 'Whether an item was not closed and the meeting at which it stands not cancelled: after that nobody joins it, proposes, takes a position or decides.';

create or replace function app.begun_item(wanted uuid) returns boolean language sql stable set search_path = ''
	as $$
		select coalesce((
			select e.starts_at <= (select app.now()) from public.meeting_event e
			where e.network_id = (select app.network_id()) and e.meeting_id = app.item_meeting(wanted)
			order by e.at desc, e.event_id desc limit 1), false)
	$$;
comment on function app.begun_item(uuid) is 'Whether the meeting at which an item stands has begun: nothing is decided before.';

create function app.unclosed_item(wanted uuid) returns boolean language sql stable set search_path = ''
	as $$
		select not exists (select from public.item_end e where e.network_id = (select app.network_id()) and e.item_id = wanted)
	$$;
comment on function app.unclosed_item(uuid) is 'Whether an item was not closed, also where its meeting was cancelled: it can be carried over.';

create function app.my_items() returns setof uuid language sql stable set search_path = ''
	as $$
		select i.item_id from public.agenda_item i where i.network_id = (select app.network_id()) and i.person_id = (select app.person_id())
	$$;
comment on function app.my_items() is 'The items that the actor put on an agenda.';
grant execute on function app.item_meeting(uuid), app.items_at(uuid), app.unclosed_item(uuid), app.my_items() to loopplank_app;

do $$
declare
	hand text := 'network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (select app.acts_in_network()) and body_id = any(array(select app.my_bodies()))';
	fixed text := 'body_id = any(array(select app.my_fixed_bodies()))';
begin
	alter table item_carry enable row level security;
	alter table item_carry force row level security;
	create policy owner_all on item_carry to loopplank_owner using (true) with check (true);
	create policy body_reads on item_carry for select to loopplank_app
		using (network_id = (select app.network_id()) and body_id = any(array(select app.my_bodies())));
	execute 'create policy carries on item_carry for insert to loopplank_app with check (' || hand || ' and ' || fixed
		|| ' and app.unclosed_item(item_id) and app.item_meeting(item_id) = from_meeting_id)';
	grant select, insert on item_carry to loopplank_app;
	drop policy decides on item_end;
	execute 'create policy decides on item_end for insert to loopplank_app with check (kind <> ''taken_off'' and ' || hand || ' and ' || fixed
		|| ' and app.open_item(item_id) and app.begun_item(item_id))';
	execute 'create policy takes_off on item_end for insert to loopplank_app with check (kind = ''taken_off'' and ' || hand
		|| ' and app.open_item(item_id) and (' || fixed || ' or (item_id = any(array(select app.my_items())) and not app.begun_item(item_id))))';
end $$;

-- A case goes on to a next case table: another time, of another meeting. One that went on may be brought to the former again.
alter table case_item_time drop constraint case_item_time_network_id_item_id_case_id_meeting_id_fkey;
alter table case_item_time add foreign key (network_id, item_id, case_id) references case_item (network_id, item_id, case_id);
alter table case_item drop constraint case_item_network_id_meeting_id_case_id_key;
create index case_item_meeting on case_item (network_id, meeting_id);
comment on column case_item_time.meeting_id is 'At which meeting of the case table it comes: another than before when it was carried over.';
alter table case_item_end add column kind text check (kind in ('noted', 'taken_off'));
update case_item_end set kind = 'noted';
alter table case_item_end alter column kind set not null;
comment on table case_item_end is 'What was said of a case at a case table was noted, or it was taken off; the words are sealed. retention: with the case.';

create function app.case_item_meeting(wanted uuid) returns uuid language sql stable set search_path = ''
	as $$
		select coalesce(
			(select t.meeting_id from public.case_item_time t where t.network_id = (select app.network_id()) and t.item_id = wanted
				order by t.at desc, t.time_id desc limit 1),
			(select i.meeting_id from public.case_item i where i.network_id = (select app.network_id()) and i.item_id = wanted))
	$$;
comment on function app.case_item_meeting(uuid) is 'The meeting of a case table at which a case comes now.';
grant execute on function app.case_item_meeting(uuid) to loopplank_app;

create or replace function app.people_at_case_table(changed uuid) returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select distinct s.person_id
		from public.meeting_event e
		join public.case_item i on i.network_id = e.network_id and i.body_id = e.body_id and app.case_item_meeting(i.item_id) = e.meeting_id
			and not exists (select from public.case_item_end n where n.network_id = i.network_id and n.item_id = i.item_id and n.kind = 'taken_off')
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
			join public.agenda_item i on i.network_id = (select app.network_id()) and i.body_id = c.body_id and btrim(i.text) = ''
				and app.item_meeting(i.item_id) = c.meeting_id
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
