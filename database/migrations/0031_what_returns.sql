-- How each price becomes money, with who says so; a network's own studies beside the 1 on 30; reminders of signals; and the rule of signals, changed by two.

alter table price
	add column frees_why_nl text,
	add column frees_why_en text,
	add column frees_by text,
	add column frees_on date,
	add constraint price_frees_said check (num_nulls(frees_why_nl, frees_why_en, frees_by, frees_on) in (0, 4));
comment on column price.frees is 'How it becomes money when it does not occur. Null: not known, and then it counts as not freeing.';
comment on column price.frees_by is 'Who says how it becomes money: a source, or whose assumption it is.';

create table counted_party (
	network_id uuid not null,
	counted_id uuid not null,
	party text not null check (party in ('pot', 'deelnemers', 'elders', 'aanbieder', 'corporatie', 'gemeente-bijzondere-bijstand', 'gemeente-jeugd', 'gemeente-mo-bw',
		'gemeente-mo-bw-en-zvw', 'gemeente-participatiewet', 'gemeente-schuldhulp', 'gemeente-wmo', 'huishouden', 'meerdere', 'rijk-jenv', 'rijk-ocw', 'school',
		'vrijwilliger', 'werkgever', 'wlz', 'zvw')),
	case_id uuid not null,
	paid_cents bigint not null check (paid_cents >= 0),
	prevented_cents bigint not null,
	extra_cents bigint not null,
	frees_cents bigint not null,
	primary key (network_id, counted_id, party),
	foreign key (network_id, counted_id) references counted_return,
	foreign key (network_id, case_id) references case_record
);
comment on table counted_party is 'Who paid and who gained in a case as it was counted, by code of payer: what each put in, was spared, pays more, and what of it becomes money. ''elders'': what only moved elsewhere. retention: with the case; the facts may stay for the figures.';
create index counted_party_case on counted_party (network_id, case_id);

create table study (
	network_id uuid not null references network,
	study_id uuid not null,
	title text not null check (char_length(title) between 1 and 200),
	source text not null check (char_length(source) between 1 and 200),
	year integer not null check (year between 1950 and 2100),
	says text not null check (char_length(says) between 1 and 1000),
	url text not null check (url ~ '^https://' and char_length(url) <= 500),
	grade integer check (grade between 1 and 5),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, study_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table study is 'A study that the network sets beside its own returns: about an approach, never about a person. retention: as long as the network.';
comment on column study.grade is 'Design grade on the Maryland scale: 1 before and after, to 5 by lot. Null: not known.';

create table study_withdrawal (
	network_id uuid not null,
	study_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, study_id),
	foreign key (network_id, study_id) references study,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table study_withdrawal is 'A study is no longer set beside the returns: once, the study itself stays. retention: with the study.';

create table signal_rule (
	network_id uuid not null references network,
	rule_id uuid not null,
	cases integer not null check (cases between 3 and 20),
	months integer not null check (months between 1 and 60),
	quiet_months integer not null check (quiet_months between 1 and 60),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, rule_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table signal_rule is 'When a cause becomes a signal and when it is gone, as proposed: in how many cases in how many months, and after how many months without a new one. In force once another confirmed it. retention: as long as the network.';

create table signal_rule_answer (
	network_id uuid not null,
	rule_id uuid not null,
	answer text not null check (answer in ('confirmed', 'declined')),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, rule_id),
	foreign key (network_id, rule_id) references signal_rule,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table signal_rule_answer is 'A proposed rule of signals was confirmed by someone of another organisation, or declined: once. retention: with the rule.';

create table signal_reminder (
	network_id uuid not null,
	signal_id uuid not null,
	due_on date not null,
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, signal_id, due_on, person_id),
	foreign key (network_id, signal_id) references signal,
	foreign key (network_id, person_id) references person
);
comment on table signal_reminder is 'Who goes about a cause was reminded that the day they promised comes near: once for each day and person. retention: 2 years.';

do $$
declare t text;
begin
	foreach t in array array['counted_party', 'study', 'study_withdrawal', 'signal_rule', 'signal_rule_answer', 'signal_reminder'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
	end loop;
	foreach t in array array['study', 'study_withdrawal'] loop
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()))', t);
		execute format('create policy facilitator_writes on %I for insert to loopplank_app with check (network_id = (select app.network_id())
			and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and (select app.has_role(''facilitator'')))', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
	foreach t in array array['signal_rule', 'signal_rule_answer'] loop
		execute format('create policy network_reads on %I for select to loopplank_app, loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_app, loopplank_jobs', t);
		execute format('grant insert on %I to loopplank_app', t);
	end loop;
end $$;

create policy table_reads on counted_party for select to loopplank_app
	using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())));
create policy counter_writes on counted_party for insert to loopplank_app
	with check (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases()))
		and counted_id = any(array(select c.counted_id from counted_return c where c.network_id = (select app.network_id())
			and c.person_id = (select app.person_id()) and c.at = (select app.now()))));
