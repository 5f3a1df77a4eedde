import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import nl from '#messages/nl.json' with { type: 'json' };
import { actCodes } from '#foundation/command/acts.ts';
import { objectKinds } from '#foundation/log/object-kinds.ts';
import { fieldCodes, refusalCodes } from '#foundation/outcome.ts';

const languages: Readonly<Record<string, Readonly<Record<string, string>>>> = { nl, en };

type Elements = ReturnType<IntlMessageFormat['getAst']>;

/** The kinds of a part of a sentence, in the order of the parser's TYPE. */
const kinds = ['literal', 'argument', 'number', 'date', 'time', 'select', 'plural', 'pound', 'tag'] as const;

/** The placeholders of a sentence, each with its kind: `limit number`, `count plural`. */
function placeholders(elements: Elements): string[] {
	return elements.flatMap((element) => {
		const kind = kinds[element.type];
		if (kind === 'literal' || kind === 'pound') return [];
		const name = `${'value' in element ? element.value : ''} ${kind}`;
		if ('options' in element) return [name, ...Object.values(element.options).flatMap((option) => placeholders(option.value))];
		return 'children' in element ? [name, ...placeholders(element.children)] : [name];
	});
}

const placeholdersOf = (message: string): string[] =>
	[...new Set(placeholders(new IntlMessageFormat(message, 'nl', undefined, { ignoreTag: true }).getAst()))].sort();

test('every sentence stands in both languages', () => {
	expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort());
});

describe.each(Object.entries(languages))('in %s', (_language, messages) => {
	test('no sentence is empty, and none has a space at its edge', () => {
		expect(Object.entries(messages).filter(([, message]) => message.trim() === '' || message !== message.trim())).toEqual([]);
	});

	test('every sentence can be read, and swallows no placeholder in an apostrophe', () => {
		const unreadable = Object.entries(messages).filter(([, message]) => {
			try {
				placeholdersOf(message);
				return /'[{}]/.test(message);
			} catch {
				return true;
			}
		});
		expect(unreadable).toEqual([]);
	});

	test('no sentence formats a date itself: it would use the clock of the machine, not that of Amsterdam', () => {
		expect(Object.entries(messages).filter(([, message]) => placeholdersOf(message).some((name) => / (date|time)$/.test(name)))).toEqual(
			[]
		);
	});

	test('every reason to refuse has its sentence', () => {
		const missing = [...refusalCodes.map((code) => `refusal.${code}`), ...fieldCodes.map((code) => `field.${code}`)].filter(
			(key) => !(key in messages)
		);
		expect(missing).toEqual([]);
	});

	test('what stands in the log has its words: each act, what it is about, and why it was refused', () => {
		const said = [
			...actCodes.map((act) => `act.${act}`),
			...objectKinds.map((kind) => `log.object.${kind}`),
			...refusalCodes.map((code) => `log.reason.${code}`)
		];
		expect(said.filter((key) => !(key in messages))).toEqual([]);
	});
});

test('a sentence asks for the same values in both languages', () => {
	const english: Readonly<Record<string, string>> = en;
	const different = Object.entries(nl).filter(
		([key, message]) => String(placeholdersOf(message)) !== String(placeholdersOf(english[key] ?? ''))
	);
	expect(different.map(([key]) => key)).toEqual([]);
});
