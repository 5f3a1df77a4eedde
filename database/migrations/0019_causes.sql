-- The cause that several cases share, the signal that it opens, and the hand-over of a case.

-- From how many cases on a cause opens a signal, over how many months they count, and how many months without a new case show that it is gone.
-- Three at least: with fewer, who goes about a cause could point at one case (k = 3).
alter table network add column signal_cases integer not null default 3 check (signal_cases between 3 and 20);
alter table network add column signal_months integer not null default 12 check (signal_months between 1 and 60);
alter table network add column quiet_months integer not null default 6 check (quiet_months between 1 and 60);

create table cause (
	network_id uuid not null references network,
	cause_id uuid not null,
	kind text not null check (kind in ('law', 'law_no_local_room', 'national_scheme', 'bylaw_or_policy', 'organisation_rule', 'work_habit', 'missing_provision', 'waiting_time', 'data_sharing')),
	title text not null default '' check (char_length(title) <= 80),
	responsible_organisation_id uuid,
	responsible_outside text check (responsible_outside in ('uwv', 'svb', 'duo', 'tax_office', 'ministry', 'court', 'health_insurer', 'landlord_outside', 'other_outside')),
	made_at timestamptz not null,
	primary key (network_id, cause_id),
	check ((responsible_organisation_id is null) <> (responsible_outside is null)),
	foreign key (network_id, responsible_organisation_id) references organisation
);
comment on table cause is 'A structural cause that cases of the network share: its kind, who goes about it, and a title without personal data. Says nothing of any case. retention: as long as the network.';
comment on column cause.title is 'At most 80 characters, refused with anything that looks like a number or address of a person; empty where only kind and who are known.';
create unique index cause_one_each on cause (network_id, kind, coalesce(responsible_organisation_id::text, responsible_outside), lower(title));
create index cause_organisation on cause (network_id, responsible_organisation_id);

alter table cause_naming add column cause_id uuid;
alter table cause_naming add constraint cause_naming_cause foreign key (network_id, cause_id) references cause;
create index cause_naming_of_cause on cause_naming (network_id, cause_id, case_id, at);
comment on column cause_naming.cause_id is 'The shared cause; null for ''none'' and ''not known yet''.';

-- What was named before becomes shared by kind and who goes about it.
insert into cause (network_id, cause_id, kind, responsible_organisation_id, responsible_outside, made_at)
	select n.network_id, gen_random_uuid(), n.kind, n.responsible_organisation_id, n.responsible_outside, min(n.at)
	from cause_naming n
	where n.kind not in ('none', 'not_known_yet') and (n.responsible_organisation_id is not null or n.responsible_outside is not null)
	group by 1, 3, 4, 5;
update cause_naming n set cause_id = c.cause_id from cause c
	where c.network_id = n.network_id and c.kind = n.kind
		and c.responsible_organisation_id is not distinct from n.responsible_organisation_id
		and c.responsible_outside is not distinct from n.responsible_outside;

create table signal (
	network_id uuid not null references network,
	signal_id uuid not null,
	cause_id uuid not null,
	opened_at timestamptz not null,
	primary key (network_id, signal_id),
	unique (network_id, cause_id),
	foreign key (network_id, cause_id) references cause
);
comment on table signal is 'A cause that was named in several cases: from now on it is followed until the rule has changed and no new case comes. retention: as long as the network.';

