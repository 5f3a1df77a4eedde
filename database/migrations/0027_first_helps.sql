-- A third of the cases end with an answer: an answer that helped is help too, and is followed up like money and kept agreements.
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
				select from public.request_event w where w.network_id = e.network_id and w.request_id = e.request_id and w.kind = 'withdrawn'
			)
		), firsts as (
			select h.case_id, min(h.at) as helped_at, bool_or(h.full_lane) as full_lane from helps h group by 1
		)
		select f.case_id, f.helped_at, f.full_lane, s.person_id, s.membership_id
		from firsts f
		join public.case_seat s on s.network_id = app.network_id() and s.case_id = f.case_id and s.holder and s.valid_until is null
	$$;
comment on function app.first_helps() is 'Cases that were helped (a kept agreement, an answer that helped, money that was granted): since when, whether with money above the light lane, and who holds them now. For the product itself, which plans checks.';
