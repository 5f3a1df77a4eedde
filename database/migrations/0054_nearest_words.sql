-- The known words that look like an unknown one. Under row-level security the index on their letters is not used, since what `%` compares could tell of rows
-- that a policy hides; this function asks the index, and answers words of the actor's network alone.
create function app.near_lexemes(of_kind text, stems text[]) returns table (stem text, lexeme text, documents integer)
	language sql stable security definer set search_path = ''
	as $$
		select u.stem, f.lexeme, f.documents from unnest(stems) u(stem)
		cross join lateral (
			select l.lexeme, l.documents from public.knowledge_lexeme l
			where l.network_id = (select app.network_id()) and l.kind = of_kind and l.documents > 0 and l.lexeme operator(public.%) u.stem
			order by public.similarity(l.lexeme, u.stem) desc, l.lexeme limit 8
		) f
		where (select app.acts_in_network())
	$$;
comment on function app.near_lexemes(text, text[]) is 'Of each word that stands nowhere, up to eight words of the profiles or cards of the network that look most like it, and in how many they stand.';
grant execute on function app.near_lexemes(text, text[]) to loopplank_app;
