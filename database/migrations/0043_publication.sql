-- A cause in the open: only after who goes about it could answer for thirty days, never under five cases, and no words but those that two released.

create table publication (
	network_id uuid not null references network,
	publication_id uuid not null,
	cause_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, publication_id),
	foreign key (network_id, cause_id) references cause,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table publication is 'Someone proposes to make a cause public. Who goes about it is asked first. retention: as long as the network.';
create index publication_cause on publication (network_id, cause_id, at desc);
create index publication_membership on publication (network_id, membership_id, person_id);

create table publication_event (
	network_id uuid not null,
	publication_id uuid not null,
	event_id uuid not null,
	kind text not null check (kind in ('told_outside', 'answered', 'opened', 'withdrawn')),
	proof text not null default '' check (char_length(proof) <= 200),
	on_behalf boolean not null default false,
	person_id uuid,
	membership_id uuid,
	organisation_id uuid,
	at timestamptz not null,
	primary key (network_id, publication_id, event_id),
	check ((person_id is null) = (membership_id is null) and (person_id is null) = (organisation_id is null)),
	check ((person_id is null) = (kind = 'opened')),
	check ((kind <> 'told_outside' and not on_behalf) or proof <> ''),
	foreign key (network_id, publication_id) references publication,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table publication_event is 'What became of it: who is outside was told, who goes about it answered (their words are a release), the product made it public, or it was taken back. retention: as long as the network.';
create index publication_event_membership on publication_event (network_id, membership_id, person_id);

create table public_count (
	network_id uuid not null,
	cause_id uuid not null,
	quarter date not null check (extract(day from quarter) = 1 and extract(month from quarter) in (1, 4, 7, 10)),
	cases integer not null check (cases >= 5),
	at timestamptz not null,
	primary key (network_id, cause_id, quarter),
	foreign key (network_id, cause_id) references cause
);
comment on table public_count is 'In how many cases a public cause was named, as it is shown: written by the product, once a quarter at most, and only when it differs from the last by five or more, so that two looks never tell of fewer than five cases. retention: as long as the network.';

create table release (
	network_id uuid not null references network,
	release_id uuid not null,
	kind text not null check (kind in ('title', 'rule', 'answer')),
	cause_id uuid not null,
	publication_id uuid,
	body text not null check (char_length(body) between 1 and 600),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, release_id),
	check ((publication_id is null) = (kind <> 'answer')),
	foreign key (network_id, cause_id) references cause,
	foreign key (network_id, publication_id) references publication,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table release is 'Words that may be read outside the network once someone of another organisation read them too: what a cause is called, its changed rule, the answer of who goes about it. Never about a case. retention: as long as the network.';
create index release_cause on release (network_id, cause_id, kind, at desc);
create index release_publication on release (network_id, publication_id);
create index release_membership on release (network_id, membership_id, person_id);

create table release_hand (
	network_id uuid not null,
	release_id uuid not null,
	hand text not null check (hand in ('released', 'declined')),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, release_id),
	foreign key (network_id, release_id) references release,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table release_hand is 'The second pair of eyes on words for outside, of another organisation: released or declined, once. retention: as long as the network.';
create index release_hand_membership on release_hand (network_id, membership_id, person_id);

do $$
declare t text;
begin
	foreach t in array array['publication', 'publication_event', 'public_count', 'release', 'release_hand'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_app, loopplank_jobs', t);
	end loop;
	foreach t in array array['publication', 'publication_event', 'release'] loop
		execute format('create policy own_hand on %I for insert to loopplank_app with check (network_id = (select app.network_id()) and (select app.acts_in_network())
			and person_id = (select app.person_id()) and membership_id = (select app.membership_id()))', t);
		execute format('grant insert on %I to loopplank_app', t);
	end loop;
end $$;
create policy other_hand on release_hand for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network())
		and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (hand = 'declined' or not (release_id = any(array(
			select r.release_id from release r where r.network_id = (select app.network_id())
				and (r.person_id = (select app.person_id()) or r.organisation_id in (
					select m.organisation_id from membership m where m.network_id = (select app.network_id()) and m.person_id = (select app.person_id()))))))));
