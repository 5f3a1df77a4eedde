// Every line marked "wrong" must be refused by the type checker; canary.test.ts holds it to exactly these. Not part of any build.

const texts: string[] = [];
export const maybe: string = texts[0]; // wrong: there may be none

export const nothing: string = null; // wrong: null is no text

export const optional: { text?: string } = { text: undefined }; // wrong: absent is not undefined

export const untyped = (value) => value; // wrong: no type

enum Colour { Red } // wrong: Node cannot run it as it is
export const colour = Colour.Red;

export function fold(kind: 'a' | 'b'): string { switch (kind) { case 'a': return 'a'; } } // wrong: b is forgotten
