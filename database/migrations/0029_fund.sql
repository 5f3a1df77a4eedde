-- What was thin in the fund: what worked before tells nothing of one or two cases, a grant whose money went back says so, acute requests are completed,
-- parts that were accepted beforehand, the books corrected and closed by two people.

-- What worked before (A11). A number under 3 is not told, not even when the sum of the numbers is 3 or more.
create function app.cases_alike(wanted uuid) returns table (cause text, outcome text, cases bigint) language sql stable set search_path = ''
	as $$
		with newest as (
			select distinct on (n.case_id) n.case_id, n.kind from public.cause_naming n
			where n.network_id = app.network_id() order by n.case_id, n.at desc, n.naming_id desc
		), own as (
			select n.kind, n.case_id from newest n join public.case_request c on c.network_id = app.network_id() and c.case_id = n.case_id
			where c.request_id = wanted and wanted = any(array(select app.my_request_papers())) and n.kind not in ('none', 'not_known_yet')
		), ended as (
			select distinct on (e.case_id) e.case_id, e.kind, e.outcome from public.case_event e
			where e.network_id = app.network_id() order by e.case_id, e.at desc, e.event_id desc
		)
		select o.kind, d.outcome, count(*) from own o
		join newest n on n.kind = o.kind and n.case_id <> o.case_id
		join ended d on d.case_id = n.case_id and d.kind = 'closed'
		group by 1, 2
	$$;
comment on function app.cases_alike(uuid) is 'How many closed cases with the same cause ended how. Not for the roles of the product by itself: it counts one and two as well.';

create or replace function app.figure_precedents(wanted uuid) returns table (cause text, outcome text, cases bigint) language sql stable security definer set search_path = ''
	as $$
		select a.cause, a.outcome, case when a.cases >= 3 then a.cases end
		from app.cases_alike(wanted) a where (select sum(b.cases) from app.cases_alike(wanted) b) >= 3
	$$;
comment on function app.figure_precedents(uuid) is 'How closed cases with the same cause as that of a request ended; nothing when they are fewer than 3, null for a number under 3 (k = 3), and no case.';

