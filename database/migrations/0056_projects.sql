-- Projects on the property side: maintenance and what is like it, begun with one agreement on day one; the agreement of the whole chain, its measures and
-- the orders that were looked at. All of it hangs on a subject (0050) and is seen by who sits there; numbers of a project count in no figure of others.

create table project (
	network_id uuid not null,
	project_id uuid not null,
	subject_kind text not null default 'project' check (subject_kind = 'project'),
	kind text not null check (kind in ('maintenance', 'renovation', 'care', 'other')),
	vera_subject text check (vera_subject ~ '^[A-Z]{3}$'),
	title text not null check (char_length(title) between 1 and 80),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, project_id),
	foreign key (network_id, project_id, subject_kind) references subject (network_id, case_id, kind),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table project is 'Work that organisations do together, by a title that names no person. retention: 7 years after it ended.';

create table project_end (
	network_id uuid not null,
	project_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, project_id),
	foreign key (network_id, project_id) references project,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table project_end is 'A project was closed, once, by who opened it. retention: with the project.';

create table project_party (
	network_id uuid not null,
	project_id uuid not null,
	organisation_id uuid not null,
	part text not null check (part in ('client', 'contractor', 'partner')),
	primary key (network_id, project_id, organisation_id),
	foreign key (network_id, project_id) references project,
	foreign key (network_id, organisation_id) references organisation
);
comment on table project_party is 'Which organisations began a project, and which of them gives the work. retention: with the project.';

create table chain_version (
	network_id uuid not null,
	version_id uuid not null,
	project_id uuid not null,
	number integer not null check (number > 0),
	starts_on date not null,
	ends_on date check (ends_on >= starts_on),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, version_id),
	unique (network_id, project_id, number),
	unique (network_id, version_id, project_id),
	foreign key (network_id, project_id) references project,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table chain_version is 'A version of the agreement of a whole chain; what it asks and how a conflict is settled stand sealed in the words. retention: with the project.';

