/** The kinds of changes of people, tokens and channel accounts that the ledger of staff changes tells apart. */
export const STAFF_CHANGES = [
  "invited",
  "added",
  "changed",
  "ended",
  "unlocked",
  "reset",
  "sessions-ended",
  "joined",
  "enrolled",
  "password-changed",
  "token-made",
  "token-revoked",
  "account-added",
  "account-changed",
  "account-tested",
] as const;
