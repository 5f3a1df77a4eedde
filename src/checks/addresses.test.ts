import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Forms that put what they hold in the address. */
const intoAddresses = globSync('src/**/*.svelte').flatMap((file) =>
	[...readFileSync(file, 'utf8').matchAll(/<form method="get".*?<\/form>/gs)].map(([form]) => ({ file: file.replaceAll('\\', '/'), form }))
);

/** A number to try, and the id of a case in the log: neither is a word about anyone. */
const plain = /<Field(?=[^>]*(?:inputmode="numeric"|name="casus"))/gs;

test('nothing that is typed in words stands in an address: what people look for goes by POST', () => {
	expect(intoAddresses.length).toBeGreaterThan(0);
	const words = intoAddresses
		.filter(({ form }) =>
			/<TextArea|<textarea|<input(?![^>]*type="(?:hidden|checkbox|radio|date)")|<Field/s.test(form.replaceAll(plain, ''))
		)
		.map(({ file }) => file);
	expect(words).toEqual([]);
});
