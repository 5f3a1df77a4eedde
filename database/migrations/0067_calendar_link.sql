-- A private link by which a calendar reads one's own agenda: made by oneself, for oneself, with the membership acted with, and taken back at any time.
create policy own_calendar on private_link for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network()) and purpose = 'calendar'
		and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and subject_id = (select app.membership_id())
		and expires_at <= (select app.now()) + interval '400 days');
