import type { FieldError, Lift, NamedPerson, Refusal } from '#foundation/outcome.ts';
import type { Text } from './text.ts';

/** Why a field was refused and what to do, in one sentence. */
export const fieldSentence = (text: Text, error: FieldError): string =>
	text(`field.${error.code}`, { min: 'none', max: 'none', ...error.values });

/** Why an act was refused and what to do. */
export const refusalSentence = (text: Text, refusal: Refusal): string => text(`refusal.${refusal.code}`);

/** Who can lift the refusal, when the refusal says so. A person needs a name that the actor may see; without one there is no sentence. */
export function liftSentence(text: Text, refusal: Refusal, name?: string): string | undefined {
	if (refusal.lift === undefined) return undefined;
	if (refusal.lift.kind === 'deciders') return decidersSentence(text, refusal.lift);
	if (refusal.lift.kind === 'role') return text(`lift.${refusal.lift.role}`);
	return name === undefined ? undefined : text('lift.person', { name });
}

const decidersSentence = (text: Text, { deciders, administrators }: Extract<Lift, { kind: 'deciders' }>): string =>
	deciders.length > 0
		? text('lift.deciders', { names: listOf(text, deciders) })
		: administrators.length > 0
			? text('lift.no_deciders', { names: listOf(text, administrators) })
			: text('lift.no_one_decides');

const listOf = (text: Text, people: readonly NamedPerson[]): string =>
	new Intl.ListFormat(text.locale, { type: 'disjunction' }).format(people.map((person) => person.name));

/** The sentence of each refused field by its name in the form, e.g. `flows.0.price`; of two for one field the first. */
export function fieldSentences(text: Text, refusal: Refusal | undefined | null): Readonly<Record<string, string>> {
	const sentences: Record<string, string> = {};
	for (const error of refusal?.fields ?? []) sentences[error.path.join('.')] ??= fieldSentence(text, error);
	return sentences;
}