create table signal_event (
	network_id uuid not null,
	signal_id uuid not null,
	event_id uuid not null,
	kind text not null check (kind in ('opened', 'taken_up', 'not_ours', 'change_agreed', 'in_force', 'verified', 'reopened')),
	due_on date,
	changed_on date,
	words text not null default '' check (char_length(words) <= 500),
	on_behalf boolean not null default false,
	person_id uuid,
	membership_id uuid,
	organisation_id uuid,
	at timestamptz not null,
	primary key (network_id, signal_id, event_id),
	check ((person_id is null) = (membership_id is null) and (person_id is null) = (organisation_id is null)),
	check ((person_id is null) = (kind in ('opened', 'verified', 'reopened'))),
	check ((changed_on is null) = (kind <> 'in_force')),
	foreign key (network_id, signal_id) references signal,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table signal_event is 'The facts from which the state of a signal is folded. Words are about a rule, never about a case. retention: as long as the network.';
comment on column signal_event.on_behalf is 'True when someone of the network recorded it for an organisation outside it.';
create index signal_event_membership on signal_event (network_id, membership_id);

create table hand_over (
	network_id uuid not null,
	hand_over_id uuid not null,
	case_id uuid not null,
	from_person_id uuid not null,
	to_person_id uuid not null,
	to_membership_id uuid not null,
	stays boolean not null,
	at timestamptz not null,
	primary key (network_id, hand_over_id),
	unique (network_id, hand_over_id, case_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, from_person_id) references person,
	foreign key (network_id, to_membership_id, to_person_id) references membership (network_id, membership_id, person_id)
);
comment on table hand_over is 'The holder of a case offers it to someone who sits at its table. It binds no one until it is accepted. retention: with the case.';
comment on column hand_over.stays is 'Whether the old holder keeps an ordinary seat.';
create index hand_over_case on hand_over (network_id, case_id);
create index hand_over_membership on hand_over (network_id, to_membership_id);

create table hand_over_end (
	network_id uuid not null,
	hand_over_id uuid not null,
	case_id uuid not null,
	answer text not null check (answer in ('accepted', 'declined', 'withdrawn')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, hand_over_id),
	foreign key (network_id, hand_over_id, case_id) references hand_over (network_id, hand_over_id, case_id),
	foreign key (network_id, person_id) references person
);
comment on table hand_over_end is 'An offer to hold a case was accepted or declined by who was asked, or taken back by the holder: once. retention: with the case.';
create index hand_over_end_case on hand_over_end (network_id, case_id);

do $$
declare t text;
begin
	foreach t in array array['cause', 'signal', 'signal_event', 'hand_over', 'hand_over_end'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
	end loop;
	foreach t in array array['cause', 'signal', 'signal_event'] loop
		execute format('create policy network_reads on %I for select to loopplank_app, loopplank_jobs using (network_id = (select app.network_id()))', t);
	end loop;
	foreach t in array array['hand_over', 'hand_over_end'] loop
		execute format('create policy table_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())))', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
end $$;

-- Who goes about a cause is no column that everyone reads: with one case it could point at that case. The functions below give it from three on.
grant select (network_id, cause_id, kind, title, made_at) on cause to loopplank_app, loopplank_jobs;
grant insert on cause to loopplank_app;
grant select on signal, signal_event to loopplank_app, loopplank_jobs;
grant insert on signal to loopplank_app;
grant insert on signal_event to loopplank_app, loopplank_jobs;

create function app.find_cause(wanted_kind text, wanted_organisation uuid, wanted_outside text, wanted_title text) returns uuid
	language sql stable security definer set search_path = ''
	as $$
		select c.cause_id from public.cause c
		where c.network_id = app.network_id() and (select app.acts_in_network())
			and c.kind = wanted_kind and coalesce(c.responsible_organisation_id::text, c.responsible_outside) = coalesce(wanted_organisation::text, wanted_outside)
			and lower(c.title) = lower(wanted_title)
	$$;
comment on function app.find_cause(text, uuid, text, text) is 'The id of the cause of which one knows everything already.';

create function app.responsible_for(wanted uuid) returns table (organisation_id uuid, outside text)
	language sql stable security definer set search_path = ''
	as $$
		select c.responsible_organisation_id, c.responsible_outside from public.cause c
		where c.network_id = app.network_id() and c.cause_id = wanted and (select app.acts_in_network())
			and (c.cause_id = any(array(select s.cause_id from public.signal s where s.network_id = app.network_id()))
				or 3 <= (select count(distinct n.case_id) from public.cause_naming n where n.network_id = c.network_id and n.cause_id = c.cause_id)
				or exists (select from public.cause_naming n where n.network_id = c.network_id and n.cause_id = c.cause_id and n.case_id = any(array(select app.my_cases()))))
	$$;
comment on function app.responsible_for(uuid) is 'Who goes about a cause: once it has a signal or stands in three cases (k = 3), or for who sits at a case with it.';

-- A case counts for the cause that was named in it last, from the moment at which that cause was first named there.
create function app.cause_cases(wanted uuid, since timestamptz) returns bigint
	language sql stable security definer set search_path = ''
	as $$
		select count(*) from (
			select n.case_id, min(n.at) as first_at from public.cause_naming n
			where n.network_id = app.network_id() and n.cause_id = wanted
				and n.cause_id = (
					select l.cause_id from public.cause_naming l where l.network_id = n.network_id and l.case_id = n.case_id order by l.at desc, l.naming_id desc limit 1
				)
			group by 1
		) c where c.first_at > since
	$$;
comment on function app.cause_cases(uuid, timestamptz) is 'In how many cases of the network a cause stands, named after a moment. For the functions below; granted to nobody.';

create function app.cause_reached(wanted uuid) returns boolean
	language sql stable security definer set search_path = ''
	as $$
		select (select app.acts_in_network()) and app.cause_cases(wanted, app.now() - make_interval(months => n.signal_months)) >= n.signal_cases
		from public.network n where n.network_id = app.network_id()
	$$;
comment on function app.cause_reached(uuid) is 'Whether a cause was named in as many cases as the network asks for a signal, in its months until now. Yes or no; no case.';

create function app.figure_causes_named() returns table (cause_id uuid, kind text, title text, cases bigint, organisation_id uuid, outside text)
	language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (n.case_id) n.case_id, n.cause_id
			from public.cause_naming n where n.network_id = app.network_id() and (select app.acts_in_network())
			order by n.case_id, n.at desc, n.naming_id desc
		), counted as (
			select newest.cause_id, count(*) as cases from newest where newest.cause_id is not null group by 1
		)
		select c.cause_id, c.kind, c.title, coalesce(k.cases, 0),
			case when k.cases >= 3 or s.signal_id is not null then c.responsible_organisation_id end,
			case when k.cases >= 3 or s.signal_id is not null then c.responsible_outside end
		from public.cause c
		left join counted k on k.cause_id = c.cause_id
		left join public.signal s on s.network_id = c.network_id and s.cause_id = c.cause_id
		where c.network_id = app.network_id() and (select app.acts_in_network())
	$$;
comment on function app.figure_causes_named() is 'Each cause of the network with the number of cases in which it was named last; who goes about it only from 3 cases or with a signal (k = 3).';

create function app.figure_cause_months() returns table (cause_id uuid, month date, cases bigint)
	language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (n.case_id) n.case_id, n.cause_id
			from public.cause_naming n where n.network_id = app.network_id() and (select app.acts_in_network())
			order by n.case_id, n.at desc, n.naming_id desc
		), firsts as (
			select newest.cause_id, newest.case_id, min(n.at) as at
			from newest join public.cause_naming n on n.network_id = app.network_id() and n.case_id = newest.case_id and n.cause_id = newest.cause_id
			group by 1, 2
		)
		select f.cause_id, date_trunc('month', f.at at time zone 'Europe/Amsterdam')::date, count(*) from firsts f group by 1, 2
	$$;
comment on function app.figure_cause_months() is 'In how many cases each cause was named for the first time, by month. No case.';

create function app.figure_intake() returns table (month date, cases bigint)
	language sql stable security definer set search_path = ''
	as $$
		select date_trunc('month', c.opened_at at time zone 'Europe/Amsterdam')::date, count(*)
		from public.case_record c where c.network_id = app.network_id() and (select app.acts_in_network()) group by 1
	$$;
comment on function app.figure_intake() is 'How many cases were brought in, by month.';

-- What the daily sweep holds a signal against. New: cases brought in since the change and named with the cause.
create function app.signal_evidence(wanted_cause uuid, changed_from timestamptz, window_from timestamptz, before_from timestamptz, before_until timestamptz)
	returns table (new_cases bigint, brought_in bigint, brought_in_before bigint, named bigint, named_before bigint)
	language sql stable security definer set search_path = ''
	as $$
		select
			(select count(distinct n.case_id) from public.cause_naming n join public.case_record c on c.network_id = n.network_id and c.case_id = n.case_id
				where n.network_id = app.network_id() and n.cause_id = wanted_cause and c.opened_at >= changed_from),
			(select count(*) from public.case_record c where c.network_id = app.network_id() and c.opened_at >= window_from and c.opened_at <= app.now()),
			(select count(*) from public.case_record c where c.network_id = app.network_id() and c.opened_at >= before_from and c.opened_at < before_until),
			(select count(distinct n.case_id) from public.cause_naming n where n.network_id = app.network_id() and n.at >= window_from and n.at <= app.now()),
			(select count(distinct n.case_id) from public.cause_naming n where n.network_id = app.network_id() and n.at >= before_from and n.at < before_until)
	$$;
comment on function app.signal_evidence(uuid, timestamptz, timestamptz, timestamptz, timestamptz) is 'Counts over the cases of one network with which the sweep verifies a signal. For the jobs role alone.';
create index case_record_opened on case_record (network_id, opened_at);

create policy names on cause for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network()));
create policy opens on signal for insert to loopplank_app
	with check (network_id = (select app.network_id()) and app.cause_reached(cause_id));
