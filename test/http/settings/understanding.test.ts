import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeLayer } from "../../../src/casework/learning/learn.ts";
import { correct, DIALECT, smallGround } from "../../casework/learning/lessons.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

const PEOPLE = ["a", "b", "c", "d", "e", "f"];

let staff: StaffApi;
let seqs: number[];

beforeAll(async () => {
  staff = await staffApi();
  for (const name of ["何静", "林晓", "赵敏"]) await staff.person(name, "office");
  await staff.person("孙丽", "auditor");
  await staff.person("unconfirmed", "office", { confirmedAt: null });
  await staff.program("program", "office");
  const { office } = staff;
  for (const [index, person] of PEOPLE.entries()) await office.say(person, DIALECT[index]!);
  await office.say("accuser", "王代表收了物业的好处，跟他反映多少次都不办");
  seqs = await correct(office.runtime, office.county.id, [...PEOPLE, "accuser"].map(office.peer));
});

afterAll(() => staff.close());

const candidates = async (who: string) =>
  (await staff.ask(who, "GET /understanding/candidates")).body.items as {
    id: string;
    state: string;
    isMine: boolean;
  }[];
const label = (who: string, id: number | string, body: object = { act: "thanks", isMaskRight: true }) =>
  staff.ask(who, `POST /understanding/candidates/${id}/label`, { body });

describe("what was understood wrongly", () => {
  it("is shown masked, without what accuses, and that somebody looked is written down", async () => {
    const shown = await candidates("何静");
    expect(shown).toHaveLength(PEOPLE.length);
    expect(shown[0]).toMatchObject({ state: "none", isMine: false, decided: "matter", was: "thanks" });
    expect(JSON.stringify(shown)).not.toContain("物业");
    const [read] = await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.execute<{ count: number }>(
        sql`select count(*)::int as count from readings where caller_name = '何静' and reason = 'corrections'`,
      ),
    );
    expect(read?.count).toBe(1);
  });

  it("is labelled by two, refused for what is not there, and for marks that there are not", async () => {
    expect((await label("何静", seqs.at(-1)!)).status).toBe(404);
    expect((await label("何静", 999_999)).status).toBe(404);
    expect((await label("何静", seqs[0]!, { act: "sings", isMaskRight: true })).status).toBe(422);
    expect((await label("何静", seqs[0]!, { act: "thanks", marks: ["no-such"], isMaskRight: true })).status).toBe(422);
    expect((await label("program", seqs[0]!)).body.code).toBe("people-only");
    for (const seq of seqs.slice(0, PEOPLE.length)) {
      expect((await label("何静", seq)).body).toEqual({ state: "one" });
      expect((await label("林晓", seq)).body).toEqual({ state: "agreed" });
    }
    expect((await candidates("林晓")).every(({ state, isMine }) => state === "agreed" && isMine)).toBe(true);
  });

  it("becomes a layer that somebody else publishes and anybody of the office takes back", async () => {
    const { runtime, county } = staff.office;
    const made = await makeLayer(runtime, county.id, smallGround(), { author: "何静" });
    expect(made).toMatchObject({ ok: true, refusals: [] });
    const [layer] = (await staff.ask("孙丽", "GET /understanding/layers")).body.items;
    expect(layer).toMatchObject({ number: 1, state: "measured", author: "何静", mayPublish: true });
    const publish = (who: string) => staff.ask(who, "POST /understanding/layers/1/publish");
    expect((await publish("孙丽")).status).toBe(403);
    expect((await publish("unconfirmed")).body.code).toBe("confirm-needed");
    expect(await publish("何静")).toMatchObject({ status: 403, body: { code: "own-work" } });
    expect((await staff.ask("林晓", "POST /understanding/layers/7/publish")).status).toBe(404);
    expect((await publish("林晓")).body).toEqual({ inUse: 1 });
    expect((await publish("赵敏")).status).toBe(409);
    const back = (number: number | null) => staff.ask("赵敏", "POST /understanding/take-back", { body: { number } });
    expect((await back(null)).body).toEqual({ inUse: null });
    expect((await back(null)).status).toBe(409);
    expect((await back(1)).body).toEqual({ inUse: 1 });
  });

  it("is learned from as an errand", async () => {
    const asked = await staff.ask("林晓", "POST /understanding/learn");
    expect(asked).toMatchObject({ status: 202, body: { kind: "understand-learn", state: "waiting" } });
    expect((await staff.ask("赵敏", `GET /errands/${asked.body.id}`)).status).toBe(200);
  });
});
