/** The roles of whoever works with the office's data, person or program; each person and each token has one. */
export const ROLES = ["office", "reviewer", "station", "auditor", "operator"] as const;
/** The role of a person or a token. */
export type Role = (typeof ROLES)[number];

/** The roles in which residents' words are read: also that of a deputy, on a page of theirs. */
export const READER_ROLES = [...ROLES, "deputy"] as const;
/** A role in which residents' words are read. */
export type ReaderRole = (typeof READER_ROLES)[number];