create policy acts on signal_event for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network()) and case
		when kind in ('opened', 'reopened') then signal_id = any(array(
			select s.signal_id from signal s join cause_naming n on n.network_id = s.network_id and n.cause_id = s.cause_id
			where n.person_id = (select app.person_id()) and n.at = (select app.now())))
		when kind = 'verified' then false
		else person_id = (select app.person_id()) and membership_id = (select app.membership_id()) end);
create policy verifies on signal_event for insert to loopplank_jobs
	with check (network_id = (select app.network_id()) and kind = 'verified');

-- Handing over. Offers and refusals are rows; the seat itself passes by one function, which looks again whether it may.
create policy holder_offers on hand_over for insert to loopplank_app
	with check (network_id = (select app.network_id()) and from_person_id = (select app.person_id()) and case_id = any(array(select app.my_cases()))
		and case_id = any(array(select s.case_id from case_seat s where s.person_id = (select app.person_id()) and s.holder and s.valid_until is null)));
create policy answers on hand_over_end for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and case_id = any(array(select app.my_cases()))
		and hand_over_id = any(array(select h.hand_over_id from hand_over h where h.network_id = (select app.network_id())
			and case answer when 'declined' then h.to_person_id = (select app.person_id()) when 'withdrawn' then h.from_person_id = (select app.person_id()) else false end)));

