-- The case: facts without text, words as ciphertext, and who sits at its table. What different people may see never shares a row.

create table case_record (
	network_id uuid not null references network,
	case_id uuid not null,
	pseudonym text not null,
	resident_knows boolean not null,
	opened_at timestamptz not null,
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	primary key (network_id, case_id),
	unique (network_id, pseudonym),
	foreign key (network_id, person_id) references person,
	foreign key (network_id, membership_id) references membership,
	foreign key (network_id, organisation_id) references organisation
);
comment on table case_record is 'A case as it was brought in, without name. retention: 2 years after closing; facts without words may stay for the figures.';

create table case_seat (
	network_id uuid not null,
	case_id uuid not null,
	seat_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	holder boolean not null,
	given_by uuid not null,
	valid_from timestamptz not null,
	valid_until timestamptz check (valid_until >= valid_from),
	primary key (network_id, case_id, seat_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, person_id) references person,
	foreign key (network_id, membership_id) references membership,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, given_by) references person
);
comment on table case_seat is 'Who sits at the table of a case, from-until. Sitting there is what lets one see it. retention: with the case.';
create index case_seat_person on case_seat (network_id, person_id, case_id);
create unique index case_seat_one_each on case_seat (network_id, case_id, person_id) where valid_until is null;
create unique index case_seat_one_holder on case_seat (network_id, case_id) where holder and valid_until is null;

create table case_event (
	network_id uuid not null,
	case_id uuid not null,
	event_id uuid not null,
	kind text not null check (kind in ('opened', 'closed', 'reopened')),
	outcome text check (outcome in ('helped_without_money', 'helped', 'referred', 'withdrawn', 'lost_from_sight')),
	at timestamptz not null,
	person_id uuid not null,
	membership_id uuid not null,
	primary key (network_id, case_id, event_id),
	check ((kind = 'closed') = (outcome is not null)),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, person_id) references person,
	foreign key (network_id, membership_id) references membership
);
comment on table case_event is 'The facts from which the state of a case is folded. retention: with the case.';

create table seat_invitation (
	network_id uuid not null,
	invitation_id uuid not null,
	case_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	invited_by uuid not null,
	at timestamptz not null,
	primary key (network_id, invitation_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, person_id) references person,
	foreign key (network_id, membership_id) references membership,
	foreign key (network_id, invited_by) references person
);
comment on table seat_invitation is 'The holder asks someone to the table. It shows the invited person nothing of the case. retention: with the case.';
create index seat_invitation_case on seat_invitation (network_id, case_id);
create index seat_invitation_person on seat_invitation (network_id, person_id);

create table seat_answer (
	network_id uuid not null,
	invitation_id uuid not null,
	case_id uuid not null,
	answer text not null check (answer in ('accepted', 'declined', 'withdrawn')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, invitation_id),
	foreign key (network_id, invitation_id) references seat_invitation,
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, person_id) references person
);
comment on table seat_answer is 'An invitation was accepted or declined by the invited, or withdrawn by the holder: once. retention: with the case.';
create index seat_answer_case on seat_answer (network_id, case_id);

create table case_words (
	network_id uuid not null,
	case_id uuid not null,
	words_id uuid not null,
	about_id uuid not null,
	part text not null check (part in ('stuck', 'goal', 'first_need', 'own_organisation', 'not_yet_because', 'looming', 'invitation', 'agreement', 'proof', 'report', 'cause')),
	ciphertext bytea not null,
	at timestamptz not null,
	person_id uuid not null,
	primary key (network_id, words_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, person_id) references person
);
comment on table case_words is 'Every word someone wrote in a case, sealed under the key of that case; the newest of a part counts. Destroying the key destroys the words. retention: with the key of the case.';
create index case_words_case on case_words (network_id, case_id, about_id, part, at);
create index case_words_about on case_words (network_id, about_id);

create function app.my_cases() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select s.case_id from public.case_seat s
		where s.network_id = app.network_id() and s.person_id = app.person_id()
			and s.valid_from <= app.now() and (s.valid_until is null or s.valid_until > app.now())
	$$;
comment on function app.my_cases() is 'The cases at whose table the actor sits now.';
create function app.my_invitations() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select i.invitation_id from public.seat_invitation i
		where i.network_id = app.network_id() and i.person_id = app.person_id()
	$$;
