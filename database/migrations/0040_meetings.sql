-- Meetings of an organisation or of the network: fixed seats, an agenda, seats for one item, decisions with their reason; and the case table, where each sees only its own.

create table body (
	network_id uuid not null references network,
	body_id uuid not null,
	organisation_id uuid,
	kind text not null check (kind in ('vision_team', 'meeting', 'case_table', 'learning', 'evaluation', 'governors')),
	name text not null check (length(name) between 1 and 80),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, body_id),
	check (kind <> 'case_table' or organisation_id is null),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table body is 'Who meet under one name: of one organisation, or of the network. retention: as long as the network.';
comment on column body.organisation_id is 'Whose it is; null: of the whole network.';

create table body_rule (
	network_id uuid not null,
	rule_id uuid not null,
	body_id uuid not null,
	rule text not null check (rule in ('consent', 'unanimous', 'majority', 'advice')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, rule_id),
	unique (network_id, rule_id, body_id),
	foreign key (network_id, body_id) references body,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table body_rule is 'How those who meet decide. The first comes with the body; a later one holds once another fixed seat confirmed it, and the newest that holds counts. retention: as long as the network.';
create index body_rule_body on body_rule (network_id, body_id, at);

create table body_rule_answer (
	network_id uuid not null,
	rule_id uuid not null,
	body_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, rule_id),
	foreign key (network_id, rule_id, body_id) references body_rule (network_id, rule_id, body_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table body_rule_answer is 'Another fixed seat confirmed a way to decide: from then on it holds. retention: with the rule.';

create table body_seat (
	network_id uuid not null,
	seat_id uuid not null,
	body_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	offered_by uuid not null,
	at timestamptz not null,
	primary key (network_id, seat_id),
	unique (network_id, seat_id, body_id),
	foreign key (network_id, body_id) references body,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, offered_by) references person
);
comment on table body_seat is 'A fixed seat was offered to someone: it is theirs once they accept. retention: 2 years after it ended.';
create index body_seat_body on body_seat (network_id, body_id);
create index body_seat_person on body_seat (network_id, person_id);

create table body_seat_answer (
	network_id uuid not null,
	seat_id uuid not null,
	body_id uuid not null,
	answer text not null check (answer in ('accepted', 'declined')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, seat_id),
	foreign key (network_id, seat_id, body_id) references body_seat (network_id, seat_id, body_id),
	foreign key (network_id, person_id) references person
);
comment on table body_seat_answer is 'Who was offered a fixed seat said yes or no: once. retention: with the seat.';

create table body_seat_end (
	network_id uuid not null,
	seat_id uuid not null,
	body_id uuid not null,
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, seat_id),
	foreign key (network_id, seat_id, body_id) references body_seat (network_id, seat_id, body_id),
	foreign key (network_id, person_id) references person
);
comment on table body_seat_end is 'Someone left a fixed seat: nobody else can end it. retention: with the seat.';

create table meeting (
	network_id uuid not null,
	meeting_id uuid not null,
	body_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, meeting_id),
	unique (network_id, meeting_id, body_id),
	foreign key (network_id, body_id) references body,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table meeting is 'One time that a body meets. retention: as long as the network.';
create index meeting_body on meeting (network_id, body_id);

