-- Beside what a cause cost the pot: how many households were helped with it (F4). A case is one household; whether it came before is kept nowhere.

create function app.figure_cause_households() returns table (cause_id uuid, from_quarter date, until_quarter date, households bigint)
	language plpgsql stable security definer set search_path = ''
	as $$
		declare
			one record;
			now_cause uuid;
			held record;
			has_held boolean := false;
			begin_quarter date;
			end_quarter date;
			sum_households bigint := 0;
		begin
			if not app.acts_in_network() then return; end if;
			for one in
				with newest as (
					select distinct on (n.case_id) n.case_id, n.cause_id from public.cause_naming n where n.network_id = app.network_id()
					order by n.case_id, n.at desc, n.naming_id desc
				), ended as (
					select distinct on (v.case_id) v.case_id, v.kind, v.outcome, v.at from public.case_event v where v.network_id = app.network_id()
					order by v.case_id, v.at desc, v.event_id desc
				)
				select n.cause_id as cause, date_trunc('quarter', e.at at time zone 'Europe/Amsterdam')::date as quarter, count(*) as households
				from newest n join ended e on e.case_id = n.case_id
				where n.cause_id is not null and e.kind = 'closed' and e.outcome in ('helped', 'helped_without_money') group by 1, 2
				union all select null, null, 0
				order by 1 nulls last, 2
			loop
				if one.cause is distinct from now_cause then
					-- What is left over at the end is told with the stretch before it.
					if has_held then
						cause_id := now_cause; from_quarter := held.from_quarter; until_quarter := coalesce(end_quarter, held.until_quarter);
						households := held.households + sum_households;
						return next;
					end if;
					now_cause := one.cause; has_held := false; begin_quarter := null; end_quarter := null; sum_households := 0;
				end if;
				exit when one.cause is null;
				begin_quarter := coalesce(begin_quarter, one.quarter); end_quarter := one.quarter;
				sum_households := sum_households + one.households;
				if sum_households >= 3 then
					if has_held then
						cause_id := now_cause; from_quarter := held.from_quarter; until_quarter := held.until_quarter; households := held.households;
						return next;
					end if;
					select begin_quarter as from_quarter, end_quarter as until_quarter, sum_households as households into held;
					has_held := true; begin_quarter := null; end_quarter := null; sum_households := 0;
				end if;
			end loop;
		end
	$$;
comment on function app.figure_cause_households() is 'How many households were helped, with money or without, in the cases in which a cause was named last, by the quarter in which their case was closed; quarters taken together until three fall in them (k = 3). A case is one household.';
grant execute on function app.figure_cause_households() to loopplank_app;
