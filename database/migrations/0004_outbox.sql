-- What an act leaves behind beside its facts: what is to be told (outbox), and its idempotency key.

create table outbox (
	network_id uuid not null references network,
	outbox_id uuid not null,
	kind text not null check (kind ~ '^[a-z]+\.[a-z_]+$'),
	payload jsonb not null,
	at timestamptz not null,
	primary key (network_id, outbox_id)
);
comment on table outbox is 'What an act wants told, written in the act''s own transaction; the relay hands it to the queue and removes it. Ids only. retention: until handed over, seconds.';
alter table outbox enable row level security;
alter table outbox force row level security;
create policy owner_all on outbox to loopplank_owner using (true) with check (true);
create policy app_writes on outbox for insert to loopplank_app with check (network_id = (select app.network_id()));
create policy jobs_hands_over on outbox to loopplank_jobs using (network_id = (select app.network_id())) with check (network_id = (select app.network_id()));
grant insert on outbox to loopplank_app;
grant select, delete on outbox to loopplank_jobs;

create table command_key (
	network_id uuid not null references network,
	person_id uuid not null,
	key text not null check (length(key) between 1 and 100),
	act text not null,
	input_hash bytea not null,
	answer jsonb,
	at timestamptz not null,
	primary key (network_id, person_id, key)
);
comment on table command_key is 'The key a form or an API call gave, with the answer it got: the same key is done once. Answers hold ids only; the input stands as a keyed hash. retention: 30 days.';
alter table command_key enable row level security;
alter table command_key force row level security;
create policy owner_all on command_key to loopplank_owner using (true) with check (true);
create policy own_keys on command_key to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()))
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()));
create policy jobs_removes on command_key for delete to loopplank_jobs using (network_id = (select app.network_id()));
create policy jobs_reads on command_key for select to loopplank_jobs using (network_id = (select app.network_id()));
grant select, insert on command_key to loopplank_app;
grant update (answer) on command_key to loopplank_app;
grant select (network_id, person_id, key, at), delete on command_key to loopplank_jobs;
