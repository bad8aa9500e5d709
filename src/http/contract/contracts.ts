import type { Role } from "../../domain/access/roles.ts";
import { CASES } from "./cases.ts";
import { INTAKE } from "./desk/intake.ts";
import { PHONE } from "./desk/phone.ts";
import { ERRANDS } from "./errands.ts";
import { IMPORTS } from "./imports.ts";
import { BULK_CASES } from "./lists/bulk.ts";
import { VIEWS } from "./lists/views.ts";
import type { Contract, Operation } from "./operation.ts";
import { PEOPLE } from "./people.ts";
import { ACCOUNTS } from "./records/accounts.ts";
import { AUDIT } from "./records/audit.ts";
import { DELIVERIES } from "./records/deliveries.ts";
import { UNREAD } from "./records/unread.ts";
import { RULES, VERSIONS } from "./rules.ts";
import { READERS } from "./rules-shapes.ts";
import { SESSION_CONTRACT } from "./session.ts";
import { STAFF_CONTRACT } from "./staff.ts";
import { TODAY } from "./today.ts";

/** The contracts of the API, one a resource. */
const CONTRACTS: readonly Contract[] = [
  SESSION_CONTRACT,
  STAFF_CONTRACT,
  CASES,
  TODAY,
  ERRANDS,
  VERSIONS,
  RULES,
  PEOPLE,
  IMPORTS,
  DELIVERIES,
  UNREAD,
  ACCOUNTS,
  AUDIT,
  INTAKE,
  PHONE,
  VIEWS,
  BULK_CASES,
];

/** The trials that are older than the contracts, and for whom they are. */
const OLDER: Readonly<Record<string, readonly Role[]>> = {
  "GET /rulesets/{number}/check": READERS,
  "GET /rulesets/{number}/dry-run": READERS,
};

/** The operations that a person of this role may ask for, by name. @param must whether a second factor has to be set up first */
export function operationsOf(role: Role, must: boolean): string[] {
  const entries: [string, Pick<Operation, "roles" | "whileEnrolling">][] = [
    ...CONTRACTS.flatMap((contract) => Object.entries(contract)),
    ...Object.entries(OLDER).map(([name, roles]) => [name, { roles }] as [string, Operation]),
  ];
  const may = entries.filter(([, { roles, whileEnrolling }]) => {
    const isFor = roles === "everybody" || (roles !== "anybody" && roles.includes(role));
    return isFor && (!must || whileEnrolling === true);
  });
  return [...new Set(may.map(([name]) => name))].sort();
}
