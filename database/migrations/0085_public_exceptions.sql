-- Beside the changed rules the register tells of exceptions without names (F5): how often someone was helped although this stood in the way.

create table public_exception (
	network_id uuid not null,
	cause_id uuid not null,
	with_money boolean not null,
	quarter date not null check (extract(day from quarter) = 1 and extract(month from quarter) in (1, 4, 7, 10)),
	counted integer not null check (counted >= 5),
	times integer not null check (times >= 5 and times % 5 = 0 and times <= counted and counted - times < 5),
	at timestamptz not null,
	primary key (network_id, cause_id, with_money, quarter),
	foreign key (network_id, cause_id) references cause
);
comment on table public_exception is 'How often someone was helped although a public cause stood in the way, with money of the pot or without: counted, and as it is told, in fives. Written by the product, once a quarter at most, and only when five more or fewer were counted than before, so that two looks never tell of fewer than five. retention: as long as the network.';
alter table public_exception enable row level security;
alter table public_exception force row level security;
create policy owner_all on public_exception to loopplank_owner using (true) with check (true);
create policy network_reads on public_exception for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()));
create policy jobs_reads on public_exception for select to loopplank_jobs using (network_id = (select app.network_id()));
create policy freezes on public_exception for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant select on public_exception to loopplank_app, loopplank_jobs;
grant insert on public_exception to loopplank_jobs;

create function app.publishable_exceptions(wanted uuid) returns table (with_money boolean, counted bigint)
	language sql stable security definer set search_path = ''
	as $$
		with named as (
			select distinct on (n.case_id) n.case_id, n.cause_id from public.cause_naming n where n.network_id = (select app.network_id())
			order by n.case_id, n.at desc, n.naming_id desc
		), ended as (
			select distinct on (v.case_id) v.case_id, v.kind, v.outcome from public.case_event v where v.network_id = (select app.network_id())
			order by v.case_id, v.at desc, v.event_id desc
		)
		select e.outcome = 'helped', count(*) from named n join ended e on e.case_id = n.case_id
		where n.cause_id = wanted and e.kind = 'closed' and e.outcome in ('helped', 'helped_without_money') group by 1
	$$;
comment on function app.publishable_exceptions(uuid) is 'In how many cases in which a cause was named last someone was helped all the same, with money of the pot and without, for what the product freezes. For the jobs role alone.';
grant execute on function app.publishable_exceptions(uuid) to loopplank_jobs;

drop function app.public_register();
create function app.public_register() returns table (
		cause_id uuid, kind text, organisation_id uuid, outside text, gone boolean, state text, changed_on date, since_year integer, quarter date, cases integer,
		title text, rule text, answer text, with_money integer, with_money_quarter date, without_money integer, without_money_quarter date)
	language sql stable security definer set search_path = ''
	as $$
		with standing as (
			select distinct on (p.cause_id) p.cause_id, p.publication_id from public.publication p
			where p.network_id = (select app.network_id()) and ((select app.page_is_open()) or (select app.acts_in_network()))
				and exists (select from public.publication_event e where e.network_id = p.network_id and e.publication_id = p.publication_id and e.kind = 'opened'
					and not exists (select from public.cause_owner w where w.network_id = p.network_id and w.cause_id = p.cause_id and w.at >= e.at))
				and not exists (select from public.publication_event e where e.network_id = p.network_id and e.publication_id = p.publication_id and e.kind = 'withdrawn')
			order by p.cause_id, p.at desc, p.publication_id desc
		), released as (
			select distinct on (r.cause_id, r.kind, r.publication_id) r.cause_id, r.kind, r.publication_id, r.body, r.at from public.release r
			join public.release_hand h on h.network_id = r.network_id and h.release_id = r.release_id and h.hand = 'released'
			where r.network_id = (select app.network_id())
				and (r.kind <> 'answer' or not exists (select from public.cause_owner w where w.network_id = r.network_id and w.cause_id = r.cause_id and w.at >= r.at))
			order by r.cause_id, r.kind, r.publication_id, r.at desc, r.release_id desc
		)
		select c.cause_id, c.kind, o.organisation_id, o.outside, o.gone, e.kind,
			case when e.kind in ('in_force', 'verified') then f.changed_on end,
			extract(year from s.opened_at at time zone 'Europe/Amsterdam')::integer, n.quarter, n.cases,
			t.body, case when e.kind in ('in_force', 'verified') and u.at >= f.at then u.body end, a.body, w.times, w.quarter, m.times, m.quarter
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
		left join lateral (
			select x.times, x.quarter from public.public_exception x where x.network_id = c.network_id and x.cause_id = c.cause_id and x.with_money
			order by x.quarter desc limit 1
		) w on true
		left join lateral (
			select x.times, x.quarter from public.public_exception x where x.network_id = c.network_id and x.cause_id = c.cause_id and not x.with_money
			order by x.quarter desc limit 1
		) m on true
		left join released t on t.cause_id = c.cause_id and t.kind = 'title'
		left join released u on u.cause_id = c.cause_id and u.kind = 'rule'
		left join released a on a.publication_id = p.publication_id and a.kind = 'answer'
	$$;
comment on function app.public_register() is 'The causes that are public since the last who was asked about them had their days: kind, who goes about it, where it stands, in how many cases (five at least, frozen by quarter), how often someone was helped all the same (in fives, frozen likewise), and the words that two people of two organisations released; an answer only of who goes about it now. To who acts in the network, and to everyone while the page for everyone is open.';
grant execute on function app.public_register() to loopplank_app;
