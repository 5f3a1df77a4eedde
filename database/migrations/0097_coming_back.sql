-- An organisation that left comes back: proposed by one and confirmed by another. It begins anew beside what it was: what it had agreed stays left, what it
-- owes stays owed, and its people are invited again. So it gets a row of its own, and nothing of before comes to life.

create table organisation_return (
	network_id uuid not null references network,
	return_id uuid not null,
	organisation_id uuid not null,
	again_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, return_id),
	unique (network_id, again_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table organisation_return is 'Someone proposes that an organisation that left comes back. Not confirmed within 30 days it has lapsed. retention: as long as the network.';
comment on column organisation_return.again_id is 'The id that it has from then on: done twice, it comes back once.';
create index organisation_return_organisation on organisation_return (network_id, organisation_id);
create index organisation_return_membership on organisation_return (network_id, membership_id, person_id);

create table organisation_return_answer (
	network_id uuid not null,
	return_id uuid not null,
	answer text not null check (answer in ('confirmed', 'withdrawn')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, return_id),
	foreign key (network_id, return_id) references organisation_return,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table organisation_return_answer is 'Another who binds an organisation confirmed that one comes back, or who proposed it took it back: once. retention: with the proposal.';
create index organisation_return_answer_membership on organisation_return_answer (network_id, membership_id, person_id);

do $$
declare t text;
begin
	foreach t in array array['organisation_return', 'organisation_return_answer'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
end $$;

create policy own_hand on organisation_return for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and ((select app.has_role('governor')) or (select app.has_role('administrator')) or (select app.has_role('facilitator')))
		and organisation_id = any(array(select o.organisation_id from organisation o where o.network_id = (select app.network_id()) and o.left_at <= (select app.now()))));
-- Another confirms, who binds an organisation; who proposed it takes it back.
create policy own_hand on organisation_return_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and case when answer = 'withdrawn'
			then return_id = any(array(select r.return_id from organisation_return r where r.network_id = (select app.network_id()) and r.person_id = (select app.person_id())))
			else ((select app.has_role('governor')) or (select app.has_role('administrator')))
				and return_id = any(array(select r.return_id from organisation_return r where r.network_id = (select app.network_id()) and r.person_id <> (select app.person_id())))
		end);

create function app.return_organisation(wanted uuid) returns uuid language plpgsql volatile security definer set search_path = ''
	as $$
declare
	back public.organisation_return;
begin
	perform pg_advisory_xact_lock(hashtextextended(app.network_id()::text || '/organisations', 0));
	select r.* into back from public.organisation_return r
	join public.organisation_return_answer a on a.network_id = r.network_id and a.return_id = r.return_id and a.answer = 'confirmed' and a.person_id <> r.person_id
	where r.network_id = app.network_id() and r.return_id = wanted;
	if not found then return null; end if;
	if exists (select from public.organisation_return r
		join public.organisation o on o.network_id = r.network_id and o.organisation_id = r.again_id
		where r.network_id = back.network_id and r.organisation_id = back.organisation_id) then return null; end if;
	insert into public.organisation (network_id, organisation_id, name, name_sort, kind, joined_at)
		select o.network_id, back.again_id, o.name, o.name_sort, o.kind, app.now() from public.organisation o
		where o.network_id = back.network_id and o.organisation_id = back.organisation_id and o.left_at <= app.now();
	if not found then return null; end if;
	return back.again_id;
end $$;
comment on function app.return_organisation(uuid) is 'An organisation that left begins anew, under its name and with nobody in it yet, when another confirmed it. Once for an organisation that left.';
revoke execute on function app.return_organisation(uuid) from public;
grant execute on function app.return_organisation(uuid) to loopplank_app;
