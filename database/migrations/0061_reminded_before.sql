-- Reminders before a meeting and before the day by which parties answer on an agreement for a year: once, and only to who did not act (C7).

create table meeting_reminder (
	network_id uuid not null,
	meeting_id uuid not null,
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, meeting_id, person_id),
	foreign key (network_id, meeting_id) references meeting,
	foreign key (network_id, person_id) references person
);
comment on table meeting_reminder is 'Who did not answer an offered seat, or brought no text to their own item, was reminded before a meeting: once. retention: 2 years.';
create index meeting_reminder_person on meeting_reminder (network_id, person_id);

alter table yearly_item add column due_on date;
comment on column yearly_item.due_on is 'By which day who brought it asks the parties to answer; null: none was asked.';

create table yearly_reminder (
	network_id uuid not null,
	item_id uuid not null,
	waits text not null check (waits in ('offer', 'accept')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, item_id, waits, person_id),
	foreign key (network_id, item_id) references yearly_item,
	foreign key (network_id, person_id) references person
);
comment on table yearly_reminder is 'Who answers for a party that did not offer, or did not accept, was reminded before the day: once for each. retention: 2 years.';
create index yearly_reminder_person on yearly_reminder (network_id, person_id);

do $$
declare t text;
begin
	foreach t in array array['meeting_reminder', 'yearly_reminder'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('create policy jobs_writes on %I for insert to loopplank_jobs with check (network_id = (select app.network_id()))', t);
		execute format('grant select, insert on %I to loopplank_jobs', t);
	end loop;
end $$;

create function app.meetings_to_remind(until timestamptz) returns table (body_id uuid, meeting_id uuid, person_id uuid)
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
		where not exists (select from public.meeting_reminder r
			where r.network_id = m.network_id and r.meeting_id = l.meeting_id and r.person_id = m.person_id)
	$$;
comment on function app.meetings_to_remind(timestamptz) is 'Who did not answer a seat, or brought no text to their own item, of a meeting that begins by then, and was not reminded of it. For the jobs role alone.';

create function app.yearly_to_remind(today date, until date) returns table (item_id uuid, waits text, person_id uuid)
	language sql stable security definer set search_path = ''
	as $$
		with due as (
			select i.item_id from public.yearly_item i where i.network_id = (select app.network_id()) and i.due_on between today and until
		), party as (
			select p.item_id, p.organisation_id, o.step_id as offer from due d
			join public.yearly_party p on p.network_id = (select app.network_id()) and p.item_id = d.item_id
			left join lateral (
				select s.step_id from public.yearly_step s where s.network_id = p.network_id and s.item_id = p.item_id
					and s.organisation_id = p.organisation_id and s.kind = 'offer' order by s.at desc, s.step_id desc limit 1
			) o on true
		), asked as (
			select d.item_id, exists (select from party p where p.item_id = d.item_id and p.offer is null) as offering, (
				select s.step_id from public.yearly_step s where s.network_id = (select app.network_id()) and s.item_id = d.item_id and s.kind = 'offer'
				order by s.at desc, s.step_id desc limit 1
			) as newest from due d
		), lacking as (
			select p.item_id, p.organisation_id, case when a.offering then 'offer' else 'accept' end as waits
			from party p join asked a on a.item_id = p.item_id
			where case when a.offering then p.offer is null else not exists (
				select from public.yearly_answer y where y.network_id = (select app.network_id()) and y.step_id = a.newest and y.organisation_id = p.organisation_id) end
		)
		select distinct l.item_id, l.waits, m.person_id from lacking l
		join public.organisation o on o.network_id = (select app.network_id()) and o.organisation_id = l.organisation_id
			and (o.left_at is null or o.left_at > (select app.now()))
		join public.membership m on m.network_id = o.network_id and m.organisation_id = o.organisation_id and m.roles && array['governor', 'administrator']
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
		where not exists (select from public.yearly_reminder r
			where r.network_id = o.network_id and r.item_id = l.item_id and r.waits = l.waits and r.person_id = m.person_id)
	$$;
comment on function app.yearly_to_remind(date, date) is 'Who answers for a party that did not offer, or did not accept what all offered, of an agreement with a day between these, and was not reminded of it. For the jobs role alone.';
grant execute on function app.meetings_to_remind(timestamptz), app.yearly_to_remind(date, date) to loopplank_jobs;
