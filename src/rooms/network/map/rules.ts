import { addDays, addMonths, dayAt } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';

export interface MapOrganisation {
	readonly organisationId: string;
	readonly name: string;
	readonly kind: string;
}

/** What two organisations did together; null: too little to show, or by too few people. */
export interface Tie {
	readonly organisationId: string;
	readonly partnerId: string;
	readonly agreements: number | null;
	readonly answers: number | null;
}

/** The last twelve whole months: nobody sees today's agreement appear. */
export function spanOfTies(now: Date): { readonly from: Day; readonly until: Day } {
	const month = `${dayAt(now).slice(0, 7)}-01`;
	return { from: addMonths(month, -12), until: addDays(month, -1) };
}

export const strengthOf = (tie: Tie): number => (tie.agreements ?? 0) + (tie.answers ?? 0);

/** A label as it lies in the drawing, as wide as the letters need at most. */
export interface MapLabel {
	readonly organisationId: string;
	/** Shortened where it is longer than its place. */
	readonly text: string;
	readonly name: string;
	readonly x: number;
	readonly y: number;
	readonly side: 'left' | 'right';
	/** The organisation's dot. */
	readonly dot: { readonly x: number; readonly y: number };
}

export interface MapLine {
	readonly path: string;
	readonly width: number;
	/** One of the three strongest of either organisation. */
	readonly strong: boolean;
	readonly names: readonly [string, string];
}

export interface MapDrawing {
	readonly width: number;
	readonly height: number;
	readonly labels: readonly MapLabel[];
	readonly lines: readonly MapLine[];
}

/** In units of the drawing, in which its letters are 15 high. */
const letter = 8.6;
export const lineHeight = 24;
const mapWidth = 720;
const ringHalf = 130;
/** Few organisations get more room, so that the ring is one. */
const roomyLine = 44;
const roomyHeight = 340;
/** From so many on lines are drawn thinner, or they cover each other. */
const many = 20;
const gap = 10;
const margin = 20;
const mostLetters = Math.floor((mapWidth / 2 - gap - 4) / letter);
const sweeps = 8;

const shortened = (name: string, most: number): string => {
	const letters = [...name];
	return letters.length <= most
		? name
		: `${letters
				.slice(0, most - 1)
				.join('')
				.trimEnd()}…`;
};
export const widthOf = (text: string): number => [...text].length * letter;
const rounded = (value: number): number => Math.round(value * 10) / 10;
const bent = (from: number, to: number, middle: number): number => rounded((from + to) / 4 + middle / 2);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The same order whoever comes first in the input: by kind, by name, by id. */
const byKindAndName = (a: MapOrganisation, b: MapOrganisation): number =>
	compare(a.kind, b.kind) || compare(a.name, b.name) || compare(a.organisationId, b.organisationId);

interface Neighbour {
	readonly id: string;
	readonly strength: number;
}

function neighboursOf(ties: readonly Tie[]): Map<string, Neighbour[]> {
	const neighbours = new Map<string, Neighbour[]>();
	const add = (id: string, other: string, strength: number): void => {
		const known = neighbours.get(id);
		if (known) known.push({ id: other, strength });
		else neighbours.set(id, [{ id: other, strength }]);
	};
	for (const tie of ties) {
		add(tie.organisationId, tie.partnerId, strengthOf(tie));
		add(tie.partnerId, tie.organisationId, strengthOf(tie));
	}
	// Sums of fractions differ by the order in which they are made.
	for (const list of neighbours.values()) list.sort((a, b) => compare(a.id, b.id));
	return neighbours;
}

/** Who works together comes near each other, within its kind: each goes to the middle of its partners on the ring, so many times. */
function ordered(organisations: readonly MapOrganisation[], neighbours: ReadonlyMap<string, readonly Neighbour[]>): MapOrganisation[] {
	let order = organisations.toSorted(byKindAndName);
	for (let sweep = 0; sweep < sweeps; sweep++) {
		const angle = new Map(order.map(({ organisationId }, index) => [organisationId, (2 * Math.PI * index) / order.length]));
		const middle = new Map(
			order.map(({ organisationId }) => {
				let [x, y] = [0, 0];
				for (const { id, strength } of neighbours.get(organisationId) ?? []) {
					const at = angle.get(id) ?? 0;
					x += strength * Math.cos(at);
					y += strength * Math.sin(at);
				}
				const at = Math.atan2(y, x);
				return [organisationId, Math.round((at < 0 ? at + 2 * Math.PI : at) * 1e6)];
			})
		);
		order = order.toSorted(
			(a, b) => compare(a.kind, b.kind) || (middle.get(a.organisationId) ?? 0) - (middle.get(b.organisationId) ?? 0) || byKindAndName(a, b)
		);
	}
	return order;
}

/** The three strongest of each organisation. */
function strongest(ties: readonly Tie[]): Set<Tie> {
	const strong = new Set<Tie>();
	const taken = new Map<string, number>();
	const sorted = ties.toSorted(
		(a, b) => strengthOf(b) - strengthOf(a) || compare(a.organisationId, b.organisationId) || compare(a.partnerId, b.partnerId)
	);
	for (const tie of sorted) {
		const ends = [tie.organisationId, tie.partnerId];
		if (ends.some((id) => (taken.get(id) ?? 0) < 3)) strong.add(tie);
		for (const id of ends) taken.set(id, (taken.get(id) ?? 0) + 1);
	}
	return strong;
}

const widthBy = (ties: readonly Tie[], widest: number): ((tie: Tie) => number) => {
	const most = Math.max(1, ...ties.map(strengthOf));
	return (tie) => rounded(1.5 + (widest - 1.5) * Math.sqrt(strengthOf(tie) / most));
};

