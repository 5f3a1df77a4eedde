-- After a meeting who keeps its minutes is asked, kindly, what became of each item: once the day after, and once more a week later.

create table minutes_request (
	network_id uuid not null,
	meeting_id uuid not null,
	person_id uuid not null,
	round smallint not null check (round in (1, 2)),
	at timestamptz not null,
	primary key (network_id, meeting_id, person_id, round),
	foreign key (network_id, meeting_id) references meeting,
	foreign key (network_id, person_id) references person
);
comment on table minutes_request is 'Someone was asked what became of the items of a meeting that is over: once, and once again. retention: 2 years.';
create index minutes_request_person on minutes_request (network_id, person_id);
alter table minutes_request enable row level security;
alter table minutes_request force row level security;
create policy owner_all on minutes_request to loopplank_owner using (true) with check (true);
create policy jobs_reads on minutes_request for select to loopplank_jobs using (network_id = (select app.network_id()));
create policy jobs_writes on minutes_request for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant select, insert on minutes_request to loopplank_jobs;

create function app.minutes_to_ask(since timestamptz, before timestamptz, again timestamptz)
	returns table (body_id uuid, meeting_id uuid, person_id uuid, round integer)
	language sql stable security definer set search_path = ''
	as $$
		with over as (
			select n.body_id, n.meeting_id from (
				select distinct on (e.meeting_id) e.meeting_id, e.body_id, e.kind, e.ends_at from public.meeting_event e
				where e.network_id = (select app.network_id()) order by e.meeting_id, e.at desc, e.event_id desc
			) n where n.kind <> 'cancelled' and n.ends_at > since and n.ends_at <= before
		), lacking as (
			select o.body_id, o.meeting_id, s.membership_id, true as decides from over o
			join public.body_seat s on s.network_id = (select app.network_id()) and s.body_id = o.body_id
			join public.body_seat_answer a on a.network_id = s.network_id and a.seat_id = s.seat_id and a.answer = 'accepted'
			where not exists (select from public.body_seat_end e where e.network_id = s.network_id and e.seat_id = s.seat_id)
				and exists (select from app.items_at(o.meeting_id) as i(item_id) where app.unclosed_item(i.item_id))
			union
			select o.body_id, o.meeting_id, s.membership_id, false from over o
			join public.case_item i on i.network_id = (select app.network_id()) and i.body_id = o.body_id and app.case_item_meeting(i.item_id) = o.meeting_id
			join public.case_seat s on s.network_id = i.network_id and s.case_id = i.case_id and s.holder
				and s.valid_from <= (select app.now()) and (s.valid_until is null or s.valid_until > (select app.now()))
			where not exists (select from public.case_item_end e where e.network_id = i.network_id and e.item_id = i.item_id)
		), asked as (
			select distinct l.body_id, l.meeting_id, m.person_id from lacking l
			join public.membership m on m.network_id = (select app.network_id()) and m.membership_id = l.membership_id
				and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
				and not (l.decides and 'facilitator' = any(m.roles))
			join public.organisation g on g.network_id = m.network_id and g.organisation_id = m.organisation_id
				and (g.left_at is null or g.left_at > (select app.now()))
		)
		select k.body_id, k.meeting_id, k.person_id, (select count(*)::integer + 1 from public.minutes_request r
			where r.network_id = (select app.network_id()) and r.meeting_id = k.meeting_id and r.person_id = k.person_id)
		from asked k
		where not exists (select from public.minutes_request r where r.network_id = (select app.network_id()) and r.meeting_id = k.meeting_id
			and r.person_id = k.person_id and (r.round = 2 or r.at > again))
	$$;
comment on function app.minutes_to_ask(timestamptz, timestamptz, timestamptz) is 'Who has a fixed seat where an item of a meeting that ended between these moments was not closed, or holds a case of it of which nothing was noted, and was not asked, or once and before `again`. For the jobs role alone.';
revoke execute on function app.minutes_to_ask(timestamptz, timestamptz, timestamptz) from public;
grant execute on function app.minutes_to_ask(timestamptz, timestamptz, timestamptz) to loopplank_jobs;
