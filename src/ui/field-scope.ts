import { getContext, setContext } from 'svelte';

const key = Symbol('field scope');

/**
 * Gives the fields below this component ids of their own: where one page has several forms with a field of the same name, a label or an
 * error would else lead to the field of the first. Called while a form component is set up; `scope` is a word without spaces.
 */
export function scopeFields(scope: string): void {
	setContext(key, scope);
}

/** How the id of a field is made of its name, here. Called while a component is set up. */
export function useFieldId(): (name: string) => string {
	const scope = getContext<string | undefined>(key);
	return (name) => (scope === undefined ? `f-${name}` : `f-${scope}-${name}`);
}
