import { expect, test } from 'vitest';
import { followUpInput } from './follow-up-form.ts';

test('one answer counts for each place that the happening was counted at', () => {
	expect(followUpInput({ followUpId: 'x', outcome: 'reached', 'findings.0.2': 'no', 'findings.1': 'yes' })).toEqual({
		followUpId: 'x',
		outcome: 'reached',
		findings: [
			{ flow: 0, happened: 'no' },
			{ flow: 2, happened: 'no' },
			{ flow: 1, happened: 'yes' }
		]
	});
});