create function app.holder_left(wanted uuid) returns boolean
	language sql stable security definer set search_path = ''
	as $$
		select exists (
			select from public.case_seat s
			join public.membership m on m.network_id = s.network_id and m.membership_id = s.membership_id
			join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id
			where s.network_id = app.network_id() and s.case_id = wanted and wanted = any(array(select app.my_cases()))
				and s.holder and (s.valid_until is null or s.valid_until > app.now())
				and (m.valid_until <= app.now() or o.left_at <= app.now())
		)
	$$;
comment on function app.holder_left(uuid) is 'Whether the holder of a case at whose table one sits works for their organisation no more.';

create function app.take_over(wanted_case uuid, offer uuid, my_seat uuid, their_seat uuid) returns boolean
	language plpgsql volatile security definer set search_path = ''
	as $$
		declare
			held public.case_seat%rowtype;
			mine public.case_seat%rowtype;
			keeps_seat boolean := false;
		begin
			perform pg_advisory_xact_lock(hashtextextended(app.network_id()::text || '/' || wanted_case::text, 0));
			if not wanted_case = any(array(select app.my_cases())) then return false; end if;
			select * into mine from public.case_seat s where s.network_id = app.network_id() and s.case_id = wanted_case
				and s.person_id = app.person_id() and s.membership_id = app.membership_id() and s.valid_until is null;
			select * into held from public.case_seat s where s.network_id = app.network_id() and s.case_id = wanted_case and s.holder and s.valid_until is null;
			if mine.seat_id is null or held.seat_id is null or mine.holder then return false; end if;
			if offer is null then
				if not app.holder_left(wanted_case) then return false; end if;
			else
				select h.stays into keeps_seat from public.hand_over h
					where h.network_id = app.network_id() and h.hand_over_id = offer and h.case_id = wanted_case
						and h.from_person_id = held.person_id and h.to_person_id = app.person_id() and h.to_membership_id = app.membership_id()
						and h.at >= held.valid_from
						and not exists (select from public.hand_over_end e where e.network_id = h.network_id and e.hand_over_id = h.hand_over_id);
				if not found then return false; end if;
				insert into public.hand_over_end (network_id, hand_over_id, case_id, answer, person_id, at)
					values (app.network_id(), offer, wanted_case, 'accepted', app.person_id(), app.now());
			end if;
			update public.case_seat s set valid_until = app.now() where s.network_id = app.network_id() and s.case_id = wanted_case and s.seat_id in (mine.seat_id, held.seat_id);
			insert into public.case_seat (network_id, case_id, seat_id, person_id, membership_id, organisation_id, holder, given_by, valid_from)
				values (app.network_id(), wanted_case, my_seat, mine.person_id, mine.membership_id, mine.organisation_id, true, held.person_id, app.now());
			if keeps_seat and not app.membership_ended(held.membership_id) then
				insert into public.case_seat (network_id, case_id, seat_id, person_id, membership_id, organisation_id, holder, given_by, valid_from)
					values (app.network_id(), wanted_case, their_seat, held.person_id, held.membership_id, held.organisation_id, false, mine.person_id, app.now());
			end if;
			-- The resident's link was given by who held the case before, and may still lie with them: the new holder gives a new one.
			insert into public.private_link_end (network_id, link_id, reason, at)
				select l.network_id, l.link_id, 'revoked', app.now() from public.private_link l
				where l.network_id = app.network_id() and l.purpose = 'resident' and l.subject_id = wanted_case and l.expires_at > app.now()
				on conflict do nothing;
			return true;
		end
	$$;
