-- Teams and their duty rota, profiles, the start of the network, and the figures that the roles may see.

create table team (
	network_id uuid not null references network,
	team_id uuid not null,
	name text not null check (length(name) between 1 and 120),
	area text not null check (length(area) between 1 and 200),
	made_by uuid not null,
	made_at timestamptz not null,
	primary key (network_id, team_id),
	foreign key (network_id, made_by) references person
);
comment on table team is 'A team of people of several organisations, with the area it works for. retention: as long as the network.';

create table team_invitation (
	network_id uuid not null,
	team_id uuid not null,
	invitation_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	invited_by uuid not null,
	at timestamptz not null,
	primary key (network_id, invitation_id),
	unique (network_id, invitation_id, team_id),
	check (person_id <> invited_by),
	foreign key (network_id, team_id) references team,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, invited_by) references person
);
comment on table team_invitation is 'Someone was proposed for a team: nobody is put in one without accepting, and nobody proposes themselves. retention: 2 years after it was answered.';
create index team_invitation_person on team_invitation (network_id, person_id);
create index team_invitation_team on team_invitation (network_id, team_id);

create table team_answer (
	network_id uuid not null,
	invitation_id uuid not null,
	team_id uuid not null,
	answer text not null check (answer in ('accepted', 'declined')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, invitation_id),
	foreign key (network_id, invitation_id, team_id) references team_invitation (network_id, invitation_id, team_id),
	foreign key (network_id, person_id) references person
);
comment on table team_answer is 'Who was proposed for a team said yes or no: once. retention: with the invitation.';

create table team_member (
	network_id uuid not null,
	team_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	valid_from timestamptz not null,
	valid_until timestamptz check (valid_until >= valid_from),
	primary key (network_id, team_id, person_id, valid_from),
	foreign key (network_id, team_id) references team,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table team_member is 'Who is in a team, from-until, with the membership they joined with. retention: 2 years after it ended.';
create unique index team_member_once on team_member (network_id, team_id, person_id) where valid_until is null;
create index team_member_person on team_member (network_id, person_id);

create table team_duty (
	network_id uuid not null,
	team_id uuid not null,
	duty_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	from_day date not null,
	until_day date not null check (until_day >= from_day),
	primary key (network_id, duty_id),
	foreign key (network_id, team_id) references team,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table team_duty is 'Who of a team is on duty on which days, both days included, in the network''s zone. A plan: who gives days up takes them out; the log keeps that. retention: 2 years after the last day.';
create index team_duty_days on team_duty (network_id, team_id, from_day);

create table profile (
	network_id uuid not null,
	person_id uuid not null,
	topics text not null default '',
	schemes text not null default '',
	lived_experience text not null default '',
	languages text[] not null default '{}',
	area text not null default '',
	available boolean not null,
	willing boolean not null,
	updated_at timestamptz not null,
	terms tsvector not null default '',
	folded text not null default '',
	primary key (network_id, person_id),
	foreign key (network_id, person_id) references person
);
comment on table profile is 'What someone wrote of themselves for colleagues in the network: kept by nobody else, and emptied when they empty it. retention: until the last membership ended.';
comment on column profile.lived_experience is 'What the person has been through and chose to share; it counts as much as knowing by profession.';
comment on column profile.available is 'Whether colleagues can count on an answer in these weeks.';
comment on column profile.willing is 'Whether they want to be proposed when a colleague is stuck.';
comment on column profile.terms is 'The words of topics, schemes, lived experience and area for full-text search in Dutch, as the command folds them: small letters, no accents.';
comment on column profile.folded is 'The words of topics, schemes, lived experience and area in small letters without accents, for comparing letter by letter.';
create index profile_terms on profile using gin (terms);
create index profile_folded on profile using gin (folded gin_trgm_ops);

create table network_start (
	network_id uuid not null references network,
	start_id uuid not null,
	part text not null check (part in ('challenge', 'ambition', 'sign_1', 'sign_2', 'sign_3', 'rules', 'rules_early_because')),
	text text not null,
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, start_id),
	foreign key (network_id, person_id) references person
);
comment on table network_start is 'How the network began: shared challenge, ambition, signs by which it will notice, and last the rules of the game. The newest of a part counts, the earlier ones stay. retention: as long as the network.';
create index network_start_part on network_start (network_id, part, at);

create table sign_look_back (
	network_id uuid not null,
	look_id uuid not null,
	start_id uuid not null,
	seen boolean not null,
	on_day date not null,
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, look_id),
	foreign key (network_id, start_id) references network_start,
	foreign key (network_id, person_id) references person
);
comment on table sign_look_back is 'A sign was looked back on: seen or not yet, on which day. retention: as long as the network.';
create index sign_look_back_sign on sign_look_back (network_id, start_id, at);

