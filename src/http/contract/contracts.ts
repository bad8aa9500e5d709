import type { Role } from "../../domain/access/roles.ts";
import { CASES } from "./cases.ts";
import { DUTY } from "./desk/duty.ts";
import { HANDOVERS } from "./desk/handovers.ts";
import { INTAKE } from "./desk/intake.ts";
import { PARTNERS_CONTRACT } from "./desk/partners.ts";
import { PETITIONS } from "./desk/petitions.ts";
import { PHONE } from "./desk/phone.ts";
import { RECORDINGS } from "./desk/recordings.ts";
import { TOPICS } from "./desk/topics.ts";
import { ERRANDS } from "./errands.ts";
import { IMPORTS } from "./imports.ts";
import { JUMP } from "./jump.ts";
import { BULK_CASES } from "./lists/bulk.ts";
import { VIEWS } from "./lists/views.ts";
import { LIVE } from "./live.ts";
import type { Contract, Operation } from "./operation.ts";
import { PEOPLE } from "./people.ts";
import { CHATS } from "./places/chats.ts";
import { PLACES } from "./places/places.ts";
import { POSTERS } from "./places/posters.ts";
import { SUCCESSION_FILES } from "./places/succession-files.ts";
import { SUCCESSIONS } from "./places/successions.ts";
import { ACCOUNTS } from "./records/accounts.ts";
import { AUDIT } from "./records/audit.ts";
import { DELIVERIES } from "./records/deliveries.ts";
import { FIGURES } from "./records/figures.ts";
import { UNREAD } from "./records/unread.ts";
import { RULES, VERSIONS } from "./rules.ts";
import { SESSION_CONTRACT } from "./session.ts";
import { ABOUT } from "./settings/about.ts";
import { ANSWER_LIBRARY } from "./settings/answer-library.ts";
import { ANSWER_TEMPLATES } from "./settings/answers.ts";
import { CATEGORIES } from "./settings/categories.ts";
import { CLOCK_RULES } from "./settings/clock-rules.ts";
import { COUNTY_SETTINGS } from "./settings/county.ts";
import { SETUP } from "./settings/setup.ts";
import { TRIAL } from "./settings/trial.ts";
import { UNDERSTANDING } from "./settings/understanding.ts";
import { STAFF_CONTRACT } from "./staff.ts";
import { TODAY } from "./today.ts";

/** The contracts of the API, one a resource. */
export const CONTRACTS: readonly Contract[] = [
  SESSION_CONTRACT,
  STAFF_CONTRACT,
  CASES,
  TODAY,
  LIVE,
  JUMP,
  ERRANDS,
  VERSIONS,
  RULES,
  PEOPLE,
  PLACES,
  CHATS,
  POSTERS,
  SUCCESSIONS,
  SUCCESSION_FILES,
  IMPORTS,
  DELIVERIES,
  UNREAD,
  ACCOUNTS,
  AUDIT,
  FIGURES,
  COUNTY_SETTINGS,
  ANSWER_TEMPLATES,
  ANSWER_LIBRARY,
  CATEGORIES,
  CLOCK_RULES,
  UNDERSTANDING,
  SETUP,
  TRIAL,
  ABOUT,
  INTAKE,
  PHONE,
  HANDOVERS,
  TOPICS,
  PARTNERS_CONTRACT,
  PETITIONS,
  RECORDINGS,
  DUTY,
  VIEWS,
  BULK_CASES,
];

/** The operations that a person of this role may ask for, by name. @param must whether a second factor has to be set up first */
export function operationsOf(role: Role, must: boolean): string[] {
  const entries: [string, Operation][] = CONTRACTS.flatMap((contract) => Object.entries(contract));
  const may = entries.filter(([, { roles, whileEnrolling }]) => {
    const isFor = roles === "everybody" || (roles !== "anybody" && roles.includes(role));
    return isFor && (!must || whileEnrolling === true);
  });
  return [...new Set(may.map(([name]) => name))].sort();
}
