-- A party of an agreement for a year may say no, and who brought it may take it back, while it is not agreed (S5). Both are steps, so that what was accepted before is asked anew.

alter table yearly_step drop constraint yearly_step_kind_check;
alter table yearly_step add constraint yearly_step_kind_check check (kind in ('offer', 'looked', 'evaluated', 'declined', 'withdrawn'));
alter table yearly_step drop constraint yearly_step_words_check;
alter table yearly_step add constraint yearly_step_words_check
	check (case when kind in ('declined', 'withdrawn') then words = '' else char_length(words) between 1 and 600 end);
create unique index yearly_step_declined on yearly_step (network_id, item_id, organisation_id) where kind = 'declined';
create unique index yearly_step_withdrawn on yearly_step (network_id, item_id) where kind = 'withdrawn';
comment on table yearly_step is 'What a party says: what it will do, how that goes, what was learned, that it does not take part, or, by who brought it, that it is taken back. The newest counts. retention: as long as the network.';
comment on table yearly_answer is 'A party accepts what was said last, by who governs or administers it: all offers up to that step, or what was learned. Whatever is said after, and a party that leaves, asks for a new yes. retention: as long as the network.';
alter policy own_party on yearly_step with check (network_id = (select app.network_id()) and (select app.acts_in_network())
	and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and organisation_id = (select app.my_organisation())
	and (kind <> 'withdrawn' or item_id = any(array(select i.item_id from yearly_item i where i.network_id = (select app.network_id()) and i.person_id = (select app.person_id())))));

create or replace function app.yearly_to_remind(today date, until date) returns table (item_id uuid, waits text, person_id uuid)
	language sql stable security definer set search_path = ''
	as $$
		with left_out as (
			select s.item_id, s.organisation_id, s.kind from public.yearly_step s where s.network_id = (select app.network_id()) and s.kind in ('declined', 'withdrawn')
		), due as (
			select i.item_id from public.yearly_item i where i.network_id = (select app.network_id()) and i.due_on between today and until
				and not exists (select from left_out l where l.item_id = i.item_id and l.kind = 'withdrawn')
		), party as (
			select p.item_id, p.organisation_id, o.step_id as offer, count(*) over (partition by p.item_id) as parties from due d
			join public.yearly_party p on p.network_id = (select app.network_id()) and p.item_id = d.item_id
				and not exists (select from left_out l where l.item_id = p.item_id and l.organisation_id = p.organisation_id and l.kind = 'declined')
			left join lateral (
				select s.step_id from public.yearly_step s where s.network_id = p.network_id and s.item_id = p.item_id
					and s.organisation_id = p.organisation_id and s.kind = 'offer' order by s.at desc, s.step_id desc limit 1
			) o on true
		), asked as (
			select d.item_id, exists (select from party p where p.item_id = d.item_id and p.offer is null) as offering, (
				select s.step_id from public.yearly_step s where s.network_id = (select app.network_id()) and s.item_id = d.item_id and s.kind in ('offer', 'declined')
				order by s.at desc, s.step_id desc limit 1
			) as newest from due d
		), lacking as (
			select p.item_id, p.organisation_id, case when a.offering then 'offer' else 'accept' end as waits
			from party p join asked a on a.item_id = p.item_id
			where p.parties >= 2 and case when a.offering then p.offer is null else not exists (
				select from public.yearly_answer y where y.network_id = (select app.network_id()) and y.step_id = a.newest and y.organisation_id = p.organisation_id) end
		)
		select distinct l.item_id, l.waits, m.person_id from lacking l
		join public.organisation o on o.network_id = (select app.network_id()) and o.organisation_id = l.organisation_id
			and (o.left_at is null or o.left_at > (select app.now()))
		join public.membership m on m.network_id = o.network_id and m.organisation_id = o.organisation_id and m.roles && array['governor', 'administrator']
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
		where not exists (select from public.yearly_reminder r
			where r.network_id = o.network_id and r.item_id = l.item_id and r.waits = l.waits and r.person_id = m.person_id)
	$$;
comment on function app.yearly_to_remind(date, date) is 'Who answers for a party that takes part and did not offer, or did not accept what all offered, of an agreement that stands with a day between these, and was not reminded of it. For the jobs role alone.';