do $$
declare t text;
begin
	foreach t in array array['team', 'team_invitation', 'team_answer', 'team_member', 'team_duty', 'profile', 'network_start', 'sign_look_back'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
	foreach t in array array['team', 'team_member', 'team_duty', 'profile', 'network_start', 'sign_look_back'] loop
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
	end loop;
	-- The next to be asked is found when a term has run out, and then nobody acts.
	foreach t in array array['team', 'team_member', 'team_duty', 'profile'] loop
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_jobs', t);
	end loop;
end $$;

create function app.today() returns date language sql stable parallel safe set search_path = ''
	as $$ select (app.now() at time zone 'Europe/Amsterdam')::date $$;
comment on function app.today() is 'The day of this transaction in the zone of the networks.';

create function app.team_members(team uuid) returns table (person_id uuid, membership_id uuid, organisation_id uuid) language sql stable set search_path = ''
	as $$
		select t.person_id, t.membership_id, m.organisation_id
		from public.team_member t
		join public.membership m on m.network_id = t.network_id and m.membership_id = t.membership_id
		join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id
		where t.network_id = app.network_id() and t.team_id = team
			and t.valid_from <= app.now() and (t.valid_until is null or t.valid_until > app.now())
			and m.valid_from <= app.now() and (m.valid_until is null or m.valid_until > app.now())
			and (o.left_at is null or o.left_at > app.now())
	$$;
comment on function app.team_members(uuid) is 'Who is in a team now: who left their organisation is not.';

create function app.my_teams() returns setof uuid language sql stable set search_path = ''
	as $$
		select t.team_id from public.team_member t
		where t.network_id = app.network_id() and t.person_id = app.person_id() and t.membership_id = app.membership_id()
			and t.valid_from <= app.now() and (t.valid_until is null or t.valid_until > app.now())
	$$;
comment on function app.my_teams() is 'The teams that the actor is in now, with the membership they act with.';

create function app.team_on_duty(team uuid) returns table (person_id uuid, membership_id uuid, organisation_id uuid) language sql stable set search_path = ''
	as $$
		select m.person_id, m.membership_id, m.organisation_id
		from app.team_members(team) m
		join public.team_duty d on d.network_id = app.network_id() and d.team_id = team and d.person_id = m.person_id
		where d.from_day <= app.today() and d.until_day >= app.today()
		limit 1
	$$;
comment on function app.team_on_duty(uuid) is 'Who of the team is on duty today: one row, or none.';

create function app.may_join_team(wanted_team uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select app.acts_in_network() and exists (
			select from public.team_invitation i
			join public.team_answer a on a.network_id = i.network_id and a.invitation_id = i.invitation_id
			where i.network_id = app.network_id() and i.team_id = wanted_team and i.person_id = app.person_id()
				and i.membership_id = app.membership_id() and a.answer = 'accepted'
				and not exists (
					select from public.team_member t
					where t.network_id = i.network_id and t.team_id = i.team_id and t.person_id = i.person_id and t.valid_from >= a.at
				)
		)
	$$;
comment on function app.may_join_team(uuid) is 'A team is joined once by who accepted an invitation.';
grant execute on function app.today(), app.team_members(uuid), app.my_teams(), app.team_on_duty(uuid), app.may_join_team(uuid) to loopplank_app;
grant execute on function app.today(), app.team_members(uuid), app.team_on_duty(uuid) to loopplank_jobs;

create policy makes on team for insert to loopplank_app
	with check (network_id = (select app.network_id()) and made_by = (select app.person_id())
		and ((select app.has_role('administrator')) or (select app.has_role('facilitator'))));
create policy concerned_reads on team_invitation for select to loopplank_app
	using (network_id = (select app.network_id()) and (select app.acts_in_network())
		and (person_id = (select app.person_id()) or (select app.has_role('administrator')) or (select app.has_role('facilitator'))));
create policy proposes on team_invitation for insert to loopplank_app
	with check (network_id = (select app.network_id()) and invited_by = (select app.person_id())
		and ((select app.has_role('administrator')) or (select app.has_role('facilitator'))));
create policy concerned_reads on team_answer for select to loopplank_app
	using (network_id = (select app.network_id()) and (select app.acts_in_network())
		and (person_id = (select app.person_id()) or (select app.has_role('administrator')) or (select app.has_role('facilitator'))));
create policy invited_answers on team_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id())
		and invitation_id = any(array(select i.invitation_id from team_invitation i where i.network_id = (select app.network_id())
			and i.person_id = (select app.person_id()) and i.membership_id = (select app.membership_id()))));
create policy joins on team_member for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and valid_until is null and app.may_join_team(team_id));
create policy leaves on team_member for update to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()) and valid_until is null)
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and valid_until is not null);
grant update (valid_until) on team_member to loopplank_app;
create policy takes on team_duty for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and team_id = any(array(select app.my_teams())));
create policy shortens on team_duty for update to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()))
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()));
create policy gives_up on team_duty for delete to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()));
grant update (until_day), delete on team_duty to loopplank_app;

