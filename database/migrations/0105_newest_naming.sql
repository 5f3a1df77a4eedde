-- Whether a rule helped is counted by what was named last in each case, as every other figure of causes: a slip that was put right holds back nothing.

create or replace function app.signal_evidence(wanted_cause uuid, changed_from timestamptz, window_from timestamptz, before_from timestamptz, before_until timestamptz)
	returns table (new_cases bigint, brought_in bigint, brought_in_before bigint, named bigint, named_before bigint, pot_ever boolean, pot_cents bigint)
	language sql stable security definer set search_path = ''
	as $$
		select
			(select count(*) from (
				select distinct on (k.case_id) k.case_id, k.cause_id from public.cause_naming k where k.network_id = (select app.network_id())
				order by k.case_id, k.at desc, k.naming_id desc
			) n join public.case_record c on c.network_id = (select app.network_id()) and c.case_id = n.case_id
				where n.cause_id = wanted_cause and c.opened_at >= changed_from),
			(select count(*) from public.case_record c where c.network_id = (select app.network_id()) and c.opened_at >= window_from and c.opened_at <= (select app.now())),
			(select count(*) from public.case_record c where c.network_id = (select app.network_id()) and c.opened_at >= before_from and c.opened_at < before_until),
			(select count(distinct n.case_id) from public.cause_naming n where n.network_id = (select app.network_id()) and n.at >= window_from and n.at <= (select app.now())),
			(select count(distinct n.case_id) from public.cause_naming n where n.network_id = (select app.network_id()) and n.at >= before_from and n.at < before_until),
			exists (select from public.contribution_step s where s.network_id = (select app.network_id()) and s.kind = 'received'),
			(select coalesce(sum(f.cash_cents - f.reserved_cents), 0)::bigint from public.fund_source f where f.network_id = (select app.network_id()))
	$$;
comment on function app.signal_evidence(uuid, timestamptz, timestamptz, timestamptz, timestamptz) is 'Counts over the cases of one network, by the cause named last in each, and what is left to grant in its pot and on its cards, with which the sweep verifies a signal. For the jobs role alone.';
