-- What is not done when a project is closed is unfinished, as when a case is: nobody is late with it from then on.
create or replace function app.agreement_standings() returns table (organisation_id uuid, person_id uuid, what text) language sql stable set search_path = ''
	as $$
		with told as (
			select distinct on (r.agreement_id) r.agreement_id, r.outcome, a.answer
			from public.agreement_report r
			left join public.agreement_answer a on a.network_id = r.network_id and a.report_id = r.report_id
			where r.network_id = (select app.network_id())
			order by r.agreement_id, r.at desc, r.report_id desc
		), ended as (
			select distinct on (e.case_id) e.case_id, e.kind from public.case_event e
			where e.network_id = (select app.network_id()) order by e.case_id, e.at desc, e.event_id desc
		), agreed as (
			select distinct on (v.agreement_id) v.agreement_id, v.due_on
			from public.agreement_version v
			join public.agreement_acceptance c on c.network_id = v.network_id and c.version_id = v.version_id
				and c.answer = 'accepted' and c.person_id <> v.offered_by
			where v.network_id = (select app.network_id()) and v.number > 1
			order by v.agreement_id, v.number desc
		), decided as (
			select distinct on (k.version_id) k.version_id as agreement_id, d.answer
			from public.agreement_ask k
			join public.agreement_version f on f.network_id = k.network_id and f.version_id = k.version_id and f.number = 1
			left join public.agreement_ask_answer d on d.network_id = k.network_id and d.ask_id = k.ask_id
			where k.network_id = (select app.network_id())
			order by k.version_id, k.at desc, k.ask_id desc
		)
		select g.organisation_id, g.person_id,
			case when t.answer = 'confirmed' and t.outcome in ('kept', 'late') then t.outcome
				when t.answer = 'confirmed' then 'ended'
				when e.kind = 'closed' or p.project_id is not null then 'unfinished'
				when (t.agreement_id is null or t.answer = 'disputed') and coalesce(v.due_on, g.due_on) < app.today() then 'overdue'
				else 'open' end
		from public.agreement g
		join public.subject u on u.network_id = g.network_id and u.case_id = g.case_id and u.kind <> 'pair'
		left join told t on t.agreement_id = g.agreement_id
		left join ended e on e.case_id = g.case_id
		left join public.project_end p on p.network_id = g.network_id and p.project_id = g.case_id
		left join agreed v on v.agreement_id = g.agreement_id
		left join decided d on d.agreement_id = g.agreement_id
		where g.network_id = (select app.network_id()) and (d.agreement_id is null or d.answer = 'accepted')
	$$;
comment on function app.agreement_standings() is 'Every agreement of a case or a project that binds, as kept, late, ended otherwise, overdue by the day agreed on last, open, or left unfinished when its case or project closed. Called by figures only.';
