-- What someone asked of the pot who works there no more, alone or with their organisation, can be taken back by who sits at the table of its case: they
-- are who it still concerns. Nothing is written by nobody; what was granted is owed, paid or lapses as before.

create function app.requests_of_gone() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select r.request_id
		from public.case_request c
		join public.request r on r.network_id = c.network_id and r.request_id = c.request_id
		where c.network_id = (select app.network_id()) and c.case_id = any(array(select app.my_cases())) and app.membership_ended(r.membership_id)
	$$;
comment on function app.requests_of_gone() is 'The requests of cases at whose table the actor sits, of which who asked works there no more.';
revoke execute on function app.requests_of_gone() from public;
grant execute on function app.requests_of_gone() to loopplank_app;

create function app.questions_of_gone() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select q.question_id from public.request_question q
		where q.network_id = (select app.network_id()) and q.request_id = any(array(select app.requests_of_gone()))
	$$;
comment on function app.questions_of_gone() is 'The questions by which those requests were asked of a team.';
revoke execute on function app.questions_of_gone() from public;
grant execute on function app.questions_of_gone() to loopplank_app;

create policy table_takes_back on request_event for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and kind = 'withdrawn'
		and request_id = any(array(select app.requests_of_gone())));
create policy table_takes_back on question_withdrawal for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id())
		and question_id = any(array(select app.questions_of_gone())));

create or replace function app.end_question_links(question uuid) returns bigint language sql volatile security definer set search_path = ''
	as $$
		with ended as (
			insert into public.private_link_end (network_id, link_id, reason, at)
			select l.network_id, l.link_id, 'revoked', (select app.now()) from public.private_link l
			join public.question_ask k on k.network_id = l.network_id and k.ask_id = l.subject_id
			where l.network_id = (select app.network_id()) and l.purpose = 'question' and k.question_id = question
				and (question = any(array(select app.questions_by_me())) or question = any(array(select app.questions_of_gone())))
			on conflict do nothing
			returning 1
		)
		select count(*) from ended
	$$;
comment on function app.end_question_links(uuid) is 'Takes back the links by which people could answer a question of the actor, or of someone gone of whom the actor takes a request back.';
