import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The one thing this plugin asks of a PostCSS rule. */
interface CssRule {
	selectors: string[];
	remove(): unknown;
}

/** Every class that begins with `utrecht-` and is written whole in a .svelte or .ts file under `folder`. */
export function usedClasses(folder: string): Set<string> {
	const used = new Set<string>();
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile() || !/\.(svelte|ts)$/.test(entry.name)) continue;
		for (const [name] of readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(/utrecht-[\w-]+/g)) used.add(name);
	}
	return used;
}

/** The selectors that can still match: every `utrecht-` class in them is used. */
export function selectorsInUse(selectors: readonly string[], used: ReadonlySet<string>): string[] {
	return selectors.filter((selector) =>
		[...selector.matchAll(/\.(utrecht-[\w-]+)/g)].every(([, name]) => name !== undefined && used.has(name))
	);
}

/**
 * PostCSS plugin: keeps of NL Design System's style sheets only the rules that our pages use, so that a first view stays
 * within 14 kB. A class must be written whole in the source; one that is put together from parts is not seen.
 */
export function dropUnusedClasses(folder: string) {
	const used = usedClasses(folder);
	return {
		postcssPlugin: 'drop-unused-classes',
		Rule(rule: CssRule): void {
			const kept = selectorsInUse(rule.selectors, used);
			if (kept.length === 0) rule.remove();
			else if (kept.length < rule.selectors.length) rule.selectors = kept;
		}
	};
}
