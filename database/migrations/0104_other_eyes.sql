-- A second pair of eyes is of who works now for no organisation that wrote it: what someone worked for long ago is no bar, and the commands ask the same.

drop policy other_hand on release_hand;
create policy other_hand on release_hand for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network())
		and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and case when release_id = any(array(
			select r.release_id from release r where r.network_id = (select app.network_id()) and r.person_id = (select app.person_id())))
		then hand = 'declined' and reason is null
		else (hand = 'declined') = (reason is not null) and not (release_id = any(array(
			select r.release_id from release r where r.network_id = (select app.network_id()) and r.organisation_id in (
				select m.organisation_id from membership m where m.network_id = (select app.network_id()) and m.person_id = (select app.person_id())
					and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now())))))) end);

drop policy other_hand on story_hand;
create policy other_hand on story_hand for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network())
		and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and organisation_id = (select app.my_organisation())
		and case_id = any(array(select app.my_cases()))
		and (hand <> 'released' or not (story_id = any(array(
			select s.story_id from story s where s.network_id = (select app.network_id())
				and (s.person_id = (select app.person_id()) or s.organisation_id in (
					select m.organisation_id from membership m where m.network_id = (select app.network_id()) and m.person_id = (select app.person_id())
						and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now())))))))));

drop policy other_hand on public_page_answer;
create policy other_hand on public_page_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and organisation_id = (select app.my_organisation()) and ((select app.has_role('governor')) or (select app.has_role('administrator')))
		and not (page_id = any(array(
			select p.page_id from public_page p where p.network_id = (select app.network_id())
				and (p.person_id = (select app.person_id()) or p.organisation_id in (
					select m.organisation_id from membership m where m.network_id = (select app.network_id()) and m.person_id = (select app.person_id())
						and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))))))));
