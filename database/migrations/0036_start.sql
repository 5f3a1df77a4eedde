-- The whole start of a network (G1): what went before, who, the challenge, the ambition and its signs, the interest of each, relations, organisation,
-- way of working, and last the rules. It can be written at a table, where several phones follow each other.

alter table network_start drop constraint network_start_part_check;
alter table network_start add constraint network_start_part_check check (part in ('went_before', 'who', 'challenge', 'ambition', 'sign_1', 'sign_2', 'sign_3',
	'relations', 'organisation', 'process', 'rules', 'rules_early_because'));

create table start_interest (
	network_id uuid not null,
	interest_id uuid not null,
	organisation_id uuid not null,
	gains text not null check (length(gains) between 1 and 1000),
	brings text not null check (length(brings) between 1 and 1000),
	keeps text check (length(keeps) between 1 and 1000),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, interest_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, person_id) references person,
	foreign key (network_id, membership_id) references membership
);
comment on table start_interest is 'What an organisation is in the network for, what it brings, and what it must not lose, in its own words. Its newest counts. retention: as long as the network.';
create index start_interest_organisation on start_interest (network_id, organisation_id, at);

create table start_table (
	network_id uuid not null references network,
	table_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, table_id),
	foreign key (network_id, person_id) references person,
	foreign key (network_id, membership_id) references membership
);
comment on table start_table is 'One sitting at which the start of the network is spoken of: phones follow each other. retention: 2 years.';

create table start_move (
	network_id uuid not null,
	move_id uuid not null,
	table_id uuid not null,
	part text check (part in ('went_before', 'who', 'challenge', 'ambition', 'sign_1', 'sign_2', 'sign_3', 'interests', 'relations', 'organisation', 'process', 'rules')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, move_id),
	foreign key (network_id, table_id) references start_table,
	foreign key (network_id, person_id) references person,
	foreign key (network_id, membership_id) references membership
);
comment on table start_move is 'A start table goes to a part, or, without a part, is closed. The newest counts. retention: 2 years.';
create index start_move_table on start_move (network_id, table_id, at);

create table start_note (
	network_id uuid not null,
	note_id uuid not null,
	table_id uuid not null,
	part text not null check (part in ('went_before', 'who', 'challenge', 'ambition', 'sign_1', 'sign_2', 'sign_3', 'interests', 'relations', 'organisation', 'process', 'rules')),
	text text not null check (length(text) between 1 and 1000),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, note_id),
	foreign key (network_id, table_id) references start_table,
	foreign key (network_id, person_id) references person,
	foreign key (network_id, membership_id) references membership
);
comment on table start_note is 'What someone said at a start table about a part, for all who sit there, with their name. retention: 2 years.';
create index start_note_table on start_note (network_id, table_id, at);

do $$
declare t text;
begin
	foreach t in array array['start_interest', 'start_table', 'start_move', 'start_note'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select, insert on %I to loopplank_app', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
	end loop;
	foreach t in array array['start_table', 'start_move', 'start_note'] loop
		execute format('create policy partners_write on %I for insert to loopplank_app
			with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
				and ((select app.has_role(''professional'')) or (select app.has_role(''facilitator'')) or (select app.has_role(''governor''))))', t);
	end loop;
end $$;
create policy organisation_states on start_interest for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and organisation_id = (select app.my_organisation())
		and ((select app.has_role('professional')) or (select app.has_role('facilitator')) or (select app.has_role('governor')) or (select app.has_role('administrator'))));