create function app.departs_from_precedents(wanted uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select coalesce(sum(a.cases) >= 3 and 2 * coalesce(sum(a.cases) filter (where a.outcome = 'helped_without_money'), 0) > sum(a.cases), false)
		from app.cases_alike(wanted) a where a.outcome in ('helped', 'helped_without_money')
	$$;
comment on function app.departs_from_precedents(uuid) is 'Whether giving money departs from what worked in most closed cases alike (A11): of three or more that were helped, most were helped without money.';
grant execute on function app.departs_from_precedents(uuid) to loopplank_app;

-- Sharing what the pot paid (D7). The parts are counted over everyone the way to share names, and only who accepted it beforehand owes its part:
-- what somebody else did not accept stays with the pot, and makes nobody's part larger.
insert into cost_split_part (network_id, split_id, organisation_id, weight)
	select s.network_id, s.split_id, o.organisation_id, 1 from cost_split s
	join organisation o on o.network_id = s.network_id and o.joined_at <= s.at and (o.left_at is null or o.left_at > s.at)
	where s.kind <> 'agreed' on conflict do nothing;
comment on table cost_split_part is 'Whom a way to share names, with the weight as agreed (else 1). Fixed when it is proposed. retention: with the way to share.';

alter table claim add column shared_cents bigint check (shared_cents > 0);
update claim c set shared_cents = (select sum(x.amount_cents) from claim x where x.network_id = c.network_id and x.split_id = c.split_id and x.request_id = c.request_id)
	where c.split_id is not null;
alter table claim add check ((split_id is null) = (shared_cents is null));
alter table claim add check (amount_cents <= shared_cents);
comment on column claim.shared_cents is 'What was shared, of which this is the part of one organisation; null when it was asked of this organisation alone.';

create function app.split_parties(wanted uuid, moment timestamptz) returns table (organisation_id uuid, name text, weight bigint, accepted_at timestamptz, bound boolean) language sql stable set search_path = ''
	as $$
		with split as (
			select s.split_id, s.kind from public.cost_split s where s.network_id = app.network_id() and s.split_id = wanted
		), named as (
			select p.organisation_id, p.weight::bigint from split s
				join public.cost_split_part p on p.network_id = app.network_id() and p.split_id = s.split_id
			union all
			-- Who joined since and accepted it shares from then on; that makes the part of the others smaller.
			select a.organisation_id, 1 from split s
				join public.cost_split_answer a on a.network_id = app.network_id() and a.split_id = s.split_id and a.at <= moment
				where s.kind <> 'agreed' and not exists (select from public.cost_split_part p
					where p.network_id = app.network_id() and p.split_id = s.split_id and p.organisation_id = a.organisation_id)
		)
		select n.organisation_id, o.name,
			case s.kind when 'by_deposit' then coalesce((
				select sum(t.amount_cents) from public.contribution c
				join public.contribution_step t on t.network_id = c.network_id and t.contribution_id = c.contribution_id and t.kind = 'received' and t.at <= moment
				where c.network_id = app.network_id() and c.organisation_id = n.organisation_id
					and not exists (select from public.taken_back b where b.network_id = t.network_id and b.subject_id = t.step_id)), 0)::bigint
				else n.weight end,
			a.at, coalesce(a.at <= moment and (o.left_at is null or o.left_at > moment), false)
		from split s cross join named n
		join public.organisation o on o.network_id = app.network_id() and o.organisation_id = n.organisation_id
		left join public.cost_split_answer a on a.network_id = app.network_id() and a.split_id = s.split_id and a.organisation_id = n.organisation_id
		order by o.name_sort, o.organisation_id
	$$;
comment on function app.split_parties(uuid, timestamptz) is 'Whom a way to share names at a moment, how heavy each weighs then (by deposit: cents that had come in), and who was bound to it: accepted, and still a member.';
grant execute on function app.split_parties(uuid, timestamptz) to loopplank_app;

create or replace function app.accept_split_claim(wanted uuid, new_event uuid, new_journal uuid) returns boolean language plpgsql security definer set search_path = '' as $$
declare
	c public.claim;
	asked_at timestamptz;
	mine record;
	total bigint;
begin
	if not app.has_role('treasurer') then raise exception 'not the treasurer' using errcode = 'insufficient_privilege'; end if;
	select x.* into c from public.claim x where x.network_id = app.network_id() and x.claim_id = wanted and x.person_id = app.person_id() and x.split_id is not null
		and not exists (select from public.claim_event e where e.network_id = x.network_id and e.claim_id = x.claim_id);
	if c.claim_id is null then return false; end if;
	select r.at into strict asked_at from public.request r where r.network_id = app.network_id() and r.request_id = c.request_id;
	-- The organisation accepted the way to share before the money was asked, and owes no more than its part of it.
	select p.weight, p.bound into mine from app.split_parties(c.split_id, asked_at) p where p.organisation_id = c.organisation_id;
	select sum(p.weight) into total from app.split_parties(c.split_id, asked_at) p;
	if mine.bound is not true or coalesce(total, 0) = 0 then return false; end if;
	if c.amount_cents::numeric * total >= c.shared_cents::numeric * mine.weight + total then return false; end if;
	-- No more is shared than was paid, and a request is shared once.
	if c.shared_cents > app.request_paid_cents(c.request_id) then return false; end if;
	if exists (select from public.claim x where x.network_id = app.network_id() and x.request_id = c.request_id and x.split_id is not null
		and (x.split_id <> c.split_id or x.shared_cents <> c.shared_cents or x.at <> c.at)) then return false; end if;
	perform app.accept_claim(wanted, new_event, new_journal);
	return true;
end $$;
comment on function app.accept_split_claim(uuid, uuid, uuid) is 'A claim under a way to share that its organisation accepted before the request, no larger than its part: it stands at once. False when it does not.';

drop policy binds_itself on cost_split_answer;
create policy binds_itself on cost_split_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and at = (select app.now()) and organisation_id = (select app.my_organisation(array['administrator', 'governor']))
		and (split_id = any(array(select s.split_id from cost_split s where s.kind <> 'agreed'))
			or split_id = any(array(select p.split_id from cost_split_part p where p.organisation_id = (select app.my_organisation(array['administrator', 'governor']))))));
