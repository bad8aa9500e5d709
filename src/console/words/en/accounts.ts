import type * as zh from "../zh/accounts.ts";

/** The English words of the page about the county's accounts at platforms. */
export const accounts: typeof zh.accounts = {
  title: "Channel accounts",
  about: "Secrets can be written, never read: here stands which there are and when each was set.",
  empty: "There is no account yet: residents can write once there is one.",
  columns: { name: "Account", settings: "Settings", secrets: "Secrets", state: "State", acts: "Actions" },
  setOn: (name, at) => `${name}: set on ${at}`,
  noSecrets: "none, or they cannot be read",
  fine: "✓ not refused by the platform",
  refused: (until) => `⚠ the platform refuses direct messages, asked again ${until}`,
  waiting: (count) => `${count} wait to leave`,
  add: "Add an account",
  change: "Change settings and secrets…",
  changeTitle: (name) => `Change ${name}`,
  channel: "Platform",
  account: "The account's name (letters, digits; part of the callback address)",
  webhook: "Callback address (to be entered at the platform)",
  fields: {
    "app-id": "AppID",
    replies: "How it replies",
    template: "Notice template (ID:field={number},…)",
    "subscribe-template": "Subscription template",
    "app-secret": "AppSecret",
    token: "Token (of the server settings)",
    "aes-key": "EncodingAESKey (safe mode)",
  },
  replies: { direct: "may write first (verified)", passive: "only when somebody writes" },
  keepSecret: "Leave empty to keep it",
  save: "Save",
  saved: "Saved; in use within two seconds, and what waited is tried again.",
};
