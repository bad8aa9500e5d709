import { eq } from "drizzle-orm";
import { afterAll, beforeAll } from "vitest";
import { openDatabase } from "../../../db/database.ts";
import { stations } from "../../../db/schema/places.ts";
import type { Caller } from "../../../src/casework/access/caller.ts";
import { ERRAND_KINDS } from "../../../src/casework/errand-kinds/registry.ts";
import type { Role } from "../../../src/domain/access/roles.ts";
import { startErrands } from "../../../workers/errands.ts";
import { publish } from "../../journeys/publish.ts";
import { onlyCase, say } from "../../journeys/resident.ts";
import { writtenRule, writtenSet } from "../../rule-sets.ts";
import { startService, type TestService } from "../../service.ts";
import { type PeopleApi, peopleApi } from "../people-api.ts";
import { askedAs } from "./asked-as.ts";

export const LAMPS = { in: ["路灯", { var: "text" }] };
const PUBLISHED = writtenSet([
  writtenRule("lamps", LAMPS, { deputy: "D009" }),
  writtenRule("water", { in: ["停水", { var: "text" }] }, { unit: "U01" }),
]);
/** Gives lamps to somebody else than the published rules do. */
export const DRAFT = writtenSet([
  writtenRule("lamps", { and: [LAMPS, { var: "hasPhoto" }] }, { deputy: "D009" }),
  writtenRule("rest", { in: ["路灯", { var: "text" }] }, { deputy: "D004" }),
]);

export let service: TestService;
let people: PeopleApi;
/** Of the published rules. */
export let version: number;
let errands: { close(): Promise<void> };
/** The numbers of three cases about lamps, and of one that is sealed. */
export let lamps: string[];
export let sealed: string;

export const ask = askedAs(() => people);
export const inQinghe = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
  service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);

/** The service with its cases and people: lin (office), zhao (reviewer), sun (auditor), ops, wang (station), wei (another county). */
export function withTriedRules(): void {
  beforeAll(async () => {
    service = await startService();
    const { database, vault, now } = service.runtime;
    people = await peopleApi({ database, vault, now });
    const qinghe = service.jurisdiction("qinghe");
    version = await publish(service, PUBLISHED);
    const [station] = await inQinghe((tx) =>
      tx.select({ id: stations.id }).from(stations).where(eq(stations.code, "ST01")),
    );
    people.person("lin", qinghe, "office");
    people.person("zhao", qinghe, "reviewer");
    people.person("sun", qinghe, "auditor");
    people.person("ops", qinghe, "operator");
    people.person("wang", qinghe, "station", { stations: [station!.id] });
    people.person("wei", service.jurisdiction("baishi"), "office");
    for (const [who, text] of [
      ["a", "柳东村一组路灯坏了"],
      ["b", "柳西村一组路灯不亮"],
      ["c", "北大街路灯全黑了"],
      ["d", "村支书收了好处，低保名额都给了亲戚"],
    ] as const) {
      await say(service, service.phone(who), text);
    }
    lamps = await Promise.all(["a", "b", "c"].map(async (who) => (await onlyCase(service, service.phone(who))).number));
    sealed = (await onlyCase(service, service.phone("d"))).number;
    errands = startErrands({
      runtime: service.runtime,
      kinds: ERRAND_KINDS,
      openLong: () => openDatabase({ login: database.login, statementLimitMs: 60_000 }),
      log: service.runtime.log,
    });
  });
  afterAll(async () => {
    await errands.close();
    await people.api.close();
    await service.close();
  });
}

/** Adds somebody to the county. */
export function person(name: string, role: Role): Caller {
  return people.person(name, service.jurisdiction("qinghe"), role);
}
