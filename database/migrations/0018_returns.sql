-- What follows on help: checks at their months and what they found, who stated each assumption, what a case was counted to return, and
-- word to everyone who helped when it worked out.

alter table value_map add constraint value_map_of_case unique (network_id, value_map_id, case_id);

create table assumption (
	network_id uuid not null,
	assumption_id uuid not null,
	case_id uuid not null,
	value_map_id uuid not null,
	name text not null check (name in ('chance', 'years', 'deadweight', 'attribution', 'displacement', 'drop_off')),
	value integer check (value between 0 and 100),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, assumption_id),
	foreign key (network_id, value_map_id, case_id) references value_map (network_id, value_map_id, case_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table assumption is 'A number that nobody knows, with who stated it and when; why stands in case_words. The newest of a name counts. retention: with the case.';
comment on column assumption.value is 'A share in percent, or a number of years; null: taken back, not estimated any more.';
create index assumption_case on assumption (network_id, case_id, name, at);

create table follow_up (
	network_id uuid not null,
	follow_up_id uuid not null,
	case_id uuid not null,
	kind text not null check (kind in ('6', '3_6_12')),
	month integer not null check (month in (3, 6, 12)),
	due_on date not null,
	holder uuid not null,
	at timestamptz not null,
	primary key (network_id, follow_up_id),
	unique (network_id, case_id, month),
	unique (network_id, follow_up_id, case_id),
	check (kind = '3_6_12' or month = 6),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, holder) references person
);
comment on table follow_up is 'A check, planned from the first help on: one at 6 months in the light lane or without money, at 3, 6 and 12 above it. retention: with the case; the facts may stay for the figures.';
comment on column follow_up.holder is 'Who held the case when the check was planned. Whoever holds it when it is due is asked.';

