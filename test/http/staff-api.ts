import { eq } from "drizzle-orm";
import { cases } from "../../db/schema/cases.ts";
import { stations } from "../../db/schema/places.ts";
import type { Caller } from "../../src/casework/access/caller.ts";
import { listCases } from "../../src/casework/cases/case-view.ts";
import type { Role } from "../../src/domain/access/roles.ts";
import { type Office, openOffice } from "../casework/office.ts";
import type { ListeningApi } from "./listening-api.ts";
import { type Answer, type PeopleApi, peopleApi } from "./people-api.ts";

/** The API over the office of 清河, with people of the staff, whom a header names instead of a session. */
export type StaffApi = {
  readonly office: Office;
  readonly api: ListeningApi;
  /** Makes somebody of the staff; their code of the second factor was just given unless it is said otherwise. */
  person(name: string, role: Role, more?: Partial<Caller>): Promise<void>;
  /** Makes a program's token. */
  program(name: string, role: Role, more?: { readonly sealed?: boolean }): Promise<void>;
  ask: PeopleApi["ask"];
  /** Sends what a person says and gives the number of the newest case. */
  newCase(person: string, said: string): Promise<string>;
  /** Asks for the case as it is now, and applies a verb to that version. */
  act(who: string, number: string, verb: string, body: object): Promise<Answer>;
  close(): Promise<void>;
};

/** Opens the API of an office with nobody in it yet. */
export async function staffApi(more: Pick<Parameters<typeof peopleApi>[0], "register"> = {}): Promise<StaffApi> {
  const office = await openOffice();
  const { runtime, county, db } = office;
  const { api, ask, ...people } = await peopleApi({ ...more, database: runtime.database, now: runtime.now, runtime });
  return {
    office,
    api,
    ask,
    async person(name, role, more = {}) {
      people.person(name, more.jurisdictionId ?? county.id, role, more);
    },
    program: (name, role, more) => people.program(name, county.id, role, more),
    async newCase(person, said) {
      await office.say(person, said);
      const all = await db.database.inCounty(county.id, listCases);
      return all.at(-1)!.number;
    },
    async act(who, number, verb, body) {
      const shown = await ask(who, `GET /cases/${number}`);
      return ask(who, `POST /cases/${number}/${verb}`, { body, match: shown.etag });
    },
    async close() {
      await api.close();
      await office.close();
    },
  };
}

/** The id of the station of a case, by its number. */
export async function stationOf({ office }: StaffApi, number: string): Promise<string> {
  const [row] = await office.db.database.inCounty(office.county.id, (tx) =>
    tx
      .select({ id: stations.id })
      .from(cases)
      .innerJoin(stations, eq(stations.id, cases.stationId))
      .where(eq(cases.number, number)),
  );
  return row!.id;
}
