import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createVoter } from "../../src/casework/runtime/voter.ts";
import { arrived } from "../arrived.ts";
import { meaningOf } from "../domain/meaning.ts";
import { startService, type TestService } from "../service.ts";
import { type SimulatedModel, says, silent, startModel } from "../simulated-model.ts";
import { casesOf, expectEveryMessageEnded, HOUR, onlyCase, outcomesOf, say, since, wait } from "./resident.ts";

/** Of these the shipped weights are not sure whether they are new; which ones, changes with the weights. */
const CANDIDATES = [
  "我跑了三趟,回回都说等",
  "问一下外来人员办暂住手续要带啥",
  "排队的人比上回还多",
  "那边的墙根又鼓起来一块",
  "换的那个牌子不清楚",
  "今天又数了一遍,二十多个",
  "说是月底,也没个准信",
];

let model: SimulatedModel;
let service: TestService;
let unsure: string;
beforeAll(async () => {
  model = await startModel(says({ act: "corrects-text", danger: "no", accuses: "no" }));
  const limits = { callMs: 300 };
  const voter = createVoter({ url: model.url, name: "local", key: null }, { limits });
  service = await startService({ voter });
  unsure = CANDIDATES.find((text) => meaningOf(text, { context: { open: 1 } }).kind === "unsure") ?? "";
  expect(unsure).not.toBe("");
});
afterAll(async () => {
  await service.close();
  await model.close();
});

describe("a resident whose words could be two things", () => {
  it("is not asked where the office's own model knows better, and the deputy reads them with the case", async () => {
    const phone = service.phone("voted");
    await say(service, phone, "柳东村三组路灯坏了");
    await wait(service, HOUR);
    const before = arrived(phone).length;
    await say(service, phone, unsure);
    await wait(service, HOUR);
    expect(model.calls.map(({ words }) => words)).toEqual([unsure]);
    expect(JSON.stringify((await onlyCase(service, phone)).messages)).toContain(unsure);
    expect(since(phone, before)).not.toContain("新的");
    await expectEveryMessageEnded(service);
  });

  it("is asked as ever where that model is silent, and the answer is done", async () => {
    model.answers(silent);
    const phone = service.phone("unvoted");
    await say(service, phone, "柳东村二组水管漏水");
    await wait(service, HOUR);
    const before = arrived(phone).length;
    await say(service, phone, unsure);
    await wait(service, HOUR);
    expect(since(phone, before)).toContain("新的");
    await say(service, phone, "2");
    expect(await casesOf(service, phone)).toHaveLength(1);
    expect(await outcomesOf(service, phone)).toEqual(["case", "case", "case"]);
    await expectEveryMessageEnded(service);
  });
});
