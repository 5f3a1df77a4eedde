-- What anyone may read of a network: nothing before two organisations said yes, and never of fewer than five.

-- Until here whoever opened the network without acting in it could read its people. A page for everyone opens it so: only who acts reads them.
do $$
declare t text;
begin
	foreach t in array array['person', 'membership', 'cause', 'fund_rule', 'fund_rule_answer', 'signal', 'signal_event', 'signal_rule', 'signal_rule_answer'] loop
		execute format('drop policy network_reads on %I', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
	end loop;
	foreach t in array array['card_review', 'knowledge_card', 'price', 'price_list', 'room_statement', 'study', 'study_withdrawal'] loop
		execute format('alter policy network_reads on %I using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
	end loop;
end $$;
alter policy named_reads on card_name
	using (network_id = (select app.network_id()) and (select app.acts_in_network()) and (accepted or person_id = (select app.person_id())));

create function app.facilitators_to_tell(hash bytea) returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select distinct m.person_id from public.membership m
		where m.network_id = (select app.network_id()) and 'facilitator' = any(m.roles) and exists (select from app.resident_case(hash))
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
	$$;
comment on function app.facilitators_to_tell(bytea) is 'Who facilitates the network, to be told that a resident who holds the secret of a standing link did not agree. Ids only.';
grant execute on function app.facilitators_to_tell(bytea) to loopplank_app;

create table public_page (
	network_id uuid not null references network,
	page_id uuid not null,
	wanted boolean not null,
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, page_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table public_page is 'Someone who governs or administers proposes a page for everyone, or closes it. The newest counts. retention: as long as the network.';
create index public_page_newest on public_page (network_id, at desc);
create index public_page_membership on public_page (network_id, membership_id, person_id);

create table public_page_answer (
	network_id uuid not null,
	page_id uuid not null,
	answer text not null check (answer in ('confirmed', 'declined')),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, page_id),
	foreign key (network_id, page_id) references public_page,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table public_page_answer is 'The second pair of eyes, of another organisation: the page is open from then on, or not. retention: as long as the network.';
create index public_page_answer_membership on public_page_answer (network_id, membership_id, person_id);

create table public_figure (
	network_id uuid not null references network,
	what text not null check (what in ('cases', 'helped', 'without_money', 'answered', 'kept', 'paid', 'net', 'full', 'gross')),
	quarter date not null check (extract(day from quarter) = 1 and extract(month from quarter) in (1, 4, 7, 10)),
	counted bigint not null check (counted >= 5),
	amount bigint not null,
	low bigint,
	high bigint,
	at timestamptz not null,
	primary key (network_id, what, quarter),
	check ((low is null) = (high is null) and (low is null) = (what not in ('net', 'full', 'gross')))
);
comment on table public_figure is 'A figure for everyone, as it is shown: counted over so many, rounded, and written by the product once a quarter at most, only when it is counted over five more or fewer than before, so that two looks never tell of fewer than five. retention: as long as the network.';

do $$
declare t text;
begin
	foreach t in array array['public_page', 'public_page_answer', 'public_figure'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_app, loopplank_jobs', t);
	end loop;
end $$;
create policy own_hand on public_page for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and organisation_id = (select app.my_organisation()) and ((select app.has_role('governor')) or (select app.has_role('administrator'))));
-- Who proposed it does not confirm it, nor does anyone for an organisation that the proposer works for or proposed it for.
create policy other_hand on public_page_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and organisation_id = (select app.my_organisation()) and ((select app.has_role('governor')) or (select app.has_role('administrator')))
		and not (page_id = any(array(
			select p.page_id from public_page p where p.network_id = (select app.network_id())
				and (p.person_id = (select app.person_id()) or p.organisation_id in (
					select m.organisation_id from membership m where m.network_id = (select app.network_id()) and m.person_id = (select app.person_id())))))));
create policy freezes on public_figure for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant insert on public_page, public_page_answer to loopplank_app;
grant insert on public_figure to loopplank_jobs;

create function app.page_is_open() returns boolean language sql stable security definer set search_path = ''
	as $$
		select coalesce((
			select p.wanted and exists (
				select from public.public_page_answer a where a.network_id = p.network_id and a.page_id = p.page_id and a.answer = 'confirmed'
			) from public.public_page p where p.network_id = (select app.network_id()) order by p.at desc, p.page_id desc limit 1
		), false)
	$$;
comment on function app.page_is_open() is 'Whether two organisations said yes to a page for everyone, and nobody closed it since. Needs no person.';

create function app.public_figures() returns table (what text, quarter date, amount bigint, low bigint, high bigint) language sql stable security definer set search_path = ''
	as $$
		select distinct on (f.what) f.what, f.quarter, f.amount, f.low, f.high from public.public_figure f
		where f.network_id = (select app.network_id()) and ((select app.page_is_open()) or (select app.acts_in_network()))
		order by f.what, f.quarter desc
	$$;
comment on function app.public_figures() is 'The figures for everyone as they stand, without how many they were counted over: while the page is open, and to who acts in the network. Needs no person.';
grant execute on function app.page_is_open(), app.public_figures() to loopplank_app;

create function app.publishable_figures() returns table (what text, counted bigint, amount bigint) language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (v.case_id) v.case_id, v.kind, v.outcome from public.case_event v
			where v.network_id = (select app.network_id()) order by v.case_id, v.at desc, v.event_id desc
		), paid as (
			select r.case_id, sum(p.amount_cents)::bigint as cents from public.payment p
			join public.case_request r on r.network_id = p.network_id and r.request_id = p.request_id
			where p.network_id = (select app.network_id())
				and exists (select from public.payment_event e where e.network_id = p.network_id and e.payment_id = p.payment_id and e.kind = 'paid')
				and not exists (select from public.payment_event e where e.network_id = p.network_id and e.payment_id = p.payment_id and e.kind = 'reversed')
			group by 1
		)
		select 'cases', count(*), count(*) from newest
		union all
		select 'helped', count(*), count(*) from newest n where n.kind = 'closed' and n.outcome in ('helped', 'helped_without_money')
		union all
		select 'without_money', count(*), count(*) from newest n where n.kind = 'closed' and n.outcome = 'helped_without_money'
		union all
		select 'answered', count(distinct q.question_id), count(distinct q.question_id) from public.question q
		join public.question_answer a on a.network_id = q.network_id and a.question_id = q.question_id and a.answer <> 'declined'
		where q.network_id = (select app.network_id())
		union all
		select 'kept', count(*), count(*) from app.agreement_standings() s where s.what in ('kept', 'late')
		union all
		select 'paid', count(*), coalesce(sum(d.cents), 0)::bigint from paid d
	$$;
comment on function app.publishable_figures() is 'What the product freezes for everyone: counted over how many, and the figure before it is rounded. For the jobs role alone.';

create function app.publishable_return() returns table (cases bigint, pot_cents bigint, inputs_cents bigint, gross_cents bigint, gross_low_cents bigint, gross_high_cents bigint,
		adjusted_cents bigint, adjusted_low_cents bigint, adjusted_high_cents bigint)
	language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (c.case_id) c.* from public.counted_return c where c.network_id = (select app.network_id()) and c.kind = 'realised'
			order by c.case_id, c.at desc, c.counted_id desc
		)
		select count(*), sum(n.pot_cents)::bigint, sum(n.inputs_cents)::bigint, sum(n.gross_cents)::bigint, sum(n.gross_low_cents)::bigint, sum(n.gross_high_cents)::bigint,
			sum(n.adjusted_cents)::bigint, sum(n.adjusted_low_cents)::bigint, sum(n.adjusted_high_cents)::bigint
		from newest n having count(*) > 0
	$$;
comment on function app.publishable_return() is 'What was realised in the cases that were followed up, summed, for what the product freezes. For the jobs role alone.';
grant execute on function app.publishable_figures(), app.publishable_return() to loopplank_jobs;

-- The register as it was, now also for everyone while the page is open.
create or replace function app.public_register() returns table (
		cause_id uuid, kind text, organisation_id uuid, outside text, gone boolean, state text, changed_on date, since_year integer, quarter date, cases integer,
		title text, rule text, answer text)
	language sql stable security definer set search_path = ''
	as $$
		with standing as (
			select distinct on (p.cause_id) p.cause_id, p.publication_id from public.publication p
			where p.network_id = (select app.network_id()) and ((select app.page_is_open()) or (select app.acts_in_network()))
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
comment on function app.public_register() is 'The causes that are public: kind, who goes about it, where it stands, in how many cases (five at least, frozen by quarter), and the words that two people of two organisations released. To who acts in the network, and to everyone while the page for everyone is open.';
