-- Trust in a pair (H2): someone of each of two organisations, who answer five questions about each other, see it only once both did, and then each do
-- one thing for the other. A pair is a subject (0050) with two seats, ever: who takes it over opens a new one, and does not see what was answered before.

create table pair (
	network_id uuid not null,
	pair_id uuid not null,
	subject_kind text not null default 'pair' check (subject_kind = 'pair'),
	organisation_id uuid not null,
	other_id uuid not null check (other_id <> organisation_id),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, pair_id),
	foreign key (network_id, pair_id, subject_kind) references subject (network_id, case_id, kind),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, other_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table pair is 'Two organisations that speak of trust, each by one person: who opened it, and whom they asked. retention: 3 years after it ended.';
create index pair_organisation on pair (network_id, organisation_id);
create index pair_other on pair (network_id, other_id);

create table pair_end (
	network_id uuid not null,
	pair_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, pair_id),
	foreign key (network_id, pair_id) references pair,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table pair_end is 'One of the two ended the pair, once and for good. retention: with the pair.';

create table trust_round (
	network_id uuid not null,
	round_id uuid not null,
	pair_id uuid not null,
	quarter date not null check (extract(day from quarter) = 1 and extract(month from quarter) in (1, 4, 7, 10)),
	seat_one uuid not null,
	seat_two uuid not null check (seat_two <> seat_one),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, round_id),
	unique (network_id, pair_id, quarter),
	unique (network_id, round_id, pair_id),
	foreign key (network_id, pair_id) references pair,
	foreign key (network_id, pair_id, seat_one) references case_seat (network_id, case_id, seat_id),
	foreign key (network_id, pair_id, seat_two) references case_seat (network_id, case_id, seat_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table trust_round is 'The five questions about each other, opened for one quarter, between two seats. retention: 3 years.';
comment on column trust_round.quarter is 'Its first day. With its quarter a round that is not whole lapses.';

create table trust_answer (
	network_id uuid not null,
	round_id uuid not null,
	pair_id uuid not null,
	seat_id uuid not null,
	scores smallint[] not null check (array_ndims(scores) = 1 and array_length(scores, 1) = 5 and scores <@ array[1, 2, 3, 4, 5]::smallint[]),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, round_id, seat_id),
	foreign key (network_id, round_id, pair_id) references trust_round (network_id, round_id, pair_id),
	foreign key (network_id, pair_id, seat_id) references case_seat (network_id, case_id, seat_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table trust_answer is 'What one side said of the other, in the order of the questions. Read by who wrote it, and by the other only once both stand. retention: with the round.';

-- The seats where the actor sits now, with the membership they act with.
create function app.my_seats() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select s.seat_id from public.case_seat s
		where s.network_id = (select app.network_id()) and s.person_id = (select app.person_id()) and s.membership_id = (select app.membership_id())
			and s.valid_from <= (select app.now()) and (s.valid_until is null or s.valid_until > (select app.now()))
			and exists (
				select from public.membership m where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id())
					and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now())))
	$$;
comment on function app.my_seats() is 'The seats where the actor sits now, with the membership they act with.';

-- A round that both sides answered, to these two alone. Of a round that is not whole this says nothing, not even to who answered.
create function app.whole_rounds() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select r.round_id from public.trust_round r
		join public.trust_answer one on one.network_id = r.network_id and one.round_id = r.round_id and one.seat_id = r.seat_one
		join public.trust_answer two on two.network_id = r.network_id and two.round_id = r.round_id and two.seat_id = r.seat_two
		where r.network_id = (select app.network_id())
			and (r.seat_one = any(array(select app.my_seats())) or r.seat_two = any(array(select app.my_seats())))
	$$;
comment on function app.whole_rounds() is 'The rounds of the actor that both sides answered.';

