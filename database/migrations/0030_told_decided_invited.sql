-- What the resident reads of money.

-- Nothing of how much, of who decided, of what was asked and not yet decided.
create function app.resident_money(hash bytea) returns table (request_id uuid, decided text, decided_at timestamptz, newest text, paid boolean)
	language sql stable security definer set search_path = ''
	as $$
		select c.request_id, d.kind, d.at, l.kind, l.kind = 'paid' and exists (
			select from public.payment p
			join public.payment_event v on v.network_id = p.network_id and v.payment_id = p.payment_id and v.kind = 'paid'
			where p.network_id = c.network_id and p.request_id = c.request_id and not exists (
				select from public.payment_event b where b.network_id = p.network_id and b.payment_id = p.payment_id and b.kind = 'reversed'
			)
		)
		from app.resident_case(hash) r
		join public.case_request c on c.network_id = app.network_id() and c.case_id = r.case_id
		cross join lateral (
			select e.kind from public.request_event e
			where e.network_id = c.network_id and e.request_id = c.request_id order by e.at desc, e.event_id desc limit 1
		) l
		left join public.request_event d on d.network_id = c.network_id and d.request_id = c.request_id and d.kind in ('granted', 'partly', 'refused')
		where l.kind <> 'withdrawn'
		order by d.at nulls last, c.request_id
	$$;
comment on function app.resident_money(bytea) is 'What was decided about money for the resident, and whether it was paid: no amount, no person, no team. What is asked and not decided yet stands there without a decision.';
grant execute on function app.resident_money(bytea) to loopplank_app;

create or replace function app.resident_words(hash bytea) returns table (case_id uuid, words_id uuid, about_id uuid, part text, ciphertext bytea, at timestamptz)
	language sql stable security definer set search_path = ''
	as $$
		select distinct on (w.about_id, w.part) w.case_id, w.words_id, w.about_id, w.part, w.ciphertext, w.at
		from app.resident_case(hash) r
		join public.case_words w on w.network_id = app.network_id() and w.case_id = r.case_id
		where w.part in ('goal', 'first_need', 'agreement', 'objection', 'objection_answer')
			or (w.part = 'request_what' and w.about_id = any(array(select m.request_id from app.resident_money(hash) m where m.decided is not null)))
			or (w.part = 'request_resident_does' and w.about_id = any(array(select m.request_id from app.resident_money(hash) m where m.decided is distinct from 'refused')))
		order by w.about_id, w.part, w.at desc, w.words_id desc
	$$;
comment on function app.resident_words(bytea) is 'The sealed words that are the resident''s to read: what they want, what is needed first, what was agreed, for what money was asked once that is decided, what they do themselves, their objections and the answers. Not the professionals'' story, questions or reports.';

-- Naming the cause is offered when help was given, and may be left for now.
create table cause_skip (
	network_id uuid not null,
	case_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, case_id, person_id, at),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table cause_skip is 'Someone at the table left naming the cause for now: they are asked again when help is given anew. Seen by themselves alone. retention: with the case.';
alter table cause_skip enable row level security;
alter table cause_skip force row level security;
create policy owner_all on cause_skip to loopplank_owner using (true) with check (true);
create policy own_reads on cause_skip for select to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()) and case_id = any(array(select app.my_cases())));
create policy own_writes on cause_skip for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and case_id = any(array(select app.my_cases())));
grant select, insert on cause_skip to loopplank_app;

-- Above one's own mandate, a change of an agreement is asked too of who can decide.
create function app.ask_stands(wanted uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select exists (
			select from public.agreement_ask k
			join public.agreement_version v on v.network_id = k.network_id and v.version_id = k.version_id
			where k.network_id = app.network_id() and k.ask_id = wanted and k.decider_id = app.person_id() and k.membership_id = app.membership_id()
				and not exists (
					select from public.agreement_version w
					where w.network_id = v.network_id and w.agreement_id = v.agreement_id and w.number > v.number
				)
				and not exists (
					select from public.agreement_acceptance b
					where b.network_id = v.network_id and b.version_id = v.version_id and b.person_id <> v.offered_by
				)
				and coalesce((
					select coalesce(n.answer, '') = 'disputed' from public.agreement_report r
					left join public.agreement_answer n on n.network_id = r.network_id and n.report_id = r.report_id
					where r.network_id = v.network_id and r.agreement_id = v.agreement_id order by r.at desc, r.report_id desc limit 1
				), true)
		)
	$$;
comment on function app.ask_stands(uuid) is 'Whether what the actor was asked to decide still waits: no newer version came, nobody declined it, and the agreement was not reported meanwhile.';
grant execute on function app.ask_stands(uuid) to loopplank_app;

-- An announced decision falls within the mandate of who takes it.
create table decision_mandate (
	network_id uuid not null,
	agreement_id uuid not null,
	case_id uuid not null,
	mandate_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	valid_until date not null,
	at timestamptz not null,
	primary key (network_id, agreement_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, agreement_id) references agreement,
	foreign key (network_id, mandate_id) references mandate,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table decision_mandate is 'Within whose mandate for formal decisions an announced decision falls, and until when that mandate runs. retention: with the case.';
create index decision_mandate_case on decision_mandate (network_id, case_id);
alter table decision_mandate enable row level security;
alter table decision_mandate force row level security;
create policy owner_all on decision_mandate to loopplank_owner using (true) with check (true);
create policy table_reads on decision_mandate for select to loopplank_app
	using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())));
