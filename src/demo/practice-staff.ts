import { asc } from "drizzle-orm";
import { stations } from "../../db/schema/places.ts";
import { addUser } from "../casework/access/users.ts";
import type { Runtime } from "../casework/runtime/runtime.ts";
import { listStaff } from "../casework/staff/staff.ts";
import { ROLES, type Role } from "../domain/access/roles.ts";

/** A login of the practice county, for whoever tries the console. */
export type Login = { readonly role: Role; readonly name: string; readonly email: string; readonly password: string };

const NAMES: Readonly<Record<Role, string>> = {
  office: "林晓",
  reviewer: "赵敏",
  station: "陈芳",
  auditor: "孙悦",
  operator: "周强",
};
const PASSWORD_LENGTH = 12;

/**
 * Adds one person of each role to the practice county where they are not there yet.
 * @returns their logins, which are the same at every start with the same data
 */
export async function addPracticeStaff(runtime: Runtime, jurisdictionId: string): Promise<Login[]> {
  const [station] = await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx.select({ code: stations.code }).from(stations).orderBy(asc(stations.code)).limit(1),
  );
  const people = await runtime.database.inCounty(jurisdictionId, (tx) => listStaff(tx, runtime.vault, jurisdictionId));
  const logins: Login[] = [];
  for (const role of ROLES) {
    const email = `${role}@qinghe.example`;
    const password = runtime.vault.sign(email, "practice-password").slice(0, PASSWORD_LENGTH);
    const own = role === "station" && station !== undefined ? [station.code] : [];
    const name = NAMES[role];
    logins.push({ role, name, email, password });
    if (people.some((one) => one.email === email)) continue;
    const added = await addUser(runtime, jurisdictionId, { email, role, name, stations: own, password });
    if (!added.ok) throw new Error(added.reason);
  }
  return logins;
}
