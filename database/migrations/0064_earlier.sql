-- A Bond that was there before it worked here says since when, and brings its earlier years: what others counted, each with its source, never added
-- to what is counted here.

create table start_existing (
	network_id uuid not null references network,
	existing_id uuid not null,
	since_year integer not null check (since_year between 1900 and 2200),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, existing_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table start_existing is 'Since when the network works together, said by one of its people: its start is then written in any order. The newest counts. retention: as long as the network.';
create index start_existing_newest on start_existing (network_id, at);

create table earlier_year (
	network_id uuid not null references network,
	record_id uuid not null,
	year integer not null check (year between 1900 and 2200),
	cases integer check (cases between 0 and 1000000),
	granted_cents bigint check (granted_cents >= 0),
	paid_back_cents bigint check (paid_back_cents >= 0),
	source text not null check (length(source) between 1 and 200),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, record_id),
	check (num_nonnulls(cases, granted_cents, paid_back_cents) > 0),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table earlier_year is 'What a network counted itself in a year before it worked here, with its source. Of a year the newest counts; no figure of this product adds it. retention: as long as the network.';
create index earlier_year_newest on earlier_year (network_id, year, at);

do $$
declare t text;
begin
	foreach t in array array['start_existing', 'earlier_year'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select, insert on %I to loopplank_app', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
	end loop;
end $$;
create policy partners_say on start_existing for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and ((select app.has_role('professional')) or (select app.has_role('facilitator')) or (select app.has_role('governor'))));
create policy partners_record on earlier_year for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and ((select app.has_role('professional')) or (select app.has_role('facilitator')) or (select app.has_role('governor')) or (select app.has_role('treasurer'))));
