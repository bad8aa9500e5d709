import { accounts } from "./zh/accounts.ts";
import { audit } from "./zh/audit.ts";
import { events } from "./zh/case/events.ts";
import { onePage, verbs } from "./zh/case/page.ts";
import { cases, codes } from "./zh/cases.ts";
import { clockRules, clocks } from "./zh/clock-rules.ts";
import { codePicker } from "./zh/code-picker.ts";
import { answers } from "./zh/county/answers.ts";
import { chats } from "./zh/county/chats.ts";
import { duty } from "./zh/county/duty.ts";
import { imports } from "./zh/county/imports.ts";
import { partners } from "./zh/county/partners.ts";
import { people } from "./zh/county/people.ts";
import { petitions } from "./zh/county/petitions.ts";
import { places, posters } from "./zh/county/places.ts";
import { recordings } from "./zh/county/recordings.ts";
import { settings } from "./zh/county/settings.ts";
import { setup } from "./zh/county/setup.ts";
import { successions } from "./zh/county/successions.ts";
import { topics } from "./zh/county/topics.ts";
import { trialMode } from "./zh/county/trial-mode.ts";
import { units } from "./zh/county/units.ts";
import { deliveries } from "./zh/deliveries.ts";
import { intake, phone } from "./zh/intake.ts";
import { joint } from "./zh/joint.ts";
import { lists } from "./zh/lists.ts";
import { refusals } from "./zh/refusals.ts";
import { coverage } from "./zh/rules/coverage.ts";
import { ruleEditor, ruleProof } from "./zh/rules/editor.ts";
import { findings } from "./zh/rules/findings.ts";
import { differences, proof, trial } from "./zh/rules/proof.ts";
import { compare, review } from "./zh/rules/review.ts";
import { ruleSentence } from "./zh/rules/sentence.ts";
import { ruleUse, simulate } from "./zh/rules/trying.ts";
import { rules } from "./zh/rules/versions.ts";
import { shell } from "./zh/shell.ts";
import { account, signIn } from "./zh/sign-in.ts";
import { staff } from "./zh/staff.ts";
import { statistics } from "./zh/statistics.ts";
import { today } from "./zh/today.ts";
import { understanding } from "./zh/understanding.ts";
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
  places,
  posters,
  successions,
  imports,
  deliveries,
  unread,
  accounts,
  audit,
  statistics,
  settings,
  setup,
  topics,
  trialMode,
  petitions,
  recordings,
  units,
  chats,
  understanding,
  rules,
  ruleEditor,
  ruleProof,
  ruleSentence,
  codePicker,
  findings,
  proof,
  trial,
  differences,
  review,
  compare,
  simulate,
  ruleUse,
  coverage,
  clocks,
  clockRules,
  partners,
  answers,
  duty,
  intake,
  lists,
  phone,
};

/** The words of the console in one language. */
export type Words = typeof zhCN;