-- Who accepted is reminded of what is due.
create policy jobs_reads on cost_split_answer for select to loopplank_jobs using (network_id = (select app.network_id()));
grant select (network_id, split_id, organisation_id, person_id) on cost_split_answer to loopplank_jobs;
-- A reminder counts what was taken back no longer.
create policy jobs_reads on taken_back for select to loopplank_jobs using (network_id = (select app.network_id()));
grant select on taken_back to loopplank_jobs;

-- A grant whose money was not used in time (D8). The money goes back, and the request says so: it lapsed, with what of it went back.
alter table request_event drop constraint request_event_kind_check;
alter table request_event add constraint request_event_kind_check check (kind in ('asked', 'granted', 'partly', 'refused', 'withdrawn', 'paid', 'lapsed'));
alter table request_event drop constraint request_event_check;
alter table request_event add constraint request_event_check check ((kind in ('granted', 'partly', 'lapsed')) = (granted_cents is not null));
comment on column request_event.granted_cents is 'What was granted; of one that lapsed, what of that went back into the pot.';
drop index request_event_ended_once;
create unique index request_event_ended_once on request_event (network_id, request_id, kind) where kind in ('withdrawn', 'paid', 'lapsed');
insert into request_event (network_id, request_id, event_id, kind, granted_cents, at)
	select r.network_id, r.request_id, gen_random_uuid(), 'lapsed', e.left_cents, e.at
	from reservation r join reservation_end e on e.network_id = r.network_id and e.reservation_id = r.reservation_id and e.kind = 'expired'
	where not exists (select from request_event v where v.network_id = r.network_id and v.request_id = r.request_id and v.kind in ('withdrawn', 'paid'));

create or replace function app.expire_reservation(reservation uuid, new_journal uuid) returns boolean language plpgsql security definer set search_path = '' as $$
declare
	request uuid;
	left_over bigint;
begin
	select r.request_id into request from public.reservation r where r.network_id = app.network_id() and r.reservation_id = reservation and r.expires_at <= app.now();
	if request is null then return false; end if;
	-- The order in which every act on a request locks: the request, then its money.
	perform pg_advisory_xact_lock(hashtextextended('request/' || app.network_id() || '/' || request, 0));
	left_over := app.end_reservation(reservation, new_journal, 'expired');
	if left_over is null then return false; end if;
	if left_over > 0 and not exists (select from public.request_event e where e.network_id = app.network_id() and e.request_id = request and e.kind in ('withdrawn', 'paid')) then
		insert into public.request_event (network_id, request_id, event_id, kind, granted_cents, at)
			values (app.network_id(), request, gen_random_uuid(), 'lapsed', left_over, app.now());
	end if;
	return true;
end $$;
comment on function app.expire_reservation(uuid, uuid) is 'Lets go of a reservation whose term has run out, and says so on its request; false when it has not, when a payment waits, or it ended before. For the jobs'' role.';

create or replace function app.request_granted(wanted uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select exists (select from public.request_event e where e.network_id = app.network_id() and e.request_id = wanted and e.kind in ('granted', 'partly'))
			and not exists (select from public.request_event e where e.network_id = app.network_id() and e.request_id = wanted and e.kind in ('withdrawn', 'lapsed'))
	$$;
comment on function app.request_granted(uuid) is 'Whether money was granted, and neither given back nor lapsed.';

create or replace function app.figure_cause_euros() returns table (cause_id uuid, cents bigint)
	language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (n.case_id) n.case_id, n.cause_id
			from public.cause_naming n where n.network_id = (select app.network_id()) and (select app.acts_in_network())
			order by n.case_id, n.at desc, n.naming_id desc
		), granted as (
			select c.case_id, sum(case e.kind when 'lapsed' then -e.granted_cents else e.granted_cents end) as cents
			from public.case_request c
			join public.request_event e on e.network_id = c.network_id and e.request_id = c.request_id and e.kind in ('granted', 'partly', 'lapsed')
			where c.network_id = (select app.network_id()) and (select app.acts_in_network())
				and not exists (select from public.request_event w where w.network_id = c.network_id and w.request_id = c.request_id and w.kind = 'withdrawn')
			group by 1
		)
		select n.cause_id, coalesce(sum(g.cents), 0)::bigint
		from newest n left join granted g on g.case_id = n.case_id
		where n.cause_id is not null
		group by 1 having count(*) >= 3
	$$;
