-- The log: lines are inserted unchained in the act's own transaction; a sealer chains what is finished (docs/decisions, ARCHITECTURE "The log").

create table log_line (
	network_id uuid not null references network,
	line_id uuid not null,
	epoch integer not null,
	xid xid8 not null default pg_current_xact_id(),
	at timestamptz not null,
	act text not null,
	result text not null check (result in ('done', 'refused', 'seen', 'refused_reading')),
	reason text,
	object_kind text not null,
	object_id uuid,
	case_id uuid,
	person_id uuid,
	membership_id uuid,
	organisation_id uuid,
	origin text not null check (origin in ('page', 'api', 'cli', 'job', 'mail', 'demo')),
	span_id text not null check (span_id ~ '^[0-9a-f]{16}$'),
	primary key (network_id, line_id)
);
comment on table log_line is 'One line for every act and every reading of a case: who, what, with which result, by which door. Ids and codes only, never text. retention: 5 years after the case closed.';
comment on column log_line.xid is 'The transaction that wrote it: the sealer seals only lines of finished transactions.';
comment on column log_line.span_id is 'Joins the line to a Logboek Dataverwerkingen line and to a trace.';
create index log_line_unsealed on log_line (network_id, epoch, xid, line_id);
create index log_line_case on log_line (network_id, case_id, at) where case_id is not null;

create table log_seal (
	network_id uuid not null references network,
	seal_number bigint not null check (seal_number > 0),
	epoch integer not null,
	upto_xid xid8 not null,
	line_count integer not null check (line_count > 0),
	hash bytea not null check (length(hash) = 32),
	sealed_at timestamptz not null,
	primary key (network_id, seal_number)
);
comment on table log_seal is 'Seal N covers all lines after seal N-1 up to (epoch, upto_xid): their count, and SHA-256 over the previous seal''s hash and the lines. retention: as long as its lines.';

alter table log_line enable row level security;
alter table log_line force row level security;
create policy owner_all on log_line to loopplank_owner using (true) with check (true);
create policy app_writes on log_line for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id is not distinct from (select app.person_id()) and xid = pg_current_xact_id()
		and epoch = (select i.epoch from app.installation i));
create policy jobs_writes on log_line for insert to loopplank_jobs
	with check (network_id = (select app.network_id()) and person_id is null and origin = 'job' and xid = pg_current_xact_id()
		and epoch = (select i.epoch from app.installation i));
create policy jobs_reads on log_line for select to loopplank_jobs using (network_id = (select app.network_id()));
grant insert, select on log_line to loopplank_app, loopplank_jobs;

alter table log_seal enable row level security;
alter table log_seal force row level security;
create policy owner_all on log_seal to loopplank_owner using (true) with check (true);
create policy network_reads on log_seal for select to loopplank_app, loopplank_jobs using (network_id = (select app.network_id()));
create policy jobs_writes on log_seal for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant select on log_seal to loopplank_app;
grant insert, select on log_seal to loopplank_jobs;

create function app.has_role(wanted text) returns boolean language sql stable security definer set search_path = ''
	as $$
		select exists (
			select from public.membership m
			where m.network_id = app.network_id() and m.membership_id = app.membership_id() and m.person_id = app.person_id()
				and wanted = any(m.roles) and m.valid_from <= app.now() and (m.valid_until is null or m.valid_until > app.now())
		)
	$$;
comment on function app.has_role(text) is 'Whether the membership acted with holds a role now.';
grant execute on function app.has_role(text) to loopplank_app;
create policy checker_reads on log_line for select to loopplank_app
	using (network_id = (select app.network_id()) and (select app.has_role('checker')));
