import { accounts } from "./en/accounts.ts";
import { audit } from "./en/audit.ts";
import { events } from "./en/case/events.ts";
import { onePage, verbs } from "./en/case/page.ts";
import { cases, codes } from "./en/cases.ts";
import { clockRules, clocks } from "./en/clock-rules.ts";
import { codePicker } from "./en/code-picker.ts";
import { answers } from "./en/county/answers.ts";
import { chats } from "./en/county/chats.ts";
import { duty } from "./en/county/duty.ts";
import { imports } from "./en/county/imports.ts";
import { partners } from "./en/county/partners.ts";
import { people } from "./en/county/people.ts";
import { petitions } from "./en/county/petitions.ts";
import { places, posters } from "./en/county/places.ts";
import { recordings } from "./en/county/recordings.ts";
import { settings } from "./en/county/settings.ts";
import { setup } from "./en/county/setup.ts";
import { successions } from "./en/county/successions.ts";
import { topics } from "./en/county/topics.ts";
import { trialMode } from "./en/county/trial-mode.ts";
import { units } from "./en/county/units.ts";
import { deliveries } from "./en/deliveries.ts";
import { intake, phone } from "./en/intake.ts";
import { joint } from "./en/joint.ts";
import { lists } from "./en/lists.ts";
import { refusals } from "./en/refusals.ts";
import { coverage } from "./en/rules/coverage.ts";
import { ruleEditor, ruleProof } from "./en/rules/editor.ts";
import { findings } from "./en/rules/findings.ts";
import { differences, proof, trial } from "./en/rules/proof.ts";
import { compare, review } from "./en/rules/review.ts";
import { ruleSentence } from "./en/rules/sentence.ts";
import { ruleUse, simulate } from "./en/rules/trying.ts";
import { rules } from "./en/rules/versions.ts";
import { shell } from "./en/shell.ts";
import { account, signIn } from "./en/sign-in.ts";
import { staff } from "./en/staff.ts";
import { statistics } from "./en/statistics.ts";
import { today } from "./en/today.ts";
import { understanding } from "./en/understanding.ts";
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