create or replace function app.first_helps() returns table (case_id uuid, helped_at timestamptz, full_lane boolean, person_id uuid, membership_id uuid)
	language sql stable security definer set search_path = ''
	as $$
		with helps as (
			select a.case_id, n.at, false as full_lane
			from public.agreement a
			join public.agreement_report r on r.network_id = a.network_id and r.agreement_id = a.agreement_id and r.outcome in ('kept', 'late')
			join public.agreement_answer n on n.network_id = r.network_id and n.report_id = r.report_id and n.answer = 'confirmed'
			where a.network_id = app.network_id()
			union all
			select q.case_id, h.at, false
			from public.answer_helped h
			join public.case_question q on q.network_id = h.network_id and q.question_id = h.question_id
			where h.network_id = app.network_id()
			union all
			select c.case_id, e.at, q.lane = 'full' or exists (
				select from public.request_more m where m.network_id = q.network_id and m.request_id = q.request_id
			)
			from public.request_event e
			join public.request q on q.network_id = e.network_id and q.request_id = e.request_id
			join public.case_request c on c.network_id = e.network_id and c.request_id = e.request_id
			where e.network_id = app.network_id() and e.kind in ('granted', 'partly') and not exists (
				select from public.request_event w where w.network_id = e.network_id and w.request_id = e.request_id and (w.kind = 'withdrawn' or w.kind = 'lapsed' and w.granted_cents = e.granted_cents)
			)
		), firsts as (
			select h.case_id, min(h.at) as helped_at, bool_or(h.full_lane) as full_lane from helps h group by 1
		)
		select f.case_id, f.helped_at, f.full_lane, s.person_id, s.membership_id
		from firsts f
		join public.case_seat s on s.network_id = app.network_id() and s.case_id = f.case_id and s.holder and s.valid_until is null
	$$;

create table request_again (
	network_id uuid not null,
	request_id uuid not null,
	instead_of uuid not null,
	at timestamptz not null,
	primary key (network_id, instead_of),
	unique (network_id, request_id),
	foreign key (network_id, request_id) references request,
	foreign key (network_id, instead_of) references request,
	check (request_id <> instead_of)
);
comment on table request_again is 'A request that lapsed was asked again: by which. Once. retention: with the request.';

-- Acute: money first, the other steps within some days (A7). When they are overdue it is told, once.
create table request_unfinished (
	network_id uuid not null,
	request_id uuid not null,
	at timestamptz not null,
	primary key (network_id, request_id),
	foreign key (network_id, request_id) references request
);
comment on table request_unfinished is 'An acute request was not completed within its term: since when that was told. retention: with the request.';

create function app.steps_filled(wanted uuid) returns text[] language sql stable security definer set search_path = ''
	as $$
		select coalesce(array_agg(distinct f.step), '{}') from (
			select distinct on (x.step, x.entry_id) x.step, x.facts from public.request_fact x
			where x.network_id = app.network_id() and x.request_id = wanted order by x.step, x.entry_id, x.at desc, x.fact_id desc
		) f where coalesce((f.facts->>'dropped')::boolean, false) is false
	$$;
comment on function app.steps_filled(uuid) is 'Which steps of a request are filled in, and nothing of what was. For the jobs'' role.';
grant execute on function app.steps_filled(uuid) to loopplank_jobs;

do $$
declare t text;
begin
	foreach t in array array['request_again', 'request_unfinished'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and request_id = any(array(select app.my_requests())))', t);
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_app, loopplank_jobs', t);
	end loop;
end $$;
create policy asker_writes on request_again for insert to loopplank_app
	with check (network_id = (select app.network_id()) and request_id = any(array(select app.requests_i_asked())) and instead_of = any(array(select app.requests_i_asked()))
		and exists (select from request_event e where e.network_id = request_again.network_id and e.request_id = request_again.instead_of and e.kind = 'lapsed'));
