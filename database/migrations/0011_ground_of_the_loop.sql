-- What the whole loop stands on: words of any part, acts of the product itself when a term has run out, and private links.

-- The parts are listed once, where the product reads them (WordsPart).
alter table case_words drop constraint case_words_part_check;
alter table case_words add constraint case_words_part_check check (part ~ '^[a-z_]{1,40}$');

-- A term that has run out acts in the jobs' role, and tells as every act does.
create policy jobs_writes on outbox for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant insert on outbox to loopplank_jobs;

-- The resident looks by a private link, and leaves a line too.
alter table log_line drop constraint log_line_origin_check;
alter table log_line add constraint log_line_origin_check check (origin in ('page', 'api', 'cli', 'job', 'mail', 'demo', 'resident'));

create table private_link (
	network_id uuid not null references network,
	link_id uuid not null,
	purpose text not null check (purpose ~ '^[a-z_]{1,40}$'),
	subject_id uuid not null,
	person_id uuid,
	membership_id uuid,
	token_hash bytea not null check (length(token_hash) = 32),
	made_at timestamptz not null,
	expires_at timestamptz not null,
	primary key (network_id, link_id),
	unique (network_id, token_hash),
	check ((person_id is null) = (membership_id is null)),
	check (expires_at > made_at),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table private_link is 'A link that lets one person answer one thing from the mail without signing in, or a resident see their own plan. Its secret is made from link_id and a key outside the database; only the hash stands here. retention: 1 year after it expired.';
comment on column private_link.subject_id is 'What it is about, by purpose: who was asked a question, a check that is due, a case.';
comment on column private_link.person_id is 'For whom it was made and as whom it acts; null for a resident, who acts as nobody.';
create index private_link_subject on private_link (network_id, purpose, subject_id);
create index private_link_membership on private_link (network_id, membership_id);

create table private_link_end (
	network_id uuid not null,
	link_id uuid not null,
	reason text not null check (reason in ('used', 'revoked')),
	at timestamptz not null,
	primary key (network_id, link_id),
	foreign key (network_id, link_id) references private_link
);
comment on table private_link_end is 'A private link was used up, or taken back: once. retention: with the link.';

do $$
declare t text;
begin
	foreach t in array array['private_link', 'private_link_end'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('create policy jobs_writes on %I for insert to loopplank_jobs with check (network_id = (select app.network_id()))', t);
		execute format('grant select, insert on %I to loopplank_jobs', t);
	end loop;
end $$;
-- The application makes no links that act as someone: those are made by the job that sends them. It sees and ends only one's own.
create policy own_reads on private_link for select to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()));
create policy own_reads on private_link_end for select to loopplank_app
	using (network_id = (select app.network_id()) and link_id = any(array(select l.link_id from private_link l where l.network_id = (select app.network_id()) and l.person_id = (select app.person_id()))));
create policy own_ends on private_link_end for insert to loopplank_app
	with check (network_id = (select app.network_id()) and link_id = any(array(select l.link_id from private_link l where l.network_id = (select app.network_id()) and l.person_id = (select app.person_id()))));
grant select on private_link to loopplank_app;
grant select, insert on private_link_end to loopplank_app;

create function app.find_private_link(hash bytea)
	returns table (link_id uuid, purpose text, subject_id uuid, expires_at timestamptz, ended text, person_id uuid, membership_id uuid, organisation_id uuid, roles text[], acts boolean)
	language sql stable security definer set search_path = ''
	as $$
		select l.link_id, l.purpose, l.subject_id, l.expires_at, e.reason, l.person_id, l.membership_id, m.organisation_id, m.roles,
			coalesce(m.valid_from <= app.now() and (m.valid_until is null or m.valid_until > app.now())
				and o.joined_at <= app.now() and (o.left_at is null or o.left_at > app.now()), false)
		from public.private_link l
		left join public.private_link_end e on e.network_id = l.network_id and e.link_id = l.link_id
		left join public.membership m on m.network_id = l.network_id and m.membership_id = l.membership_id
		left join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id
		where l.network_id = app.network_id() and l.token_hash = hash
	$$;
comment on function app.find_private_link(bytea) is 'The link of which one holds the secret: what it is about and as whom it acts. Whoever has no secret finds nothing.';
grant execute on function app.find_private_link(bytea) to loopplank_app;