comment on function app.my_invitations() is 'The invitations that were made to the actor.';
create function app.may_sit(wanted_case uuid, wanted_membership uuid, as_holder boolean) returns boolean language sql stable security definer set search_path = ''
	as $$
		select case when as_holder then
			exists (select from public.case_record c where c.network_id = app.network_id() and c.case_id = wanted_case and c.person_id = app.person_id() and c.membership_id = wanted_membership)
			and not exists (select from public.case_seat s where s.network_id = app.network_id() and s.case_id = wanted_case)
		else
			exists (
				select from public.seat_invitation i
				join public.seat_answer a on a.network_id = i.network_id and a.invitation_id = i.invitation_id
				where i.network_id = app.network_id() and i.case_id = wanted_case and i.person_id = app.person_id()
					and i.membership_id = wanted_membership and a.answer = 'accepted'
			)
		end
	$$;
comment on function app.may_sit(uuid, uuid, boolean) is 'A seat is taken only by who opened the case, or by who accepted an invitation.';
create function app.pseudonym_taken(wanted text) returns boolean language sql stable security definer set search_path = ''
	as $$ select exists (select from public.case_record c where c.network_id = app.network_id() and c.pseudonym = wanted) $$;
comment on function app.pseudonym_taken(text) is 'Whether a case in the network has this pseudonym; says nothing of which.';
grant execute on function app.my_cases(), app.my_invitations(), app.may_sit(uuid, uuid, boolean), app.pseudonym_taken(text) to loopplank_app;

do $$
declare t text;
begin
	foreach t in array array['case_record', 'case_seat', 'case_event', 'seat_invitation', 'seat_answer', 'case_words'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
	foreach t in array array['case_record', 'case_seat', 'case_event', 'seat_invitation', 'seat_answer', 'case_words'] loop
		execute format('create policy table_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())))', t);
	end loop;
end $$;

create policy invited_reads on seat_invitation for select to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()));
create policy invited_reads on seat_answer for select to loopplank_app
	using (network_id = (select app.network_id()) and invitation_id = any(array(select app.my_invitations())));
create policy invited_reads on case_words for select to loopplank_app
	using (network_id = (select app.network_id()) and part = 'invitation' and about_id = any(array(select app.my_invitations())));

create policy opens on case_record for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id()));
create policy sits on case_seat for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and app.may_sit(case_id, membership_id, holder));
create policy leaves on case_seat for update to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()))
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()));
grant update (valid_until) on case_seat to loopplank_app;
create policy table_writes on case_event for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and case_id = any(array(select app.my_cases())));
create policy holder_invites on seat_invitation for insert to loopplank_app
	with check (network_id = (select app.network_id()) and invited_by = (select app.person_id()) and case_id = any(array(select app.my_cases())));
create policy answers on seat_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id())
		and case when answer = 'withdrawn' then case_id = any(array(select app.my_cases())) else invitation_id = any(array(select app.my_invitations())) end);
create policy table_writes on case_words for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and case_id = any(array(select app.my_cases())));

create policy table_reads on log_line for select to loopplank_app
	using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())));

-- The words index is unlogged: it is in no backup, empty after a crash, and filled again from the words.
create unlogged table search_document (
	network_id uuid not null,
	case_id uuid not null,
	words_id uuid not null,
	terms tsvector not null,
	folded text not null,
	primary key (network_id, case_id, words_id)
);
comment on table search_document is 'The search index over the words of cases, in plain; unlogged, in no backup, rebuilt after a crash or a restore. retention: with the key of the case.';
create index search_document_terms on search_document using gin (terms);
create index search_document_folded on search_document using gin (folded gin_trgm_ops);
alter table search_document enable row level security;
alter table search_document force row level security;
create policy owner_all on search_document to loopplank_owner using (true) with check (true);
create policy table_reads on search_document for select to loopplank_app
	using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())));
create policy table_writes on search_document for insert to loopplank_app
	with check (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())));
create policy jobs_fills on search_document to loopplank_jobs using (network_id = (select app.network_id())) with check (network_id = (select app.network_id()));
grant select, insert on search_document to loopplank_app;
grant select, insert, delete on search_document to loopplank_jobs;
create policy jobs_reads on case_words for select to loopplank_jobs using (network_id = (select app.network_id()));
grant select on case_words to loopplank_jobs;