comment on function app.take_over(uuid, uuid, uuid, uuid) is 'Passes the holder''s seat to the actor: when the holder offered it to them, or when the holder works for their organisation no more. Nobody else''s wish moves a seat.';

create function app.membership_ended(wanted uuid) returns boolean
	language sql stable security definer set search_path = ''
	as $$
		select exists (select from public.membership m where m.network_id = app.network_id() and m.membership_id = wanted and m.valid_until <= app.now())
	$$;
comment on function app.membership_ended(uuid) is 'Whether a membership has ended. For the function above; granted to nobody.';

create function app.list_left_tables() returns table (case_id uuid, person_id uuid, seat_id uuid)
	language sql stable security definer set search_path = ''
	as $$
		select s.case_id, o.person_id, s.seat_id
		from public.case_seat s
		join public.membership m on m.network_id = s.network_id and m.membership_id = s.membership_id
		join public.organisation g on g.network_id = m.network_id and g.organisation_id = m.organisation_id
		join public.case_seat o on o.network_id = s.network_id and o.case_id = s.case_id and not o.holder and o.valid_until is null
		join public.membership w on w.network_id = o.network_id and w.membership_id = o.membership_id and (w.valid_until is null or w.valid_until > app.now())
		where s.network_id = app.network_id() and s.holder and s.valid_until is null
			and (m.valid_until <= app.now() or g.left_at <= app.now())
	$$;
comment on function app.list_left_tables() is 'Who sits at a case whose holder works for their organisation no more: they are told. For the jobs role alone.';

grant execute on function app.find_cause(text, uuid, text, text), app.responsible_for(uuid), app.cause_reached(uuid), app.figure_causes_named(),
	app.figure_cause_months(), app.figure_intake(), app.holder_left(uuid), app.take_over(uuid, uuid, uuid, uuid) to loopplank_app;
grant execute on function app.signal_evidence(uuid, timestamptz, timestamptz, timestamptz, timestamptz), app.list_left_tables() to loopplank_jobs;

-- The counts of the network's page, fast: who asks is looked at once, not for every row, and the newest event of each case is read from an index.
create index case_event_newest on case_event (network_id, case_id, at desc, event_id desc) include (kind, outcome);
create or replace function app.figure_cases() returns table (state text, outcome text, cases bigint) language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (v.case_id) v.case_id, v.kind, v.outcome from public.case_event v
			where v.network_id = (select app.network_id()) and (select app.acts_in_network())
			order by v.case_id, v.at desc, v.event_id desc
		), agreed as (
			select distinct a.case_id from public.agreement a where a.network_id = (select app.network_id()) and (select app.acts_in_network())
		)
		select case when e.kind in ('closed', 'reopened') then e.kind when g.case_id is not null then 'running' else 'open' end, e.outcome, count(*)
		from newest e left join agreed g on g.case_id = e.case_id
		group by 1, 2
	$$;
create or replace function app.figure_causes() returns table (kind text, cases bigint, responsible_organisation_id uuid, responsible_outside text, responsible_cases bigint)
	language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (n.case_id) n.case_id, n.kind, n.responsible_organisation_id, n.responsible_outside
			from public.cause_naming n
			where n.network_id = (select app.network_id()) and (select app.acts_in_network())
			order by n.case_id, n.at desc, n.naming_id desc
		), kinds as (
			select newest.kind, count(*) as cases from newest group by 1
		), responsible as (
			select newest.kind, newest.responsible_organisation_id, newest.responsible_outside, count(*) as cases
			from newest group by 1, 2, 3 having count(*) >= 3
		)
		select k.kind, k.cases, r.responsible_organisation_id, r.responsible_outside, r.cases
		from kinds k left join responsible r on r.kind = k.kind
	$$;
