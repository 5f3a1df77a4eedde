-- The resident sees of each agreement the version that counts now, and none that a colleague has yet to decide on or refused.
drop function app.resident_agreements(bytea);
create function app.resident_agreements(hash bytea)
	returns table (agreement_id uuid, version_id uuid, kind text, due_on date, at timestamptz, organisation_name text, function_title text, person_name text, outcome text, answer text)
	language sql stable security definer set search_path = ''
	as $$
		select a.agreement_id, v.version_id, a.kind, v.due_on, a.at, o.name, m.function_title, case when o.names_to_residents then p.display_name end, t.outcome, n.answer
		from app.resident_case(hash) r
		join public.agreement a on a.network_id = app.network_id() and a.case_id = r.case_id
		join public.membership m on m.network_id = a.network_id and m.membership_id = a.membership_id
		join public.person p on p.network_id = a.network_id and p.person_id = a.person_id
		join public.organisation o on o.network_id = a.network_id and o.organisation_id = a.organisation_id
		cross join lateral (
			select w.version_id, w.due_on from public.agreement_version w
			where w.network_id = a.network_id and w.case_id = a.case_id and w.agreement_id = a.agreement_id and (w.number = 1 or exists (
				select from public.agreement_acceptance b
				where b.network_id = w.network_id and b.version_id = w.version_id and b.answer = 'accepted' and b.person_id <> w.offered_by
			)) order by w.number desc limit 1
		) v
		left join lateral (
			select g.report_id, g.outcome from public.agreement_report g
			where g.network_id = a.network_id and g.agreement_id = a.agreement_id order by g.at desc, g.report_id desc limit 1
		) t on true
		left join public.agreement_answer n on n.network_id = a.network_id and n.report_id = t.report_id
		left join lateral (
			select k.ask_id, q.answer as decided from public.agreement_ask k
			left join public.agreement_ask_answer q on q.network_id = k.network_id and q.ask_id = k.ask_id
			where k.network_id = a.network_id and k.version_id = a.agreement_id order by k.at desc, k.ask_id desc limit 1
		) d on true
		where d.ask_id is null or d.decided = 'accepted'
		order by a.at, a.agreement_id
	$$;
comment on function app.resident_agreements(bytea) is 'What was agreed for the resident and binds: by which organisation and function, by when, and how it went. A name only where the organisation chose so.';
grant execute on function app.resident_agreements(bytea) to loopplank_app;
