import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** One import: what it names, where that stands (a path in the project, or null for a package), and whether only types come over. */
export interface Import {
	readonly name: string;
	readonly target: string | null;
	readonly typeOnly: boolean;
}

export interface SourceFile {
	/** From the project's root, with forward slashes. */
	readonly path: string;
	readonly lines: number;
	readonly imports: readonly Import[];
}

const folders = ['src', 'packages', 'demo', 'e2e', 'bench', 'scripts'];
const isSource = /\.(?:[cm]?[jt]s|svelte|css|html)$/;
const hasImports = /\.(?:[cm]?[jt]s|svelte)$/;

/** Every source file of the project, with its imports. */
export function listSourceFiles(): SourceFile[] {
	return folders
		.flatMap((folder) => listFiles(folder))
		.filter((path) => isSource.test(path))
		.map((path) => {
			const text = readFileSync(join(root, path), 'utf8');
			return { path, lines: text.trimEnd().split('\n').length, imports: hasImports.test(path) ? importsOf(path, text) : [] };
		});
}

/** Every file under a folder, whatever it is. */
export function listFiles(folder: string): string[] {
	return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) =>
			posix.normalize(
				join(entry.parentPath, entry.name)
					.slice(root.length + 1)
					.replaceAll('\\', '/')
			)
		)
		.filter((path) => !path.includes('node_modules/'))
		.sort();
}

/** The imports in a text. In a component, those in its script blocks. */
export function importsOf(path: string, text: string): Import[] {
	const code = path.endsWith('.svelte')
		? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
		: text;
	const typeOnly = [...code.matchAll(/^\s*(?:import|export)\s+type\s[^;'"]*?from\s*['"]([^'"]+)['"]/gm)].map((match) => match[1]);
	return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName: name }) => {
		const at = typeOnly.indexOf(name);
		if (at !== -1) typeOnly.splice(at, 1);
		return { name, target: targetOf(path, name), typeOnly: at !== -1 };
	});
}

const aliases: Readonly<Record<string, string>> = {
	'#lib/': 'src/',
	'#foundation/': 'src/foundation/',
	'#rooms/': 'src/rooms/',
	'#ui/': 'src/ui/',
	'#messages/': 'messages/'
};

function targetOf(from: string, name: string): string | null {
	if (name.startsWith('.')) return posix.join(posix.dirname(from), name);
	if (name === '#social-return') return 'packages/social-return/src/index.ts';
	for (const [alias, folder] of Object.entries(aliases)) if (name.startsWith(alias)) return folder + name.slice(alias.length);
	return null;
}
