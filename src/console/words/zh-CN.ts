import { accounts } from "./zh/accounts.ts";
import { audit } from "./zh/audit.ts";
import { events, onePage, verbs } from "./zh/case.ts";
import { cases, codes } from "./zh/cases.ts";
import { deliveries } from "./zh/deliveries.ts";
import { imports } from "./zh/imports.ts";
import { joint } from "./zh/joint.ts";
import { people } from "./zh/people.ts";
import { refusals } from "./zh/refusals.ts";
import { shell } from "./zh/shell.ts";
import { account, signIn } from "./zh/sign-in.ts";
import { staff } from "./zh/staff.ts";
import { today } from "./zh/today.ts";
import { unread } from "./zh/unread.ts";

/** The words of the console in Chinese; every other language says the same things. */
export const zhCN = {
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

/** The words of the console in one language. */
export type Words = typeof zhCN;
