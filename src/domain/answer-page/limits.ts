const HOUR_MS = 3_600_000;

/** The longest answer that is taken on a deputy's page, in signs. */
export const LONGEST_ANSWER = 2_000;

/** The number of photos that go with an answer, at most. */
export const MOST_ANSWER_PHOTOS = 6;

/** The time for which a link serves that nothing ends before, in hours. */
export const LINK_HOURS = 72;

/** The same in milliseconds. */
export const LINK_MS = LINK_HOURS * HOUR_MS;

/** The time for which the device that answered is shown what was sent. */
export const SHOWN_AFTER_MS = 24 * HOUR_MS;

/** The acts that are carried out on a deputy's page: an answer, or the closing. */
export const PAGE_ACTS = ["reply", "close"] as const;
/** An act that is carried out on a deputy's page. */
export type PageAct = (typeof PAGE_ACTS)[number];
