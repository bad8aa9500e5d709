/** The roles of whoever works with the office's data, person or program; each person and each token has one. */
export const ROLES = ["office", "reviewer", "station", "auditor", "operator"] as const;
/** The role of a person or a token. */
export type Role = (typeof ROLES)[number];