grant insert on request_again to loopplank_app;
create policy jobs_tells on request_unfinished for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant insert on request_unfinished to loopplank_jobs;

-- Whoever ticks a transfer off reads who is paid: that is a reading of the case, and its line in the log stands there.
create function app.case_of_payment(wanted uuid) returns uuid language sql stable security definer set search_path = ''
	as $$
		select c.case_id from public.payment p
		join public.case_request c on c.network_id = p.network_id and c.request_id = p.request_id
		where p.network_id = app.network_id() and p.payment_id = wanted and app.acts_in_network()
			and (wanted = any(array(select app.my_payments())) or p.way <> 'card' and app.keeps_pot())
	$$;
comment on function app.case_of_payment(uuid) is 'Under which case the log lines of a payment stand; for whoever may see the payment. It opens nothing of the case, and no page shows it.';
grant execute on function app.case_of_payment(uuid) to loopplank_app;

-- The books are corrected by two (D5): the treasurer proposes, another confirms, and neither had a hand in a payment that is taken back.
create table reversal (
	network_id uuid not null references network,
	reversal_id uuid not null,
	journal_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, reversal_id),
	foreign key (network_id, journal_id) references journal,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table reversal is 'The treasurer proposes to take a journal back; it counts until another confirmed it. retention: with the journal.';
