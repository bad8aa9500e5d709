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

  it("have a rehearsal that stores no case, and none without a grid", async () => {
    expect(await staff.ask("west", "POST /setup/rehearsal")).toMatchObject({ status: 409, body: { code: "no-lists" } });
    const before = (await staff.ask("office", "POST /cases/count", { body: {} })).body.value;
    const { body } = await staff.ask("office", "POST /setup/rehearsal");
    expect(body.items.filter(({ isRight }: { isRight: boolean }) => !isRight)).toEqual([]);
    const accused = body.items.find(({ code }: { code: string }) => code === "accusation");
    expect(accused).toMatchObject({ happened: "sealed", goesTo: { kind: "office" }, told: [] });
    expect((await staff.ask("office", "POST /cases/count", { body: {} })).body.value).toBe(before);
    expect((await steps("office")).get("rehearsal")?.state).toBe("done");
  });

  it("have a starter draft, which takes no effect by itself", async () => {
    const { body, status } = await staff.ask("office", "POST /setup/starter-rules");
    expect(status).toBe(201);
    expect((await staff.ask("office", `GET /rulesets/${body.number}`)).body.state).toBe("draft");
    expect((await steps("office")).get("rules")?.state).toBe("open");
  });
});
