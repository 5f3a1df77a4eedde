-- The network, its organisations, its people. One account may be a person in several networks; an organisation in two networks is two rows.

create table network (
	network_id uuid primary key,
	name text not null,
	pot_name text not null,
	invented boolean not null default false,
	made_at timestamptz not null
);
comment on table network is 'A local network of organisations. retention: as long as the network.';
comment on column network.pot_name is 'What this network calls its shared fund on screen, e.g. "de pot".';
comment on column network.invented is 'True for the demo network: its organisations and people are invented, and the pages say so.';

create table organisation (
	network_id uuid not null references network,
	organisation_id uuid not null,
	name text not null,
	name_sort text collate "C" not null,
	kind text not null check (kind in ('housing_association', 'municipality', 'care', 'welfare', 'debt_help', 'tenants', 'builder', 'other')),
	joined_at timestamptz not null,
	left_at timestamptz,
	primary key (network_id, organisation_id)
);
comment on table organisation is 'A member organisation of one network. retention: as long as the network.';

create table person (
	network_id uuid not null references network,
	person_id uuid not null,
	account_id uuid not null,
	display_name text not null,
	name_sort text collate "C" not null,
	made_at timestamptz not null,
	primary key (network_id, person_id),
	unique (network_id, account_id)
);
comment on table person is 'A professional in one network. account_id points into schema identity without a foreign key. retention: 2 years after the last membership ended.';
create index person_account on person (account_id);

create table membership (
	network_id uuid not null,
	membership_id uuid not null,
	person_id uuid not null,
	organisation_id uuid not null,
	function_title text not null,
	roles text[] not null check (roles <@ array['professional', 'facilitator', 'secretariat', 'treasurer', 'governor', 'oversight', 'checker', 'administrator']),
	valid_from timestamptz not null,
	valid_until timestamptz,
	primary key (network_id, membership_id),
	foreign key (network_id, person_id) references person,
	foreign key (network_id, organisation_id) references organisation
);
comment on table membership is 'A person works for an organisation of the network, from-until, with roles. retention: 2 years after it ended.';
create index membership_person on membership (network_id, person_id);
create index membership_organisation on membership (network_id, organisation_id);

do $$
declare t text;
begin
	foreach t in array array['network', 'organisation', 'person', 'membership'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy network_reads on %I for select to loopplank_app, loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_app, loopplank_jobs', t);
	end loop;
end $$;

create function app.list_account_memberships(account uuid, at timestamptz)
	returns table (network_id uuid, slug text, network_name text, person_id uuid, display_name text, membership_id uuid, organisation_id uuid, organisation_name text, function_title text, roles text[])
	language sql stable security definer set search_path = ''
	as $$
		select m.network_id, d.slug, n.name, p.person_id, p.display_name, m.membership_id, m.organisation_id, o.name, m.function_title, m.roles
		from public.person p
		join public.membership m on m.network_id = p.network_id and m.person_id = p.person_id
		join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id
		join public.network n on n.network_id = m.network_id
		join app.network_directory d on d.network_id = m.network_id
		where p.account_id = account and m.valid_from <= at and (m.valid_until is null or m.valid_until > at)
			and o.joined_at <= at and (o.left_at is null or o.left_at > at)
		order by n.name, o.name_sort, m.membership_id
	$$;
comment on function app.list_account_memberships(uuid, timestamptz) is 'What someone who signed in may act as at a moment, over all networks. For the identity role alone.';
grant execute on function app.list_account_memberships(uuid, timestamptz) to loopplank_identity;
