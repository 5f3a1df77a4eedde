import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of WCAG 2.2, levels A and AA. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Runs axe-core on the page as it stands, and throws with every finding in words when there is one. The browser context needs script switched
 * on (axe is a script; with it off Chromium crashes): to check a page without its own script, block `**\/*.js` instead.
 */
export async function expectAccessible(page: Page): Promise<void> {
	// Evaluated by the debugger, so the page's content security policy stays as it is.
	if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
	const results = await page.evaluate<AxeResults, string[]>(
		(values) =>
			(globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(document, {
				runOnly: { type: 'tag', values },
				resultTypes: ['violations', 'incomplete']
			}),
		tags
	);
	// Of words in the very colour of their ground axe says that it cannot tell; we can.
	const invisible = results.incomplete.flatMap((finding) => {
		const nodes = finding.nodes.filter(({ any }) =>
			any.some(({ data }) => (data as { messageKey?: string } | null)?.messageKey === 'equalRatio')
		);
		return nodes.length > 0 ? [{ ...finding, nodes }] : [];
	});
	results.violations.push(...invisible);
	// Since WCAG 2.2 no rule asks for it by itself, yet a label or a link to a field leads to the first that bears its id.
	const twice = await page.evaluate(() => {
		const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
		return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
	});
	if (twice.length > 0) throw new Error(`An id stands twice on ${new URL(page.url()).pathname}: ${twice.join(', ')}`);
	if (results.violations.length > 0) throw new Error(`Not accessible: ${new URL(page.url()).pathname}\n${findings(results)}`);
}

function findings({ violations }: AxeResults): string {
	return violations
		.map(({ id, help, helpUrl, nodes }) => {
			const places = nodes.map(
				({ target, failureSummary }) => `  at ${target.join(' ')}\n     ${(failureSummary ?? '').replaceAll('\n', '\n     ')}`
			);
			return `- ${id}: ${help} (${helpUrl})\n${places.join('\n')}`;
		})
		.join('\n');
}
