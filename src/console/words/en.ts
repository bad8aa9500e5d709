import { accounts } from "./en/accounts.ts";
import { audit } from "./en/audit.ts";
import { events, onePage, verbs } from "./en/case.ts";
import { cases, codes } from "./en/cases.ts";
import { deliveries } from "./en/deliveries.ts";
import { imports } from "./en/imports.ts";
import { joint } from "./en/joint.ts";
import { people } from "./en/people.ts";
import { refusals } from "./en/refusals.ts";
import { shell } from "./en/shell.ts";
import { account, signIn } from "./en/sign-in.ts";
import { staff } from "./en/staff.ts";
import { today } from "./en/today.ts";
import { unread } from "./en/unread.ts";
import type { Words } from "./zh-CN.ts";

/** The words of the console in English. */
export const en: Words = {
  shell,
  refusals,
  signIn,
  account,
  codes,
  cases,
  events,
  onePage,
  verbs,
  joint,
  today,
  staff,
  people,
  imports,
  deliveries,
  unread,
  accounts,
  audit,
};
