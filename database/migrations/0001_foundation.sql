-- What every later table stands on: schemas, the context that an actor's transaction sets, and the three tables that belong to the installation and not to a network.

create extension if not exists pg_trgm with schema public;

create schema if not exists app;
comment on schema app is 'Functions that policies and readings stand on, and the few tables of the installation itself.';

alter default privileges for role loopplank_owner revoke execute on functions from public;
revoke all on schema public from public;
grant usage on schema public, app to loopplank_app, loopplank_jobs;
grant usage on schema app to loopplank_identity;

-- The context. After COMMIT a local setting reads '', not NULL, hence nullif.
create function app.network_id() returns uuid language sql stable parallel safe
	as $$ select nullif(current_setting('app.network_id', true), '')::uuid $$;
comment on function app.network_id() is 'The network of the actor for whom this transaction was opened, or null.';
create function app.person_id() returns uuid language sql stable parallel safe
	as $$ select nullif(current_setting('app.person_id', true), '')::uuid $$;
comment on function app.person_id() is 'The person for whom this transaction was opened, or null.';
create function app.membership_id() returns uuid language sql stable parallel safe
	as $$ select nullif(current_setting('app.membership_id', true), '')::uuid $$;
comment on function app.membership_id() is 'The membership with which the person acts, or null.';
create function app.now() returns timestamptz language sql stable parallel safe
	as $$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;
comment on function app.now() is 'The moment of this transaction by the product''s clock, so that a fake clock rules the policies too.';
grant execute on function app.network_id(), app.person_id(), app.membership_id(), app.now() to loopplank_app, loopplank_jobs, loopplank_identity;

create table app.installation (
	single boolean primary key default true check (single),
	epoch integer not null check (epoch > 0),
	made_at timestamptz not null default now()
);
comment on table app.installation is 'One row: the epoch of the log. A restore begins the next epoch, because transaction numbers start anew. retention: as long as the installation.';
insert into app.installation (epoch) values (1);
alter table app.installation enable row level security;
alter table app.installation force row level security;
create policy owner_all on app.installation to loopplank_owner using (true) with check (true);
create policy app_reads on app.installation for select to loopplank_app, loopplank_jobs using (true);
grant select on app.installation to loopplank_app, loopplank_jobs;

create table app.network_directory (
	slug text primary key check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) <= 40),
	network_id uuid not null unique
);
comment on table app.network_directory is 'From the word in an address to a network. The only place where networks stand beside each other. retention: as long as the network.';
alter table app.network_directory enable row level security;
alter table app.network_directory force row level security;
create policy owner_all on app.network_directory to loopplank_owner using (true) with check (true);
create policy anyone_reads on app.network_directory for select to loopplank_app, loopplank_jobs, loopplank_identity using (true);
grant select on app.network_directory to loopplank_app, loopplank_jobs, loopplank_identity;
