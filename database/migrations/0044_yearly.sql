-- The agreements that parties make for a year: what stands in the way, what each offers, agreed by all, looked at, and looked back on together.

create table yearly_item (
	network_id uuid not null references network,
	item_id uuid not null,
	year integer not null check (year between 2000 and 2100),
	cause_id uuid,
	title text not null check (char_length(title) between 1 and 120),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, item_id),
	foreign key (network_id, cause_id) references cause,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table yearly_item is 'What parties of the network want to agree on for a year: a cause that comes back, or something else, in a sentence about rules and never about a case. retention: as long as the network.';
create index yearly_item_year on yearly_item (network_id, year);
create index yearly_item_cause on yearly_item (network_id, cause_id);
create index yearly_item_membership on yearly_item (network_id, membership_id, person_id);

create table yearly_party (
	network_id uuid not null,
	item_id uuid not null,
	organisation_id uuid not null,
	primary key (network_id, item_id, organisation_id),
	foreign key (network_id, item_id) references yearly_item,
	foreign key (network_id, organisation_id) references organisation
);
comment on table yearly_party is 'Which organisations are asked to agree. Each speaks for itself alone. retention: as long as the network.';
create index yearly_party_organisation on yearly_party (network_id, organisation_id);

create table yearly_step (
	network_id uuid not null,
	item_id uuid not null,
	step_id uuid not null,
	kind text not null check (kind in ('offer', 'looked', 'evaluated')),
	how text check (how in ('kept', 'partly', 'not')),
	words text not null check (char_length(words) between 1 and 600),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, step_id),
	unique (network_id, item_id, step_id),
	check ((how is null) = (kind <> 'looked')),
	foreign key (network_id, item_id, organisation_id) references yearly_party,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table yearly_step is 'What a party says: what it will do, how that goes, or what was learned. The newest counts. retention: as long as the network.';
create index yearly_step_item on yearly_step (network_id, item_id, at);
create index yearly_step_party on yearly_step (network_id, item_id, organisation_id);
create index yearly_step_membership on yearly_step (network_id, membership_id, person_id);

create table yearly_answer (
	network_id uuid not null,
	item_id uuid not null,
	step_id uuid not null,
	organisation_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, step_id, organisation_id),
	foreign key (network_id, item_id, step_id) references yearly_step (network_id, item_id, step_id),
	foreign key (network_id, item_id, organisation_id) references yearly_party,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table yearly_answer is 'A party accepts what was said last, by who governs or administers it: all offers up to that step, or what was learned. Whatever is said after asks for a new yes. retention: as long as the network.';
create index yearly_answer_party on yearly_answer (network_id, item_id, organisation_id);
create index yearly_answer_membership on yearly_answer (network_id, membership_id, person_id);

do $$
declare t text;
begin
	foreach t in array array['yearly_item', 'yearly_party', 'yearly_step', 'yearly_answer'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
end $$;
create policy own_hand on yearly_item for insert to loopplank_app with check (network_id = (select app.network_id()) and (select app.acts_in_network())
	and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and organisation_id = (select app.my_organisation()));
create policy names on yearly_party for insert to loopplank_app with check (network_id = (select app.network_id()) and (select app.acts_in_network())
	and item_id = any(array(select i.item_id from yearly_item i where i.network_id = (select app.network_id())
		and i.person_id = (select app.person_id()) and i.at = (select app.now()))));
-- A party speaks for itself: nobody says or accepts anything for another.
create policy own_party on yearly_step for insert to loopplank_app with check (network_id = (select app.network_id()) and (select app.acts_in_network())
	and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and organisation_id = (select app.my_organisation()));
create policy own_party on yearly_answer for insert to loopplank_app with check (network_id = (select app.network_id()) and (select app.acts_in_network())
	and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and organisation_id = (select app.my_organisation()));