create table meeting_event (
	network_id uuid not null,
	event_id uuid not null,
	meeting_id uuid not null,
	body_id uuid not null,
	kind text not null check (kind in ('called', 'moved', 'cancelled')),
	starts_at timestamptz not null,
	ends_at timestamptz not null check (ends_at > starts_at),
	place text not null check (length(place) <= 120),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, event_id),
	foreign key (network_id, meeting_id, body_id) references meeting (network_id, meeting_id, body_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table meeting_event is 'A meeting was called, moved or cancelled: the newest says when and where. retention: with the meeting.';
create index meeting_event_meeting on meeting_event (network_id, meeting_id, at);

create table agenda_item (
	network_id uuid not null,
	item_id uuid not null,
	meeting_id uuid not null,
	body_id uuid not null,
	title text not null check (length(title) between 1 and 120),
	text text not null check (length(text) <= 1000),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, item_id),
	unique (network_id, item_id, body_id),
	foreign key (network_id, meeting_id, body_id) references meeting (network_id, meeting_id, body_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table agenda_item is 'An item on the agenda of a meeting: it is about work and rules, never about a case. retention: with the meeting.';
create index agenda_item_meeting on agenda_item (network_id, meeting_id);

create table item_seat (
	network_id uuid not null,
	item_id uuid not null,
	body_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, item_id, person_id),
	foreign key (network_id, item_id, body_id) references agenda_item (network_id, item_id, body_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table item_seat is 'Someone without a fixed seat joined for one item. Once a person, also who works for two organisations. retention: with the meeting.';

create table item_proposal (
	network_id uuid not null,
	item_id uuid not null,
	version integer not null check (version > 0),
	body_id uuid not null,
	text text not null check (length(text) between 1 and 1000),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, item_id, version),
	foreign key (network_id, item_id, body_id) references agenda_item (network_id, item_id, body_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table item_proposal is 'What is proposed to decide on an item; a changed proposal is a new version, on which everyone says anew what they find. retention: with the meeting.';

create table item_position (
	network_id uuid not null,
	position_id uuid not null,
	item_id uuid not null,
	version integer not null,
	body_id uuid not null,
	position text not null check (position in ('consent', 'objection', 'aside')),
	reason text not null check (length(reason) <= 500),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, position_id),
	check (position <> 'objection' or reason <> ''),
	foreign key (network_id, item_id, version) references item_proposal (network_id, item_id, version),
	foreign key (network_id, item_id, body_id) references agenda_item (network_id, item_id, body_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table item_position is 'What someone who takes part finds of a proposal, the newest of a person counts; an objection says why. retention: with the meeting.';
create index item_position_item on item_position (network_id, item_id, version, at);

create table item_end (
	network_id uuid not null,
	item_id uuid not null,
	body_id uuid not null,
	version integer,
	rule text not null check (rule in ('consent', 'unanimous', 'majority', 'advice')),
	reason text not null check (length(reason) between 1 and 1000),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, item_id),
	foreign key (network_id, item_id, version) references item_proposal (network_id, item_id, version),
	foreign key (network_id, item_id, body_id) references agenda_item (network_id, item_id, body_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table item_end is 'The minutes of an item: what was decided, or that nothing was, and why. It closes the item. retention: with the meeting.';
comment on column item_end.version is 'The proposal that was decided; null: no decision.';
comment on column item_end.rule is 'How it was decided: the way that held then.';

create table case_item (
	network_id uuid not null,
	case_id uuid not null,
	item_id uuid not null,
	meeting_id uuid not null,
	body_id uuid not null,
	starts_at timestamptz not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, item_id),
	unique (network_id, item_id, case_id),
	unique (network_id, meeting_id, case_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, meeting_id, body_id) references meeting (network_id, meeting_id, body_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table case_item is 'A case that is spoken of at a case table, at a time of its own. Who sits at the case sees it, and nobody else; its words are sealed. retention: with the case.';
create index case_item_case on case_item (network_id, case_id);

create table case_item_end (
	network_id uuid not null,
	case_id uuid not null,
	item_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, item_id),
	foreign key (network_id, item_id, case_id) references case_item (network_id, item_id, case_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table case_item_end is 'What was said of a case at a case table was noted; the words are sealed. retention: with the case.';
create index case_item_end_case on case_item_end (network_id, case_id);

create function app.my_bodies() returns setof uuid language sql stable set search_path = ''
	as $$
		select b.body_id from public.body b
		where b.network_id = (select app.network_id()) and (select app.acts_in_network())
			and (b.organisation_id is null or b.organisation_id = (select app.my_organisation()))
	$$;
comment on function app.my_bodies() is 'Who meet of the network, and of the organisation of the membership acted with.';

create function app.my_fixed_bodies() returns setof uuid language sql stable set search_path = ''
	as $$
		select s.body_id from public.body_seat s
		join public.body_seat_answer a on a.network_id = s.network_id and a.seat_id = s.seat_id and a.answer = 'accepted'
		where s.network_id = (select app.network_id()) and s.person_id = (select app.person_id()) and s.membership_id = (select app.membership_id())
			and not exists (select from public.body_seat_end e where e.network_id = s.network_id and e.seat_id = s.seat_id)
	$$;
comment on function app.my_fixed_bodies() is 'The bodies in which the actor has a fixed seat, with the membership they act with.';

create function app.open_item(wanted uuid) returns boolean language sql stable set search_path = ''
	as $$
		select not exists (select from public.item_end e where e.network_id = (select app.network_id()) and e.item_id = wanted)
	$$;
comment on function app.open_item(uuid) is 'Whether an item has not been closed: after that nobody joins it, proposes or takes a position.';
grant execute on function app.my_bodies(), app.my_fixed_bodies(), app.open_item(uuid) to loopplank_app;

do $$
declare
	t text;
	mine text := 'network_id = (select app.network_id()) and person_id = (select app.person_id())';
	hand text := mine || ' and membership_id = (select app.membership_id()) and (select app.acts_in_network())';
	seen text := 'network_id = (select app.network_id()) and body_id = any(array(select app.my_bodies()))';
	fixed text := ' and body_id = any(array(select app.my_fixed_bodies()))';
	convenes text := ' and ((select app.has_role(''facilitator'')) or body_id = any(array(select app.my_fixed_bodies())))';
begin
	foreach t in array array['body', 'body_rule', 'body_rule_answer', 'body_seat', 'body_seat_answer', 'body_seat_end', 'meeting', 'meeting_event',
		'agenda_item', 'item_seat', 'item_proposal', 'item_position', 'item_end', 'case_item', 'case_item_end'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
	create policy own_reads on body for select to loopplank_app
		using (network_id = (select app.network_id()) and (select app.acts_in_network())
			and (organisation_id is null or organisation_id = (select app.my_organisation())));
	execute 'create policy makes on body for insert to loopplank_app with check (' || hand
		|| ' and (organisation_id is null or organisation_id = (select app.my_organisation())))';
	foreach t in array array['body_rule', 'body_rule_answer', 'body_seat', 'body_seat_answer', 'body_seat_end', 'meeting', 'meeting_event',
		'agenda_item', 'item_seat', 'item_proposal', 'item_position', 'item_end'] loop
		execute format('create policy body_reads on %I for select to loopplank_app using (' || seen || ')', t);
	end loop;
	foreach t in array array['meeting', 'meeting_event'] loop
		execute format('create policy convenes on %I for insert to loopplank_app with check (' || hand || ' and ' || seen || convenes || ')', t);
	end loop;
	execute 'create policy adds on agenda_item for insert to loopplank_app with check (' || hand || ' and ' || seen || ')';
	foreach t in array array['item_seat', 'item_proposal', 'item_position'] loop
		execute format('create policy takes_part on %I for insert to loopplank_app with check (' || hand || ' and ' || seen || ' and app.open_item(item_id))', t);
	end loop;
	execute 'create policy decides on item_end for insert to loopplank_app with check (' || hand || ' and ' || seen || fixed || ')';
	-- The maker says the first rule and offers the first seats; after that the fixed seats do.
	execute 'create policy proposes on body_rule for insert to loopplank_app with check (' || hand || ' and ' || seen
		|| ' and (body_id = any(array(select app.my_fixed_bodies())) or body_id = any(array(select b.body_id from body b where b.network_id = (select app.network_id()) and b.person_id = (select app.person_id())))))';
	execute 'create policy another_confirms on body_rule_answer for insert to loopplank_app with check (' || hand || ' and ' || seen || fixed
		|| ' and rule_id = any(array(select r.rule_id from body_rule r where r.network_id = (select app.network_id()) and r.person_id <> (select app.person_id()))))';
	execute 'create policy offers on body_seat for insert to loopplank_app with check (network_id = (select app.network_id()) and offered_by = (select app.person_id()) and ' || seen
		|| ' and (body_id = any(array(select app.my_fixed_bodies())) or body_id = any(array(select b.body_id from body b where b.network_id = (select app.network_id()) and b.person_id = (select app.person_id())))))';
	foreach t in array array['body_seat_answer', 'body_seat_end'] loop
		execute format('create policy own_answer on %I for insert to loopplank_app with check (' || mine || ' and ' || seen
			|| ' and seat_id = any(array(select s.seat_id from body_seat s where s.network_id = (select app.network_id()) and s.person_id = (select app.person_id()) and s.membership_id = (select app.membership_id()))))', t);
	end loop;
	foreach t in array array['case_item', 'case_item_end'] loop
		execute format('create policy table_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())))', t);
	end loop;
	execute 'create policy holder_brings on case_item for insert to loopplank_app with check (' || hand || ' and case_id = any(array(select app.my_held_cases())) and body_id = any(array(select app.my_bodies())))';
	execute 'create policy holder_notes on case_item_end for insert to loopplank_app with check (' || hand || ' and case_id = any(array(select app.my_held_cases())))';
end $$;
