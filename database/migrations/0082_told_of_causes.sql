-- Nothing about a cause happens in silence (F3, F5, S8): who declines words says why, an answer that was not released is told of, and a step is told to whom it concerns.

alter table release_hand add column reason text check (reason in ('points_at_someone', 'speaks_for_another', 'unclear', 'other'));
alter table release_hand add column words text not null default '' check (char_length(words) <= 300);
alter table release_hand add check (hand = 'declined' or (reason is null and words = ''));
alter table release_hand add check ((reason is null) = (words = ''));
comment on table release_hand is 'The second pair of eyes on words for outside, of another organisation: released, or declined with why; or who wrote them took them back. Once. retention: as long as the network.';
comment on column release_hand.words is 'Why it was declined, read by the network; empty where the writer took it back. Refused with anything that looks like a number or address of a person.';

drop policy other_hand on release_hand;
create policy other_hand on release_hand for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network())
		and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and case when release_id = any(array(
			select r.release_id from release r where r.network_id = (select app.network_id()) and r.person_id = (select app.person_id())))
		then hand = 'declined' and reason is null
		else (hand = 'declined') = (reason is not null) and not (release_id = any(array(
			select r.release_id from release r where r.network_id = (select app.network_id()) and (r.organisation_id = (select app.my_organisation())
				or hand = 'released' and r.organisation_id in (
					select m.organisation_id from membership m where m.network_id = (select app.network_id()) and m.person_id = (select app.person_id())))))) end);

create function app.public_answers_withheld() returns table (cause_id uuid) language sql stable security definer set search_path = ''
	as $$
		select n.cause_id from (
			select distinct on (r.publication_id) r.cause_id, r.publication_id, h.hand from public.release r
			join public.release_hand h on h.network_id = r.network_id and h.release_id = r.release_id
			where r.network_id = (select app.network_id()) and r.kind = 'answer' and ((select app.page_is_open()) or (select app.acts_in_network()))
				and not (h.hand = 'declined' and h.person_id = r.person_id)
				and not exists (select from public.cause_owner w where w.network_id = r.network_id and w.cause_id = r.cause_id and w.at >= r.at)
			order by r.publication_id, r.at desc, r.release_id desc
		) n
		where n.hand = 'declined'
			and exists (select from public.publication_event e
				where e.network_id = (select app.network_id()) and e.publication_id = n.publication_id and e.kind = 'opened')
			and not exists (select from public.publication_event e
				where e.network_id = (select app.network_id()) and e.publication_id = n.publication_id and e.kind = 'withdrawn')
	$$;
comment on function app.public_answers_withheld() is 'The causes that were made public of which who goes about them now gave an answer that another organisation did not release: that it is so, and no word of it. To who acts in the network, and to everyone while the page for everyone is open. Needs no person.';
grant execute on function app.public_answers_withheld() to loopplank_app;

-- Whom a step of a signal concerns (F3): told by the product, so that nobody who acts learns who named a cause in which case.
create function app.signal_concerns(wanted uuid) returns table (person_id uuid) language sql stable security definer set search_path = ''
	as $$
		with here as (
			select s.signal_id, s.cause_id from public.signal s where s.network_id = (select app.network_id()) and s.signal_id = wanted
		), concerned as (
			select n.person_id from (
				select distinct on (k.case_id) k.case_id, k.cause_id, k.person_id from public.cause_naming k where k.network_id = (select app.network_id())
				order by k.case_id, k.at desc, k.naming_id desc
			) n
			join here h on h.cause_id = n.cause_id
			join public.case_seat s on s.network_id = (select app.network_id()) and s.case_id = n.case_id and s.person_id = n.person_id
				and s.valid_from <= (select app.now()) and (s.valid_until is null or s.valid_until > (select app.now()))
			union
			select e.person_id from public.signal_event e join here h on h.signal_id = e.signal_id
			where e.network_id = (select app.network_id()) and e.kind = 'asked_other'
			union
			select i.person_id from public.yearly_item i join here h on h.cause_id = i.cause_id
			where i.network_id = (select app.network_id()) and not exists (
				select from public.yearly_step y where y.network_id = i.network_id and y.item_id = i.item_id and y.kind = 'withdrawn')
			union
			select r.person_id from app.signal_responsible(wanted) r
		)
		select distinct c.person_id from concerned c
		where exists (select from public.membership m where m.network_id = (select app.network_id()) and m.person_id = c.person_id
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now())))
	$$;
comment on function app.signal_concerns(uuid) is 'Whom a step of a signal concerns: who named its cause last in a case and still sits there, who asked another about it, who brought it to an agreement for a year, and who is asked about it. Ids of people, of no case. For the jobs role alone.';
revoke execute on function app.signal_concerns(uuid) from public;
grant execute on function app.signal_concerns(uuid) to loopplank_jobs;
