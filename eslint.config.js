import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** The database is opened in the foundation; a room asks it in its `.server.ts` files, through the actor's transaction. */
const databasePackages = {
	paths: ['pg', 'kysely', 'pg-copy-streams', 'pg-boss'].map((name) => ({
		name,
		message: 'Only src/foundation and the .server.ts files of a room speak to the database.'
	}))
};

export default tseslint.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'node_modules/',
			'data/',
			'src/checks/canary.ts',
			'src/foundation/database/generated.ts',
			'packages/*/dist/',
			'packages/*/build/'
		]
	},
	{
		files: ['**/*.{ts,js,mjs,cjs,svelte}'],
		languageOptions: { parser: tseslint.parser, globals: { ...globals.node, ...globals.browser } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		plugins: { '@typescript-eslint': tseslint.plugin },
		rules: {
			'no-empty': 'error',
			'no-debugger': 'error',
			'no-eval': 'error',
			'no-new-func': 'error',
			'no-implied-eval': 'error',
			'no-unsafe-finally': 'error',
			'no-self-compare': 'error',
			'no-constant-binary-expression': 'error',
			'no-var': 'error',
			'prefer-const': 'error',
			eqeqeq: 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/ban-ts-comment': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
		}
	},
	{
		files: ['**/*.ts'],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/only-throw-error': 'error',
			'@typescript-eslint/no-unsafe-return': 'error',
			'@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }]
		}
	},
	{ files: ['**/*.{ts,js,svelte}'], rules: { 'no-restricted-imports': ['error', databasePackages] } },
	{
		files: ['src/foundation/**', 'src/rooms/**/*.server.ts', '**/*.db.test.ts', 'src/checks/**', '{bench,scripts,e2e}/**'],
		rules: { 'no-restricted-imports': 'off' }
	},
	...svelte.configs['flat/base'],
	{
		files: ['**/*.svelte'],
		languageOptions: { parserOptions: { parser: tseslint.parser } },
		rules: {
			// A strict content security policy forbids style attributes, and a sentence stands in the catalogue.
			'svelte/no-inline-styles': ['error', { allowTransitions: false }],
			'svelte/no-at-html-tags': 'error',
			'svelte/no-at-debug-tags': 'error',
			'svelte/no-target-blank': 'error',
			'svelte/require-each-key': 'error',
			'svelte/no-dupe-else-if-blocks': 'error',
			'svelte/no-unknown-style-directive-property': 'error',
			'svelte/no-object-in-text-mustaches': 'error',
			'no-restricted-imports': [
				'error',
				{
					...databasePackages,
					patterns: [{ group: ['#messages/*', '**/messages/*.json'], message: 'Text comes from context: useText() of #ui/text.ts.' }]
				}
			],
			// Properties are declared with let, as Svelte asks.
			'prefer-const': 'off',
			// Template code uses what the script declares, and the other way round.
			'@typescript-eslint/no-unused-vars': 'off'
		}
	}
);
