-- Beside the number of cases, the number in which a promise was kept tells of those in which it was not: neither may be one or two.
create or replace function app.figure_lessons() returns table (lesson_id uuid, cases bigint, kept bigint) language sql stable security definer set search_path = ''
	as $$
		with uses as (
			select u.lesson_id, u.case_id, bool_or(exists (
				select from public.agreement_report r
				join public.agreement_answer n on n.network_id = r.network_id and n.report_id = r.report_id and n.answer = 'confirmed'
				where r.network_id = u.network_id and r.agreement_id = u.agreement_id and r.outcome in ('kept', 'late')
			)) as kept
			from public.lesson_use u
			where u.network_id = (select app.network_id()) and (select app.acts_in_network())
			group by 1, 2
		)
		select u.lesson_id, count(*), case when count(*) filter (where u.kept) >= 3 and count(*) filter (where not u.kept) not in (1, 2)
			then count(*) filter (where u.kept) end
		from uses u group by 1 having count(*) >= 3
	$$;
comment on function app.figure_lessons() is 'How often each lesson was taken over, from three cases on, and in how many of them a promise was kept, when neither those nor the rest are one or two.';
