-- When the year of an agreement is over each party is asked what came of it, and whether it goes on (F7). Nothing of one party is read by another before all said it, or the term is over.

alter table yearly_item add column previous_id uuid;
alter table yearly_item add foreign key (network_id, previous_id) references yearly_item;
create index yearly_item_previous on yearly_item (network_id, previous_id);
comment on column yearly_item.previous_id is 'The agreement of an earlier year that this one goes on from; null: it was brought anew.';

create table yearly_look_back_ask (
	network_id uuid not null,
	item_id uuid not null,
	shown_from timestamptz not null,
	at timestamptz not null,
	primary key (network_id, item_id),
	check (shown_from > at),
	foreign key (network_id, item_id) references yearly_item
);
comment on table yearly_look_back_ask is 'The year of an agreement was over, and its parties were asked what came of it. From shown_from on, the end of a day in the zone of the networks, what was said is read by everyone of the network, whoever still lacks. retention: as long as the network.';

create table yearly_look_back (
	network_id uuid not null,
	item_id uuid not null,
	organisation_id uuid not null,
	how text not null check (how in ('kept', 'partly', 'not')),
	words text not null check (char_length(words) between 1 and 600),
	goes_on boolean not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, item_id, organisation_id),
	foreign key (network_id, item_id) references yearly_look_back_ask,
	foreign key (network_id, item_id, organisation_id) references yearly_party,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table yearly_look_back is 'What came of an agreement for a year, by one party: kept, in part or not, in words, and whether it wants to go on. Once, by who governs or administers it. retention: as long as the network.';
create index yearly_look_back_membership on yearly_look_back (network_id, membership_id, person_id);

alter table yearly_reminder drop constraint yearly_reminder_waits_check;
alter table yearly_reminder add constraint yearly_reminder_waits_check check (waits in ('offer', 'accept', 'look_back'));
comment on table yearly_reminder is 'Who answers for a party that did not offer, did not accept, or did not look back, was reminded before the day: once for each. retention: 2 years.';

create function app.yearly_shown() returns setof uuid
	language sql stable security definer set search_path = ''
	as $$
		select a.item_id from public.yearly_look_back_ask a
		where a.network_id = (select app.network_id()) and (a.shown_from <= (select app.now()) or not exists (
			select from public.yearly_party p
			join public.organisation o on o.network_id = p.network_id and o.organisation_id = p.organisation_id
				and (o.left_at is null or o.left_at > (select app.now()))
			where p.network_id = a.network_id and p.item_id = a.item_id
				and not exists (select from public.yearly_step s where s.network_id = p.network_id and s.item_id = p.item_id
					and s.organisation_id = p.organisation_id and s.kind = 'declined')
				and not exists (select from public.yearly_look_back b where b.network_id = p.network_id and b.item_id = p.item_id
					and b.organisation_id = p.organisation_id)))
	$$;
comment on function app.yearly_shown() is 'The agreements for a year of which all read what every party said of it: each that takes part said it, or the term is over.';

do $$
declare t text;
begin
	foreach t in array array['yearly_look_back_ask', 'yearly_look_back'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
	end loop;
end $$;
create policy network_reads on yearly_look_back_ask for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()));
create policy jobs_reads on yearly_look_back_ask for select to loopplank_jobs using (network_id = (select app.network_id()));
create policy jobs_writes on yearly_look_back_ask for insert to loopplank_jobs with check (network_id = (select app.network_id()));
-- One's own words, and those of others once all may read them.
create policy own_or_shown on yearly_look_back for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network())
	and (organisation_id = (select app.my_organisation()) or item_id = any(array(select app.yearly_shown()))));
create policy own_party on yearly_look_back for insert to loopplank_app with check (network_id = (select app.network_id()) and (select app.acts_in_network())
	and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
	and organisation_id = (select app.my_organisation(array['governor', 'administrator'])));
grant select on yearly_look_back_ask to loopplank_app;
grant select, insert on yearly_look_back_ask to loopplank_jobs;
grant select, insert on yearly_look_back to loopplank_app;
grant execute on function app.yearly_shown() to loopplank_app;

