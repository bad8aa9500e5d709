/** The time, in seconds, for which the code serves by which somebody whose matter was taken down gets it into a chat of their own: 7 days. */
export const LIFE_SECONDS = 7 * 86_400;

/** The time, in seconds, for which the code serves by which somebody joins two chats of theirs: a quarter of an hour. */
export const LINK_SECONDS = 15 * 60;