/**
 * Who works with whom as a ring: the right half from the top down, the left half back up. Every organisation stands on a line of its own, its name
 * beside it, so names never lie over each other, however many there are. Only who has a tie is drawn.
 */
export function drawTies(organisations: readonly MapOrganisation[], ties: readonly Tie[]): MapDrawing {
	const neighbours = neighboursOf(ties);
	const order = ordered(
		organisations.filter(({ organisationId }) => neighbours.has(organisationId)),
		neighbours
	);
	const right = Math.ceil(order.length / 2);
	const rows = Math.max(right, 1);
	const line = Math.max(lineHeight, Math.min(roomyLine, roomyHeight / rows));
	const height = Math.ceil(2 * margin + rows * line);
	const middle = { x: mapWidth / 2, y: height / 2 };
	const half = (rows * line) / 2 + line / 4;
	const labels = order.map(({ organisationId, name }, index): MapLabel => {
		const side = index < right ? 'right' : 'left';
		const count = side === 'right' ? right : order.length - right;
		const row = side === 'right' ? index : order.length - 1 - index;
		const y = middle.y + (row - (count - 1) / 2) * line;
		// A ring that is drawn out to the height that its names need.
		const out = Math.min(ringHalf, half) * Math.sqrt(Math.max(0, 1 - ((y - middle.y) / half) ** 2));
		const sign = side === 'right' ? 1 : -1;
		const dot = { x: rounded(middle.x + sign * out), y: rounded(y) };
		const room = Math.floor((mapWidth / 2 - out - gap - 4) / letter);
		return {
			...{ organisationId, name, side, dot },
			text: shortened(name, Math.min(room, mostLetters)),
			x: rounded(dot.x + sign * gap),
			y: rounded(y)
		};
	});
	const places = new Map(labels.map((label) => [label.organisationId, label]));
	const strong = strongest(ties);
	const width = widthBy(ties, order.length > many ? 4 : 7);
	const lines = ties.flatMap((tie): MapLine[] => {
		const [from, to] = [places.get(tie.organisationId), places.get(tie.partnerId)];
		if (!from || !to) return [];
		return [
			{
				// The nearer two are, the less their line goes through the middle.
				path: `M${from.dot.x},${from.dot.y}Q${bent(from.dot.x, to.dot.x, middle.x)},${bent(from.dot.y, to.dot.y, middle.y)} ${to.dot.x},${to.dot.y}`,
				width: strong.has(tie) ? width(tie) : 1,
				strong: strong.has(tie),
				names: from.name < to.name ? [from.name, to.name] : [to.name, from.name]
			}
		];
	});
	// What is strong lies on top; else by name, whatever order they came in.
	lines.sort(
		(a, b) =>
			Number(a.strong) - Number(b.strong) || compare(a.names[0], b.names[0]) || compare(a.names[1], b.names[1]) || compare(a.path, b.path)
	);
	return { width: mapWidth, height, labels, lines };
}

/** The ties of one organisation, for a narrow screen: its partners below each other. */
export interface OwnDrawing {
	readonly width: number;
	readonly height: number;
	readonly from: { readonly x: number; readonly y: number };
	readonly partners: readonly {
		readonly organisationId: string;
		readonly name: string;
		readonly text: string;
		readonly x: number;
		readonly y: number;
		readonly path: string;
		readonly width: number;
	}[];
}

const ownWidth = 328;
const ownLabel = 84;
const ownLine = 36;

/** Draws the ties of one organisation: lines from where it stands, on the left, to its partners by name. */
export function drawOwnTies(organisations: readonly MapOrganisation[], ties: readonly Tie[], organisationId: string): OwnDrawing {
	const names = new Map(organisations.map((one) => [one.organisationId, one.name]));
	const own = ties.filter((tie) => tie.organisationId === organisationId || tie.partnerId === organisationId);
	const width = widthBy(own, 7);
	const partners = own
		.map((tie) => {
			const id = tie.organisationId === organisationId ? tie.partnerId : tie.organisationId;
			return { tie, id, name: names.get(id) ?? '' };
		})
		.toSorted((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
	const height = Math.max(1, partners.length) * ownLine;
	const from = { x: 8, y: height / 2 };
	return {
		...{ width: ownWidth, height, from },
		partners: partners.map(({ tie, id, name }, row) => {
			const y = (row + 0.5) * ownLine;
			return {
				...{ organisationId: id, name, y, x: ownLabel },
				text: shortened(name, Math.floor((ownWidth - ownLabel) / letter)),
				path: `M${from.x},${from.y}C${from.x + 40},${from.y} ${ownLabel - 50},${y} ${ownLabel - 10},${y}`,
				width: width(tie)
			};
		})
	};
}

/** The table twin: each pair once, by name and never by how much. */
export function tieRows(
	organisations: readonly MapOrganisation[],
	ties: readonly Tie[]
): readonly {
	readonly organisation: string;
	readonly partner: string;
	readonly agreements: number | null;
	readonly answers: number | null;
}[] {
	const place = new Map(organisations.map((one, index) => [one.organisationId, { name: one.name, index }]));
	return ties
		.flatMap((tie) => {
			const [a, b] = [place.get(tie.organisationId), place.get(tie.partnerId)];
			if (!a || !b) return [];
			const [first, second] = a.index < b.index ? [a, b] : [b, a];
			return [{ first, second, tie }];
		})
		.toSorted((a, b) => a.first.index - b.first.index || a.second.index - b.second.index)
		.map(({ first, second, tie }) => ({
			organisation: first.name,
			partner: second.name,
			agreements: tie.agreements,
			answers: tie.answers
		}));
}
