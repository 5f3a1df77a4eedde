-- The scan of five conditions (G2): twenty statements, filled in by every partner, again whenever the network wants. A sheet names nobody and no moment;
-- who handed in stands elsewhere. Only this file's functions read sheets, and they tell nothing of fewer than three, nor what is left over.

create table scan_round (
	network_id uuid not null references network,
	round_id uuid not null,
	closes_on date not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, round_id),
	foreign key (network_id, person_id) references person,
	foreign key (network_id, membership_id) references membership
);
comment on table scan_round is 'Someone opened the scan of five conditions, until the end of a day. retention: as long as the network.';

create table scan_round_end (
	network_id uuid not null,
	round_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, round_id),
	foreign key (network_id, round_id) references scan_round,
	foreign key (network_id, person_id) references person,
	foreign key (network_id, membership_id) references membership
);
comment on table scan_round_end is 'A round of the scan was closed before its day was over. retention: as long as the network.';

create table scan_respondent (
	network_id uuid not null,
	round_id uuid not null,
	person_id uuid not null,
	primary key (network_id, round_id, person_id),
	foreign key (network_id, round_id) references scan_round,
	foreign key (network_id, person_id) references person
);
comment on table scan_respondent is 'Who handed a sheet in, so that nobody does twice; not which. retention: 2 years.';

create table scan_sheet (
	network_id uuid not null,
	round_id uuid not null,
	sheet_id uuid not null,
	organisation_id uuid not null,
	answers smallint[] not null check (cardinality(answers) = 20 and array_ndims(answers) = 1 and 1 <= all(array_remove(answers, null)) and 5 >= all(array_remove(answers, null))),
	primary key (network_id, round_id, sheet_id),
	foreign key (network_id, round_id) references scan_round,
	foreign key (network_id, organisation_id) references organisation
);
comment on table scan_sheet is 'One sheet of the scan: of which organisation, and twenty answers from 1 to 5 or none. No person and no moment; nobody reads it, only figures of three or more are told. retention: as long as the network.';
comment on column scan_sheet.sheet_id is 'Drawn at random: an id that is made in order of time would tell whose it is.';

do $$
declare t text;
begin
	foreach t in array array['scan_round', 'scan_round_end', 'scan_respondent', 'scan_sheet'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
	end loop;
	foreach t in array array['scan_round', 'scan_round_end'] loop
		execute format('grant select, insert on %I to loopplank_app', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
		execute format('create policy partners_write on %I for insert to loopplank_app
			with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
				and ((select app.has_role(''professional'')) or (select app.has_role(''facilitator'')) or (select app.has_role(''governor''))))', t);
	end loop;
end $$;
grant select on scan_respondent to loopplank_app;
create policy own_reads on scan_respondent for select to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()) and (select app.acts_in_network()));

create function app.scan_is_over(wanted uuid, moment timestamptz) returns boolean language sql stable set search_path = ''
	as $$
		select exists (select from public.scan_round_end e where e.network_id = (select app.network_id()) and e.round_id = wanted)
			or exists (select from public.scan_round r where r.network_id = (select app.network_id()) and r.round_id = wanted
				and r.closes_on < (moment at time zone 'Europe/Amsterdam')::date)
	$$;
comment on function app.scan_is_over(uuid, timestamptz) is 'Whether a round of the scan was closed, or its last day is over in the zone of the networks.';

create function app.hand_in_scan(wanted uuid, sheet uuid, given smallint[]) returns text language plpgsql volatile security definer set search_path = ''
	as $$
	begin
		if not app.acts_in_network() or not exists (select from public.scan_round r where r.network_id = app.network_id() and r.round_id = wanted) then
			return 'not_found';
		end if;
		if not (app.has_role('professional') or app.has_role('facilitator') or app.has_role('governor') or app.has_role('secretariat')
			or app.has_role('treasurer') or app.has_role('administrator')) then
			return 'not_allowed';
		end if;
		-- Who closes the round waits for who hands in, and the other way around: nothing comes in after its figures could be read.
		perform pg_advisory_xact_lock_shared(hashtextextended(wanted::text, 0));
		if app.scan_is_over(wanted, app.now()) then
			return 'scan_closed';
		end if;
		insert into public.scan_respondent (network_id, round_id, person_id) values (app.network_id(), wanted, app.person_id()) on conflict do nothing;
		if not found then
			return 'already_handed_in';
		end if;
		insert into public.scan_sheet (network_id, round_id, sheet_id, organisation_id, answers)
			values (app.network_id(), wanted, sheet, app.my_organisation(), given);
		return 'done';
	end
	$$;
comment on function app.hand_in_scan(uuid, uuid, smallint[]) is 'Hands one''s own sheet in, once a round, of the organisation acted for. Nothing binds the sheet to the person.';

create function app.figure_scan(wanted uuid) returns table (organisation_id uuid, statement integer, answers bigint, mean numeric, spread numeric)
	language sql stable security definer set search_path = ''
	as $$
		with given as (
			select s.organisation_id, a.statement::integer as statement, a.answer
			from public.scan_sheet s cross join unnest(s.answers) with ordinality as a(answer, statement)
			where s.network_id = (select app.network_id()) and s.round_id = wanted and a.answer is not null
				and (select app.acts_in_network())
				-- A minute later: who began to hand in before midnight is through by then.
				and app.scan_is_over(wanted, (select app.now()) - interval '1 minute')
		), whole as (
			select g.statement, count(*) as answers, avg(g.answer) as mean, stddev_pop(g.answer) as spread from given g group by g.statement having count(*) >= 3
		), groups as (
			select g.organisation_id, g.statement, count(*) as answers, avg(g.answer) as mean,
				row_number() over (partition by g.statement order by count(*), g.organisation_id) as place
			from given g join whole w on w.statement = g.statement group by g.organisation_id, g.statement having count(*) >= 3
		), left_over as (
			select w.statement, w.answers - coalesce(sum(p.answers), 0) as amount from whole w left join groups p on p.statement = w.statement group by w.statement, w.answers
		)
		select null::uuid, w.statement, w.answers, round(w.mean, 1), round(w.spread, 1) from whole w
		union all
		-- What is left over is nobody, or three or more: else the smallest group is told with the rest.
		select p.organisation_id, p.statement, p.answers, round(p.mean, 1), null from groups p join left_over l on l.statement = p.statement
		where l.amount = 0 or l.amount >= 3 or p.place > 1
	$$;
comment on function app.figure_scan(uuid) is 'Per statement of a round that is over: of all together, and per organisation, how many answered, the mean, and of all how far apart. Nothing of fewer than three answers, and no organisation from which fewer than three others would follow (k = 3).';
grant execute on function app.scan_is_over(uuid, timestamptz), app.hand_in_scan(uuid, uuid, smallint[]), app.figure_scan(uuid) to loopplank_app;
