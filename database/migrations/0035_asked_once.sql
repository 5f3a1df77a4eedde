-- Who acts, where and when is the same for a whole statement, but written plainly in a function it is asked again for every row: `app.my_cases()`
-- took 1.8 ms for fifty seats, and 0.1 ms when asked once. Each function written in SQL asks once; a test keeps it so for those to come.
do $$
declare f record;
begin
	for f in
		select pg_get_functiondef(p.oid) as definition, p.prosrc as body from pg_proc p
		join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
		where n.nspname = 'app' and l.lanname = 'sql' and p.prosrc ~ 'app\.((network_id|person_id|membership_id|now|acts_in_network)\(\)|has_role\(''[a-z]+''\))'
	loop
		execute replace(f.definition, f.body, regexp_replace(f.body,
			'(?<!\(select )app\.((network_id|person_id|membership_id|now|acts_in_network)\(\)|has_role\(''[a-z]+''\))', '(select app.\1)', 'g'));
	end loop;
end $$;

-- Which small requests one may agree to: the teams one is in are looked up once, not who is in the team of each request.
create or replace function app.requests_to_vote() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select r.request_id from public.request r
		join public.request_question q on q.network_id = r.network_id and q.request_id = r.request_id
		where r.network_id = (select app.network_id()) and r.lane = 'light' and r.asked_by <> (select app.person_id())
			and q.question_id = any(array(select app.questions_to_me()))
			and r.team_id = any(array(
				select t.team_id from public.team_member t
				join public.membership m on m.network_id = t.network_id and m.membership_id = t.membership_id
				join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id
				where t.network_id = (select app.network_id()) and t.person_id = (select app.person_id()) and t.membership_id = (select app.membership_id())
					and t.valid_from <= (select app.now()) and (t.valid_until is null or t.valid_until > (select app.now()))
					and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
					and (o.left_at is null or o.left_at > (select app.now()))))
	$$;

-- What the secretariat sees, without counting the events of every request of the network.
create or replace function app.before_secretariat() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select r.request_id from public.request r
		where r.network_id = (select app.network_id()) and r.lane = 'full'
			and exists (select from public.request_event e where e.network_id = r.network_id and e.request_id = r.request_id and e.kind = 'asked')
		union
		select m.request_id from public.request_more m
		where m.network_id = (select app.network_id())
			and (select count(*) from public.request_event e where e.network_id = m.network_id and e.request_id = m.request_id and e.kind = 'asked') >= 2
	$$;

-- At which tables someone sits: their membership is looked at once, not for every seat.
create or replace function app.my_cases() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select s.case_id from public.case_seat s
		where s.network_id = (select app.network_id()) and s.person_id = (select app.person_id()) and s.membership_id = (select app.membership_id())
			and s.valid_from <= (select app.now()) and (s.valid_until is null or s.valid_until > (select app.now()))
			and exists (
				select from public.membership m where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id())
					and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now())))
	$$;

drop policy holder_makes on private_link;
create policy holder_makes on private_link for insert to loopplank_app
	with check (network_id = (select app.network_id()) and purpose = 'resident' and person_id is null and expires_at <= (select app.now()) + interval '90 days'
		and subject_id = any(array(select app.my_held_cases())));

-- A posting locks the one row of the pot. It is the last thing its act does, with the commit right behind it, and refuses by an error: nobody waits for the
-- way there and back of the one before. Whether there is such a pledge is found here.
drop function app.book_contribution(uuid, uuid);
create function app.book_contribution(step uuid, new_journal uuid) returns void language plpgsql security definer set search_path = '' as $$
declare
	here uuid := app.network_id();
	taken public.contribution_step;
	pledge public.contribution;
	invoiced bigint;
	received bigint;
	receivable uuid;
	owed bigint;
begin
	if not app.has_role('treasurer') then raise exception 'not the treasurer' using errcode = 'insufficient_privilege'; end if;
	select s.* into taken from public.contribution_step s where s.network_id = here and s.step_id = step and s.person_id = app.person_id();
	if not found then raise exception 'not_found' using errcode = 'LPREF'; end if;
	select c.* into strict pledge from public.contribution c where c.network_id = here and c.contribution_id = taken.contribution_id for no key update;
	select coalesce(sum(s.amount_cents) filter (where s.kind = 'invoiced'), 0), coalesce(sum(s.amount_cents) filter (where s.kind = 'received'), 0)
		into invoiced, received from public.contribution_step s where s.network_id = here and s.contribution_id = pledge.contribution_id
			and not exists (select from public.taken_back b where b.network_id = s.network_id and b.subject_id = s.step_id);
	-- Never more than the organisation pledged itself.
	if invoiced > pledge.amount_cents or received > pledge.amount_cents then raise exception 'over_amount' using errcode = 'LPREF'; end if;
	receivable := app.find_account('contributions_receivable', null, pledge.organisation_id);
	if taken.kind = 'invoiced' then
		perform app.book(new_journal, 'contribution_invoiced', step, null,
			array[receivable, app.find_account('contributions', null, pledge.organisation_id)], array[taken.amount_cents, -taken.amount_cents]);
	else
		-- What was not invoiced yet comes in as it is.
		owed := least(greatest(invoiced - (received - taken.amount_cents), 0), taken.amount_cents);
		perform app.book(new_journal, 'contribution_received', step, null,
			array[app.find_account('cash', app.find_source(null), null), receivable, app.find_account('contributions', null, pledge.organisation_id)],
			array[taken.amount_cents, -owed, owed - taken.amount_cents]);
	end if;
end $$;
comment on function app.book_contribution(uuid, uuid) is 'Books a step of a contribution that the treasurer has just written. Refuses (LPREF): over_amount when it would pass what the organisation pledged, not_found when there is no such step.';
grant execute on function app.book_contribution(uuid, uuid) to loopplank_app;
revoke execute on function app.book_contribution(uuid, uuid) from public;
