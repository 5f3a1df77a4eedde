-- The ladder (A12): who holds a case and does not get on asks colleagues, the secretariat, the governors of an organisation, and someone outside, each
-- with a term. Who is asked reads what is asked and nothing of the case, so the step bears no case; case_escalation links the two.

create table escalation (
	network_id uuid not null references network,
	escalation_id uuid not null,
	rung text not null check (rung in ('colleagues', 'secretariat', 'governors', 'outside')),
	wish text not null check (wish in ('help', 'time_out')),
	organisation_id uuid,
	outside text check (outside in ('tax_office', 'uwv', 'svb', 'cak', 'cjib', 'health_insurer', 'bailiff', 'court', 'ministry', 'other')),
	amount_cents bigint check (amount_cents between 1 and 10000000000),
	due_at timestamptz not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, escalation_id),
	check ((rung = 'governors') = (organisation_id is not null)),
	check ((rung = 'outside') = (outside is not null)),
	check (due_at > at),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table escalation is 'A step on the ladder: which rung is asked, for help or for a time-out, and until when. Bears no case; its words lie with the words of the case. retention: with the case.';
comment on column escalation.organisation_id is 'Of the rung of governors: the organisation it hangs on.';
comment on column escalation.outside is 'Of the rung outside the network: what kind of body is asked. Which one stands in the words.';

create table case_escalation (
	network_id uuid not null,
	case_id uuid not null,
	escalation_id uuid not null,
	primary key (network_id, case_id, escalation_id),
	unique (network_id, escalation_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, escalation_id) references escalation
);
comment on table case_escalation is 'Of which case a step on the ladder is: seen at its table only. retention: with the case.';

create table escalation_asked (
	network_id uuid not null,
	escalation_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	primary key (network_id, escalation_id, person_id),
	foreign key (network_id, escalation_id) references escalation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table escalation_asked is 'Who is asked on a rung, with the membership they were asked in. retention: with the case.';
create index escalation_asked_person on escalation_asked (network_id, person_id);

create table escalation_answer (
	network_id uuid not null,
	escalation_id uuid not null,
	answer text not null check (answer in ('will', 'time_out', 'no', 'next', 'outside_said')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, escalation_id),
	foreign key (network_id, escalation_id) references escalation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table escalation_answer is 'What a rung answered: who answers first, answers for all who were asked. What someone outside said is recorded by who holds the case. retention: with the case.';

create table escalation_late (
	network_id uuid not null,
	escalation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, escalation_id),
	foreign key (network_id, escalation_id) references escalation
);
comment on table escalation_late is 'The term of a rung ran out without an answer, and both sides were told. Nothing goes up by itself. retention: with the case.';

create function app.asked_escalations()
	returns table (escalation_id uuid, case_id uuid, rung text, wish text, organisation_id uuid, amount_cents bigint, due_at timestamptz, asked_by uuid, membership_id uuid, at timestamptz, answer text, answered_by uuid, case_closed boolean, passed boolean, is_open boolean, reads boolean)
	language sql stable security definer set search_path = ''
	as $$
		select s.*, s.answer is null and not s.case_closed and not s.passed,
			(s.answer is null and not s.case_closed and not s.passed) or (s.answered_by = (select app.person_id()) and s.answer in ('will', 'time_out'))
		from (
			select e.escalation_id, c.case_id, e.rung, e.wish, e.organisation_id, e.amount_cents, e.due_at, e.person_id, e.membership_id, e.at, a.answer, a.person_id as answered_by,
				(select v.kind = 'closed' from public.case_event v where v.network_id = c.network_id and v.case_id = c.case_id order by v.at desc, v.event_id desc limit 1) as case_closed,
				exists (
					select from public.case_escalation d
					join public.escalation l on l.network_id = d.network_id and l.escalation_id = d.escalation_id
					where d.network_id = c.network_id and d.case_id = c.case_id and (l.at, l.escalation_id) > (e.at, e.escalation_id)
				) as passed
			from public.escalation_asked k
			join public.escalation e on e.network_id = k.network_id and e.escalation_id = k.escalation_id
			join public.case_escalation c on c.network_id = k.network_id and c.escalation_id = k.escalation_id
			left join public.escalation_answer a on a.network_id = k.network_id and a.escalation_id = k.escalation_id
			where k.network_id = (select app.network_id()) and k.person_id = (select app.person_id()) and k.membership_id = (select app.membership_id())
				and (select app.acts_in_network())
		) s
	$$;
comment on function app.asked_escalations() is 'The steps on a ladder in which the actor is asked: what is asked, nothing else of the case. reads: whether they may read its words, while it waits for them or because they said that they do it.';
grant execute on function app.asked_escalations() to loopplank_app;

create function app.due_escalations() returns table (escalation_id uuid, case_id uuid, holder_id uuid, asked uuid[]) language sql stable security definer set search_path = ''
	as $$
		select e.escalation_id, c.case_id,
			(select h.person_id from public.case_seat h where h.network_id = c.network_id and h.case_id = c.case_id and h.holder and h.valid_until is null limit 1),
			array(select k.person_id from public.escalation_asked k where k.network_id = e.network_id and k.escalation_id = e.escalation_id order by k.person_id)
		from public.escalation e
		join public.case_escalation c on c.network_id = e.network_id and c.escalation_id = e.escalation_id
		where e.network_id = (select app.network_id()) and e.due_at <= (select app.now())
			and not exists (select from public.escalation_answer a where a.network_id = e.network_id and a.escalation_id = e.escalation_id)
			and not exists (select from public.escalation_late l where l.network_id = e.network_id and l.escalation_id = e.escalation_id)
			and not exists (
				select from public.case_escalation d
				join public.escalation n on n.network_id = d.network_id and n.escalation_id = d.escalation_id
				where d.network_id = c.network_id and d.case_id = c.case_id and (n.at, n.escalation_id) > (e.at, e.escalation_id)
			)
			and (select v.kind <> 'closed' from public.case_event v where v.network_id = c.network_id and v.case_id = c.case_id order by v.at desc, v.event_id desc limit 1)
	$$;
comment on function app.due_escalations() is 'The steps on a ladder whose term ran out without an answer and of which nobody was told yet, with whom to tell. For the jobs'' role alone.';
revoke execute on function app.due_escalations() from public;
grant execute on function app.due_escalations() to loopplank_jobs;

create function app.who_climbs(step uuid) returns table (case_id uuid, person_id uuid) language sql stable security definer set search_path = ''
	as $$
		select c.case_id, h.person_id from public.case_escalation c
		join public.case_seat h on h.network_id = c.network_id and h.case_id = c.case_id and h.holder and h.valid_until is null
		where c.network_id = (select app.network_id()) and c.escalation_id = step
	$$;
comment on function app.who_climbs(uuid) is 'Who holds the case of a step now, to be told of its answer: who answers does not know it. For the jobs'' role alone.';
revoke execute on function app.who_climbs(uuid) from public;
grant execute on function app.who_climbs(uuid) to loopplank_jobs;

do $$
declare t text;
begin
	foreach t in array array['escalation', 'case_escalation', 'escalation_asked', 'escalation_answer', 'escalation_late'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select on %I to loopplank_app', t);
		if t <> 'escalation_late' then execute format('grant insert on %I to loopplank_app', t); end if;
	end loop;
	foreach t in array array['escalation', 'escalation_asked', 'escalation_answer', 'escalation_late'] loop
		execute format('create policy table_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and escalation_id = any(array(select c.escalation_id from case_escalation c)))', t);
	end loop;
	foreach t in array array['escalation', 'escalation_answer', 'escalation_late'] loop
		execute format('create policy asked_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and escalation_id = any(array(select s.escalation_id from app.asked_escalations() s)))', t);
	end loop;
end $$;

create policy table_reads on case_escalation for select to loopplank_app
	using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())));
