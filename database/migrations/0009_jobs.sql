-- The queue's own schema, and the mark that tells whether the search index of a network is whole.

-- pg-boss makes, upgrades and maintains its own tables here, as the jobs role; no other role may enter. Its tables hold ids only and are an
-- exception to "row-level security on every table" and to "every key begins with the network".
create schema pgboss;
comment on schema pgboss is 'The queue of jobs (pg-boss). For the jobs role alone; in no backup: what was handed over and not yet done is not done twice after a restore.';
grant usage, create on schema pgboss to loopplank_jobs;

-- Unlogged like the index itself: a crash empties both, so the mark stands exactly when the index does.
create unlogged table search_filling (
	network_id uuid primary key,
	attempt uuid not null,
	alive_at timestamptz not null,
	filled_at timestamptz
);
comment on table search_filling is 'Whether the search index of a network is whole (filled_at), or who is filling it (attempt); unlogged, in no backup. retention: until the next crash.';
alter table search_filling enable row level security;
alter table search_filling force row level security;
create policy owner_all on search_filling to loopplank_owner using (true) with check (true);
create policy network_reads on search_filling for select to loopplank_app using (network_id = (select app.network_id()));
create policy jobs_fills on search_filling to loopplank_jobs using (network_id = (select app.network_id())) with check (network_id = (select app.network_id()));
grant select on search_filling to loopplank_app;
grant select, insert, update on search_filling to loopplank_jobs;