grant select, insert on counted_party to loopplank_app;

-- The same hands as on the rules of the pot, but of who governs: two people of two organisations.
create function app.signal_rules_to_confirm() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select r.rule_id from public.signal_rule r
		join public.membership m on m.network_id = r.network_id and m.membership_id = app.membership_id() and m.person_id = app.person_id()
		where r.network_id = app.network_id() and r.person_id <> app.person_id() and r.organisation_id <> m.organisation_id
			and (app.has_role('administrator') or app.has_role('governor'))
			and not exists (select from public.signal_rule_answer a where a.network_id = r.network_id and a.rule_id = r.rule_id)
	$$;
comment on function app.signal_rules_to_confirm() is 'The proposed rules of signals that the actor may confirm: proposed by another person of another organisation, and not answered yet.';
grant execute on function app.signal_rules_to_confirm() to loopplank_app;
create policy proposes on signal_rule for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and ((select app.has_role('administrator')) or (select app.has_role('governor'))));
create policy answers on signal_rule_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (rule_id = any(array(select app.signal_rules_to_confirm()))
			or (answer = 'declined' and rule_id = any(array(select r.rule_id from signal_rule r where r.person_id = (select app.person_id()))))));

create function app.signal_rule() returns table (cases integer, months integer, quiet_months integer, since timestamptz) language sql stable set search_path = ''
	as $$
		select v.cases, v.months, v.quiet_months, v.since
		from (
			select r.cases, r.months, r.quiet_months, a.at as since, r.rule_id
			from public.signal_rule r
			join public.signal_rule_answer a on a.network_id = r.network_id and a.rule_id = r.rule_id and a.answer = 'confirmed'
			where r.network_id = app.network_id()
			union all
			select n.signal_cases, n.signal_months, n.quiet_months, null, null from public.network n where n.network_id = app.network_id()
		) v
		order by v.since desc nulls last, v.rule_id desc nulls last
		limit 1
	$$;
comment on function app.signal_rule() is 'The rule of signals that is in force: the newest confirmed, else what the network began with.';
grant execute on function app.signal_rule() to loopplank_app, loopplank_jobs;

create or replace function app.cause_reached(wanted uuid) returns boolean
	language sql stable security definer set search_path = ''
	as $$
		select (select app.acts_in_network()) and app.cause_cases(wanted, app.now() - make_interval(months => r.months)) >= r.cases
		from app.signal_rule() r
	$$;

create policy jobs_reads on signal_reminder for select to loopplank_jobs using (network_id = (select app.network_id()));
create policy jobs_writes on signal_reminder for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant select, insert on signal_reminder to loopplank_jobs;

create function app.signal_responsible(wanted uuid) returns table (person_id uuid)
	language sql stable security definer set search_path = ''
	as $$
		select distinct m.person_id
		from public.signal s
		join public.cause c on c.network_id = s.network_id and c.cause_id = s.cause_id
		join public.membership m on m.network_id = s.network_id
			and m.valid_from <= app.now() and (m.valid_until is null or m.valid_until > app.now())
			and case when c.responsible_organisation_id is null then m.roles && array['facilitator']
				else m.organisation_id = c.responsible_organisation_id and m.roles && array['administrator', 'governor'] end
		where s.network_id = app.network_id() and s.signal_id = wanted
	$$;
comment on function app.signal_responsible(uuid) is 'Who is asked about a signal: who governs or administers the organisation that goes about it; of one outside the network, the facilitators. For the jobs role alone.';

create function app.still_with(wanted_person uuid, wanted_membership uuid) returns boolean
	language sql stable security definer set search_path = ''
	as $$
		select exists (select from public.membership m where m.network_id = app.network_id() and m.membership_id = wanted_membership and m.person_id = wanted_person
			and m.valid_from <= app.now() and (m.valid_until is null or m.valid_until > app.now()))
	$$;
comment on function app.still_with(uuid, uuid) is 'Whether someone still works where they worked when they took something up. For the jobs role alone.';
grant execute on function app.signal_responsible(uuid), app.still_with(uuid, uuid) to loopplank_jobs;

-- Who paid and who gained, over the network: what was found where it was looked at, and the estimates. A payer in fewer than three cases is told with others.
create function app.counted_parties(sort text) returns table (case_id uuid, party text, paid_cents bigint, prevented_cents bigint, extra_cents bigint, frees_cents bigint)
	language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (c.case_id) c.counted_id from public.counted_return c
			where c.network_id = app.network_id() and c.kind = sort order by c.case_id, c.at desc, c.counted_id desc
		)
		select p.case_id, case when p.party like 'gemeente-%' and p.party not like '%-en-%' then 'gemeente' else p.party end,
			p.paid_cents, p.prevented_cents, p.extra_cents, p.frees_cents
		from newest n join public.counted_party p on p.network_id = app.network_id() and p.counted_id = n.counted_id
	$$;
comment on function app.counted_parties(text) is 'Who paid and who gained in each case as it was counted last; the budgets of a municipality are one payer. For the function below; granted to nobody.';
revoke execute on function app.counted_parties(text) from public;