create policy own_writes on profile for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and (select app.acts_in_network()));
create policy own_changes on profile for update to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()))
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()));
grant update (topics, schemes, lived_experience, languages, area, available, willing, updated_at, terms, folded) on profile to loopplank_app;

do $$
declare t text;
begin
	foreach t in array array['network_start', 'sign_look_back'] loop
		execute format('create policy partners_write on %I for insert to loopplank_app
			with check (network_id = (select app.network_id()) and person_id = (select app.person_id())
				and ((select app.has_role(''professional'')) or (select app.has_role(''facilitator'')) or (select app.has_role(''governor''))))', t);
	end loop;
end $$;

-- Where each agreement of the network stands, for the figures below. Not granted to anyone: each figure says for whom it is.
create function app.agreement_standings() returns table (organisation_id uuid, person_id uuid, what text) language sql stable set search_path = ''
	as $$
		with told as (
			select distinct on (r.agreement_id) r.agreement_id, r.outcome, a.answer
			from public.agreement_report r
			left join public.agreement_answer a on a.network_id = r.network_id and a.report_id = r.report_id
			where r.network_id = app.network_id()
			order by r.agreement_id, r.at desc, r.report_id desc
		), ended as (
			select distinct on (e.case_id) e.case_id, e.kind from public.case_event e
			where e.network_id = app.network_id() order by e.case_id, e.at desc, e.event_id desc
		)
		select g.organisation_id, g.person_id,
			case when t.answer = 'confirmed' and t.outcome in ('kept', 'late') then t.outcome
				when t.answer = 'confirmed' then 'ended'
				when e.kind = 'closed' then 'unfinished'
				when (t.agreement_id is null or t.answer = 'disputed') and g.due_on < app.today() then 'overdue'
				else 'open' end
		from public.agreement g
		left join told t on t.agreement_id = g.agreement_id
		left join ended e on e.case_id = g.case_id
		where g.network_id = app.network_id()
	$$;
comment on function app.agreement_standings() is 'Every agreement of the network as kept, late, ended otherwise, overdue, open, or left unfinished when its case closed. Called by figures only.';

create function app.figure_organisations() returns table (organisation_id uuid, what text, amount bigint) language sql stable security definer set search_path = ''
	as $$
		with counted as (
			select s.organisation_id, s.what, s.person_id, 1 as one from app.agreement_standings() s where s.what in ('kept', 'late', 'open', 'overdue')
			union all
			select h.organisation_id, 'silent', h.person_id, 1
			from public.case_seat h
			where h.network_id = app.network_id() and h.holder and h.valid_until is null
				and (select e.kind from public.case_event e where e.network_id = h.network_id and e.case_id = h.case_id order by e.at desc, e.event_id desc limit 1) <> 'closed'
				and not exists (
					select from public.log_line l
					where l.network_id = h.network_id and l.case_id = h.case_id and l.result = 'done' and l.at > app.now() - interval '14 days'
				)
			union all
			select l.organisation_id, 'overloaded', l.person_id, 1
			from (
				select s.organisation_id, s.person_id from app.agreement_standings() s where s.what in ('open', 'overdue')
				group by 1, 2 having count(*) >= 8
			) l
		), cells as (
			select c.organisation_id, c.what, count(*) as amount from counted c group by 1, 2
		), people as (
			select c.organisation_id, count(distinct c.person_id) as people from counted c group by 1
		)
		select c.organisation_id, c.what, case when c.amount >= 3 and p.people >= 2 then c.amount end
		from cells c join people p on p.organisation_id = c.organisation_id
		where app.has_role('oversight') or app.has_role('governor') or app.has_role('facilitator')
	$$;
comment on function app.figure_organisations() is 'Per organisation: agreements kept, late, open, overdue; cases silent for 14 days; people with 8 open agreements or more. A cell under 3 (k = 3), or of one person alone, is null: never a figure of a person.';

create function app.figure_mine() returns table (what text, amount bigint) language sql stable security definer set search_path = ''
	as $$
		select s.what, count(*) from app.agreement_standings() s where s.person_id = app.person_id() and app.acts_in_network() group by 1
		union all
		select case when c.holder then 'held' else 'seated' end, count(*) from public.case_seat c
		where c.network_id = app.network_id() and c.person_id = app.person_id() and c.membership_id = app.membership_id() and c.valid_until is null
			and app.acts_in_network()
			and (select e.kind from public.case_event e where e.network_id = c.network_id and e.case_id = c.case_id order by e.at desc, e.event_id desc limit 1) <> 'closed'
		group by 1
	$$;
comment on function app.figure_mine() is 'One''s own figures, for oneself alone: agreements by how they stand, cases held and cases sat at.';
grant execute on function app.figure_organisations(), app.figure_mine() to loopplank_app;
