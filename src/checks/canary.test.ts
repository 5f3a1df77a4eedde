import { join } from 'node:path';
import ts from 'typescript';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from './source-files.ts';

test('the type checker, with the settings of the project, refuses each wrong line and no other', () => {
	const path = join(root, 'src/checks/canary.ts');
	const { config, error } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as {
		config: { compilerOptions: object };
		error?: ts.Diagnostic;
	};
	expect(error).toBeUndefined();
	// Without `extends`: what it adds is made by the framework, and these settings are our own.
	const { options, errors } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, types: [] }, root);
	expect(errors).toEqual([]);
	const program = ts.createProgram([path], options);
	const found = ts.getPreEmitDiagnostics(program).map((diagnostic) => {
		expect(diagnostic.file?.fileName).toBe(path.replaceAll('\\', '/'));
		const { line } = ts.getLineAndCharacterOfPosition(diagnostic.file as ts.SourceFile, diagnostic.start ?? 0);
		return { line: line + 1, code: diagnostic.code };
	});
	const wrong = readFileSync(path, 'utf8')
		.split('\n')
		.flatMap((text, index) => (text.includes('// wrong') ? [index + 1] : []));
	expect(found.map(({ line }) => line).sort((a, b) => a - b)).toEqual(wrong);
	// In order: string | undefined, null, exactOptionalPropertyTypes, implicit any, erasable syntax only, not every path returns.
	expect(found.toSorted((a, b) => a.line - b.line).map(({ code }) => code)).toEqual([2322, 2322, 2375, 7006, 1294, 2366]);
});
