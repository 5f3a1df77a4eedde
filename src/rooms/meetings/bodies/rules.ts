/** What kinds of meeting there are. A case table is always of the whole network. */
export const bodyKinds = ['vision_team', 'meeting', 'case_table', 'learning', 'evaluation', 'governors'] as const;
export type BodyKind = (typeof bodyKinds)[number];

/** How those who meet decide: nobody objects, everyone agrees, more than half agree, or whoever decides has heard advice. */
export const decisionRules = ['consent', 'unanimous', 'majority', 'advice'] as const;
export type DecisionRule = (typeof decisionRules)[number];

const has = (roles: readonly string[], ...wanted: readonly string[]): boolean => wanted.some((role) => roles.includes(role));

/** Who takes part in meetings: everyone who works on it, not who only looks. */
export const mayTakePart = (roles: readonly string[]): boolean =>
	has(roles, 'professional', 'facilitator', 'secretariat', 'treasurer', 'governor', 'administrator');

/** Who may decide in a meeting. The facilitator invites and convenes, and decides nothing. */
export const mayDecide = (roles: readonly string[]): boolean => mayTakePart(roles) && !roles.includes('facilitator');

/** Who makes a body: of the network whoever binds an organisation or facilitates, of their own organisation whoever works or binds there. */
export const mayMakeBody = (roles: readonly string[], of: 'network' | 'organisation'): boolean =>
	of === 'network' ? has(roles, 'facilitator', 'governor', 'administrator') : has(roles, 'professional', 'governor', 'administrator');
