import { randomUUID } from "node:crypto";
import { eq, ne } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { caseBars } from "../../db/schema/console.ts";
import { stations } from "../../db/schema/places.ts";
import { ROLES, type Role } from "../../src/domain/access/roles.ts";
import { CASES } from "../../src/http/contract/cases.ts";
import { TODAY } from "../../src/http/contract/today.ts";
import type { Answer } from "./people-api.ts";
import { putMedia } from "./sent-media.ts";
import { type StaffApi, staffApi, stationOf } from "./staff-api.ts";

const KINDS = ["ordinary", "own station", "sealed", "barred"] as const;
type Kind = (typeof KINDS)[number];

/** What becomes of a request: it is done, needs a reason first, is the wrong role's, or there is no such case. */
const MEANS = { y: "done", r: "reason-needed", f: "wrong role", g: "gone" } as const;

const REASON = { reason: "inspection", note: "测试用的理由" };
const NOBODY = "ffff";
const READ = { office: "yyrg", reviewer: "yygg", station: "gygg", auditor: "yygg", operator: NOBODY };
const LIST = { ...READ, office: "yygg" };
const OFFICE = { office: "yyrg", reviewer: NOBODY, station: NOBODY, auditor: NOBODY, operator: NOBODY };
/** Nothing but what an ordinary case allows: a sealed one cannot be placed, moved or filed, whatever reason is given. */
const STATION_TOO = { ...OFFICE, station: "gygg" };
const ALL_DAY = { office: "yyyy", reviewer: "yyyy", station: "yyyy", auditor: "yyyy", operator: "yyyy" };

/** By operation and role, one letter for each kind of case, in the order of `KINDS`. */
const TABLE: Readonly<Record<keyof typeof CASES | keyof typeof TODAY, Readonly<Record<Role, string>>>> = {
  "POST /cases/search": LIST,
  "POST /cases/count": LIST,
  "GET /cases/{number}": READ,
  "GET /cases/{number}/photos/{id}": READ,
  "POST /cases/{number}/place": OFFICE,
  "POST /cases/{number}/move": OFFICE,
  "POST /cases/{number}/answer": STATION_TOO,
  "POST /cases/{number}/notes": STATION_TOO,
  "POST /cases/{number}/acknowledge": STATION_TOO,
  "POST /cases/{number}/close": STATION_TOO,
  "POST /cases/{number}/category": STATION_TOO,
  "POST /cases/{number}/deadline": OFFICE,
  "POST /cases/{number}/seal": STATION_TOO,
  "POST /cases/{number}/merge": OFFICE,
  "POST /cases/{number}/unmerge": OFFICE,
  "POST /cases/{number}/split": OFFICE,
  "POST /cases/{number}/unseal": OFFICE,
  "POST /cases/{number}/unseal/confirm": OFFICE,
  "POST /cases/{number}/unseal/refuse": OFFICE,
  "POST /cases/{number}/candidates": { ...OFFICE, office: "yyyg" },
  "POST /cases/{number}/originals": OFFICE,
  "POST /cases/{number}/media/{id}": OFFICE,
  "GET /today": ALL_DAY,
  // Last: it lets the office read the sealed one for ten minutes.
  "POST /cases/{number}/open-sealed": { ...OFFICE, office: "ggyg" },
  // Behind all others: none of them exists for whoever declared an interest.
  "POST /cases/{number}/involved": {
    office: "yyyg",
    reviewer: "yygg",
    station: "gygg",
    auditor: NOBODY,
    operator: NOBODY,
  },
};

let staff: StaffApi;
const numbers = new Map<Kind, string>();
const messages = new Map<Kind, string>();
const photos = new Map<Kind, string>();
const sent = new Map<Kind, string>();

beforeAll(async () => {
  staff = await staffApi();
  const { db, county } = staff.office;
  const west = await db.county("west");
  for (const kind of KINDS) {
    const said = kind === "sealed" ? "村支书收了好处，低保名额都给了亲戚" : "柳东村一组路灯坏了六盏";
    numbers.set(kind, await staff.newCase(`resident of ${kind}`, said));
  }
  const own = await stationOf(staff, numbers.get("own station")!);
  const people = new Map(ROLES.map((role) => [role, randomUUID()]));
  for (const [role, id] of people) {
    await staff.person(`here ${role}`, role, { id, stations: [own] });
    await staff.person(`elsewhere ${role}`, role, { jurisdictionId: west, stations: [own] });
  }
  await staff.person("another", "office");
  await db.database.inCounty(county.id, async (tx) => {
    const [other] = await tx.select({ id: stations.id }).from(stations).where(ne(stations.id, own)).limit(1);
    await tx
      .update(cases)
      .set({ stationId: other!.id })
      .where(eq(cases.number, numbers.get("ordinary")!));
    const [barred] = await tx
      .select({ id: cases.id })
      .from(cases)
      .where(eq(cases.number, numbers.get("barred")!));
    for (const personId of people.values())
      await tx.insert(caseBars).values({
        jurisdictionId: county.id,
        caseId: barred!.id,
        personId,
        by: "办公室",
        reason: "亲属",
        at: new Date(),
      });
  });
  await staff.ask("another", `POST /cases/${numbers.get("sealed")}/open-sealed`, {
    body: { reason: "inspection", note: "测试用的理由" },
  });
  for (const [kind, number] of numbers) {
    photos.set(kind, await putMedia(staff, number, "office"));
    sent.set(kind, await putMedia(staff, number, "resident"));
  }
  for (const [kind, number] of numbers)
    messages.set(kind, (await staff.ask("another", `GET /cases/${number}`)).body.messages[0].id);
});