grant insert on release_hand to loopplank_app;
create policy opens on publication_event for insert to loopplank_jobs with check (network_id = (select app.network_id()) and kind = 'opened');
create policy freezes on public_count for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant insert on publication_event, public_count to loopplank_jobs;

create function app.publishable_cases(wanted uuid) returns bigint
	language sql stable security definer set search_path = ''
	as $$
		select count(*) from (
			select distinct on (n.case_id) n.cause_id from public.cause_naming n where n.network_id = (select app.network_id())
			order by n.case_id, n.at desc, n.naming_id desc
		) newest where newest.cause_id = wanted
	$$;
comment on function app.publishable_cases(uuid) is 'In how many cases a cause was named last, for what the product freezes. For the jobs role alone.';
grant execute on function app.publishable_cases(uuid) to loopplank_jobs;

create function app.public_owner(wanted uuid) returns table (organisation_id uuid, outside text, gone boolean)
	language sql stable security definer set search_path = ''
	as $$
		select o.organisation_id, o.outside, o.gone from app.owner_of(wanted) o
		where exists (select from public.publication p where p.network_id = (select app.network_id()) and p.cause_id = wanted)
	$$;
comment on function app.public_owner(uuid) is 'Who goes about a cause that someone proposed to make public. For the jobs role alone.';
grant execute on function app.public_owner(uuid) to loopplank_jobs;

-- What stands in the register: needs no person, so that it may one day be read outside the network; five cases at least, and no words but those of two.
create function app.public_register() returns table (
		cause_id uuid, kind text, organisation_id uuid, outside text, gone boolean, state text, changed_on date, since_year integer, quarter date, cases integer,
		title text, rule text, answer text)
	language sql stable security definer set search_path = ''
	as $$
		with standing as (
			select distinct on (p.cause_id) p.cause_id, p.publication_id from public.publication p
			where p.network_id = (select app.network_id())
				and exists (select from public.publication_event e where e.network_id = p.network_id and e.publication_id = p.publication_id and e.kind = 'opened')
				and not exists (select from public.publication_event e where e.network_id = p.network_id and e.publication_id = p.publication_id and e.kind = 'withdrawn')
			order by p.cause_id, p.at desc, p.publication_id desc
		), released as (
			select distinct on (r.cause_id, r.kind, r.publication_id) r.cause_id, r.kind, r.publication_id, r.body, r.at from public.release r
			join public.release_hand h on h.network_id = r.network_id and h.release_id = r.release_id and h.hand = 'released'
			where r.network_id = (select app.network_id())
			order by r.cause_id, r.kind, r.publication_id, r.at desc, r.release_id desc
		)
		select c.cause_id, c.kind, o.organisation_id, o.outside, o.gone, e.kind,
			case when e.kind in ('in_force', 'verified') then f.changed_on end,
			extract(year from s.opened_at at time zone 'Europe/Amsterdam')::integer, n.quarter, n.cases,
			t.body, case when e.kind in ('in_force', 'verified') and u.at >= f.at then u.body end, a.body
		from standing p
		join public.cause c on c.network_id = (select app.network_id()) and c.cause_id = p.cause_id
		join public.signal s on s.network_id = c.network_id and s.cause_id = c.cause_id
		cross join lateral app.owner_of(c.cause_id) o
		join lateral (select v.kind from public.signal_event v where v.network_id = s.network_id and v.signal_id = s.signal_id order by v.at desc, v.event_id desc limit 1) e
			on e.kind <> 'not_ours'
		join lateral (select k.quarter, k.cases from public.public_count k where k.network_id = c.network_id and k.cause_id = c.cause_id order by k.quarter desc limit 1) n on true
		left join lateral (
			select v.changed_on, v.at from public.signal_event v where v.network_id = s.network_id and v.signal_id = s.signal_id and v.kind = 'in_force'
			order by v.at desc, v.event_id desc limit 1
		) f on true
		left join released t on t.cause_id = c.cause_id and t.kind = 'title'
		left join released u on u.cause_id = c.cause_id and u.kind = 'rule'
		left join released a on a.publication_id = p.publication_id and a.kind = 'answer'
	$$;
comment on function app.public_register() is 'The causes that are public: kind, who goes about it, where it stands, in how many cases (five at least, frozen by quarter), and the words that two people of two organisations released.';
grant execute on function app.public_register() to loopplank_app;
