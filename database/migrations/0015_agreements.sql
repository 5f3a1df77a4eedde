-- Agreements of three kinds, the room to agree, personal mandates, and each acceptance as something that can be proved later.

-- What an organisation says that its people may not agree, in one sentence. The newest counts.
create table room_statement (
	network_id uuid not null,
	statement_id uuid not null,
	organisation_id uuid not null,
	sentence text not null check (length(sentence) between 1 and 1000),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, statement_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table room_statement is 'What the people of an organisation may not agree by themselves, in one sentence ("alles, behalve ..."), each time it was stated; the newest counts. Of no resident. retention: as long as the network.';
create index room_statement_organisation on room_statement (network_id, organisation_id, at);

-- What one person may promise in money, or which formal decisions they take. A change is a new version.
create table mandate (
	network_id uuid not null,
	mandate_id uuid not null,
	membership_id uuid not null,
	person_id uuid not null,
	organisation_id uuid not null,
	kind text not null check (kind in ('money', 'formal_decision')),
	case_cents bigint check (case_cents between 1 and 10000000000),
	period_cents bigint check (period_cents between 1 and 10000000000),
	period_months integer not null default 12 check (period_months between 1 and 60),
	valid_from date not null,
	valid_until date not null,
	given_by uuid not null,
	needs_second boolean not null,
	at timestamptz not null,
	primary key (network_id, mandate_id),
	check (valid_until >= valid_from),
	check ((kind = 'money') = (case_cents is not null and period_cents is not null)),
	check (given_by <> person_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, given_by) references person,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table mandate is 'A version of what one person may do for their organisation: money, at most so much a case and a period, or formal decisions; from-until, both days included. It works once its hands are there. retention: 7 years after it ended.';
comment on column mandate.needs_second is 'Whether someone else of the organisation who could confirm it stood in the network when it was proposed.';
create index mandate_organisation on mandate (network_id, organisation_id);
create index mandate_membership on mandate (network_id, membership_id, kind);

-- One person, one hand: the primary key without the hand (Designs 11).
create table mandate_hand (
	network_id uuid not null,
	mandate_id uuid not null,
	person_id uuid not null,
	hand text not null check (hand in ('proposed', 'accepted', 'confirmed', 'declined')),
	at timestamptz not null,
	primary key (network_id, mandate_id, person_id),
	foreign key (network_id, mandate_id) references mandate,
	foreign key (network_id, person_id) references person
);
comment on table mandate_hand is 'Who proposed a mandate, who accepted or declined it for themselves, who confirmed it: three different people. retention: with the mandate.';
create unique index mandate_hand_once on mandate_hand (network_id, mandate_id, hand);

create table mandate_end (
	network_id uuid not null,
	mandate_id uuid not null,
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, mandate_id),
	foreign key (network_id, mandate_id) references mandate,
	foreign key (network_id, person_id) references person
);
comment on table mandate_end is 'A mandate was ended before its last day. retention: with the mandate.';

alter table agreement drop constraint agreement_kind_check;
alter table agreement add constraint agreement_kind_check check (kind in ('i_do', 'on_behalf', 'decision_follows'));
comment on table agreement is 'Someone at the table promises something to another: "ik doe" binds the speaker, "toezegging namens" the speaker''s organisation, "besluit volgt" only announces. due_on is the day of the first version. retention: with the case.';
alter table agreement_report drop constraint agreement_report_outcome_check;
alter table agreement_report add constraint agreement_report_outcome_check check (outcome in ('kept', 'late', 'changed', 'impossible', 'taken', 'otherwise'));

create table agreement_version (
	network_id uuid not null,
	version_id uuid not null,
	agreement_id uuid not null,
	case_id uuid not null,
	number integer not null check (number > 0),
	due_on date not null,
	amount_cents bigint check (amount_cents between 1 and 10000000000),
	offered_by uuid not null,
	at timestamptz not null,
	primary key (network_id, version_id),
	unique (network_id, agreement_id, number),
	unique (network_id, version_id, agreement_id, case_id),
	check ((number = 1) = (version_id = agreement_id)),
	foreign key (network_id, agreement_id, case_id) references agreement (network_id, agreement_id, case_id),
	foreign key (network_id, offered_by) references person
);
comment on table agreement_version is 'What an agreement says: each change is a new version, offered by one party. Its words stand in case_words under version_id; the first version bears the id of the agreement. retention: with the case.';
create index agreement_version_case on agreement_version (network_id, case_id);
insert into agreement_version (network_id, version_id, agreement_id, case_id, number, due_on, offered_by, at)
	select network_id, agreement_id, agreement_id, case_id, 1, due_on, person_id, at from agreement;

create table agreement_acceptance (
	network_id uuid not null,
	acceptance_id uuid not null,
	version_id uuid not null,
	agreement_id uuid not null,
	case_id uuid not null,
	answer text not null check (answer in ('accepted', 'declined')),
	person_id uuid not null,
	membership_id uuid not null,
	words_hash bytea not null check (length(words_hash) = 32),
	proof bytea not null check (length(proof) = 32),
	at timestamptz not null,
	primary key (network_id, acceptance_id),
	unique (network_id, version_id, person_id),
	foreign key (network_id, version_id, agreement_id, case_id) references agreement_version (network_id, version_id, agreement_id, case_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table agreement_acceptance is 'Someone bound themselves to a version, accepted it or declined it. retention: with the case.';
comment on column agreement_acceptance.words_hash is 'HMAC of the words accepted, under a key made from the key of the case: without that key nothing can be guessed from it.';
comment on column agreement_acceptance.proof is 'SHA-256 over the facts of the version, of the acceptance, and words_hash; acceptance_id is made from it and stands in the sealed log.';
create index agreement_acceptance_case on agreement_acceptance (network_id, case_id);

-- Above one's own mandate a colleague who can decide is asked. They see the agreement, not the case, so the ask bears no case.
create table agreement_ask (
	network_id uuid not null,
	ask_id uuid not null,
	version_id uuid not null,
	asked_by uuid not null,
	decider_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, ask_id),
	check (asked_by <> decider_id),
	foreign key (network_id, version_id) references agreement_version,
	foreign key (network_id, asked_by) references person,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, decider_id) references membership (network_id, membership_id, person_id)
);
comment on table agreement_ask is 'A colleague whose mandate covers an agreement is asked to decide on it. membership_id is theirs. retention: with the case.';
create index agreement_ask_version on agreement_ask (network_id, version_id);
create index agreement_ask_decider on agreement_ask (network_id, decider_id);

create table agreement_ask_answer (
	network_id uuid not null,
	ask_id uuid not null,
	answer text not null check (answer in ('accepted', 'declined', 'withdrawn')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, ask_id),
	foreign key (network_id, ask_id) references agreement_ask,
	foreign key (network_id, person_id) references person
);
comment on table agreement_ask_answer is 'Who was asked decided, or who asked took it back: once. retention: with the case.';

create table mandate_use (
	network_id uuid not null,
	version_id uuid not null,
	agreement_id uuid not null,
	mandate_id uuid not null,
	person_id uuid not null,
	cents bigint not null check (cents > 0),
	at timestamptz not null,
	primary key (network_id, version_id),
	foreign key (network_id, version_id) references agreement_version,
	foreign key (network_id, agreement_id) references agreement,
	foreign key (network_id, mandate_id) references mandate,
	foreign key (network_id, person_id) references person
);
comment on table mandate_use is 'A promise of money counted on a mandate: the amount of one version. Bears no case. retention: with the mandate.';
create index mandate_use_mandate on mandate_use (network_id, mandate_id);

create table room_dispute (
	network_id uuid not null,
	agreement_id uuid not null,
	case_id uuid not null,
	organisation_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, agreement_id),
	foreign key (network_id, agreement_id, case_id) references agreement (network_id, agreement_id, case_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table room_dispute is 'A colleague of the promiser''s organisation at the table says that an agreement falls outside the room of that organisation: from then on it binds the speaker alone. retention: with the case.';
create index room_dispute_case on room_dispute (network_id, case_id);

create table agreement_nudge (
	network_id uuid not null,
	agreement_id uuid not null,
	case_id uuid not null,
	round integer not null,
	person_id uuid not null,
	nudged_id uuid not null,
	at timestamptz not null,
	primary key (network_id, agreement_id, round),
	foreign key (network_id, agreement_id, case_id) references agreement (network_id, agreement_id, case_id),
	foreign key (network_id, person_id) references person,
	foreign key (network_id, nudged_id) references person
);
comment on table agreement_nudge is 'One nudge to whose turn it is, in each round of an agreement. retention: with the case.';
create index agreement_nudge_case on agreement_nudge (network_id, case_id);

create table agreement_reminder (
	network_id uuid not null,
	agreement_id uuid not null,
	case_id uuid not null,
	round integer not null,
	kind text not null check (kind in ('due_tomorrow', 'overdue', 'waits')),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, agreement_id, round, kind),
	foreign key (network_id, agreement_id, case_id) references agreement (network_id, agreement_id, case_id),
	foreign key (network_id, person_id) references person
);
comment on table agreement_reminder is 'The product reminded whose turn it was, once in each round and for each reason. retention: with the case.';
create index agreement_reminder_case on agreement_reminder (network_id, case_id);

create function app.my_organisation() returns uuid language sql stable
	as $$
		select m.organisation_id from public.membership m
		where m.network_id = app.network_id() and m.membership_id = app.membership_id() and m.person_id = app.person_id()
	$$;
comment on function app.my_organisation() is 'The organisation of the membership acted with.';

create function app.asked_versions()
	returns table (ask_id uuid, version_id uuid, agreement_id uuid, case_id uuid, number integer, due_on date, amount_cents bigint, kind text, person_id uuid, membership_id uuid, receiver_id uuid, offered_by uuid, version_at timestamptz, asked_at timestamptz, answer text, case_closed boolean)
	language sql stable security definer set search_path = ''
	as $$
		select k.ask_id, v.version_id, v.agreement_id, v.case_id, v.number, v.due_on, v.amount_cents, a.kind, a.person_id, a.membership_id, a.receiver_id, v.offered_by, v.at, k.at, n.answer,
			(select e.kind = 'closed' from public.case_event e where e.network_id = v.network_id and e.case_id = v.case_id order by e.at desc, e.event_id desc limit 1)
		from public.agreement_ask k
		join public.agreement_version v on v.network_id = k.network_id and v.version_id = k.version_id
		join public.agreement a on a.network_id = v.network_id and a.agreement_id = v.agreement_id
		left join public.agreement_ask_answer n on n.network_id = k.network_id and n.ask_id = k.ask_id
		where k.network_id = app.network_id() and k.decider_id = app.person_id() and k.membership_id = app.membership_id()
	$$;
comment on function app.asked_versions() is 'The agreements that the actor was asked to decide on: what is asked, nothing else of the case.';

create function app.mandate_used(wanted_membership uuid, since timestamptz, wanted_case uuid, except_agreement uuid)
	returns table (period_cents bigint, case_cents bigint)
	language sql stable security definer set search_path = ''
	as $$
		select coalesce(sum(s.cents) filter (where s.at >= since), 0)::bigint, coalesce(sum(s.cents) filter (where s.case_id = wanted_case), 0)::bigint
		from (
			select u.agreement_id, v.case_id, max(u.cents) as cents, max(u.at) as at
			from public.mandate_use u
			join public.mandate m on m.network_id = u.network_id and m.mandate_id = u.mandate_id
			join public.agreement_version v on v.network_id = u.network_id and v.version_id = u.version_id
			where u.network_id = app.network_id() and m.membership_id = wanted_membership and m.kind = 'money'
				and m.organisation_id = app.my_organisation()
				and u.agreement_id is distinct from except_agreement
				and not exists (
					select from public.agreement_acceptance d
					where d.network_id = v.network_id and d.version_id = v.version_id and d.answer = 'declined'
				)
				and not exists (
					select from public.agreement_version w
					where w.network_id = v.network_id and w.agreement_id = v.agreement_id and w.number > v.number and (
						((w.amount_cents is null or exists (
							select from public.mandate_use x where x.network_id = w.network_id and x.version_id = w.version_id
						)) and exists (
							select from public.agreement_acceptance b
							where b.network_id = w.network_id and b.version_id = w.version_id and b.answer = 'accepted' and b.person_id <> w.offered_by
						))
						or (v.number > 1 and not exists (
							select from public.agreement_acceptance b
							where b.network_id = v.network_id and b.version_id = v.version_id and b.answer = 'accepted' and b.person_id <> v.offered_by
						))
					)
				)
			group by u.agreement_id, v.case_id
		) s
	$$;
comment on function app.mandate_used(uuid, timestamptz, uuid, uuid) is 'How much of someone''s mandate for money is used in the period and in a case, for their own organisation: two sums. Of each agreement the version that stands or waits counts, never one that was declined or replaced.';
grant execute on function app.my_organisation(), app.asked_versions(), app.mandate_used(uuid, timestamptz, uuid, uuid) to loopplank_app;

do $$
declare t text;
begin
	foreach t in array array['room_statement', 'mandate', 'mandate_hand', 'mandate_end', 'mandate_use', 'agreement_version', 'agreement_acceptance', 'agreement_ask', 'agreement_ask_answer', 'room_dispute', 'agreement_nudge', 'agreement_reminder'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select on %I to loopplank_app', t);
		if t <> 'agreement_reminder' then execute format('grant insert on %I to loopplank_app', t); end if;
	end loop;
	foreach t in array array['agreement_version', 'agreement_acceptance', 'room_dispute', 'agreement_nudge', 'agreement_reminder'] loop
		execute format('create policy table_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())))', t);
	end loop;
	foreach t in array array['room_dispute', 'agreement_nudge'] loop
		execute format('create policy table_writes on %I for insert to loopplank_app with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and case_id = any(array(select app.my_cases())))', t);
	end loop;
	-- The product looks each day for what waits.
	foreach t in array array['agreement', 'agreement_version', 'agreement_acceptance', 'agreement_report', 'agreement_answer', 'agreement_ask', 'agreement_ask_answer', 'case_event', 'room_dispute', 'agreement_nudge', 'agreement_reminder'] loop
		execute format('create policy jobs_reads_due on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_jobs', t);
	end loop;
end $$;
create policy jobs_reminds on agreement_reminder for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant insert on agreement_reminder to loopplank_jobs;

create policy network_reads on room_statement for select to loopplank_app using (network_id = (select app.network_id()));
create policy administrator_states on room_statement for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and organisation_id = (select app.my_organisation()) and (select app.has_role('administrator')));

create policy organisation_reads on mandate for select to loopplank_app
	using (network_id = (select app.network_id()) and organisation_id = (select app.my_organisation()));
create policy administrator_proposes on mandate for insert to loopplank_app
	with check (network_id = (select app.network_id()) and given_by = (select app.person_id())
		and organisation_id = (select app.my_organisation()) and (select app.has_role('administrator')));
create policy organisation_reads on mandate_hand for select to loopplank_app
	using (network_id = (select app.network_id()) and mandate_id = any(array(select m.mandate_id from mandate m)));
create policy own_hand on mandate_hand for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and case hand
		when 'proposed' then mandate_id = any(array(select m.mandate_id from mandate m where m.given_by = (select app.person_id())))
		when 'confirmed' then mandate_id = any(array(select m.mandate_id from mandate m where m.person_id <> (select app.person_id())))
			and (select app.has_role('administrator') or app.has_role('governor'))
		else mandate_id = any(array(select m.mandate_id from mandate m where m.membership_id = (select app.membership_id())))
	end);
