-- Signing in: accounts, sessions, one-time links, passkeys, personal tokens. Of the installation and not of a network, and for the identity role alone.

create schema identity;
comment on schema identity is 'Who can sign in, and how. For the identity role; the jobs role sees the outbox and nothing else.';
grant usage on schema identity to loopplank_identity, loopplank_jobs;

create table identity.account (
	account_id uuid primary key,
	email text collate "C" not null check (email = lower(email) and length(email) between 3 and 254),
	locale text not null check (locale in ('nl', 'en')),
	made_at timestamptz not null,
	ended_at timestamptz
);
comment on table identity.account is 'Someone who can sign in. Made by setting a network up or by an invitation, never by asking for a link. retention: 2 years after it ended.';
comment on column identity.account.email is 'Where links are sent, in lower case. Unique among the accounts that have not ended: an ended one never comes back to life.';
create unique index account_email on identity.account (email) where ended_at is null;

create table identity.session (
	session_id uuid primary key,
	token_hash bytea not null unique check (length(token_hash) = 32),
	account_id uuid not null references identity.account,
	network_id uuid,
	membership_id uuid,
	signed_in_by text not null check (signed_in_by in ('link', 'passkey', 'demo')),
	device text not null check (length(device) <= 60),
	made_at timestamptz not null,
	seen_at timestamptz not null,
	expires_at timestamptz not null,
	ended_at timestamptz,
	check ((network_id is null) = (membership_id is null)),
	check (expires_at > made_at)
);
comment on table identity.session is 'A browser that is signed in. Only the hash of its cookie is kept. retention: 90 days after it ended or expired.';
comment on column identity.session.membership_id is 'The membership with which this session acts, once chosen; whether it still holds is asked at every request.';
comment on column identity.session.device is 'Browser and system in a few words, to recognise it by; not the whole user agent.';
create index session_account on identity.session (account_id);

create table identity.one_time_link (
	link_id uuid primary key,
	account_id uuid not null references identity.account,
	purpose text not null check (purpose in ('sign_in')),
	token_hash bytea not null unique check (length(token_hash) = 32),
	made_at timestamptz not null,
	expires_at timestamptz not null,
	used_at timestamptz,
	check (expires_at > made_at)
);
comment on table identity.one_time_link is 'A link that works once. The secret in it is made from link_id and a key outside the database, so that no queue holds it. retention: 1 day after it expired.';
create index one_time_link_account on identity.one_time_link (account_id);

create table identity.passkey (
	credential_id bytea primary key check (length(credential_id) between 1 and 1023),
	account_id uuid not null references identity.account,
	public_key bytea not null,
	counter bigint not null check (counter >= 0),
	transports text[] not null,
	backed_up boolean not null,
	device text not null check (length(device) <= 60),
	made_at timestamptz not null,
	last_used_at timestamptz
);
comment on table identity.passkey is 'The public half of a passkey. retention: until it is removed, at most as long as the account.';
create index passkey_account on identity.passkey (account_id);

-- Unlogged: of no use after a crash, and in no backup.
create unlogged table identity.passkey_challenge (
	challenge_hash bytea primary key check (length(challenge_hash) = 32),
	purpose text not null check (purpose in ('register', 'sign_in')),
	account_id uuid references identity.account,
	expires_at timestamptz not null,
	check ((purpose = 'register') = (account_id is not null))
);
comment on table identity.passkey_challenge is 'What a browser was asked to sign; removed by the first answer. retention: 5 minutes.';

create table identity.api_token (
	token_id uuid primary key,
	token_hash bytea not null unique check (length(token_hash) = 32),
	account_id uuid not null references identity.account,
	network_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	name text not null check (length(name) between 1 and 60),
	made_at timestamptz not null,
	expires_at timestamptz not null,
	last_used_at timestamptz,
	ended_at timestamptz,
	check (expires_at > made_at and expires_at <= made_at + interval '90 days')
);
comment on table identity.api_token is 'A personal token for the API: acts as one membership. Only its hash is kept. retention: 1 year after it ended or expired.';
create index api_token_account on identity.api_token (account_id);

create unlogged table identity.rate_limit (
	bucket bytea primary key check (length(bucket) = 32),
	began_at timestamptz not null,
	tries integer not null check (tries > 0)
);
comment on table identity.rate_limit is 'How often was tried, by address or by source. The bucket is a keyed hash of which. retention: 1 day.';

create table identity.event (
	event_id uuid primary key,
	kind text not null check (kind in (
		'account.made', 'account.ended', 'link.asked', 'link.used', 'passkey.added', 'passkey.removed', 'passkey.used', 'demo.used',
		'session.ended', 'session.others_ended', 'membership.chosen', 'token.made', 'token.ended', 'alarm.raised')),
	account_id uuid,
	result text not null check (result ~ '^[a-z_]{1,40}$'),
	at timestamptz not null
);
comment on table identity.event is 'The log of signing in: what happened, to which account, with which result. No addresses, no devices. retention: 1 year.';
create index event_account on identity.event (account_id, at);
create index event_at on identity.event (at);

create table identity.outbox (
	outbox_id uuid primary key,
	kind text not null check (kind ~ '^[a-z]+\.[a-z_]+$'),
	payload jsonb not null,
	at timestamptz not null
);
comment on table identity.outbox is 'Letters about signing in; the relay hands them to the queue and removes them. Ids only. retention: until handed over, seconds.';

do $$
declare t text;
begin
	foreach t in array array['account', 'session', 'one_time_link', 'passkey', 'passkey_challenge', 'api_token', 'rate_limit', 'event', 'outbox'] loop
		execute format('alter table identity.%I enable row level security', t);
		execute format('alter table identity.%I force row level security', t);
		execute format('create policy owner_all on identity.%I to loopplank_owner using (true) with check (true)', t);
	end loop;
	foreach t in array array['account', 'session', 'one_time_link', 'passkey', 'passkey_challenge', 'api_token', 'rate_limit'] loop
		execute format('create policy identity_all on identity.%I to loopplank_identity using (true) with check (true)', t);
		execute format('grant select, insert, update, delete on identity.%I to loopplank_identity', t);
	end loop;
end $$;

-- The log only grows: what is younger than a year cannot be changed or removed by the role that writes it. By the server's own clock.
create policy identity_reads on identity.event for select to loopplank_identity using (true);
create policy identity_writes on identity.event for insert to loopplank_identity with check (true);
create policy identity_forgets on identity.event for delete to loopplank_identity using (at < now() - interval '1 year');
grant select, insert, delete on identity.event to loopplank_identity;

create policy identity_writes on identity.outbox for insert to loopplank_identity with check (true);
grant insert on identity.outbox to loopplank_identity;
create policy jobs_reads on identity.outbox for select to loopplank_jobs using (true);
create policy jobs_removes on identity.outbox for delete to loopplank_jobs using (true);
grant select, delete on identity.outbox to loopplank_jobs;

create function app.list_invented_accounts() returns table (account_id uuid) language sql stable security definer set search_path = ''
	as $$
		select p.account_id from public.person p join public.network n on n.network_id = p.network_id
		group by p.account_id having bool_and(n.invented)
	$$;
comment on function app.list_invented_accounts() is 'Accounts of people who exist in invented networks only: the demo''s "sign in as" opens no other. For the identity role alone.';
grant execute on function app.list_invented_accounts() to loopplank_identity;