create table follow_up_ask (
	network_id uuid not null,
	follow_up_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	case_id uuid not null,
	at timestamptz not null,
	primary key (network_id, follow_up_id, person_id),
	foreign key (network_id, follow_up_id, case_id) references follow_up (network_id, follow_up_id, case_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table follow_up_ask is 'The holder was asked by mail how it is now: once for each who holds the case. retention: with the case.';

create table follow_up_answer (
	network_id uuid not null,
	follow_up_id uuid not null,
	case_id uuid not null,
	outcome text not null check (outcome in ('reached', 'partly', 'not', 'contact_lost')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, follow_up_id),
	foreign key (network_id, follow_up_id, case_id) references follow_up (network_id, follow_up_id, case_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table follow_up_answer is 'How it stood at a check: once. retention: with the case; the facts may stay for the figures.';
create index follow_up_answer_case on follow_up_answer (network_id, case_id);

create table follow_up_finding (
	network_id uuid not null,
	follow_up_id uuid not null,
	case_id uuid not null,
	value_map_id uuid not null,
	flow integer not null check (flow >= 0),
	price text not null,
	happened text not null check (happened in ('yes', 'no', 'unknown')),
	at timestamptz not null,
	primary key (network_id, follow_up_id, flow),
	foreign key (network_id, follow_up_id, case_id) references follow_up (network_id, follow_up_id, case_id),
	foreign key (network_id, value_map_id, case_id) references value_map (network_id, value_map_id, case_id)
);
comment on table follow_up_finding is 'Whether what loomed has happened, as found at a check. A finding replaces the assumption in what was realised. retention: with the case; the facts may stay for the figures.';
comment on column follow_up_finding.flow is 'Place in the list of what looms, in the value map that stood then.';

create table follow_up_drop (
	network_id uuid not null,
	follow_up_id uuid not null,
	case_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, follow_up_id),
	foreign key (network_id, follow_up_id, case_id) references follow_up (network_id, follow_up_id, case_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table follow_up_drop is 'The case was closed before a check was done; why stands in case_words. It counts as missing. retention: with the case; the facts may stay for the figures.';
create index follow_up_drop_case on follow_up_drop (network_id, case_id);

create table counted_return (
	network_id uuid not null,
	counted_id uuid not null,
	case_id uuid not null,
	kind text not null check (kind in ('estimate', 'realised')),
	value_map_id uuid not null,
	follow_up_id uuid,
	engine text not null,
	seed bigint not null,
	draws integer not null,
	pot_cents bigint not null check (pot_cents >= 0),
	inputs_cents bigint not null check (inputs_cents >= pot_cents),
	gross_cents bigint not null,
	gross_low_cents bigint not null,
	gross_high_cents bigint not null,
	adjusted_cents bigint not null,
	adjusted_low_cents bigint not null,
	adjusted_high_cents bigint not null,
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, counted_id),
	check ((kind = 'realised') = (follow_up_id is not null)),
	check (gross_low_cents <= gross_high_cents and adjusted_low_cents <= adjusted_high_cents),
	foreign key (network_id, value_map_id, case_id) references value_map (network_id, value_map_id, case_id),
	foreign key (network_id, follow_up_id, case_id) references follow_up (network_id, follow_up_id, case_id),
	foreign key (network_id, person_id) references person
);
comment on table counted_return is 'What a case was counted to return, before (estimate) or as found (realised), in whole cents with its range, and by which engine and seed. The newest of a kind counts. retention: with the case; the facts may stay for the figures.';
create index counted_return_case on counted_return (network_id, case_id, kind, at);

create table success_told (
	network_id uuid not null,
	told_id uuid not null,
	case_id uuid not null,
	outcome text not null check (outcome in ('reached', 'partly')),
	follow_up_id uuid,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, told_id),
	unique (network_id, case_id, outcome),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, follow_up_id, case_id) references follow_up (network_id, follow_up_id, case_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table success_told is 'It worked out, wholly or partly, and everyone who helped was told: once for each. retention: with the case.';

create table success_thanks (
	network_id uuid not null,
	told_id uuid not null,
	person_id uuid not null,
	kind text not null check (kind in ('answered', 'agreed')),
	at timestamptz not null,
	primary key (network_id, told_id, person_id, kind),
	foreign key (network_id, told_id) references success_told,
	foreign key (network_id, person_id) references person
);
comment on table success_thanks is 'Someone who answered a question or kept an agreement was told that it worked out. Theirs alone to see, and of no case they can name. retention: 2 years.';
create index success_thanks_person on success_thanks (network_id, person_id, at);

do $$
declare t text;
begin
	foreach t in array array['assumption', 'follow_up', 'follow_up_ask', 'follow_up_answer', 'follow_up_finding', 'follow_up_drop', 'counted_return', 'success_told', 'success_thanks'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select on %I to loopplank_app', t);
		if t <> 'success_thanks' then
			execute format('create policy table_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())))', t);
		end if;
	end loop;
	-- By anyone at the table, in their own name.
	foreach t in array array['assumption', 'counted_return'] loop
		execute format('create policy table_writes on %I for insert to loopplank_app with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and case_id = any(array(select app.my_cases())))', t);
		execute format('grant insert on %I to loopplank_app', t);
	end loop;
	-- By who holds the case, in their own name.
	foreach t in array array['follow_up_answer', 'follow_up_drop', 'success_told'] loop
		execute format('create policy holder_writes on %I for insert to loopplank_app with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and case_id = any(array(select app.my_cases()))
			and case_id = any(array(select s.case_id from case_seat s where s.network_id = (select app.network_id()) and s.person_id = (select app.person_id()) and s.holder and s.valid_until is null)))', t);
		execute format('grant insert on %I to loopplank_app', t);
	end loop;
	-- By the product itself, when the time has come.
	foreach t in array array['follow_up', 'follow_up_ask'] loop
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('create policy jobs_writes on %I for insert to loopplank_jobs with check (network_id = (select app.network_id()))', t);
		execute format('grant select, insert on %I to loopplank_jobs', t);
	end loop;
	foreach t in array array['follow_up_answer', 'follow_up_drop'] loop
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_jobs', t);
	end loop;
end $$;
create policy answerer_writes on follow_up_finding for insert to loopplank_app
	with check (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases()))
		and follow_up_id = any(array(select a.follow_up_id from follow_up_answer a where a.network_id = (select app.network_id()) and a.person_id = (select app.person_id()))));
create policy own_reads on success_thanks for select to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()));
create policy teller_writes on success_thanks for insert to loopplank_app
	with check (network_id = (select app.network_id())
		and told_id = any(array(select t.told_id from success_told t where t.network_id = (select app.network_id()) and t.person_id = (select app.person_id()))));
grant insert on follow_up_finding, success_thanks to loopplank_app;

-- From when on a case was helped: an agreement that was kept, or money that was granted. Written so that it holds before there are requests.
create function app.first_helps() returns table (case_id uuid, helped_at timestamptz, full_lane boolean, person_id uuid, membership_id uuid)
	language plpgsql stable security definer set search_path = ''
	as $$
	declare
		granted_case uuid[] := '{}';
		granted_at timestamptz[] := '{}';
		granted_full boolean[] := '{}';
	begin
		if to_regclass('public.case_request') is not null then
			execute $q$
				select coalesce(array_agg(c.case_id), '{}'), coalesce(array_agg(e.at), '{}'), coalesce(array_agg(r.lane = 'full'), '{}')
				from public.request_event e
				join public.request r on r.network_id = e.network_id and r.request_id = e.request_id
				join public.case_request c on c.network_id = e.network_id and c.request_id = e.request_id
				where e.network_id = app.network_id() and e.kind in ('granted', 'partly')
			$q$ into granted_case, granted_at, granted_full;
		end if;
		return query
			with helps as (
				select a.case_id, n.at, false as full_lane
				from public.agreement a
				join public.agreement_report r on r.network_id = a.network_id and r.agreement_id = a.agreement_id and r.outcome in ('kept', 'late')
				join public.agreement_answer n on n.network_id = r.network_id and n.report_id = r.report_id and n.answer = 'confirmed'
				where a.network_id = app.network_id()
				union all
				select g.case_id, g.at, g.full_lane from unnest(granted_case, granted_at, granted_full) as g(case_id, at, full_lane)
			), firsts as (
				select h.case_id, min(h.at) as helped_at, bool_or(h.full_lane) as full_lane from helps h group by 1
			)
			select f.case_id, f.helped_at, f.full_lane, s.person_id, s.membership_id
			from firsts f
			join public.case_seat s on s.network_id = app.network_id() and s.case_id = f.case_id and s.holder and s.valid_until is null;
	end $$;
comment on function app.first_helps() is 'Cases that were helped: since when, whether with money above the light lane, and who holds them now. For the product itself, which plans checks.';
revoke execute on function app.first_helps() from public;
grant execute on function app.first_helps() to loopplank_jobs;

-- Figures over cases that the reader does not sit at: counts, and sums of three cases or more (k = 3). For people of the network only.
create function app.figure_follow_ups() returns table (state text, outcome text, cases bigint) language sql stable security definer set search_path = ''
	as $$
		select case
				when found.outcome is not null then 'followed'
				when exists (
					select from public.follow_up f
					left join public.follow_up_answer a on a.network_id = f.network_id and a.follow_up_id = f.follow_up_id
					left join public.follow_up_drop d on d.network_id = f.network_id and d.follow_up_id = f.follow_up_id
					where f.network_id = app.network_id() and f.case_id = h.case_id
						and (a.outcome = 'contact_lost' or d.follow_up_id is not null or f.due_on <= (app.now() at time zone 'Europe/Amsterdam')::date)
				) then 'missing'
				else 'not_due' end,
			found.outcome, count(*)
		from app.first_helps() h
		left join lateral (
			select a.outcome from public.follow_up f
			join public.follow_up_answer a on a.network_id = f.network_id and a.follow_up_id = f.follow_up_id and a.outcome <> 'contact_lost'
			where f.network_id = app.network_id() and f.case_id = h.case_id
			order by f.month desc limit 1
		) found on true
		where app.acts_in_network()
		group by 1, 2
	$$;
comment on function app.figure_follow_ups() is 'How many helped cases of the network were followed up and how it stood, how many are missing (due and not done, let go, or contact lost), and how many are not due yet. Counts only.';

create function app.figure_returns() returns table (kind text, cases bigint, pot_cents bigint, inputs_cents bigint, gross_cents bigint, gross_low_cents bigint, gross_high_cents bigint, adjusted_cents bigint, adjusted_low_cents bigint, adjusted_high_cents bigint)
	language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (c.case_id, c.kind) c.* from public.counted_return c
			where c.network_id = app.network_id() and app.acts_in_network()
			order by c.case_id, c.kind, c.at desc, c.counted_id desc
		), sorts as (
			select 'estimate' as sort, n.* from newest n where n.kind = 'estimate'
			union all
			select 'realised', n.* from newest n where n.kind = 'realised'
			union all
			select 'foreseen', n.* from newest n where n.kind = 'estimate' and n.case_id = any(array(select r.case_id from newest r where r.kind = 'realised'))
		)
		select s.sort, count(*),
			case when count(*) >= 3 then sum(s.pot_cents)::bigint end, case when count(*) >= 3 then sum(s.inputs_cents)::bigint end,
			case when count(*) >= 3 then sum(s.gross_cents)::bigint end, case when count(*) >= 3 then sum(s.gross_low_cents)::bigint end, case when count(*) >= 3 then sum(s.gross_high_cents)::bigint end,
			case when count(*) >= 3 then sum(s.adjusted_cents)::bigint end, case when count(*) >= 3 then sum(s.adjusted_low_cents)::bigint end, case when count(*) >= 3 then sum(s.adjusted_high_cents)::bigint end
		from sorts s group by 1
	$$;
comment on function app.figure_returns() is 'Sums over the network: estimates of all cases, what was realised in those followed up, and what had been foreseen for the same. Ends of ranges are added up, which is wider than the range of the sum. Amounts only from 3 cases on (k = 3).';
grant execute on function app.figure_follow_ups(), app.figure_returns() to loopplank_app;
