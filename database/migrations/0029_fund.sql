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
