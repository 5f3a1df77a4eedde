-- What causes cost the pot, and the states of all cases counted in a fraction of the time.

create function app.figure_cause_euros() returns table (cause_id uuid, cents bigint)
	language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (n.case_id) n.case_id, n.cause_id
			from public.cause_naming n where n.network_id = (select app.network_id()) and (select app.acts_in_network())
			order by n.case_id, n.at desc, n.naming_id desc
		), granted as (
			select c.case_id, sum(e.granted_cents) as cents
			from public.case_request c
			join public.request_event e on e.network_id = c.network_id and e.request_id = c.request_id and e.kind in ('granted', 'partly')
			where c.network_id = (select app.network_id()) and (select app.acts_in_network())
				and not exists (select from public.request_event w where w.network_id = c.network_id and w.request_id = c.request_id and w.kind = 'withdrawn')
			group by 1
		)
		select n.cause_id, coalesce(sum(g.cents), 0)::bigint
		from newest n left join granted g on g.case_id = n.case_id
		where n.cause_id is not null
		group by 1 having count(*) >= 3
	$$;
comment on function app.figure_cause_euros() is 'What was granted from the pot in the cases of each cause, from three cases on (k = 3). No case, no month: a single grant could be told from it.';
grant execute on function app.figure_cause_euros() to loopplank_app;

-- Agreements are looked for only where no closing or reopening says the state already.
create or replace function app.figure_cases() returns table (state text, outcome text, cases bigint) language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (v.case_id) v.case_id, v.kind, v.outcome from public.case_event v
			where v.network_id = (select app.network_id()) and (select app.acts_in_network())
			order by v.case_id, v.at desc, v.event_id desc
		)
		select case when e.kind in ('closed', 'reopened') then e.kind
				when exists (select from public.agreement a where a.network_id = (select app.network_id()) and a.case_id = e.case_id) then 'running'
				else 'open' end,
			e.outcome, count(*)
		from newest e
		group by 1, 2
	$$;
