-- A colleague joins an organisation of the network: proposed by one who keeps access, confirmed by another (D5). Nobody comes in by one pair of eyes.

create table membership_proposal (
	network_id uuid not null,
	proposal_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	name text not null check (length(name) between 1 and 120),
	function_title text not null check (length(function_title) between 1 and 120),
	roles text[] not null check (cardinality(roles) > 0
		and roles <@ array['professional', 'facilitator', 'secretariat', 'treasurer', 'governor', 'oversight', 'checker', 'administrator']),
	proposed_by uuid not null,
	at timestamptz not null,
	primary key (network_id, proposal_id),
	unique (network_id, membership_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, proposed_by) references person
);
comment on table membership_proposal is 'Someone who keeps access proposed that a colleague joins an organisation, with a function and roles. It begins when another confirms. retention: 2 years.';
comment on column membership_proposal.membership_id is 'The id that the membership gets when it begins: done twice, it begins once.';
create index membership_proposal_organisation on membership_proposal (network_id, organisation_id);

create table membership_proposal_address (
	network_id uuid not null,
	proposal_id uuid not null,
	email text collate "C" not null check (email = lower(email) and length(email) between 3 and 254),
	locale text not null check (locale in ('nl', 'en')),
	primary key (network_id, proposal_id),
	foreign key (network_id, proposal_id) references membership_proposal
);
comment on table membership_proposal_address is 'Where the letter to the new colleague goes, until the membership has begun or the proposal was taken back; then only the account knows it. retention: until the proposal is answered.';

create table membership_proposal_answer (
	network_id uuid not null,
	proposal_id uuid not null,
	answer text not null check (answer in ('confirmed', 'withdrawn')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, proposal_id),
	foreign key (network_id, proposal_id) references membership_proposal,
	foreign key (network_id, person_id) references person
);
comment on table membership_proposal_answer is 'A proposed membership was confirmed by a second person, or taken back by who proposed it: once. retention: with the proposal.';

do $$
declare t text;
begin
	foreach t in array array['membership_proposal', 'membership_proposal_address', 'membership_proposal_answer'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select, insert on %I to loopplank_app', t);
		execute format('create policy keepers_read on %I for select to loopplank_app using (network_id = (select app.network_id())
			and ((select app.has_role(''administrator'')) or (select app.has_role(''facilitator''))))', t);
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_jobs', t);
	end loop;
end $$;

create policy keeper_proposes on membership_proposal for insert to loopplank_app
	with check (network_id = (select app.network_id()) and proposed_by = (select app.person_id()) and (
		(select app.has_role('facilitator'))
		or ((select app.has_role('administrator')) and organisation_id = (
			select o.organisation_id from membership o where o.network_id = (select app.network_id()) and o.membership_id = (select app.membership_id())))));
create policy proposer_addresses on membership_proposal_address for insert to loopplank_app
	with check (network_id = (select app.network_id()) and proposal_id = any(array(
		select p.proposal_id from membership_proposal p where p.network_id = (select app.network_id()) and p.proposed_by = (select app.person_id()))));
create policy jobs_forget on membership_proposal_address for delete to loopplank_jobs
	using (network_id = (select app.network_id()) and proposal_id = any(array(
		select a.proposal_id from membership_proposal_answer a where a.network_id = (select app.network_id()))));
grant delete on membership_proposal_address to loopplank_jobs;

-- Four eyes: by a key of one answer, and by who proposed not confirming.
create policy another_confirms on membership_proposal_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id())
		and ((select app.has_role('administrator')) or (select app.has_role('facilitator')))
		and case when answer = 'withdrawn'
			then proposal_id = any(array(select p.proposal_id from membership_proposal p where p.network_id = (select app.network_id()) and p.proposed_by = (select app.person_id())))
			else proposal_id = any(array(select p.proposal_id from membership_proposal p where p.network_id = (select app.network_id()) and p.proposed_by <> (select app.person_id())))
		end);

create function app.own_address() returns text language sql stable security definer set search_path = ''
	as $$
		select a.email from public.person p join identity.account a on a.account_id = p.account_id
		where p.network_id = app.network_id() and p.person_id = app.person_id() and app.acts_in_network()
	$$;
comment on function app.own_address() is 'The address of who acts, and of nobody else: nobody proposes or confirms their own membership.';
grant execute on function app.own_address() to loopplank_app;

create function app.begin_membership(wanted uuid, account uuid, new_person uuid, sort text) returns uuid language plpgsql volatile security definer set search_path = ''
	as $$
declare
	proposed public.membership_proposal;
	who uuid;
begin
	select p.* into proposed from public.membership_proposal p
	join public.membership_proposal_answer a on a.network_id = p.network_id and a.proposal_id = p.proposal_id
	where p.network_id = app.network_id() and p.proposal_id = wanted and a.answer = 'confirmed' and a.person_id <> p.proposed_by;
	if not found then return null; end if;
	insert into public.person (network_id, person_id, account_id, display_name, name_sort, made_at)
		values (proposed.network_id, new_person, account, proposed.name, sort, app.now()) on conflict (network_id, account_id) do nothing;
	select p.person_id into who from public.person p where p.network_id = proposed.network_id and p.account_id = account;
	insert into public.membership (network_id, membership_id, person_id, organisation_id, function_title, roles, valid_from)
		values (proposed.network_id, proposed.membership_id, who, proposed.organisation_id, proposed.function_title, proposed.roles, app.now())
		on conflict (network_id, membership_id) do nothing;
	if not found then return null; end if;
	return who;
end $$;
comment on function app.begin_membership(uuid, uuid, uuid, text) is 'Begins the membership that one proposed and another confirmed, once: the person of an account is found or made. Null: nothing is confirmed, or it has begun.';
grant execute on function app.begin_membership(uuid, uuid, uuid, text) to loopplank_jobs;
