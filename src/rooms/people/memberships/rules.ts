/** Who keeps the access of people to the network: an administrator of their own organisation's, the facilitator of all. Each act needs two of them (D5). */
export const keepsAccess = (roles: readonly string[]): boolean => roles.includes('administrator') || roles.includes('facilitator');

/** Who binds an organisation, and answers for it: who governs or administers it. */
export const binds = (roles: readonly string[]): boolean => roles.includes('governor') || roles.includes('administrator');