create function app.figure_parties() returns table (kind text, party text, cases bigint, paid_cents bigint, prevented_cents bigint, extra_cents bigint, frees_cents bigint)
	language plpgsql stable security definer set search_path = ''
	as $$
		declare
			sort text;
			hidden text[];
			reached bigint;
			smallest text;
		begin
			if not app.acts_in_network() then return; end if;
			foreach sort in array array['estimate', 'realised'] loop
				select coalesce(array_agg(few.party), '{}') into hidden from (
					select c.party from app.counted_parties(sort) c where c.party not in ('pot', 'deelnemers', 'elders') group by 1 having count(distinct c.case_id) < 3
				) few;
				-- What is hidden could be found by taking what is shown from the sum: so it is always told together with enough others.
				loop
					select (select count(distinct c.case_id) from app.counted_parties(sort) c where c.party = any(hidden)),
						(select c.party from app.counted_parties(sort) c where c.party <> all(hidden) and c.party not in ('pot', 'deelnemers', 'elders')
							group by 1 order by count(distinct c.case_id), 1 limit 1)
						into reached, smallest;
					exit when hidden = '{}' or reached >= 3 or smallest is null;
					hidden := hidden || smallest;
				end loop;
				return query
					select sort, case when c.party = any(hidden) then 'anderen' else c.party end, count(distinct c.case_id),
						sum(c.paid_cents)::bigint, sum(c.prevented_cents)::bigint, sum(c.extra_cents)::bigint, sum(c.frees_cents)::bigint
					from app.counted_parties(sort) c group by 2 having count(distinct c.case_id) >= 3;
			end loop;
		end
	$$;
comment on function app.figure_parties() is 'Who paid and who gained over all cases of the network, by code of payer (a municipality''s budgets together): sums of three cases or more (k = 3); payers in fewer are told together as ''anderen''.';

-- What a cause cost over time. A grant alone could be told from a quarter, so quarters are taken together until three cases with money are in them.
create function app.figure_cause_quarters() returns table (cause_id uuid, from_quarter date, until_quarter date, cases bigint, cents bigint)
	language plpgsql stable security definer set search_path = ''
	as $$
		declare
			one record;
			now_cause uuid;
			held record;
			has_held boolean := false;
			begin_quarter date;
			end_quarter date;
			sum_cases bigint := 0;
			sum_cents bigint := 0;
		begin
			if not app.acts_in_network() then return; end if;
			for one in
				with newest as (
					select distinct on (n.case_id) n.case_id, n.cause_id from public.cause_naming n where n.network_id = app.network_id()
					order by n.case_id, n.at desc, n.naming_id desc
				), granted as (
					select c.case_id, min(e.at) as first_at, sum(e.granted_cents)::bigint as cents
					from public.case_request c
					join public.request_event e on e.network_id = c.network_id and e.request_id = c.request_id and e.kind in ('granted', 'partly')
					where c.network_id = app.network_id()
						and not exists (select from public.request_event w where w.network_id = c.network_id and w.request_id = c.request_id and w.kind = 'withdrawn')
					group by 1
				)
				select n.cause_id as cause, date_trunc('quarter', g.first_at at time zone 'Europe/Amsterdam')::date as quarter, count(*) as cases, sum(g.cents)::bigint as cents
				from newest n join granted g on g.case_id = n.case_id
				where n.cause_id is not null and g.cents > 0 group by 1, 2
				union all select null, null, 0, 0
				order by 1 nulls last, 2
			loop
				if one.cause is distinct from now_cause then
					-- What is left over at the end is told with the stretch before it.
					if has_held then
						cause_id := now_cause; from_quarter := held.from_quarter; until_quarter := coalesce(end_quarter, held.until_quarter);
						cases := held.cases + sum_cases; cents := held.cents + sum_cents;
						return next;
					end if;
					now_cause := one.cause; has_held := false; begin_quarter := null; end_quarter := null; sum_cases := 0; sum_cents := 0;
				end if;
				exit when one.cause is null;
				begin_quarter := coalesce(begin_quarter, one.quarter); end_quarter := one.quarter;
				sum_cases := sum_cases + one.cases; sum_cents := sum_cents + one.cents;
				if sum_cases >= 3 then
					if has_held then
						cause_id := now_cause; from_quarter := held.from_quarter; until_quarter := held.until_quarter; cases := held.cases; cents := held.cents;
						return next;
					end if;
					select begin_quarter as from_quarter, end_quarter as until_quarter, sum_cases as cases, sum_cents as cents into held;
					has_held := true; begin_quarter := null; end_quarter := null; sum_cases := 0; sum_cents := 0;
				end if;
			end loop;
		end
	$$;
comment on function app.figure_cause_quarters() is 'What was granted in the cases of each cause, by stretch of quarters in which the first grant of three cases or more falls (k = 3).';
grant execute on function app.figure_parties(), app.figure_cause_quarters() to loopplank_app;
