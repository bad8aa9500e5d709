/** The time, in seconds, for which the code serves by which somebody whose matter was taken down gets it into a chat of their own: 7 days. */
export const LIFE_SECONDS = 7 * 86_400;