afterAll(() => staff.close());

/** A body that is right in form; nothing comes of it, for the version is an old one. */
function bodyOf(operation: string, kind: Kind): unknown {
  const reading = REASON;
  const bodies: Readonly<Record<string, unknown>> = {
    "open-sealed": reading,
    originals: { ...reading, messages: [messages.get(kind)] },
    place: { grid: "柳东-1" },
    move: { office: true, reason: "试" },
    answer: { text: "试" },
    notes: { text: "试" },
    close: { outcome: "withdrawn" },
    category: { code: null },
    deadline: { dueOn: "2026-12-31", reason: "试" },
    seal: { reason: "试" },
    merge: { into: numbers.get(kind === "ordinary" ? "own station" : "ordinary"), intoVersion: "c0" },
    unmerge: {},
    split: { words: "另外下水道也堵了" },
    unseal: { reason: "试" },
    acknowledge: {},
    refuse: { reason: "试" },
    candidates: { kind: "deputy", q: "" },
    search: {},
    count: {},
  };
  return bodies[operation.split("/").at(-1) ?? ""];
}

function meaningOf({ status, body }: Answer): string {
  if (status === 404) return MEANS.g;
  if (status === 403) return body.code === "reason-needed" ? MEANS.r : MEANS.f;
  return [200, 201, 204, 409, 412].includes(status) ? MEANS.y : `${status} ${body?.code}`;
}

async function outcome(who: string, operation: string, kind: Kind): Promise<string> {
  const number = numbers.get(kind)!;
  const body = operation.includes("/media/") ? REASON : bodyOf(operation, kind);
  const id = (operation.includes("/media/") ? sent : photos).get(kind) ?? "";
  const answer = await staff.ask(who, operation.replace("{number}", number).replace("{id}", id), {
    match: '"c0"',
    ...(body === undefined ? {} : { body }),
  });
  const meaning = meaningOf(answer);
  if (meaning !== MEANS.y) return meaning;
  if (operation === "POST /cases/search")
    return answer.body.items.some((one: { number: string }) => one.number === number) ? MEANS.y : MEANS.g;
  // What is counted is what is listed.
  if (operation === "POST /cases/count") {
    const { items } = (await staff.ask(who, "POST /cases/search", { body: {} })).body;
    expect(answer.body.value).toBe(items.length);
    return items.some((one: { number: string }) => one.number === number) ? MEANS.y : MEANS.g;
  }
  return meaning;
}

describe("what each role may do to each kind of case", () => {
  it("is written down for every operation", () => {
    expect(Object.keys(TABLE).toSorted()).toEqual([...Object.keys(CASES), ...Object.keys(TODAY)].toSorted());
  });

  it.each(Object.keys(TABLE) as (keyof typeof TABLE)[])("%s", async (operation) => {
    const [found, wanted]: Record<string, string>[] = [{}, {}];
    for (const role of ROLES)
      for (const [index, kind] of KINDS.entries()) {
        const letter = TABLE[operation][role][index] as keyof typeof MEANS;
        const there = letter === "f" || operation === "GET /today" ? letter : "g";
        found![`${role}, ${kind}`] = await outcome(`here ${role}`, operation, kind);
        wanted![`${role}, ${kind}`] = MEANS[letter];
        found![`${role} of another county, ${kind}`] = await outcome(`elsewhere ${role}`, operation, kind);
        wanted![`${role} of another county, ${kind}`] = MEANS[there];
      }
    expect(found).toEqual(wanted);
  });

  it("is nothing to whoever is nobody", async () => {
    for (const operation of Object.keys(TABLE))
      expect(
        (
          await staff.ask("nobody", operation.replace("{number}", "2026-000001"), {
            body: operation.startsWith("GET") ? undefined : {},
          })
        ).status,
      ).toBe(401);
  });
});
