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
