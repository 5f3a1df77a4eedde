/** What people sit around, and what an agreement hangs on (C1). */
export const subjectKinds = ['case', 'project', 'pair'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** What every act is about unless it says otherwise: to it, a project or a pair does not exist. */
export const casesOnly: readonly SubjectKind[] = ['case'];

/** Around a pair two people sit, ever: nobody else is asked to it, and it is ended instead of left. */
export const openTables: readonly SubjectKind[] = ['case', 'project'];

/** Where a table of each kind stands in the pages of its network. */
const places: Readonly<Record<SubjectKind, string>> = { case: 'casus', project: 'onderhoud', pair: 'vertrouwen' };
export const placeOfTable = (kind: SubjectKind, id: string): string => `/${places[kind]}/${id}`;