create index reversal_journal on reversal (network_id, journal_id);
create table reversal_end (
	network_id uuid not null,
	reversal_id uuid not null,
	kind text not null check (kind in ('confirmed', 'declined')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, reversal_id),
	foreign key (network_id, reversal_id) references reversal,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table reversal_end is 'A proposal to take a journal back was confirmed by another, or declined: once. retention: with the journal.';

create function app.reversal_refused(wanted uuid) returns text language plpgsql stable set search_path = '' as $$
declare
	s public.journal_subject;
begin
	select x.* into s from public.journal_subject x where x.network_id = app.network_id() and x.journal_id = wanted;
	if s.journal_id is null then return 'not_found'; end if;
	if s.kind not in ('contribution_invoiced', 'contribution_received', 'team_funded', 'claim_paid', 'payment_card', 'payment_transfer') then return 'not_this_kind'; end if;
	if exists (select from public.journal j where j.network_id = app.network_id() and j.reverses = wanted) then return 'over'; end if;
	-- Nobody takes back, alone or with another, what they entered, ticked off or asked for.
	if s.kind like 'payment\_%' and (
		exists (select from public.payment x left join public.request_hand h on h.network_id = x.network_id and h.request_id = x.request_id and h.hand = 'asked'
			where x.network_id = app.network_id() and x.payment_id = s.subject_id and app.person_id() in (x.person_id, h.person_id))
		or exists (select from public.pot_hand h where h.network_id = app.network_id() and h.subject_id = s.subject_id and h.person_id = app.person_id())) then return 'same_eyes'; end if;
	return null;
end $$;
comment on function app.reversal_refused(uuid) is 'Why the actor may not take a journal back; null: they may. Only from the functions that do.';

create function app.propose_reversal(wanted uuid, new_reversal uuid) returns text language plpgsql security definer set search_path = '' as $$
declare
	refused text;
begin
	if not app.has_role('treasurer') then raise exception 'not the treasurer' using errcode = 'insufficient_privilege'; end if;
	perform pg_advisory_xact_lock(hashtextextended('journal/' || app.network_id() || '/' || wanted, 0));
	refused := app.reversal_refused(wanted);
	if refused is not null then return refused; end if;
	if exists (select from public.reversal r where r.network_id = app.network_id() and r.journal_id = wanted
		and not exists (select from public.reversal_end e where e.network_id = r.network_id and e.reversal_id = r.reversal_id)) then return 'proposed'; end if;
	insert into public.reversal (network_id, reversal_id, journal_id, person_id, membership_id, at)
		values (app.network_id(), new_reversal, wanted, app.person_id(), app.membership_id(), app.now());
	return 'done';
end $$;
comment on function app.propose_reversal(uuid, uuid) is 'The treasurer proposes to take a journal back. Nothing is booked by it.';

create function app.decline_reversal(wanted uuid) returns text language plpgsql security definer set search_path = '' as $$
declare
	written integer;
begin
	if not app.keeps_pot() then raise exception 'not one of the eyes' using errcode = 'insufficient_privilege'; end if;
	if not exists (select from public.reversal r where r.network_id = app.network_id() and r.reversal_id = wanted) then return 'not_found'; end if;
	insert into public.reversal_end (network_id, reversal_id, kind, person_id, membership_id, at)
		values (app.network_id(), wanted, 'declined', app.person_id(), app.membership_id(), app.now()) on conflict do nothing;
	get diagnostics written = row_count;
	return case written when 1 then 'done' else 'over' end;
end $$;
comment on function app.decline_reversal(uuid) is 'A proposal to take a journal back does not go on: by another, or by who proposed it.';

create function app.payments_to_take_back() returns table (reversal_id uuid, payment_id uuid) language sql stable security definer set search_path = ''
	as $$
		select r.reversal_id, s.subject_id from public.reversal r
		join public.journal_subject s on s.network_id = r.network_id and s.journal_id = r.journal_id and s.kind in ('payment_card', 'payment_transfer')
		where r.network_id = app.network_id() and app.keeps_pot()
			and not exists (select from public.reversal_end e where e.network_id = r.network_id and e.reversal_id = r.reversal_id)
	$$;
comment on function app.payments_to_take_back() is 'The payments that are proposed to be taken back, for who may confirm it.';
-- Who confirms that a payment is taken back must know which line of its household goes with it.
create policy reverser_reads on payee for select to loopplank_app
	using (network_id = (select app.network_id()) and payment_id = any(array(select p.payment_id from app.payments_to_take_back() p)));

create or replace function app.reverse_journal(wanted uuid, new_journal uuid, household_id uuid) returns text language plpgsql security definer set search_path = '' as $$
declare
	s public.journal_subject;
	p public.payment;
	ended boolean;
	short boolean;
	refused text;
	proposed public.reversal;
begin
	if not app.keeps_pot() then raise exception 'not one of the eyes' using errcode = 'insufficient_privilege'; end if;
	perform pg_advisory_xact_lock(hashtextextended('journal/' || app.network_id() || '/' || wanted, 0));
	refused := app.reversal_refused(wanted);
	if refused is not null then return refused; end if;
	select r.* into proposed from public.reversal r where r.network_id = app.network_id() and r.journal_id = wanted
		and not exists (select from public.reversal_end e where e.network_id = r.network_id and e.reversal_id = r.reversal_id);
	if proposed.reversal_id is null then return 'not_found'; end if;
	if proposed.person_id = app.person_id() then return 'same_eyes'; end if;
	select x.* into strict s from public.journal_subject x where x.network_id = app.network_id() and x.journal_id = wanted;
	-- What was promised of this money cannot be taken away.
	perform from public.fund_source f where f.network_id = app.network_id() and f.source_id in (
			select a.source_id from public.posting l join public.account a on a.network_id = l.network_id and a.account_id = l.account_id
			where l.network_id = app.network_id() and l.journal_id = wanted and a.kind = 'cash')
		order by f.source_id for no key update;
	select exists (
		select from public.posting l
		join public.account a on a.network_id = l.network_id and a.account_id = l.account_id
		join public.fund_source f on f.network_id = a.network_id and f.source_id = a.source_id
		where l.network_id = app.network_id() and l.journal_id = wanted and a.kind = 'cash' and l.amount_cents > f.cash_cents - f.reserved_cents
	) into short;
	if short then return 'too_small'; end if;
	insert into public.reversal_end (network_id, reversal_id, kind, person_id, membership_id, at)
		values (app.network_id(), proposed.reversal_id, 'confirmed', app.person_id(), app.membership_id(), app.now());
	perform app.book(new_journal, 'reversal', wanted, wanted,
		array(select l.account_id from public.posting l where l.network_id = app.network_id() and l.journal_id = wanted order by l.line),
		array(select -l.amount_cents from public.posting l where l.network_id = app.network_id() and l.journal_id = wanted order by l.line));
	insert into public.taken_back (network_id, subject_id, at) values (app.network_id(), s.subject_id, app.now());
	if s.kind like 'payment\_%' then
		select x.* into strict p from public.payment x where x.network_id = app.network_id() and x.payment_id = s.subject_id;
		insert into public.payment_event (network_id, payment_id, kind, person_id, membership_id, at)
			values (app.network_id(), p.payment_id, 'reversed', app.person_id(), app.membership_id(), app.now());
		delete from public.household_use u where u.network_id = app.network_id() and u.use_id = household_id and u.amount_cents = p.amount_cents;
		-- Nobody holds what was set aside any more: it is free again.
		select exists (select from public.reservation_end e where e.network_id = app.network_id() and e.reservation_id = p.reservation_id) into ended;
		if ended then
			perform app.book(gen_random_uuid(), 'reservation_returned', p.payment_id, null,
				array(select app.find_account(k, r.source_id, null) from public.reservation r cross join unnest(array['reserved', 'set_aside']) with ordinality u(k, n)
					where r.network_id = app.network_id() and r.reservation_id = p.reservation_id order by u.n),
				array[p.amount_cents, -p.amount_cents]);
		end if;
	end if;
	return 'done';
end $$;
comment on function app.reverse_journal(uuid, uuid, uuid) is 'Takes a journal back by a second one, as the treasurer proposed and another confirms; what it stood for no longer counts. Not what is undone by an act of its own.';

-- A year is closed by two people; then nothing is booked in it any more.
create table year_close (
	network_id uuid not null references network,
	close_id uuid not null,
	year integer not null check (year between 2000 and 2200),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, close_id),
	unique (network_id, close_id, year),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table year_close is 'The treasurer proposes to close a year of the books. retention: 7 years (tax law).';
create table year_close_end (
	network_id uuid not null,
	close_id uuid not null,
	year integer not null,
	kind text not null check (kind in ('confirmed', 'declined')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, close_id),
	foreign key (network_id, close_id, year) references year_close (network_id, close_id, year),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table year_close_end is 'A year of the books was closed by another than who proposed it, or not. retention: 7 years (tax law).';
create unique index year_closed_once on year_close_end (network_id, year) where kind = 'confirmed';

create function app.year_of(moment timestamptz) returns integer language sql immutable set search_path = ''
	as $$ select extract(year from moment at time zone 'Europe/Amsterdam')::integer $$;
comment on function app.year_of(timestamptz) is 'The year in which a moment falls, in the zone of the networks.';

create function app.years_to_close() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select c.close_id from public.year_close c
		where c.network_id = app.network_id() and c.person_id <> app.person_id() and app.keeps_pot() and c.year < app.year_of(app.now())
			and not exists (select from public.year_close_end e where e.network_id = c.network_id and (e.close_id = c.close_id or e.year = c.year and e.kind = 'confirmed'))
	$$;
comment on function app.years_to_close() is 'The proposals to close a year that the actor may confirm: of another, of a year that is over.';

do $$
declare t text;
begin
	foreach t in array array['reversal', 'reversal_end', 'year_close', 'year_close_end'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
		execute format('grant select on %I to loopplank_app', t);
	end loop;
end $$;
create policy treasurer_proposes on year_close for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and at = (select app.now())
		and (select app.has_role('treasurer')) and year < app.year_of((select app.now())));
create policy answers on year_close_end for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and at = (select app.now())
		and (close_id = any(array(select app.years_to_close())) or kind = 'declined' and (select app.keeps_pot())));
grant insert on year_close, year_close_end to loopplank_app;

create function app.check_year() returns trigger language plpgsql security definer set search_path = '' as $$
begin
	if exists (select from public.year_close_end e where e.network_id = new.network_id and e.kind = 'confirmed' and e.year = app.year_of(new.at)) then
		raise exception 'the year of journal % is closed', new.journal_id using errcode = 'check_violation';
	end if;
	return new;
end $$;
comment on function app.check_year() is 'Nothing is booked in a year that was closed.';
create trigger journal_in_open_year before insert on journal for each row execute function app.check_year();

grant execute on function app.propose_reversal(uuid, uuid), app.decline_reversal(uuid), app.payments_to_take_back(), app.years_to_close(), app.year_of(timestamptz) to loopplank_app;
