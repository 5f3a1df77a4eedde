-- Who is asked about a cause that was public has thirty days of their own before they are named in the open, and what another answered is not theirs (F5).
create or replace function app.public_register() returns table (
		cause_id uuid, kind text, organisation_id uuid, outside text, gone boolean, state text, changed_on date, since_year integer, quarter date, cases integer,
		title text, rule text, answer text)
	language sql stable security definer set search_path = ''
	as $$
		with standing as (
			select distinct on (p.cause_id) p.cause_id, p.publication_id from public.publication p
			where p.network_id = (select app.network_id()) and ((select app.page_is_open()) or (select app.acts_in_network()))
				and exists (select from public.publication_event e where e.network_id = p.network_id and e.publication_id = p.publication_id and e.kind = 'opened'
					and not exists (select from public.cause_owner w where w.network_id = p.network_id and w.cause_id = p.cause_id and w.at >= e.at))
				and not exists (select from public.publication_event e where e.network_id = p.network_id and e.publication_id = p.publication_id and e.kind = 'withdrawn')
			order by p.cause_id, p.at desc, p.publication_id desc
		), released as (
			select distinct on (r.cause_id, r.kind, r.publication_id) r.cause_id, r.kind, r.publication_id, r.body, r.at from public.release r
			join public.release_hand h on h.network_id = r.network_id and h.release_id = r.release_id and h.hand = 'released'
			where r.network_id = (select app.network_id())
				and (r.kind <> 'answer' or not exists (select from public.cause_owner w where w.network_id = r.network_id and w.cause_id = r.cause_id and w.at >= r.at))
			order by r.cause_id, r.kind, r.publication_id, r.at desc, r.release_id desc
		)
		select c.cause_id, c.kind, o.organisation_id, o.outside, o.gone, e.kind,
			case when e.kind in ('in_force', 'verified') then f.changed_on end,
			extract(year from s.opened_at at time zone 'Europe/Amsterdam')::integer, n.quarter, n.cases,
			t.body, case when e.kind in ('in_force', 'verified') and u.at >= f.at then u.body end, a.body
		from standing p
		join public.cause c on c.network_id = (select app.network_id()) and c.cause_id = p.cause_id
		join public.signal s on s.network_id = c.network_id and s.cause_id = c.cause_id
		cross join lateral app.owner_of(c.cause_id) o
		join lateral (select v.kind from public.signal_event v where v.network_id = s.network_id and v.signal_id = s.signal_id order by v.at desc, v.event_id desc limit 1) e
			on e.kind <> 'not_ours'
		join lateral (select k.quarter, k.cases from public.public_count k where k.network_id = c.network_id and k.cause_id = c.cause_id order by k.quarter desc limit 1) n on true
		left join lateral (
			select v.changed_on, v.at from public.signal_event v where v.network_id = s.network_id and v.signal_id = s.signal_id and v.kind = 'in_force'
			order by v.at desc, v.event_id desc limit 1
		) f on true
		left join released t on t.cause_id = c.cause_id and t.kind = 'title'
		left join released u on u.cause_id = c.cause_id and u.kind = 'rule'
		left join released a on a.publication_id = p.publication_id and a.kind = 'answer'
	$$;
comment on function app.public_register() is 'The causes that are public since the last who was asked about them had their days: kind, who goes about it, where it stands, in how many cases (five at least, frozen by quarter), and the words that two people of two organisations released; an answer only of who goes about it now. To who acts in the network, and to everyone while the page for everyone is open.';
