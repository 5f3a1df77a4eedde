import type { Role } from '#foundation/actor.ts';
import type { MessageKey } from '#foundation/text/text.ts';

/** A page that the home page leads to, by role. */
export interface RolePlace {
	readonly path: string;
	readonly name: MessageKey;
	/** One sentence: what one finds there. */
	readonly text: MessageKey;
	/** Whose work it belongs to; absent: everyone's. */
	readonly roles?: readonly Role[];
}

/** One line a page, the pages of a role first: each room adds its own here. */
const rolePlaces: readonly RolePlace[] = [
	{ path: '/begeleiding', name: 'place.facilitation', text: 'place.facilitation_text', roles: ['facilitator'] },
	{ path: '/bestuur', name: 'place.governing', text: 'place.governing_text', roles: ['governor', 'oversight', 'facilitator'] },
	{ path: '/toezicht', name: 'place.oversight', text: 'place.oversight_text', roles: ['oversight', 'governor', 'facilitator'] },
	{ path: '/logboek', name: 'place.log', text: 'place.log_text', roles: ['checker'] },
	{ path: '/organisatie', name: 'place.organisation', text: 'place.organisation_text', roles: ['administrator', 'facilitator'] },
	{ path: '/organisatie', name: 'place.own_figures', text: 'place.own_figures_text', roles: ['governor', 'oversight'] },
	{ path: '/vertrouwen', name: 'place.pairs', text: 'place.pairs_text', roles: ['professional', 'governor'] },
	{ path: '/lessen', name: 'place.lessons', text: 'place.lessons_text' },
	{ path: '/overleg', name: 'place.meetings', text: 'place.meetings_text' },
	{ path: '/mijn/agenda', name: 'place.agenda', text: 'place.agenda_text' },
	{ path: '/vrijgeven', name: 'place.eyes', text: 'place.eyes_text' },
	{
		path: '/onderhoud',
		name: 'place.projects',
		text: 'place.projects_text',
		roles: ['professional', 'governor', 'administrator']
	},
	{ path: '/mijn/aandacht', name: 'place.attention', text: 'place.attention_text' },
	{ path: '/teams', name: 'place.teams', text: 'place.teams_text' },
	{ path: '/openbaar', name: 'place.public', text: 'place.public_text' },
	{ path: '/mensen', name: 'place.people', text: 'place.people_text' },
	{ path: '/werkboeken', name: 'place.papers', text: 'place.papers_text' },
	{ path: '/begin', name: 'place.start', text: 'place.start_text' },
	{ path: '/bewaren', name: 'place.keeping', text: 'place.keeping_text' },
	{ path: '/mijn/profiel', name: 'place.profile', text: 'place.profile_text' },
	{ path: '/mijn/cijfers', name: 'place.figures', text: 'place.figures_text', roles: ['professional'] }
];

/** The pages for someone with these roles, in order, each once: by what their first role does there. */
export const placesFor = (roles: readonly string[]): readonly RolePlace[] =>
	rolePlaces
		.filter((place) => place.roles === undefined || place.roles.some((role) => roles.includes(role)))
		.filter(({ path }, index, places) => places.findIndex((place) => place.path === path) === index);
