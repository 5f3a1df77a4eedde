/** The form of a check as input of the act: one button for the outcome, a choice for each thing that loomed, with the places it was counted at. */
export const followUpInput = (fields: Readonly<Record<string, string>>): unknown => ({
	followUpId: fields['followUpId'],
	outcome: fields['outcome'],
	findings: Object.entries(fields).flatMap(([name, happened]) => {
		const flows = /^findings\.(\d{1,2}(?:\.\d{1,2})*)$/.exec(name)?.[1];
		return flows === undefined ? [] : flows.split('.').map((flow) => ({ flow: Number(flow), happened }));
	})
});