-- Whether two organisations have a pair: one that was not ended, of which the invitation was not declined or taken back, and whose two people still work there.
create function app.already_paired(other uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select (select app.acts_in_network()) and exists (
			select from public.pair p
			where p.network_id = (select app.network_id())
				and ((p.organisation_id = (select app.my_organisation()) and p.other_id = other) or (p.organisation_id = other and p.other_id = (select app.my_organisation())))
				and not exists (select from public.pair_end e where e.network_id = p.network_id and e.pair_id = p.pair_id)
				and not exists (
					select from public.seat_invitation i
					left join public.seat_answer a on a.network_id = i.network_id and a.invitation_id = i.invitation_id
					join public.membership m on m.network_id = i.network_id and m.membership_id = i.membership_id
					where i.network_id = p.network_id and i.case_id = p.pair_id
						and (a.answer in ('declined', 'withdrawn') or m.valid_until <= (select app.now())))
				and not exists (
					select from public.membership m where m.network_id = p.network_id and m.membership_id = p.membership_id and m.valid_until <= (select app.now()))
		)
	$$;
comment on function app.already_paired(uuid) is 'Whether the actor''s organisation has a pair with another one: yes or no, and nothing of it.';
grant execute on function app.my_seats(), app.whole_rounds(), app.already_paired(uuid) to loopplank_app;

do $$
declare t text;
begin
	foreach t in array array['pair', 'pair_end', 'trust_round', 'trust_answer'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
	foreach t in array array['pair', 'pair_end'] loop
		execute format('create policy pair_reads on %I for select to loopplank_app
			using (network_id = (select app.network_id()) and pair_id = any(array(select app.my_cases())))', t);
	end loop;
end $$;
create policy opens on pair for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and organisation_id = (select app.my_organisation()) and (select app.acts_in_network()) and pair_id = any(array(select app.my_cases())));
create policy ends on pair_end for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (select app.acts_in_network()) and pair_id = any(array(select app.my_cases())));
create policy jobs_reads on pair_end for select to loopplank_jobs using (network_id = (select app.network_id()));
grant select on pair_end to loopplank_jobs;
create policy sides_read on trust_round for select to loopplank_app
	using (network_id = (select app.network_id()) and (seat_one = any(array(select app.my_seats())) or seat_two = any(array(select app.my_seats()))));
create policy side_opens on trust_round for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (select app.acts_in_network()) and (seat_one = any(array(select app.my_seats())) or seat_two = any(array(select app.my_seats()))));
create policy own_or_whole on trust_answer for select to loopplank_app
	using (network_id = (select app.network_id())
		and (seat_id = any(array(select app.my_seats())) or round_id = any(array(select app.whole_rounds()))));
create policy own_seat on trust_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (select app.acts_in_network()) and seat_id = any(array(select app.my_seats())));

-- What is not done when a pair ends is unfinished, as when a case closes; and nobody decides on what was asked there.
create or replace function app.agreement_standings() returns table (organisation_id uuid, person_id uuid, what text) language sql stable set search_path = ''
	as $$
		with told as (
			select distinct on (r.agreement_id) r.agreement_id, r.outcome, a.answer
			from public.agreement_report r
			left join public.agreement_answer a on a.network_id = r.network_id and a.report_id = r.report_id
			where r.network_id = (select app.network_id())
			order by r.agreement_id, r.at desc, r.report_id desc
		), ended as (
			select distinct on (e.case_id) e.case_id, e.kind from public.case_event e
			where e.network_id = (select app.network_id()) order by e.case_id, e.at desc, e.event_id desc
		)
		select g.organisation_id, g.person_id,
			case when t.answer = 'confirmed' and t.outcome in ('kept', 'late') then t.outcome
				when t.answer = 'confirmed' then 'ended'
				when e.kind = 'closed' or d.pair_id is not null then 'unfinished'
				when (t.agreement_id is null or t.answer = 'disputed') and g.due_on < app.today() then 'overdue'
				else 'open' end
		from public.agreement g
		left join told t on t.agreement_id = g.agreement_id
		left join ended e on e.case_id = g.case_id
		left join public.pair_end d on d.network_id = g.network_id and d.pair_id = g.case_id
		where g.network_id = (select app.network_id())
	$$;

create or replace function app.asked_versions()
	returns table (ask_id uuid, version_id uuid, agreement_id uuid, case_id uuid, number integer, due_on date, amount_cents bigint, kind text, person_id uuid, membership_id uuid, receiver_id uuid, offered_by uuid, version_at timestamptz, asked_at timestamptz, answer text, case_closed boolean)
	language sql stable security definer set search_path = ''
	as $$
		select k.ask_id, v.version_id, v.agreement_id, v.case_id, v.number, v.due_on, v.amount_cents, a.kind, a.person_id, a.membership_id, a.receiver_id, v.offered_by, v.at, k.at, n.answer,
			coalesce((select e.kind = 'closed' from public.case_event e where e.network_id = v.network_id and e.case_id = v.case_id order by e.at desc, e.event_id desc limit 1),
				exists (select from public.pair_end d where d.network_id = v.network_id and d.pair_id = v.case_id))
		from public.agreement_ask k
		join public.agreement_version v on v.network_id = k.network_id and v.version_id = k.version_id
		join public.agreement a on a.network_id = v.network_id and a.agreement_id = v.agreement_id
		left join public.agreement_ask_answer n on n.network_id = k.network_id and n.ask_id = k.ask_id
		where k.network_id = (select app.network_id()) and k.decider_id = (select app.person_id()) and k.membership_id = (select app.membership_id())
	$$;
