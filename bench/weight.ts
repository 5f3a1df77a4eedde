import { gzipSync } from 'node:zlib';

/** Bytes of one page as a browser gets it first: the page itself, and what it names. */
export interface Weight {
	readonly html: number;
	readonly htmlGzip: number;
	readonly css: number;
	readonly cssGzip: number;
	readonly script: number;
	readonly scriptGzip: number;
	readonly scripts: number;
	/** Whether the server itself sends the page compressed to a browser that takes it. */
	readonly sentCompressed: boolean;
}

const attributes = (html: string, tag: RegExp, name: string): string[] =>
	[...html.matchAll(tag)].flatMap(([whole]) => {
		const value = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`).exec(whole);
		return value ? [value[1] ?? value[2] ?? value[3] ?? ''] : [];
	});

/** Weighs a page: its HTML, its style sheets and its scripts, those inside the page with the page. Fonts and pictures are not a first view's. */
export async function weighPage(address: string, cookie: string): Promise<Weight> {
	const get = async (url: string): Promise<{ bytes: Buffer; compressed: boolean }> => {
		const response = await fetch(url, { headers: { cookie, 'accept-encoding': 'gzip' } });
		if (!response.ok) throw new Error(`${new URL(url).pathname.replaceAll(/[0-9a-f-]{36}/g, '…')} answers ${response.status}.`);
		return { bytes: Buffer.from(await response.arrayBuffer()), compressed: response.headers.has('content-encoding') };
	};
	const page = await get(address);
	const html = page.bytes.toString('utf8');
	const sheets = attributes(html, /<link\b[^>]*rel="?stylesheet"?[^>]*>/g, 'href');
	const scripts = [...attributes(html, /<script\b[^>]*>/g, 'src'), ...attributes(html, /<link\b[^>]*rel="?modulepreload"?[^>]*>/g, 'href')];
	const load = (urls: readonly string[]): Promise<Buffer[]> =>
		Promise.all([...new Set(urls)].map(async (url) => (await get(new URL(url, address).href)).bytes));
	const [css, script] = [await load(sheets), await load(scripts)];
	const sum = (parts: readonly Buffer[]): number => parts.reduce((bytes, part) => bytes + part.length, 0);
	const sumGzip = (parts: readonly Buffer[]): number => parts.reduce((bytes, part) => bytes + gzipSync(part).length, 0);
	return {
		...{ html: page.bytes.length, htmlGzip: gzipSync(page.bytes).length, css: sum(css), cssGzip: sumGzip(css) },
		...{ script: sum(script), scriptGzip: sumGzip(script), scripts: script.length, sentCompressed: page.compressed }
	};
}
