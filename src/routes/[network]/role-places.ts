import type { Role } from '#foundation/actor.ts';
import type { MessageKey } from '#foundation/text/text.ts';

/** What one goes to a page for, in the order in which the home page says it. */
export const placeGroups = ['work', 'knowing', 'together', 'network', 'mine'] as const;
export type PlaceGroup = (typeof placeGroups)[number];

/** A page that the home page leads to, by role. */
export interface RolePlace {
	readonly path: string;
	readonly group: PlaceGroup;
	readonly name: MessageKey;
	/** One sentence: what one finds there. Absent: it stands beside the page of who has no cases, and not on it. */
	readonly text?: MessageKey;
	/** Whose work it belongs to; absent: everyone's. */
	readonly roles?: readonly Role[];
}

/** One line a page, the pages of a role first: each room adds its own here. */
const rolePlaces: readonly RolePlace[] = [
	{ path: '/vragen', group: 'knowing', name: 'home.questions' },
	{ path: '/kennis', group: 'knowing', name: 'home.cards' },
	{ path: '/pot', group: 'network', name: 'pot.title' },
	{ path: '/organisaties', group: 'network', name: 'organisations.title' },
	{ path: '/netwerk', group: 'network', name: 'home.network' },
	{ path: '/begeleiding', group: 'work', name: 'place.facilitation', text: 'place.facilitation_text', roles: ['facilitator'] },
	{
		path: '/bestuur',
		group: 'work',
		name: 'place.governing',
		text: 'place.governing_text',
		roles: ['governor', 'oversight', 'facilitator']
	},
	{
		path: '/toezicht',
		group: 'work',
		name: 'place.oversight',
		text: 'place.oversight_text',
		roles: ['oversight', 'governor', 'facilitator']
	},
	{ path: '/logboek', group: 'work', name: 'place.log', text: 'place.log_text', roles: ['checker'] },
	{
		path: '/organisatie',
		group: 'work',
		name: 'place.organisation',
		text: 'place.organisation_text',
		roles: ['administrator', 'facilitator']
	},
	{ path: '/organisatie', group: 'work', name: 'place.own_figures', text: 'place.own_figures_text', roles: ['governor', 'oversight'] },
	{ path: '/vertrouwen', group: 'together', name: 'place.pairs', text: 'place.pairs_text', roles: ['professional', 'governor'] },
	{ path: '/lessen', group: 'knowing', name: 'place.lessons', text: 'place.lessons_text' },
	{ path: '/overleg', group: 'together', name: 'place.meetings', text: 'place.meetings_text' },
	{ path: '/mijn/agenda', group: 'mine', name: 'place.agenda', text: 'place.agenda_text' },
	{ path: '/vrijgeven', group: 'together', name: 'place.eyes', text: 'place.eyes_text' },
	{
		path: '/onderhoud',
		group: 'together',
		name: 'place.projects',
		text: 'place.projects_text',
		roles: ['professional', 'governor', 'administrator']
	},
	{ path: '/mijn/aandacht', group: 'mine', name: 'place.attention', text: 'place.attention_text' },
	{ path: '/teams', group: 'together', name: 'place.teams', text: 'place.teams_text' },
	{ path: '/openbaar', group: 'network', name: 'place.public', text: 'place.public_text' },
	{ path: '/mensen', group: 'knowing', name: 'place.people', text: 'place.people_text' },
	{ path: '/werkboeken', group: 'network', name: 'place.papers', text: 'place.papers_text' },
	{ path: '/begin', group: 'network', name: 'place.start', text: 'place.start_text' },
	{ path: '/bewaren', group: 'network', name: 'place.keeping', text: 'place.keeping_text' },
	{ path: '/mijn/profiel', group: 'mine', name: 'place.profile', text: 'place.profile_text' },
	{ path: '/mijn/cijfers', group: 'mine', name: 'place.figures', text: 'place.figures_text', roles: ['professional'] }
];

/** The pages for someone with these roles, in order, each once: by what their first role does there. */
export const placesFor = (roles: readonly string[]): readonly RolePlace[] =>
	rolePlaces
		.filter((place) => place.roles === undefined || place.roles.some((role) => roles.includes(role)))
		.filter(({ path }, index, places) => places.findIndex((place) => place.path === path) === index);
