-- The yearly report tells of a year from the figures that the product froze: one row of figures for everyone, so that neither two reports nor a report and the
-- page for everyone tell of fewer than five. So they are frozen each night, whether or not there is a page, and with them what only the report tells.

alter table public_figure drop constraint public_figure_what_check, drop constraint public_figure_counted_check;
alter table public_figure add constraint public_figure_what_check check (what in ('cases', 'helped', 'without_money', 'answered', 'kept', 'paid', 'net', 'full', 'gross',
	'referred', 'withdrawn', 'lost_from_sight', 'received', 'recovered'));
alter table public_figure add constraint public_figure_counted_check check (counted >= case when what = 'received' then 1 else 5 end);
comment on table public_figure is 'A figure for everyone, as it is shown: counted over so many, rounded, and written by the product once a quarter at most, only when it is counted over five more or fewer than before, so that two looks never tell of fewer than five. What organisations put in is told whenever it differs: it tells of no household. The yearly report of a year tells what stood here at its end. retention: as long as the network.';

create or replace function app.publishable_figures() returns table (what text, counted bigint, amount bigint) language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (v.case_id) v.case_id, v.kind, v.outcome from public.case_event v
			where v.network_id = (select app.network_id()) order by v.case_id, v.at desc, v.event_id desc
		), paid as (
			select r.case_id, sum(p.amount_cents)::bigint as cents from public.payment p
			join public.case_request r on r.network_id = p.network_id and r.request_id = p.request_id
			where p.network_id = (select app.network_id())
				and exists (select from public.payment_event e where e.network_id = p.network_id and e.payment_id = p.payment_id and e.kind = 'paid')
				and not exists (select from public.payment_event e where e.network_id = p.network_id and e.payment_id = p.payment_id and e.kind = 'reversed')
			group by 1
		)
		select 'cases', count(*), count(*) from newest
		union all
		select 'helped', count(*), count(*) from newest n where n.kind = 'closed' and n.outcome in ('helped', 'helped_without_money')
		union all
		select 'without_money', count(*), count(*) from newest n where n.kind = 'closed' and n.outcome = 'helped_without_money'
		union all
		select 'answered', count(distinct q.question_id), count(distinct q.question_id) from public.question q
		join public.question_answer a on a.network_id = q.network_id and a.question_id = q.question_id and a.answer <> 'declined'
		where q.network_id = (select app.network_id())
		union all
		select 'kept', count(*), count(*) from app.agreement_standings() s where s.what in ('kept', 'late')
		union all
		select 'paid', count(*), coalesce(sum(d.cents), 0)::bigint from paid d
		union all
		select n.outcome, count(*), count(*) from newest n
		where n.kind = 'closed' and n.outcome in ('referred', 'withdrawn', 'lost_from_sight') group by 1
		union all
		-- What organisations put in tells of no household.
		select 'received', count(*), coalesce(sum(s.amount_cents), 0)::bigint from public.contribution_step s
		where s.network_id = (select app.network_id()) and s.kind = 'received'
			and not exists (select from public.taken_back b where b.network_id = s.network_id and b.subject_id = s.step_id)
		union all
		select 'recovered', count(distinct r.case_id), coalesce(sum(e.amount_cents), 0)::bigint from public.claim_event e
		join public.claim c on c.network_id = e.network_id and c.claim_id = e.claim_id
		join public.case_request r on r.network_id = c.network_id and r.request_id = c.request_id
		where e.network_id = (select app.network_id()) and e.kind = 'paid'
			and not exists (select from public.taken_back b where b.network_id = e.network_id and b.subject_id = e.event_id)
	$$;
