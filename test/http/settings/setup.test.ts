import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StaffApi, staffApi } from "../staff-api.ts";

let staff: StaffApi;

beforeAll(async () => {
  staff = await staffApi();
  const west = await staff.office.db.county("west");
  await staff.person("office", "office");
  await staff.person("operator", "operator");
  await staff.person("west", "office", { jurisdictionId: west });
});

afterAll(() => staff.close());

type Step = { code: string; state: string; lacks: { code: string; count: number }[] };
const steps = async (who: string) =>
  new Map(((await staff.ask(who, "GET /setup")).body.steps as Step[]).map((step) => [step.code, step]));

describe("the steps of setting a county up", () => {
  it("are computed from the county's data, and of an empty county wait for its lists", async () => {
    const empty = await steps("west");
    expect([...empty.keys()]).toHaveLength(9);
    expect(empty.get("lists")?.lacks.map(({ code }) => code)).toEqual(["stations", "grids", "deputies"]);
    for (const code of ["coverage", "deputies", "posters", "rules", "rehearsal"])
      expect(empty.get(code)).toMatchObject({ state: "blocked", lacks: [] });
    expect((await staff.ask("west", "GET /setup")).body.takesToday).toBe(true);
    await staff.ask("west", "PATCH /setup", { body: { skipped: ["lists"] } });
    expect((await steps("west")).get("coverage")?.state).toBe("open");
    expect((await steps("west")).get("posters")?.state).toBe("blocked");
    await staff.ask("west", "PATCH /setup", { body: { skipped: [] } });
    const here = await steps("office");
    expect(here.get("lists")?.state).toBe("done");
    expect(here.get("chat")?.lacks.map(({ code }) => code)).toContain("account-test");
  });

  it("can be skipped and taken up again by name alone, and give way to Today once a resident has written", async () => {
    const skip = (skipped: string[]) => staff.ask("operator", "PATCH /setup", { body: { skipped } });
    expect((await skip(["no-such-step"])).status).toBe(422);
    expect((await skip(["posters"])).body.steps.find(({ code }: Step) => code === "posters").state).toBe("skipped");
    expect((await skip([])).body.steps.find(({ code }: Step) => code === "posters").state).not.toBe("skipped");
    await staff.newCase("a", "柳东村一组路灯坏了六盏");
    expect((await staff.ask("office", "GET /setup")).body).toMatchObject({ isOver: false, takesToday: false });
  });

  it("have a rehearsal through the real service, in a trial alone, whose cases are apart from all others", async () => {
    const begin = async (who: string) =>
      staff.ask(who, "POST /trial/begin", { body: {}, match: (await staff.ask(who, "GET /trial")).etag });
    const before = (await staff.ask("office", "POST /cases/count", { body: {} })).body.value;
    expect(await staff.ask("office", "POST /setup/rehearsal")).toMatchObject({
      ...{ status: 409, body: { code: "not-in-trial" } },
    });
    for (const who of ["west", "office"]) expect((await begin(who)).status).toBe(200);
    expect(await staff.ask("west", "POST /setup/rehearsal")).toMatchObject({ status: 409, body: { code: "no-lists" } });
    const sent = staff.office.sent.length;
    const asked = await staff.ask("office", "POST /setup/rehearsal");
    expect(asked.body.items.map(({ happened }: { happened: string }) => happened)).toEqual(Array(8).fill("waiting"));
    await staff.office.work();
    await staff.office.pass(4_000);
    await staff.office.work();
    const { items } = (await staff.ask("office", "GET /setup/rehearsal")).body;
    const shown = items.map(({ code, expected, happened }: Record<string, string>) => [code, expected, happened]);
    expect(shown.filter(([, expected, happened]: string[]) => expected !== happened)).toEqual([]);
    expect(items.filter(({ isRight }: { isRight: boolean }) => !isRight)).toEqual([]);
    const of = (wanted: string) => items.find(({ code }: { code: string }) => code === wanted);
    expect(of("accusation")).toMatchObject({ seenBy: { stations: false, deputies: false }, told: [] });
    expect(of("full-address").told.every(({ state }: { state: string }) => state !== "delivered")).toBe(true);
    expect(of("danger").replies.join("\n")).toMatch(/119|120/);
    expect(of("full-address").case).toMatch(/^P-20\d{2}-00000\d$/);
    expect(of("full-address").replies.join("\n")).toContain(of("full-address").case);
    expect(staff.office.sent.length).toBe(sent);
    expect((await staff.ask("office", "POST /cases/count", { body: {} })).body.value).toBe(before);
    const apart = (await staff.ask("office", "POST /cases/search", { body: { filter: { rehearsal: true } } })).body;
    expect(apart.items.length).toBeGreaterThan(3);
    expect((await staff.ask("office", `GET /cases/${of("full-address").case}`)).status).toBe(200);
    const { sections } = (await staff.ask("office", "GET /today")).body;
    expect(JSON.stringify(sections)).not.toContain("P-20");
    await staff.office.say("b", "柳东村一组的井盖丢了");
    const real = (await staff.ask("office", "POST /cases/search", { body: {} })).body.items;
    expect(real.map(({ number }: { number: string }) => number.slice(5))).toEqual(["000002", "000001"]);
    const { figures } = (await staff.ask("office", "GET /figures?codes=cases")).body;
    expect(JSON.stringify(figures ?? [])).not.toContain("P-20");
    expect((await steps("office")).get("rehearsal")?.lacks.map(({ code }) => code)).toEqual(["in-trial"]);
  });

  it("have a starter draft, which takes no effect by itself", async () => {
    const { body, status } = await staff.ask("office", "POST /setup/starter-rules");
    expect(status).toBe(201);
    expect((await staff.ask("office", `GET /rulesets/${body.number}`)).body.state).toBe("draft");
    expect((await steps("office")).get("rules")?.state).toBe("open");
  });
});
