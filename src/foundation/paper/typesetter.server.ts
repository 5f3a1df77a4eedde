import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The typesetter is a program of the platform, which npm brings where it has one for it. */
export const typesetterPackage = '@myriaddreamin/typst-ts-node-compiler';

const standard = 'ua-1';
const faces = ['400Regular', '400Regular_Italic', '700Bold'] as const;

/** As much of it as is used here. */
interface Compiler {
	addSource(file: string, source: string): void;
	mapShadow(file: string, content: Buffer): void;
	compile(wish: { mainFilePath: string }): { hasError(): boolean; readonly result: unknown; takeError(): unknown };
	fetchDiagnostics(error: unknown): readonly { readonly message: string }[];
	pdf(document: unknown, wish: { pdfStandard: string; creationTimestamp: number }): Buffer;
	evictCache(age: number): void;
}

/** What kept a paper from being made. */
export class TypesettingError extends Error {}

export interface Typesetter {
	/** Sets a source with `data` in reach as `/paper.json`, as PDF/UA-1. Throws a `TypesettingError` when the source or the standard refuses. */
	set(source: string, data: string, madeAt: Date): Uint8Array;
}

/** The form of all papers. */
export const paperSource = (): string => readFileSync(path.join(import.meta.dirname, 'paper.typ'), 'utf8');

/** Loads the typesetter with our letters. Throws where the platform has none. */
export function openTypesetter(from: string = typesetterPackage): Typesetter {
	const require = createRequire(import.meta.url);
	const { NodeCompiler } = require(from) as { NodeCompiler: { create(wish: object): Compiler } };
	const fontsFolder = path.dirname(require.resolve('@expo-google-fonts/atkinson-hyperlegible-next/package.json'));
	const fontBlobs = faces.map((face) => readFileSync(path.join(fontsFolder, face, `AtkinsonHyperlegibleNext_${face}.ttf`)));
	// Its files exist only in memory; what a source asks of the disk is looked for in this folder, which does not exist.
	const workspace = path.join(import.meta.dirname, 'nothing');
	const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });
	const main = path.join(workspace, 'main.typ');
	return {
		set(source, data, madeAt) {
			compiler.addSource(main, source);
			compiler.mapShadow(path.join(workspace, 'paper.json'), Buffer.from(data));
			try {
				const set = compiler.compile({ mainFilePath: main });
				if (set.hasError()) {
					const found = compiler.fetchDiagnostics(set.takeError());
					throw new TypesettingError(found.map(({ message }) => message).join('; '));
				}
				try {
					return compiler.pdf(set.result, { pdfStandard: standard, creationTimestamp: Math.floor(madeAt.getTime() / 1000) });
				} catch (error) {
					// It throws a list, not an Error.
					throw new TypesettingError(String(error), { cause: error });
				}
			} finally {
				compiler.evictCache(4);
			}
		}
	};
}
