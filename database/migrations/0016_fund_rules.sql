-- The rules of the pot that are in force. Each value is proposed by one and confirmed by another, of another organisation; nothing is overwritten.
create table fund_rule (
	network_id uuid not null references network,
	rule_id uuid not null,
	setting text not null check (setting in ('request_team_cents', 'household_year_cents', 'light_lane_cents', 'release_threshold_cents', 'secretariat_days',
		'acute_hours', 'acute_complete_days', 'gift_exemption_cents', 'agreeing_colleagues', 'agreeing_organisations', 'reservation_days', 'legal_form')),
	value text not null check (value ~ '^[a-z0-9_]{1,40}$'),
	from_day date not null,
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, rule_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table fund_rule is 'A value of a rule of the pot, as proposed: from which day, by whom. It is in force when another confirmed it. retention: as long as the network.';

create table fund_rule_answer (
	network_id uuid not null,
	rule_id uuid not null,
	answer text not null check (answer in ('confirmed', 'declined')),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, rule_id),
	foreign key (network_id, rule_id) references fund_rule,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table fund_rule_answer is 'A proposed rule was confirmed by someone of another organisation, or declined: once. retention: with the rule.';

-- What holds where a network has set nothing. The one place where these numbers stand.
create function app.fund_rules(on_day date) returns table (setting text, value text, from_day date, rule_id uuid) language sql stable set search_path = ''
	as $$
		select distinct on (v.setting) v.setting, v.value, v.from_day, v.rule_id
		from (
			select d.setting, d.value, d.from_day::date, null::uuid as rule_id, '-infinity'::timestamptz as at
			from (values
				('request_team_cents', '50000', '2026-01-01'),
				('household_year_cents', '50000', '2026-01-01'),
				('light_lane_cents', '50000', '2026-01-01'),
				('release_threshold_cents', '100000', '2026-01-01'),
				('secretariat_days', '2', '2026-01-01'),
				('acute_hours', '24', '2026-01-01'),
				('acute_complete_days', '14', '2026-01-01'),
				('gift_exemption_cents', '120000', '2026-01-01'),
				('agreeing_colleagues', '3', '2026-01-01'),
				('agreeing_organisations', '2', '2026-01-01'),
				('reservation_days', '60', '2026-01-01'),
				('legal_form', 'not_chosen', '2026-01-01')
			) d (setting, value, from_day)
			union all
			select r.setting, r.value, r.from_day, r.rule_id, a.at
			from public.fund_rule r
			join public.fund_rule_answer a on a.network_id = r.network_id and a.rule_id = r.rule_id
			where r.network_id = app.network_id() and a.answer = 'confirmed' and r.from_day <= on_day
		) v
		order by v.setting, v.rule_id is null, v.from_day desc, v.at desc, v.rule_id desc
	$$;
comment on function app.fund_rules(date) is 'The rules of the pot that are in force on a day: the newest confirmed value of each, else what a network begins with.';

create function app.fund_rule_number(wanted text) returns bigint language sql stable set search_path = ''
	as $$ select f.value::bigint from app.fund_rules(app.today()) f where f.setting = wanted $$;
comment on function app.fund_rule_number(text) is 'A rule of the pot that is a number, as it is in force today.';

create function app.rules_to_confirm() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select r.rule_id from public.fund_rule r
		join public.membership m on m.network_id = r.network_id and m.membership_id = app.membership_id() and m.person_id = app.person_id()
		where r.network_id = app.network_id() and r.person_id <> app.person_id() and r.organisation_id <> m.organisation_id
			and (app.has_role('treasurer') or app.has_role('secretariat') or app.has_role('administrator'))
			and not exists (select from public.fund_rule_answer a where a.network_id = r.network_id and a.rule_id = r.rule_id)
	$$;
comment on function app.rules_to_confirm() is 'The proposed rules that the actor may confirm: proposed by another person of another organisation, and not answered yet.';
grant execute on function app.fund_rules(date), app.fund_rule_number(text) to loopplank_app, loopplank_jobs;
grant execute on function app.today() to loopplank_jobs;
grant execute on function app.rules_to_confirm() to loopplank_app;

do $$
declare t text;
begin
	foreach t in array array['fund_rule', 'fund_rule_answer'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy network_reads on %I for select to loopplank_app, loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_app, loopplank_jobs', t);
		execute format('grant insert on %I to loopplank_app', t);
	end loop;
end $$;
create policy proposes on fund_rule for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and ((select app.has_role('treasurer')) or (select app.has_role('secretariat')) or (select app.has_role('administrator'))));
create policy answers on fund_rule_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (rule_id = any(array(select app.rules_to_confirm()))
			or (answer = 'declined' and rule_id = any(array(select r.rule_id from fund_rule r where r.person_id = (select app.person_id()))))));
