-- How long a rung of the ladder has to answer is the network's own (A12): four numbers, proposed by one organisation and confirmed by another, as the
-- rule of signals is. A step keeps the term with which it was asked.

create table ladder_terms (
	network_id uuid not null references network,
	terms_id uuid not null,
	colleagues integer not null check (colleagues between 1 and 20),
	secretariat integer not null check (secretariat between 1 and 20),
	governors integer not null check (governors between 1 and 20),
	outside integer not null check (outside between 1 and 60),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, terms_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table ladder_terms is 'How many working days each rung of the ladder has to answer, as proposed. In force for what is asked from the day another confirmed it. retention: as long as the network.';

create table ladder_terms_answer (
	network_id uuid not null,
	terms_id uuid not null,
	answer text not null check (answer in ('confirmed', 'declined')),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, terms_id),
	foreign key (network_id, terms_id) references ladder_terms,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table ladder_terms_answer is 'Proposed terms of the ladder were confirmed by someone of another organisation, or declined: once. retention: with the proposal.';

do $$
declare t text;
begin
	foreach t in array array['ladder_terms', 'ladder_terms_answer'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
end $$;

create function app.ladder_terms_to_confirm() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select r.terms_id from public.ladder_terms r
		join public.membership m on m.network_id = r.network_id and m.membership_id = (select app.membership_id()) and m.person_id = (select app.person_id())
		where r.network_id = (select app.network_id()) and r.person_id <> (select app.person_id()) and r.organisation_id <> m.organisation_id
			and ((select app.has_role('administrator')) or (select app.has_role('governor')))
			and not exists (select from public.ladder_terms_answer a where a.network_id = r.network_id and a.terms_id = r.terms_id)
	$$;
comment on function app.ladder_terms_to_confirm() is 'The proposed terms of the ladder that the actor may confirm: proposed by another person of another organisation, and not answered yet.';
revoke execute on function app.ladder_terms_to_confirm() from public;
grant execute on function app.ladder_terms_to_confirm() to loopplank_app;

-- An organisation speaks by who works there: nobody writes another organisation beside their own membership.
create policy proposes on ladder_terms for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and organisation_id = (select m.organisation_id from membership m where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id()))
		and ((select app.has_role('administrator')) or (select app.has_role('governor'))));
create policy answers on ladder_terms_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and organisation_id = (select m.organisation_id from membership m where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id()))
		and (terms_id = any(array(select app.ladder_terms_to_confirm()))
			or (answer = 'declined' and terms_id = any(array(select r.terms_id from ladder_terms r where r.person_id = (select app.person_id()))))));
