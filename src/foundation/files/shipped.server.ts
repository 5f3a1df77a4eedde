import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The text of a file of `database/data` that comes with the product: the sources stand deeper than what is built of them, so it is looked for upwards. */
export function readShipped(name: string): string {
	for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
		const file = path.join(folder, 'database', 'data', name);
		if (existsSync(file)) return readFileSync(file, 'utf8');
		if (folder === path.dirname(folder)) throw new Error(`${name} does not stand above ${import.meta.dirname}.`);
	}
}
