import type { CauseKind } from '#rooms/causes/rules.ts';

/** Why help was needed in the demo: causes that stories share, so that some come back. `responsible`: an organisation of demo/network.json, or a code of someone outside. */
export const causes = {
	waiting: { kind: 'waiting_time', responsible: 'gemeente', title: 'Bijzondere bijstand duurt acht weken' },
	first_month: { kind: 'bylaw_or_policy', responsible: 'gemeente', title: 'De eerste maand werk begint zonder geld' },
	address: { kind: 'organisation_rule', responsible: 'gemeente', title: 'Zonder adres begint niets' },
	reconnection: { kind: 'missing_provision', responsible: 'other_outside', title: 'Niemand betaalt het heraansluiten van stroom' },
	deposit: { kind: 'organisation_rule', responsible: 'kade', title: 'De borg komt pas na de eindcontrole terug' },
	locks: { kind: 'organisation_rule', responsible: 'kade', title: 'Een slot wordt alleen vervangen als het kapot is' },
	letters: { kind: 'work_habit', responsible: 'zeewering', title: 'Brieven naar wie geen post meer opent' },
	paper: { kind: 'work_habit', responsible: 'schuldhulp', title: 'Papieren vragen die er niet zijn' },
	credit: { kind: 'waiting_time', responsible: 'schuldhulp', title: 'Het saneringskrediet komt na de deurwaarder' },
	intake: { kind: 'work_habit', responsible: 'vuurtoren', title: 'Wie drinkt, komt niet door de intake' },
	data_sharing: { kind: 'data_sharing', responsible: 'gemeente', title: 'Gegevens over het adres blijven liggen' },
	first_week: { kind: 'work_habit', responsible: 'steven', title: 'De eerste week thuis begint zonder hulp' },
	lodger: { kind: 'law_no_local_room', responsible: 'ministry', title: 'Een volwassen kind in huis verlaagt de bijstand' },
	none_yet: { kind: 'not_known_yet', responsible: '', title: '' }
} as const satisfies Record<string, { readonly kind: CauseKind; readonly responsible: string; readonly title: string }>;