-- Of who decides themselves: at the table, or asked by a colleague who sits there.
create policy own_mandate on decision_mandate for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and mandate_id = any(array(select m.mandate_id from mandate m where m.membership_id = (select app.membership_id()) and m.kind = 'formal_decision' and m.valid_until = decision_mandate.valid_until))
		and ((agreement_id, case_id) in (select a.agreement_id, a.case_id from agreement a where a.person_id = (select app.person_id()))
			or (agreement_id, case_id) in (select v.agreement_id, v.case_id from app.asked_versions() v)));
grant select, insert on decision_mandate to loopplank_app;
-- The product reads agreements whole to remind of them.
create policy jobs_reads on decision_mandate for select to loopplank_jobs using (network_id = (select app.network_id()));
grant select on decision_mandate to loopplank_jobs;

-- Who proposed someone for a team may take it back while it waits.
alter table team_answer drop constraint team_answer_answer_check;
alter table team_answer add constraint team_answer_answer_check check (answer in ('accepted', 'declined', 'withdrawn'));
comment on table team_answer is 'Who was proposed for a team said yes or no, or who proposed them took it back: once. person_id is who did so. retention: with the invitation.';
drop policy invited_answers on team_answer;
create policy invited_answers on team_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and answer in ('accepted', 'declined')
		and invitation_id = any(array(select i.invitation_id from team_invitation i where i.network_id = (select app.network_id())
			and i.person_id = (select app.person_id()) and i.membership_id = (select app.membership_id()))));
create policy proposer_withdraws on team_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and answer = 'withdrawn'
		and ((select app.has_role('administrator')) or (select app.has_role('facilitator')))
		and invitation_id = any(array(select i.invitation_id from team_invitation i where i.network_id = (select app.network_id())
			and i.invited_by = (select app.person_id()))));
-- Who was proposed sees that it was taken back, too.
drop policy concerned_reads on team_answer;
create policy concerned_reads on team_answer for select to loopplank_app
	using (network_id = (select app.network_id()) and (select app.acts_in_network())
		and (person_id = (select app.person_id()) or (select app.has_role('administrator')) or (select app.has_role('facilitator'))
			or invitation_id = any(array(select i.invitation_id from team_invitation i where i.network_id = (select app.network_id()) and i.person_id = (select app.person_id())))));

-- Of two people, one who reads the figure knows that of the other: the reader does not count.
create or replace function app.figure_organisations() returns table (organisation_id uuid, what text, amount bigint) language sql stable security definer set search_path = ''
	as $$
		with counted as (
			select s.organisation_id, s.what, s.person_id from app.agreement_standings() s where s.what in ('kept', 'late', 'open', 'overdue')
			union all
			select k.organisation_id, 'asked', k.person_id from public.question_ask k where k.network_id = app.network_id()
			union all
			select k.organisation_id, 'answered', k.person_id
			from public.question_ask k
			join public.question_answer w on w.network_id = k.network_id and w.ask_id = k.ask_id
			where k.network_id = app.network_id() and w.answer <> 'declined'
			union all
			select h.organisation_id, 'silent', h.person_id
			from public.case_seat h
			where h.network_id = app.network_id() and h.holder and h.valid_until is null
				and (select e.kind from public.case_event e where e.network_id = h.network_id and e.case_id = h.case_id order by e.at desc, e.event_id desc limit 1) <> 'closed'
				and not exists (
					select from public.log_line l
					where l.network_id = h.network_id and l.case_id = h.case_id and l.result = 'done' and l.at > app.now() - interval '14 days'
				)
			union all
			select l.organisation_id, 'overloaded', l.person_id
			from (
				select s.organisation_id, s.person_id from app.agreement_standings() s where s.what in ('open', 'overdue')
				group by 1, 2 having count(*) >= 8
			) l
		)
		select c.organisation_id, c.what, case when count(*) >= 3 and count(distinct c.person_id) filter (where c.person_id <> app.person_id()) >= 2 then count(*) end
		from counted c
		where app.has_role('oversight') or app.has_role('governor') or app.has_role('facilitator')
		group by 1, 2
	$$;
comment on function app.figure_organisations() is 'Per organisation: agreements kept, late, open, overdue; questions asked of its people and answered; cases silent for 14 days; people with 8 open agreements or more. A cell under 3 (k = 3), or of fewer than two people besides the reader, is null: never a figure of a person.';
