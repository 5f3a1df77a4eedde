-- What a cause cost the pot is told from three cases with money on. It was told from three cases on, and of three cases with one grant that is the grant itself.
-- It is the sum of the stretches, so that neither tells more than the other; what lapsed counts in neither.

create or replace function app.figure_cause_quarters() returns table (cause_id uuid, from_quarter date, until_quarter date, cases bigint, cents bigint)
	language plpgsql stable security definer set search_path = ''
	as $$
		declare
			one record;
			now_cause uuid;
			held record;
			has_held boolean := false;
			begin_quarter date;
			end_quarter date;
			sum_cases bigint := 0;
			sum_cents bigint := 0;
		begin
			if not app.acts_in_network() then return; end if;
			for one in
				with newest as (
					select distinct on (n.case_id) n.case_id, n.cause_id from public.cause_naming n where n.network_id = app.network_id()
					order by n.case_id, n.at desc, n.naming_id desc
				), granted as (
					select c.case_id, min(e.at) as first_at, sum(case e.kind when 'lapsed' then -e.granted_cents else e.granted_cents end)::bigint as cents
					from public.case_request c
					join public.request_event e on e.network_id = c.network_id and e.request_id = c.request_id and e.kind in ('granted', 'partly', 'lapsed')
					where c.network_id = app.network_id()
						and not exists (select from public.request_event w where w.network_id = c.network_id and w.request_id = c.request_id and w.kind = 'withdrawn')
					group by 1
				)
				select n.cause_id as cause, date_trunc('quarter', g.first_at at time zone 'Europe/Amsterdam')::date as quarter, count(*) as cases, sum(g.cents)::bigint as cents
				from newest n join granted g on g.case_id = n.case_id
				where n.cause_id is not null and g.cents > 0 group by 1, 2
				union all select null, null, 0, 0
				order by 1 nulls last, 2
			loop
				if one.cause is distinct from now_cause then
					-- What is left over at the end is told with the stretch before it.
					if has_held then
						cause_id := now_cause; from_quarter := held.from_quarter; until_quarter := coalesce(end_quarter, held.until_quarter);
						cases := held.cases + sum_cases; cents := held.cents + sum_cents;
						return next;
					end if;
					now_cause := one.cause; has_held := false; begin_quarter := null; end_quarter := null; sum_cases := 0; sum_cents := 0;
				end if;
				exit when one.cause is null;
				begin_quarter := coalesce(begin_quarter, one.quarter); end_quarter := one.quarter;
				sum_cases := sum_cases + one.cases; sum_cents := sum_cents + one.cents;
				if sum_cases >= 3 then
					if has_held then
						cause_id := now_cause; from_quarter := held.from_quarter; until_quarter := held.until_quarter; cases := held.cases; cents := held.cents;
						return next;
					end if;
					select begin_quarter as from_quarter, end_quarter as until_quarter, sum_cases as cases, sum_cents as cents into held;
					has_held := true; begin_quarter := null; end_quarter := null; sum_cases := 0; sum_cents := 0;
				end if;
			end loop;
		end
	$$;

create or replace function app.figure_cause_euros() returns table (cause_id uuid, cents bigint)
	language sql stable security definer set search_path = ''
	as $$
		select q.cause_id, sum(q.cents)::bigint from app.figure_cause_quarters() q group by 1
	$$;
comment on function app.figure_cause_euros() is 'What was granted from the pot in the cases of each cause, from three cases with money on (k = 3).';
