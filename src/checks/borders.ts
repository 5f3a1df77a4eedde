/** Which part of the project a file belongs to, and which parts each may import. */
export type Area = 'foundation' | 'ui' | 'room' | 'routes' | 'api' | 'cli' | 'return engine' | 'messages' | 'checks' | 'workshop';

export interface Place {
	readonly area: Area;
	/** The room, for area `room`. */
	readonly room?: string;
}

/** `workshop`: demo, journeys, benchmarks, scripts and settings, which nothing of the product imports, save the demo by the command line. */
export function placeOf(path: string): Place {
	const [first = '', second = '', third = ''] = path.split('/');
	if (first === 'packages') return { area: 'return engine' };
	// The version of the product stands in package.json: data, as the messages are.
	if (first === 'messages' || path === 'package.json') return { area: 'messages' };
	if (first !== 'src') return { area: 'workshop' };
	if (second === 'rooms') return { area: 'room', room: third };
	if (second === 'foundation' || second === 'ui' || second === 'routes' || second === 'api' || second === 'cli' || second === 'checks')
		return { area: second };
	// hooks.server.ts, app.d.ts and their like belong to the pages.
	return { area: 'routes' };
}

const mayImport: Readonly<Record<Area, readonly Area[]>> = {
	'return engine': [],
	messages: [],
	foundation: ['foundation', 'messages'],
	ui: ['ui', 'foundation', 'messages', 'return engine'],
	room: ['room', 'ui', 'foundation', 'messages', 'return engine'],
	routes: ['routes', 'room', 'ui', 'foundation', 'messages', 'return engine'],
	api: ['api', 'room', 'foundation', 'messages', 'return engine'],
	// The command line starts the whole: the server with the API, the demo network.
	cli: ['cli', 'api', 'room', 'ui', 'foundation', 'messages', 'return engine', 'workshop'],
	checks: ['checks', 'room', 'ui', 'foundation', 'messages', 'return engine', 'api', 'cli', 'workshop'],
	workshop: ['workshop', 'room', 'ui', 'foundation', 'messages', 'return engine', 'api', 'cli']
};

/** Why this import crosses a border; null when it does not. `floors` are the rooms, lowest first. */
export function crossing(from: string, to: string, floors: readonly string[]): string | null {
	const here = placeOf(from);
	const there = placeOf(to);
	if (here.area === 'return engine')
		return there.area === 'return engine' && root(from) === root(to) ? null : 'the return engine imports nothing';
	if (!mayImport[here.area].includes(there.area)) return `${here.area} may not import ${there.area}`;
	if (there.area === 'return engine' && to !== 'packages/social-return/src/index.ts' && here.area !== 'checks' && here.area !== 'workshop')
		return 'the return engine is entered by its index';
	if (here.area === 'room' && there.area === 'room' && here.room !== there.room) {
		const [low, high] = [floors.indexOf(there.room ?? ''), floors.indexOf(here.room ?? '')];
		if (low === -1 || high === -1) return 'a room is not in the list of floors';
		if (low > high) return `${here.room ?? ''} stands below ${there.room ?? ''}`;
	}
	return null;
}

const root = (path: string): string => path.split('/').slice(0, 2).join('/');

/** The rooms, lowest first, as docs/ARCHITECTURE.md lists them. */
export function floorsOf(architecture: string): string[] {
	const line = /^Floors, lowest first: ([^.]+)\.$/m.exec(architecture)?.[1];
	if (line === undefined) throw new Error('docs/ARCHITECTURE.md has no line "Floors, lowest first: …."');
	return line.split(',').map((floor) => floor.trim());
}

/** A circle among files that import values of each other, as the files on it; null when there is none. */
export function findCircle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
	const done = new Set<string>();
	const path: string[] = [];
	const visit = (file: string): string[] | null => {
		const at = path.indexOf(file);
		if (at !== -1) return [...path.slice(at), file];
		if (done.has(file)) return null;
		path.push(file);
		for (const next of graph.get(file) ?? []) {
			const circle = visit(next);
			if (circle) return circle;
		}
		path.pop();
		done.add(file);
		return null;
	};
	for (const file of graph.keys()) {
		const circle = visit(file);
		if (circle) return circle;
	}
	return null;
}

const kebab = '[a-z0-9]+(?:-[a-z0-9]+)*';
const test = '(?:\\.server)?(?:\\.db)?\\.test\\.ts';
const inRoom = new RegExp(
	`^(?:rules|schema|read\\.server|commands\\.server|jobs\\.server)\\.ts$|^(?:rules|schema|read|commands|jobs)${test}$|^[A-Z][A-Za-z]*(?:\\.svelte|${test})$`
);
const inUi = new RegExp(
	`^(?:${kebab}(?:\\.server|\\.svelte)?\\.ts|${kebab}${test}|${kebab}\\.css|[A-Z][A-Za-z]*\\.svelte|[A-Z][A-Za-z]*${test})$`
);
const inRoutes = new RegExp(
	`^(?:\\+(?:page|layout|error|server)(?:@[a-z]*)?(?:\\.server)?\\.(?:ts|svelte)|${kebab}(?:\\.server|\\.d)?\\.ts|${kebab}${test}|${kebab}\\.(?:html|css)|[A-Z][A-Za-z]*\\.svelte)$`
);
const elsewhere = new RegExp(
	`^${kebab}(?:\\.server|\\.schema|\\.global|\\.journey|\\.config)?(?:\\.ts|\\.[cm]?js|${test})$|^${kebab}\\.(?:css|html|svelte)$`
);
const drawers = /^(?:utils?|helpers?|misc|common|index|shared|stuff|tools?)\./;

/** Files in a room with a name of their own, each with its reason. The list may only shrink. */
export const ownNames: Readonly<Record<string, string>> = {
	'src/rooms/network/set-up.server.ts': 'a network is made by the owner of the database, before anyone can act in it',
	'src/rooms/returns/price-list.server.ts': 'the prices that a network begins with come from a file, not from the database'
};

/** Why a file may not be named so; null when it may. Only source files are looked at. */
export function misnamed(path: string): string | null {
	const name = path.split('/').at(-1) ?? '';
	const { area } = placeOf(path);
	// The one door of a package that others import.
	if (path === 'packages/social-return/src/index.ts') return null;
	if (drawers.test(name)) return 'a drawer, not a name: say what is in it';
	if (path in ownNames || path.replace(/(?:\.db)?\.test\.ts$/, '.ts') in ownNames) return null;
	if (area === 'room' && !inRoom.test(name)) return 'not in the vocabulary of a room';
	if (area === 'ui' && !inUi.test(name)) return 'not in the vocabulary of the shared components';
	if (area === 'routes' && !inRoutes.test(name)) return 'not in the vocabulary of pages';
	if (area !== 'room' && area !== 'ui' && area !== 'routes' && !elsewhere.test(name)) return 'not a kebab-case name';
	return null;
}