create policy own_reads on escalation_asked for select to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()));

create policy own_hand on escalation for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (select app.acts_in_network()));
create policy holder_links on case_escalation for insert to loopplank_app
	with check (network_id = (select app.network_id()) and case_id = any(array(select app.my_held_cases())));
create policy holder_asks on escalation_asked for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id <> (select app.person_id())
		and escalation_id = any(array(select c.escalation_id from case_escalation c where c.case_id = any(array(select app.my_held_cases())))));
create policy asked_answers on escalation_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and case when answer = 'outside_said'
			then escalation_id = any(array(
				select e.escalation_id from escalation e join case_escalation c on c.network_id = e.network_id and c.escalation_id = e.escalation_id
				where e.rung = 'outside' and c.case_id = any(array(select app.my_held_cases()))))
			else escalation_id = any(array(select s.escalation_id from app.asked_escalations() s where s.is_open)) end);
create policy jobs_reads on escalation_late for select to loopplank_jobs using (network_id = (select app.network_id()));
create policy jobs_tells on escalation_late for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant select, insert on escalation_late to loopplank_jobs;

-- Who is asked reads what is asked, and writes their answer, without a seat at the table.
create policy escalation_reads on case_words for select to loopplank_app
	using (network_id = (select app.network_id()) and part in ('escalation', 'escalation_reply')
		and about_id = any(array(select s.escalation_id from app.asked_escalations() s where s.reads)));
create policy escalation_replies on case_words for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and part = 'escalation_reply'
		and (about_id, case_id) in (select s.escalation_id, s.case_id from app.asked_escalations() s where s.is_open or s.answered_by = (select app.person_id())));
create policy escalation_replies on search_document for insert to loopplank_app
	with check (network_id = (select app.network_id()) and case_id = any(array(
		select s.case_id from app.asked_escalations() s where s.is_open or s.answered_by = (select app.person_id()))));