create table chain_coordinator (
	network_id uuid not null,
	version_id uuid not null,
	project_id uuid not null,
	organisation_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	primary key (network_id, version_id, organisation_id),
	foreign key (network_id, version_id, project_id) references chain_version (network_id, version_id, project_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table chain_coordinator is 'Who coordinates, for each organisation that a version binds. retention: with the project.';

create table chain_answer (
	network_id uuid not null,
	version_id uuid not null,
	project_id uuid not null,
	organisation_id uuid not null,
	answer_id uuid not null,
	answer text not null check (answer in ('accepted', 'declined')),
	words_hash bytea not null,
	proof bytea not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, version_id, organisation_id),
	unique (network_id, answer_id),
	foreign key (network_id, version_id, project_id) references chain_version (network_id, version_id, project_id),
	foreign key (network_id, version_id, organisation_id) references chain_coordinator,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table chain_answer is 'An organisation accepted or declined a version, with its proof. Agreed is what each of them accepted. retention: with the project.';

create table kpi (
	network_id uuid not null,
	kpi_id uuid not null,
	version_id uuid not null,
	project_id uuid not null,
	code text not null check (code in ('time', 'cost', 'tenant_rating', 'quality', 'safety', 'own')),
	title text not null check (char_length(title) between 1 and 80),
	unit text not null check (char_length(unit) between 1 and 20),
	better text not null check (better in ('higher', 'lower', 'not_worse')),
	baseline double precision not null,
	baseline_on date not null,
	primary key (network_id, kpi_id),
	unique (network_id, kpi_id, project_id),
	foreign key (network_id, version_id, project_id) references chain_version (network_id, version_id, project_id)
);
comment on table kpi is 'What is measured, where it stood at the beginning, and which way is better. retention: with the project.';

create table kpi_step (
	network_id uuid not null,
	kpi_id uuid not null,
	project_id uuid not null,
	number integer not null check (number between 1 and 6),
	aim double precision not null,
	due_on date,
	homes integer check (homes between 1 and 10000000),
	primary key (network_id, kpi_id, number),
	foreign key (network_id, kpi_id, project_id) references kpi (network_id, kpi_id, project_id)
);
comment on table kpi_step is 'Where a measure is to be: by which day and on how many homes, or as a step without either. retention: with the project.';

create table kpi_reading (
	network_id uuid not null,
	reading_id uuid not null,
	kpi_id uuid not null,
	project_id uuid not null,
	value double precision not null,
	on_day date not null,
	origin text not null check (origin in ('typed', 'csv')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, reading_id),
	foreign key (network_id, kpi_id, project_id) references kpi (network_id, kpi_id, project_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table kpi_reading is 'How a measure stood on a day; of one day the newest counts. retention: with the project.';
create index kpi_reading_project on kpi_reading (network_id, project_id, on_day);

create table order_count (
	network_id uuid not null,
	count_id uuid not null,
	project_id uuid not null,
	until_day date not null,
	orders integer not null check (orders between 1 and 1000000),
	checked integer not null check (checked between 0 and orders),
	remarks integer not null check (remarks between 0 and checked),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, count_id),
	foreign key (network_id, project_id) references project,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table order_count is 'How many orders were done up to a day, how many of them were looked at, and of how many something was said. retention: with the project.';
create index order_count_project on order_count (network_id, project_id, until_day);

do $$
declare t text;
begin
	foreach t in array array['project_end', 'project', 'project_party', 'chain_version', 'chain_coordinator', 'chain_answer', 'kpi', 'kpi_step', 'kpi_reading', 'order_count'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy table_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and %I = any(array(select app.my_cases())))',
			t, 'project_id');
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
	foreach t in array array['chain_version', 'kpi_reading', 'order_count'] loop
		execute format('create policy table_writes on %I for insert to loopplank_app
			with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
				and (select app.acts_in_network()) and project_id = any(array(select app.my_cases())))', t);
	end loop;
	foreach t in array array['project_party', 'chain_coordinator', 'kpi', 'kpi_step'] loop
		execute format('create policy table_writes on %I for insert to loopplank_app
			with check (network_id = (select app.network_id()) and (select app.acts_in_network()) and project_id = any(array(select app.my_cases())))', t);
	end loop;
end $$;
create policy opens on project for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (select app.acts_in_network()) and project_id = any(array(select app.my_cases())));
create policy holder_closes on project_end for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and project_id = any(array(select app.my_cases()))
		and project_id = any(array(select s.case_id from case_seat s where s.person_id = (select app.person_id()) and s.holder and s.valid_until is null)));
-- Only who binds an organisation answers for it, and for none but their own.
create policy binds on chain_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and organisation_id = (select app.my_organisation()) and ((select app.has_role('governor')) or (select app.has_role('administrator')))
		and (select app.acts_in_network()) and project_id = any(array(select app.my_cases())));
create policy jobs_reads on project_end for select to loopplank_jobs using (network_id = (select app.network_id()));
grant select on project_end to loopplank_jobs;

-- Who is asked to a table sees what kind of table it is, before they say yes, and nothing else of it.
create function app.invited_subjects() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select i.case_id from public.seat_invitation i
		where i.network_id = (select app.network_id()) and i.person_id = (select app.person_id()) and (select app.acts_in_network())
			and not exists (select from public.seat_answer n where n.network_id = i.network_id and n.invitation_id = i.invitation_id)
	$$;
comment on function app.invited_subjects() is 'The tables to which the actor was asked, while they have not answered.';
grant execute on function app.invited_subjects() to loopplank_app;
create policy invited_reads on subject for select to loopplank_app
	using (network_id = (select app.network_id()) and case_id = any(array(select app.invited_subjects())));

-- What was asked to be decided in a project that is closed waits no more, as of a case and a pair.
create or replace function app.asked_versions()
	returns table (ask_id uuid, version_id uuid, agreement_id uuid, case_id uuid, number integer, due_on date, amount_cents bigint, kind text, person_id uuid, membership_id uuid, receiver_id uuid, offered_by uuid, version_at timestamptz, asked_at timestamptz, answer text, case_closed boolean)
	language sql stable security definer set search_path = ''
	as $$
		select k.ask_id, v.version_id, v.agreement_id, v.case_id, v.number, v.due_on, v.amount_cents, a.kind, a.person_id, a.membership_id, a.receiver_id, v.offered_by, v.at, k.at, n.answer,
			coalesce((select e.kind = 'closed' from public.case_event e where e.network_id = v.network_id and e.case_id = v.case_id order by e.at desc, e.event_id desc limit 1),
				exists (select from public.pair_end d where d.network_id = v.network_id and d.pair_id = v.case_id)
					or exists (select from public.project_end d where d.network_id = v.network_id and d.project_id = v.case_id))
		from public.agreement_ask k
		join public.agreement_version v on v.network_id = k.network_id and v.version_id = k.version_id
		join public.agreement a on a.network_id = v.network_id and a.agreement_id = v.agreement_id
		left join public.agreement_ask_answer n on n.network_id = k.network_id and n.ask_id = k.ask_id
		where k.network_id = (select app.network_id()) and k.decider_id = (select app.person_id()) and k.membership_id = (select app.membership_id())
	$$;
