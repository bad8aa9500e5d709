import { afterAll, beforeAll, expect, it } from "vitest";
import { correct } from "../../casework/learning/lessons.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

let staff: StaffApi;

beforeAll(async () => {
  staff = await staffApi();
  await staff.person("林晓", "office");
  await staff.program("program", "office", { sealed: true });
});
afterAll(() => staff.close());

const candidates = async () => (await staff.ask("林晓", "GET /understanding/candidates")).body.items;

it("words of a case whose resident accused somebody afterwards are no lesson, neither to read nor to label", async () => {
  const { office } = staff;
  await office.say("accuser", "柳东村一组的水渠塌了一段");
  await office.say("other", "柳东村二组路灯坏了六盏");
  const [half, whole] = await correct(office.runtime, office.county.id, ["accuser", "other"].map(office.peer));
  expect(await candidates()).toHaveLength(2);
  await office.say("accuser", "王建国代表收了施工队的红包");
  const left = await candidates();
  expect(left.map(({ id }: { id: string }) => id)).toEqual([String(whole)]);
  expect(JSON.stringify(left)).not.toContain("水渠");
  const label = (id: number | undefined) =>
    staff.ask("林晓", `POST /understanding/candidates/${id}/label`, { body: { act: "thanks", isMaskRight: true } });
  expect((await label(half)).status).toBe(404);
  expect((await label(whole)).status).toBe(200);
});

it("no program asks that a layer be learned, by whichever operation", async () => {
  const asked = { body: { kind: "understand-learn", asked: {} } };
  expect(await staff.ask("program", "POST /errands", asked)).toMatchObject({ status: 422, body: { code: "content" } });
  expect(await staff.ask("program", "POST /understanding/learn", { body: {} })).toMatchObject({ status: 403 });
  expect((await staff.ask("林晓", "POST /errands", asked)).status).toBe(202);
});
