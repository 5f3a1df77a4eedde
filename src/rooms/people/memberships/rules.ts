/** Who keeps the access of people to the network: an administrator of their own organisation's, the facilitator of all. Each act needs two of them (D5). */
export const keepsAccess = (roles: readonly string[]): boolean => roles.includes('administrator') || roles.includes('facilitator');
