/** The sentences to a person who writes from several chats. */
export type PersonWording = {
  /** How the other chat is joined, with the code that is said there. */
  linkCode(a: { code: string }): string;
  /** To each of the chats that were joined; `platform` is that of the other one. */
  linked(a: { platform: string }): string;
  /** One answer for a code that is wrong, used, too old, this chat's own, or not looked at. */
  linkRefused(): string;
  /** To a deputy, whose chats are bound by the office's code. */
  linkNotForDeputies(): string;
  /** To whoever ended it. */
  unlinked(): string;
  /** To the chats that were joined with one that left; `platform` is that of the one that left. */
  unlinkedThere(a: { platform: string }): string;
  notLinked(): string;
  /** Before what has stood on the page of the web chat for a day, and is told here too. */
  unreadOnPage(a: { text: string }): string;
};
