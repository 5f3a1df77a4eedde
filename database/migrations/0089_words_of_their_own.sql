-- A network keeps a thing of its own in the thesaurus beside those of the field, and puts a word of the field aside that means something else here. Both can be undone: every
-- step stays, the newest counts.

create table concept (
	network_id uuid not null references network,
	concept_id uuid not null,
	kind text not null check (kind in ('scheme', 'need', 'rule', 'thing')),
	name text not null check (length(name) between 2 and 60),
	says_for text not null check (length(says_for) between 3 and 200),
	broader text check (broader ~ '^[a-z][a-z0-9_]{1,59}$'),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, concept_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table concept is 'A thing that this network keeps in the thesaurus beside those of the field. Nothing of a person. retention: as long as the network.';
comment on column concept.broader is 'Of what it is a part: the code of a thing of the field, or of one of the network (own_ with its id).';

create table concept_step (
	network_id uuid not null,
	step_id uuid not null,
	concept_id uuid not null,
	retired boolean not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, step_id),
	foreign key (network_id, concept_id) references concept,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table concept_step is 'A thing of the network was put aside, or set back: nothing is found by its words while it is aside. The newest counts. retention: as long as the network.';
create index concept_step_concept on concept_step (network_id, concept_id, at);

create table field_word_step (
	network_id uuid not null references network,
	step_id uuid not null,
	concept text not null check (concept ~ '^[a-z][a-z0-9_]{1,59}$'),
	label text not null check (length(label) between 1 and 60),
	retired boolean not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, step_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table field_word_step is 'A word that the field has for a thing was put aside in this network, or set back. The newest of a word counts. retention: as long as the network.';
create index field_word_step_word on field_word_step (network_id, concept, label, at);

do $$
declare t text;
begin
	foreach t in array array['concept', 'concept_step', 'field_word_step'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select, insert on %I to loopplank_app', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
		execute format('create policy own_hand on %I for insert to loopplank_app with check (network_id = (select app.network_id()) and person_id = (select app.person_id())
			and membership_id = (select app.membership_id()) and at = (select app.now()) and (select app.acts_in_network()))', t);
	end loop;
end $$;
