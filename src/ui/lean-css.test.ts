import { expect, test } from 'vitest';
import { leanCss, selectorsInUse, usedClasses, withoutUndeclared } from './lean-css.ts';

test('finds the classes that components write', () => {
	const used = usedClasses(import.meta.dirname);
	expect(used.has('utrecht-button--primary-action')).toBe(true);
	expect(used.has('utrecht-button--danger')).toBe(false);
});

test('keeps a selector when all its classes are used, and selectors that are not the design system’s', () => {
	const used = new Set(['utrecht-button']);
	expect(selectorsInUse(['.utrecht-button:focus', '.utrecht-button.utrecht-button--danger', '.page > h1', ':root'], used)).toEqual([
		'.utrecht-button:focus',
		'.page > h1',
		':root'
	]);
});

test('drops states that no control of ours is ever in', () => {
	const used = new Set(['utrecht-button']);
	expect(selectorsInUse(['.utrecht-button:disabled', '.utrecht-button:hover', 'input:disabled'], used)).toEqual([
		'.utrecht-button:hover',
		'input:disabled'
	]);
});

test('puts the fallback in place of a variable that has no value', () => {
	const declared = new Set(['--utrecht-a', '--ink']);
	expect(withoutUndeclared('var(--_utrecht-x, var(--utrecht-a, red))', declared)).toBe('var(--utrecht-a,red)');
	expect(withoutUndeclared('calc(var(--utrecht-x, 2px) * var(--utrecht-y,var(--utrecht-z,3)))', declared)).toBe('calc(2px * 3)');
	expect(withoutUndeclared('1px solid var(--ink)', declared)).toBe('1px solid var(--ink)');
	expect(withoutUndeclared('var(--not-ours, 1px)', declared)).toBe('var(--not-ours,1px)');
	expect(withoutUndeclared('var(--utrecht-x)', declared)).toBe('var(--utrecht-x)');
});

/** As much of a PostCSS tree as the plugin touches. */
function treeOf(rules: readonly { selectors: string[]; declarations: readonly (readonly [string, string])[] }[]) {
	const nodes = rules.map(({ selectors, declarations }) => ({
		selectors,
		gone: false,
		remove() {
			this.gone = true;
		},
		declarations: declarations.map(([prop, value]) => ({
			prop,
			value,
			gone: false,
			remove() {
				this.gone = true;
			}
		}))
	}));
	const alive = () => nodes.filter(({ gone }) => !gone);
	return {
		walkRules: (visit: (rule: (typeof nodes)[number]) => void) => alive().forEach(visit),
		walkDecls: (visit: (declaration: (typeof nodes)[number]['declarations'][number]) => void) =>
			alive().forEach((rule) => rule.declarations.filter(({ gone }) => !gone).forEach(visit)),
		text: () =>
			alive().map(
				(rule) =>
					`${rule.selectors.join()}{${rule.declarations
						.filter(({ gone }) => !gone)
						.map(({ prop, value }) => `${prop}:${value}`)
						.join(';')}}`
			)
	};
}

test('drops what is not used and what is then read by nothing, until nothing is left to drop', () => {
	const tree = treeOf([
		{
			selectors: [':root'],
			declarations: [
				['--utrecht-button-color', 'var(--ink)'],
				['--ink', 'black']
			]
		},
		{
			selectors: ['.utrecht-button'],
			declarations: [
				['--_utrecht-button-color', 'var(--_utrecht-button-hint-color, var(--utrecht-button-color))'],
				['--_utrecht-button-pressed-color', 'var(--_utrecht-button-color)'],
				['color', 'var(--_utrecht-button-color)']
			]
		},
		{ selectors: ['.utrecht-button--danger'], declarations: [['--_utrecht-button-hint-color', 'red']] }
	]);
	leanCss(import.meta.dirname).OnceExit(tree);
	expect(tree.text()).toEqual([
		':root{--utrecht-button-color:var(--ink);--ink:black}',
		'.utrecht-button{--_utrecht-button-color:var(--utrecht-button-color);color:var(--_utrecht-button-color)}'
	]);
});
