/** The grounds on which a matter is given back, as they are stored. */
export const RETURN_GROUNDS = ["not_ours", "unclear", "other"] as const;
/** The ground on which a unit or a deputy gives a matter back; their own words stand in the thread. */
export type ReturnGround = (typeof RETURN_GROUNDS)[number];
