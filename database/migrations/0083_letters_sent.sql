-- A law that leaves no local room: the letter to who can change it was sent, and what came back (F7, S11).

create table cause_letter (
	network_id uuid not null references network,
	letter_id uuid not null,
	cause_id uuid not null,
	addressee text not null check (addressee in ('ministry', 'municipalities', 'housing_associations', 'tenants', 'other')),
	sent_on date not null,
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, letter_id),
	foreign key (network_id, cause_id) references cause,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table cause_letter is 'Someone sent the letter about a law that leaves no local room: to which kind of addressee, and on which day. The letter itself is not kept. retention: as long as the network.';
create index cause_letter_cause on cause_letter (network_id, cause_id, sent_on desc);
create index cause_letter_membership on cause_letter (network_id, membership_id, person_id);

create table cause_letter_answer (
	network_id uuid not null,
	letter_id uuid not null,
	answer_id uuid not null,
	answer text not null check (answer in ('yes', 'no', 'other', 'not_sent')),
	answered_on date not null,
	words text not null check (char_length(words) between 1 and 600),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, letter_id, answer_id),
	foreign key (network_id, letter_id) references cause_letter,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table cause_letter_answer is 'What came back on a letter, as who received it wrote it down, or that it was not sent after all. The newest counts. retention: as long as the network.';
create index cause_letter_answer_membership on cause_letter_answer (network_id, membership_id, person_id);

do $$
declare t text;
begin
	foreach t in array array['cause_letter', 'cause_letter_answer'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
		execute format('create policy own_hand on %I for insert to loopplank_app with check (network_id = (select app.network_id()) and (select app.acts_in_network())
			and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and organisation_id = (select app.my_organisation()))', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
end $$;