create function app.yearly_to_ask_back(this_year integer) returns table (item_id uuid, person_id uuid)
	language sql stable security definer set search_path = ''
	as $$
		with item as (
			select i.item_id from public.yearly_item i where i.network_id = (select app.network_id()) and i.year < this_year
				and not exists (select from public.yearly_look_back_ask a where a.network_id = i.network_id and a.item_id = i.item_id)
				and not exists (select from public.yearly_step s where s.network_id = i.network_id and s.item_id = i.item_id and s.kind = 'withdrawn')
		), party as (
			select p.item_id, p.organisation_id, count(*) over (partition by p.item_id) as parties, exists (
				select from public.yearly_step s where s.network_id = p.network_id and s.item_id = p.item_id
					and s.organisation_id = p.organisation_id and s.kind = 'offer') as offered
			from item i
			join public.yearly_party p on p.network_id = (select app.network_id()) and p.item_id = i.item_id
			join public.organisation o on o.network_id = p.network_id and o.organisation_id = p.organisation_id
				and (o.left_at is null or o.left_at > (select app.now()))
			where not exists (select from public.yearly_step s where s.network_id = p.network_id and s.item_id = p.item_id
				and s.organisation_id = p.organisation_id and s.kind = 'declined')
		), newest as (
			select i.item_id, (
				select s.step_id from public.yearly_step s where s.network_id = (select app.network_id()) and s.item_id = i.item_id
					and s.kind in ('offer', 'declined') order by s.at desc, s.step_id desc limit 1
			) as agreed, (
				select s.step_id from public.yearly_step s where s.network_id = (select app.network_id()) and s.item_id = i.item_id
					and s.kind = 'evaluated' order by s.at desc, s.step_id desc limit 1
			) as learned from item i
		), said as (
			select p.item_id, bool_and(p.offered) and bool_and(exists (
				select from public.yearly_answer y where y.network_id = (select app.network_id()) and y.step_id = n.agreed and y.organisation_id = p.organisation_id
			)) as agreed, bool_and(exists (
				select from public.yearly_answer y where y.network_id = (select app.network_id()) and y.step_id = n.learned and y.organisation_id = p.organisation_id
			)) as learned
			from party p join newest n on n.item_id = p.item_id where p.parties >= 2 group by p.item_id
		)
		select distinct s.item_id, m.person_id from said s
		join party p on p.item_id = s.item_id
		join public.membership m on m.network_id = (select app.network_id()) and m.organisation_id = p.organisation_id
			and m.roles && array['governor', 'administrator']
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
		where s.agreed and not s.learned
	$$;
comment on function app.yearly_to_ask_back(integer) is 'Who answers for a party that takes part in what was agreed for a year before this one, of which not all accepted what was learned, and nobody was asked to look back. For the jobs role alone.';

create function app.yearly_back_to_remind(until timestamptz) returns table (item_id uuid, person_id uuid)
	language sql stable security definer set search_path = ''
	as $$
		select distinct a.item_id, m.person_id from public.yearly_look_back_ask a
		join public.yearly_party p on p.network_id = a.network_id and p.item_id = a.item_id
		join public.organisation o on o.network_id = p.network_id and o.organisation_id = p.organisation_id
			and (o.left_at is null or o.left_at > (select app.now()))
		join public.membership m on m.network_id = o.network_id and m.organisation_id = o.organisation_id and m.roles && array['governor', 'administrator']
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
		where a.network_id = (select app.network_id()) and a.shown_from > (select app.now()) and a.shown_from <= until
			and not exists (select from public.yearly_step s where s.network_id = p.network_id and s.item_id = p.item_id
				and s.organisation_id = p.organisation_id and s.kind = 'declined')
			and not exists (select from public.yearly_look_back b where b.network_id = p.network_id and b.item_id = p.item_id and b.organisation_id = p.organisation_id)
			and not exists (select from public.yearly_reminder r
				where r.network_id = a.network_id and r.item_id = a.item_id and r.waits = 'look_back' and r.person_id = m.person_id)
	$$;
comment on function app.yearly_back_to_remind(timestamptz) is 'Who answers for a party that did not look back on an agreement of which the term ends by then, and was not reminded of it. For the jobs role alone.';
grant execute on function app.yearly_to_ask_back(integer), app.yearly_back_to_remind(timestamptz) to loopplank_jobs;
