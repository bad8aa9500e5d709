import type { PersonWording } from "./sentences.ts";

/** The sentences to a person who writes from several chats, in English. */
export const personsEn: PersonWording = {
  linkCode: ({ code }) =>
    `Please say to us on the other platform: link ${code}. It works for 15 minutes, and once. Do not give it to anybody who asks for it.`,
  linked: ({ platform }) =>
    `This chat is now joined with your chat on ${platform}. Write in either; “status” shows the matters of both. Some matters are spoken of only in the chat where they began. If this was not you, or you do not want it, reply “unlink”.`,
  linkRefused: () =>
    "This code does not work: it is mistyped, was used, or is too old. Please say “link” to us on the other platform for a new one, and send it here.",
  linkNotForDeputies: () =>
    "This chat is a deputy's, and is not joined with a resident's. To work on another platform too, please ask the office for an invite code, and say “bind” and the code there.",
  unlinked: () => "The chats are no longer joined. From now on only what was said here is seen here.",
  unlinkedThere: ({ platform }) =>
    `Your chat on ${platform} is no longer joined with this one. From now on what is said there is not seen here.`,
  unreadOnPage: ({ text }) =>
    `(This has stood on the page for a day and was not opened, so we say it here too.)\n${text}`,
  notLinked: () => "This chat is not joined with another one. To join one, please say “link”.",
};
