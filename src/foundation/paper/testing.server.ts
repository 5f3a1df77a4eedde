import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Reading a paper as a program reads it aloud, for tests. */

/** Whether a PDF says of itself that it keeps to PDF/UA-1. */
export const hasUniversalAccessMark = (bytes: Uint8Array): boolean => /pdfuaid:part(>|=")1/.test(Buffer.from(bytes).toString('latin1'));

interface Node {
	readonly children?: readonly Node[];
	readonly type?: string;
	readonly id?: string;
}

/** The texts of a PDF in the order of its structure, over all pages. */
export async function structureTexts(
	bytes: Uint8Array
): Promise<{ readonly texts: readonly string[]; readonly language: string | null; readonly title: string; readonly pages: number }> {
	const task = getDocument({ data: Uint8Array.from(bytes), useSystemFonts: false, verbosity: 0 });
	const file = await task.promise;
	try {
		const { info } = await file.getMetadata();
		const { Title: title, Language: language } = info as { Title?: string; Language?: string | null };
		const texts: string[] = [];
		for (let number = 1; number <= file.numPages; number++) {
			const page = await file.getPage(number);
			const marked = new Map<string, string[]>();
			const open: (string | null)[] = [];
			for (const item of (await page.getTextContent({ includeMarkedContent: true })).items) {
				if ('type' in item) {
					if (item.type === 'endMarkedContent') open.pop();
					else open.push(item.id ?? null);
					continue;
				}
				const id = open.findLast((one) => one !== null);
				if (id) marked.set(id, [...(marked.get(id) ?? []), item.str]);
			}
			const walk = (node: Node): void => {
				if (node.type === 'content' && node.id !== undefined) texts.push(...(marked.get(node.id) ?? []));
				for (const child of node.children ?? []) walk(child);
			};
			const tree = (await page.getStructTree()) as Node | null;
			if (tree) walk(tree);
		}
		return { texts, language: language ?? null, title: title ?? '', pages: file.numPages };
	} finally {
		await task.destroy();
	}
}
