-- Lessons (H5): what worked on the property side, or elsewhere, as a card that the whole network reads, offered where a care agreement of like form is made.

create table lesson (
	network_id uuid not null,
	lesson_id uuid not null,
	form text not null check (form in ('result', 'response_time', 'fixed_contact', 'joint_planning', 'sample_check', 'open_book', 'settle_conflict')),
	title text not null check (char_length(title) between 1 and 80),
	did text not null check (char_length(did) between 1 and 600),
	changed text not null check (char_length(changed) between 1 and 400),
	shows text not null check (char_length(shows) <= 200),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, lesson_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table lesson is 'What was done, what it changed and which figure shows it; of no person and no case. retention: as long as the network.';

create table lesson_end (
	network_id uuid not null,
	lesson_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, lesson_id),
	foreign key (network_id, lesson_id) references lesson,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table lesson_end is 'A lesson was put away: it is offered no more. retention: as long as the network.';

create table lesson_source (
	network_id uuid not null,
	lesson_id uuid not null,
	project_id uuid not null,
	subject_kind text not null default 'project' check (subject_kind = 'project'),
	primary key (network_id, lesson_id),
	foreign key (network_id, lesson_id) references lesson,
	foreign key (network_id, project_id, subject_kind) references subject (network_id, case_id, kind)
);
comment on table lesson_source is 'From which project a lesson came: seen by who sits there. retention: as long as the network.';

create table lesson_use (
	network_id uuid not null,
	lesson_id uuid not null,
	agreement_id uuid not null,
	case_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, agreement_id, lesson_id),
	foreign key (network_id, lesson_id) references lesson,
	foreign key (network_id, agreement_id) references agreement,
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table lesson_use is 'An agreement of a case was made after a lesson. retention: with the case.';
create index lesson_use_lesson on lesson_use (network_id, lesson_id);
create index lesson_use_case on lesson_use (network_id, case_id);

do $$
declare t text;
begin
	foreach t in array array['lesson', 'lesson_end', 'lesson_source', 'lesson_use'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
	foreach t in array array['lesson', 'lesson_end'] loop
		execute format('create policy network_reads on %I for select to loopplank_app
			using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
		execute format('create policy own_hand on %I for insert to loopplank_app
			with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
				and (select app.acts_in_network()))', t);
	end loop;
end $$;
create policy table_reads on lesson_source for select to loopplank_app
	using (network_id = (select app.network_id()) and project_id = any(array(select app.my_cases())));
create policy table_writes on lesson_source for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network()) and project_id = any(array(select app.my_cases())));
create policy table_reads on lesson_use for select to loopplank_app
	using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())));
create policy promiser_writes on lesson_use for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (select app.acts_in_network()) and case_id = any(array(select app.my_cases())));

-- In how many cases each lesson was used, and in how many of those a promise that was made after it was kept. Cases are counted, not agreements, and fewer
-- than three are not told.
create function app.figure_lessons() returns table (lesson_id uuid, cases bigint, kept bigint) language sql stable security definer set search_path = ''
	as $$
		with uses as (
			select u.lesson_id, u.case_id, bool_or(exists (
				select from public.agreement_report r
				join public.agreement_answer n on n.network_id = r.network_id and n.report_id = r.report_id and n.answer = 'confirmed'
				where r.network_id = u.network_id and r.agreement_id = u.agreement_id and r.outcome in ('kept', 'late')
			)) as kept
			from public.lesson_use u
			where u.network_id = (select app.network_id()) and (select app.acts_in_network())
			group by 1, 2
		)
		select u.lesson_id, count(*), case when count(*) filter (where u.kept) >= 3 then count(*) filter (where u.kept) end
		from uses u group by 1 having count(*) >= 3
	$$;
comment on function app.figure_lessons() is 'How often each lesson was taken over, from three cases on.';
grant execute on function app.figure_lessons() to loopplank_app;
