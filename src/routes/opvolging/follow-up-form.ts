/** The form of a check as input of the act: one button for the outcome, a choice for each thing that loomed. */
export const followUpInput = (fields: Readonly<Record<string, string>>): unknown => ({
	followUpId: fields['followUpId'],
	outcome: fields['outcome'],
	findings: Object.entries(fields).flatMap(([name, happened]) => {
		const flow = /^findings\.(\d{1,2})$/.exec(name)?.[1];
		return flow === undefined ? [] : [{ flow: Number(flow), happened }];
	})
});