create policy organisation_reads on mandate_end for select to loopplank_app
	using (network_id = (select app.network_id()) and mandate_id = any(array(select m.mandate_id from mandate m)));
create policy organisation_ends on mandate_end for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id())
		and mandate_id = any(array(select m.mandate_id from mandate m where m.person_id = (select app.person_id()) or (select app.has_role('administrator')))));
create policy own_reads on mandate_use for select to loopplank_app
	using (network_id = (select app.network_id()) and mandate_id = any(array(select m.mandate_id from mandate m where m.person_id = (select app.person_id()))));
create policy own_uses on mandate_use for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id())
		and mandate_id = any(array(select m.mandate_id from mandate m where m.membership_id = (select app.membership_id())))
		and (version_id = any(array(select v.version_id from agreement_version v)) or version_id = any(array(select v.version_id from app.asked_versions() v))));

create policy table_writes on agreement_version for insert to loopplank_app
	with check (network_id = (select app.network_id()) and offered_by = (select app.person_id()) and case_id = any(array(select app.my_cases())));
create policy table_writes on agreement_acceptance for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (case_id = any(array(select app.my_cases())) or version_id = any(array(select v.version_id from app.asked_versions() v where v.answer is null))));

create policy decider_reads on agreement_ask for select to loopplank_app
	using (network_id = (select app.network_id()) and decider_id = (select app.person_id()));
create policy table_reads on agreement_ask for select to loopplank_app
	using (network_id = (select app.network_id()) and version_id = any(array(select v.version_id from agreement_version v)));
create policy table_writes on agreement_ask for insert to loopplank_app
	with check (network_id = (select app.network_id()) and asked_by = (select app.person_id()) and version_id = any(array(select v.version_id from agreement_version v)));
create policy asked_reads on agreement_ask_answer for select to loopplank_app
	using (network_id = (select app.network_id()) and ask_id = any(array(select k.ask_id from agreement_ask k)));
create policy asked_writes on agreement_ask_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and ask_id = any(array(
		select k.ask_id from agreement_ask k where case when answer = 'withdrawn' then k.asked_by = (select app.person_id())
			else k.decider_id = (select app.person_id()) and k.membership_id = (select app.membership_id()) end)));

-- Who is asked to decide reads what is asked, as long as they have not said no and it was not taken back.
create policy decider_reads on case_words for select to loopplank_app
	using (network_id = (select app.network_id()) and part in ('agreement', 'proof')
		and about_id = any(array(select v.version_id from app.asked_versions() v where v.answer is null or v.answer = 'accepted')));
