-- Agreements at the table: "ik doe". What was promised is fact; the words stand in case_words.

create table agreement (
	network_id uuid not null,
	agreement_id uuid not null,
	case_id uuid not null,
	kind text not null check (kind in ('i_do')),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	receiver_id uuid not null,
	due_on date not null,
	at timestamptz not null,
	primary key (network_id, agreement_id),
	check (receiver_id <> person_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, person_id) references person,
	foreign key (network_id, membership_id) references membership,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, receiver_id) references person
);
comment on table agreement is 'Someone at the table promises to do something for another, by a day. Binds the speaker alone. retention: with the case.';
create index agreement_case on agreement (network_id, case_id);

create table agreement_report (
	network_id uuid not null,
	report_id uuid not null,
	agreement_id uuid not null,
	case_id uuid not null,
	outcome text not null check (outcome in ('kept', 'late', 'changed', 'impossible')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, report_id),
	foreign key (network_id, agreement_id) references agreement,
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, person_id) references person
);
comment on table agreement_report is 'The promiser says how it went. retention: with the case.';
create index agreement_report_case on agreement_report (network_id, case_id);

create table agreement_answer (
	network_id uuid not null,
	report_id uuid not null,
	agreement_id uuid not null,
	case_id uuid not null,
	answer text not null check (answer in ('confirmed', 'disputed')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, report_id),
	foreign key (network_id, report_id) references agreement_report,
	foreign key (network_id, agreement_id) references agreement,
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, person_id) references person
);
comment on table agreement_answer is 'The receiver confirms or disputes a report, once. retention: with the case.';
create index agreement_answer_case on agreement_answer (network_id, case_id);

do $$
declare t text;
begin
	foreach t in array array['agreement', 'agreement_report', 'agreement_answer'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy table_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())))', t);
		execute format('create policy table_writes on %I for insert to loopplank_app with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and case_id = any(array(select app.my_cases())))', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
end $$;
