-- Price lists with their sources, value maps of cases, and the cause that is named when a case closes.

create table price_list (
	network_id uuid not null references network,
	price_list_id uuid not null,
	name text not null,
	made_at timestamptz not null,
	primary key (network_id, price_list_id)
);
comment on table price_list is 'A version of the network''s price list; a case keeps the version it used. retention: as long as the network.';

create table price (
	network_id uuid not null,
	price_list_id uuid not null,
	code text not null,
	name_nl text not null,
	name_en text not null,
	unit text not null,
	amount_cents bigint not null,
	low_cents bigint,
	high_cents bigint,
	year integer,
	payer text not null,
	contains text[] not null,
	frees text check (frees in ('now', 'later', 'capacity', 'not')),
	source text not null check (source <> ''),
	url text not null,
	primary key (network_id, price_list_id, code),
	foreign key (network_id, price_list_id) references price_list
);
comment on table price is 'What one unit costs society, and who says so: no price without a source. retention: as long as the network.';

create table value_map (
	network_id uuid not null,
	value_map_id uuid not null,
	case_id uuid not null,
	price_list_id uuid not null,
	document jsonb not null,
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, value_map_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, price_list_id) references price_list,
	foreign key (network_id, person_id) references person
);
comment on table value_map is 'The looming path beside the proposed one, in codes and numbers; an estimate is never overwritten, a new version stands beside it. retention: with the case.';
create index value_map_case on value_map (network_id, case_id, at);

create table cause_naming (
	network_id uuid not null,
	naming_id uuid not null,
	case_id uuid not null,
	kind text not null check (kind in ('law', 'law_no_local_room', 'national_scheme', 'bylaw_or_policy', 'organisation_rule', 'work_habit', 'missing_provision', 'waiting_time', 'data_sharing', 'none', 'not_known_yet')),
	responsible_organisation_id uuid,
	responsible_outside text check (responsible_outside in ('uwv', 'svb', 'duo', 'tax_office', 'ministry', 'court', 'health_insurer', 'landlord_outside', 'other_outside')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, naming_id),
	check (responsible_organisation_id is null or responsible_outside is null),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, responsible_organisation_id) references organisation,
	foreign key (network_id, person_id) references person
);
comment on table cause_naming is 'Why the case got stuck and who goes about it, as named; the newest counts. retention: with the case; the facts may stay for the figures.';
create index cause_naming_case on cause_naming (network_id, case_id, at);

do $$
declare t text;
begin
	foreach t in array array['price_list', 'price', 'value_map', 'cause_naming'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
	end loop;
	foreach t in array array['price_list', 'price'] loop
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_app', t);
	end loop;
	foreach t in array array['value_map', 'cause_naming'] loop
		execute format('create policy table_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())))', t);
		execute format('create policy table_writes on %I for insert to loopplank_app with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and case_id = any(array(select app.my_cases())))', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
end $$;

create function app.acts_in_network() returns boolean language sql stable security definer set search_path = ''
	as $$
		select exists (
			select from public.membership m
			where m.network_id = app.network_id() and m.membership_id = app.membership_id() and m.person_id = app.person_id()
				and m.valid_from <= app.now() and (m.valid_until is null or m.valid_until > app.now())
		)
	$$;
comment on function app.acts_in_network() is 'Whether the membership acted with is valid now.';

-- Figures over cases that the reader does not sit at. Counts only, for people of the network only.
create function app.figure_cases() returns table (state text, outcome text, cases bigint) language sql stable security definer set search_path = ''
	as $$
		select case when e.kind = 'closed' then 'closed'
				when e.kind = 'reopened' then 'reopened'
				when exists (select from public.agreement a where a.network_id = c.network_id and a.case_id = c.case_id) then 'running'
				else 'open' end,
			e.outcome, count(*)
		from public.case_record c
		cross join lateral (
			select v.kind, v.outcome from public.case_event v
			where v.network_id = c.network_id and v.case_id = c.case_id order by v.at desc, v.event_id desc limit 1
		) e
		where c.network_id = app.network_id()
			and app.acts_in_network()
		group by 1, 2
	$$;
comment on function app.figure_cases() is 'How many cases of the network are in which state, and how the closed ones ended. No case, no organisation.';

create function app.figure_causes() returns table (kind text, cases bigint, responsible_organisation_id uuid, responsible_outside text, responsible_cases bigint)
	language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (n.case_id) n.case_id, n.kind, n.responsible_organisation_id, n.responsible_outside
			from public.cause_naming n
			where n.network_id = app.network_id()
				and app.acts_in_network()
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
comment on function app.figure_causes() is 'How often each kind of cause was named in the network; who goes about it only from 3 cases (k = 3), because fewer could point at one case.';
grant execute on function app.acts_in_network(), app.figure_cases(), app.figure_causes() to loopplank_app;
