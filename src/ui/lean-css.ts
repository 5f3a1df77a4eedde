import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What this plugin asks of PostCSS. */
interface CssNode {
	remove(): unknown;
}
interface CssRule extends CssNode {
	selectors: string[];
}
interface CssDeclaration extends CssNode {
	prop: string;
	value: string;
}
interface CssRoot {
	walkRules(visit: (rule: CssRule) => void): void;
	walkDecls(visit: (declaration: CssDeclaration) => void): void;
}

/** Every class that begins with `utrecht-` and is written whole in a .svelte file under `folder`. */
export function usedClasses(folder: string): Set<string> {
	const used = new Set<string>();
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile() || !entry.name.endsWith('.svelte')) continue;
		for (const [name] of readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(/utrecht-[\w-]+/g)) used.add(name);
	}
	return used;
}

/** States that no control of ours is ever in: a button that cannot be pressed says nothing of why, a refusal does. */
const neverSo = /:disabled|\[disabled|:read-only|:indeterminate/;

/** The selectors that can still match: every `utrecht-` class in them is used, and their state occurs. */
export function selectorsInUse(selectors: readonly string[], used: ReadonlySet<string>): string[] {
	return selectors.filter((selector) => {
		const classes = [...selector.matchAll(/\.(utrecht-[\w-]+)/g)];
		return classes.every(([, name]) => name !== undefined && used.has(name)) && !(classes.length > 0 && neverSo.test(selector));
	});
}

/** `var(--never-declared, fallback)` is its fallback, and so on inward. Only for the design system's names. */
export function withoutUndeclared(value: string, declared: ReadonlySet<string>): string {
	const start = value.indexOf('var(');
	if (start === -1) return value;
	const end = closing(value, start + 3);
	const inner = value.slice(start + 4, end);
	const comma = inner.indexOf(',');
	const name = (comma === -1 ? inner : inner.slice(0, comma)).trim();
	const fallback = comma === -1 ? undefined : withoutUndeclared(inner.slice(comma + 1).trim(), declared);
	const rest = withoutUndeclared(value.slice(end + 1), declared);
	const replaced =
		fallback === undefined ? `var(${name})` : isOfDesignSystem(name) && !declared.has(name) ? fallback : `var(${name},${fallback})`;
	return value.slice(0, start) + replaced + rest;
}

const isOfDesignSystem = (name: string): boolean => /^--_?utrecht-/.test(name);

/** Where the bracket that opens at `open` closes. */
function closing(value: string, open: number): number {
	let depth = 0;
	for (let at = open; at < value.length; at++) {
		if (value[at] === '(') depth++;
		else if (value[at] === ')' && --depth === 0) return at;
	}
	throw new Error(`No closing bracket in the value ${value}`);
}

/**
 * PostCSS plugin that keeps of NL Design System's style sheets only what our pages use, so that a first view stays within 14 kB: rules whose
 * classes stand in a page, and of chained variables only those that have a value. What the browser shows stays the same. A class must be
 * written whole in the source; one that is put together from parts is not seen.
 */
export function leanCss(folder: string) {
	const used = usedClasses(folder);
	return {
		postcssPlugin: 'lean-css',
		OnceExit(root: CssRoot): void {
			root.walkRules((rule) => {
				const kept = selectorsInUse(rule.selectors, used);
				if (kept.length === 0) rule.remove();
				else if (kept.length < rule.selectors.length) rule.selectors = kept;
			});
			for (let before = -1, after = 0; before !== after;) {
				before = after;
				after = simplify(root);
			}
		}
	};
}

/** One round of shortening; answers the length of all values, which no longer changes when nothing is left to shorten. */
function simplify(root: CssRoot): number {
	const declared = new Set<string>();
	root.walkDecls(({ prop }) => declared.add(prop));
	const read = new Set<string>();
	root.walkDecls((declaration) => {
		declaration.value = withoutUndeclared(declaration.value, declared);
		for (const [name] of declaration.value.matchAll(/--_?utrecht-[\w-]+/g)) read.add(name);
	});
	let length = 0;
	root.walkDecls((declaration) => {
		if (isOfDesignSystem(declaration.prop) && !read.has(declaration.prop)) declaration.remove();
		else length += declaration.value.length;
	});
	return length;
}
