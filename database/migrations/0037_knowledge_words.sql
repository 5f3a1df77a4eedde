-- Who knows and what helped before, found in a network of any size: which word stands in whose profile and on which card. A network keeps words of its own
-- beside the thesaurus of the field, and a profile that was not looked at for a year asks whose it is.

create table word (
	network_id uuid not null references network,
	word_id uuid not null,
	concept text not null check (concept ~ '^[a-z][a-z0-9_]{1,59}$'),
	label text not null check (length(label) between 2 and 60),
	register text not null check (register in ('formal', 'everyday', 'abbreviation', 'english')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, word_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table word is 'A word that this network uses for something in the thesaurus. Nothing of a person. retention: as long as the network.';
create index word_concept on word (network_id, concept);

create table word_end (
	network_id uuid not null,
	word_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, word_id),
	foreign key (network_id, word_id) references word,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table word_end is 'A word of the network was taken out: nothing is found by it any more. retention: as long as the network.';

create table knowledge_posting (
	network_id uuid not null references network,
	kind text not null check (kind in ('profile', 'card')),
	doc_id uuid not null,
	lexeme text not null,
	weight real not null,
	primary key (network_id, kind, doc_id, lexeme)
);
comment on table knowledge_posting is 'Which word stands in the profile of who may be asked, and on which card that was not retired; how much it weighs there. Kept anew with each. retention: with the profile or card.';
create index knowledge_posting_best on knowledge_posting (network_id, kind, lexeme, weight desc, doc_id);

create table knowledge_lexeme (
	network_id uuid not null references network,
	kind text not null check (kind in ('profile', 'card')),
	lexeme text not null,
	documents integer not null check (documents >= 0),
	primary key (network_id, kind, lexeme)
);
comment on table knowledge_lexeme is 'In how many profiles or cards a word stands; the empty word counts them all. retention: as long as the network.';
create index knowledge_lexeme_letters on knowledge_lexeme using gin (lexeme gin_trgm_ops);

do $$
declare t text;
begin
	foreach t in array array['word', 'word_end', 'knowledge_posting', 'knowledge_lexeme'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select on %I to loopplank_app', t);
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
	end loop;
	foreach t in array array['word', 'word_end'] loop
		execute format('grant insert on %I to loopplank_app', t);
		execute format('create policy own_hand on %I for insert to loopplank_app with check (network_id = (select app.network_id()) and person_id = (select app.person_id())
			and membership_id = (select app.membership_id()) and at = (select app.now()) and (select app.acts_in_network()))', t);
	end loop;
end $$;

create function app.posting_weight(times integer, words integer, usual integer) returns real language sql immutable parallel safe set search_path = ''
	as $$ select (times * 2.2 / (times + 1.2 * (0.4 + 0.6 * words / usual)))::real $$;
comment on function app.posting_weight(integer, integer, integer) is 'How much a word weighs in a text (BM25): more when it stands there more often, less when the text is long.';

-- Counts are changed in the order of the words, so that two who write at once never wait for each other in a ring.
create function app.put_postings(network uuid, of_kind text, doc uuid, terms tsvector) returns void language plpgsql set search_path = '' as $$
declare
	changed record;
	total integer;
begin
	select coalesce(sum(cardinality(t.positions)), 0) into total from unnest(terms) t where length(t.lexeme) <= 60;
	for changed in
		select s.lexeme, sum(s.step)::integer as step from (
			select p.lexeme, -1 as step from public.knowledge_posting p where p.network_id = network and p.kind = of_kind and p.doc_id = doc
			union all select '', -1 where exists (select from public.knowledge_posting p where p.network_id = network and p.kind = of_kind and p.doc_id = doc)
			union all select t.lexeme, 1 from unnest(terms) t where length(t.lexeme) <= 60
			union all select '', 1 where total > 0
		) s group by s.lexeme having sum(s.step) <> 0 order by s.lexeme collate "C"
	loop
		insert into public.knowledge_lexeme as l values (network, of_kind, changed.lexeme, greatest(changed.step, 0))
			on conflict (network_id, kind, lexeme) do update set documents = l.documents + changed.step;
	end loop;
	delete from public.knowledge_posting p where p.network_id = network and p.kind = of_kind and p.doc_id = doc;
	insert into public.knowledge_posting
		select network, of_kind, doc, t.lexeme, app.posting_weight(cardinality(t.positions), total, case of_kind when 'profile' then 12 else 30 end)
		from unnest(terms) t where length(t.lexeme) <= 60;
end $$;
comment on function app.put_postings(uuid, text, uuid, tsvector) is 'Keeps the words of one profile or card anew. Without words it is not found.';
revoke execute on function app.put_postings(uuid, text, uuid, tsvector) from public;

create function app.index_profile() returns trigger language plpgsql security definer set search_path = '' as $$
begin
	if tg_op = 'DELETE' then perform app.put_postings(old.network_id, 'profile', old.person_id, ''::tsvector);
	else perform app.put_postings(new.network_id, 'profile', new.person_id, case when new.available and new.willing then new.terms else ''::tsvector end);
	end if;
	return null;
end $$;
comment on function app.index_profile() is 'Who may be asked is found by the words of their profile, from the moment they keep it.';
create trigger profile_indexed after insert or delete or update of terms, available, willing on profile for each row execute function app.index_profile();

create function app.index_card() returns trigger language plpgsql security definer set search_path = '' as $$
begin
	if tg_table_name = 'knowledge_card' then perform app.put_postings(new.network_id, 'card', new.card_id, new.terms);
	elsif new.verdict = 'retired' then perform app.put_postings(new.network_id, 'card', new.card_id, ''::tsvector);
	end if;
	return null;
end $$;
comment on function app.index_card() is 'A card is found by its words from when it is made until it is retired.';
create trigger card_indexed after insert on knowledge_card for each row execute function app.index_card();
create trigger card_retired after insert on card_review for each row execute function app.index_card();
revoke execute on function app.index_profile(), app.index_card() from public;

select app.put_postings(f.network_id, 'profile', f.person_id, f.terms) from profile f where f.available and f.willing;
select app.put_postings(c.network_id, 'card', c.card_id, c.terms) from knowledge_card c
	where not exists (select from card_review r where r.network_id = c.network_id and r.card_id = c.card_id and r.verdict = 'retired');

-- A profile that nobody looked at for a year asks its owner, once, whether it still holds.
alter table profile add column asked_at timestamptz;
comment on column profile.asked_at is 'When the product last asked whether the profile still holds; an answer is a later updated_at.';
create policy jobs_asks on profile for update to loopplank_jobs using (network_id = (select app.network_id())) with check (network_id = (select app.network_id()));
grant update (asked_at) on profile to loopplank_jobs;
