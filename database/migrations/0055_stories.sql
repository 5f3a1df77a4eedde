-- A nameless story of a case that is closed (F6): written by who holds it once the resident said yes, read by someone of another organisation who sat at that
-- table, and only then in the open of the network. What was not released stays sealed under the key of the case.

create table story (
	network_id uuid not null,
	case_id uuid not null,
	story_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, story_id),
	unique (network_id, case_id, story_id),
	foreign key (network_id, case_id) references case_record (network_id, case_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table story is 'Who holds a closed case wrote a nameless story of it, after the resident said yes. Its words are sealed with those of the case. retention: with the case.';
create index story_case on story (network_id, case_id, at desc);
create index story_membership on story (network_id, membership_id, person_id);
create index story_organisation on story (network_id, organisation_id);

create table story_hand (
	network_id uuid not null,
	case_id uuid not null,
	story_id uuid not null,
	hand text not null check (hand in ('released', 'declined', 'withdrawn')),
	told_id uuid,
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, story_id, hand),
	check ((told_id is not null) = (hand = 'released')),
	foreign key (network_id, case_id, story_id) references story (network_id, case_id, story_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table story_hand is 'What became of a story: someone of another organisation at that table released or declined it, or it was taken back. retention: with the case.';
create index story_hand_case on story_hand (network_id, case_id, story_id);
create index story_hand_membership on story_hand (network_id, membership_id, person_id);
create index story_hand_organisation on story_hand (network_id, organisation_id);

create table told_story (
	network_id uuid not null references network,
	told_id uuid not null,
	quarter date not null check (extract(day from quarter) = 1 and extract(month from quarter) in (1, 4, 7, 10)),
	body text not null check (char_length(body) between 1 and 1500),
	primary key (network_id, told_id)
);
comment on table told_story is 'A story that two people of two organisations found to name nobody: its words and the quarter in which it was released, no case, no person, no day. It goes when it is taken back. retention: as long as the network.';

do $$
declare t text;
begin
	foreach t in array array['story', 'story_hand', 'told_story'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
	foreach t in array array['story', 'story_hand'] loop
		execute format('create policy table_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())))', t);
	end loop;
end $$;
create policy holder_writes on story for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network())
		and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and organisation_id = (select app.my_organisation())
		and case_id = any(array(select app.my_held_cases())));
-- Nobody releases what they wrote, nor what was written by an organisation that they work for.
create policy other_hand on story_hand for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network())
		and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and organisation_id = (select app.my_organisation())
		and case_id = any(array(select app.my_cases()))
		and (hand <> 'released' or not (story_id = any(array(
			select s.story_id from story s where s.network_id = (select app.network_id())
				and (s.person_id = (select app.person_id()) or s.organisation_id in (
					select m.organisation_id from membership m where m.network_id = (select app.network_id()) and m.person_id = (select app.person_id()))))))));
create policy network_reads on told_story for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()));
create policy releases on told_story for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network())
		and told_id = any(array(select h.told_id from story_hand h where h.network_id = (select app.network_id())
			and h.hand = 'released' and h.person_id = (select app.person_id()) and h.at = (select app.now()))));
create policy takes_back on told_story for delete to loopplank_app
	using (network_id = (select app.network_id()) and (select app.acts_in_network())
		and told_id = any(array(select h.told_id from story_hand h where h.network_id = (select app.network_id())
			and h.story_id = any(array(select w.story_id from story_hand w where w.network_id = (select app.network_id())
				and w.hand = 'withdrawn' and w.person_id = (select app.person_id()) and w.at = (select app.now()))))));
grant delete on told_story to loopplank_app;
