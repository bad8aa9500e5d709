import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeTrial } from "../../src/casework/settings/trial.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { outgoingOf, shownOf } from "./delivery.ts";
import { expectEveryMessageEnded, onlyCase, say } from "./resident.ts";

let service: TestService;

beforeAll(async () => {
  service = await startService({ replies: "passive", kind: "unverified-service" });
});
afterAll(() => service.close());

const change = (wanted: Parameters<typeof changeTrial>[2], seen: string) => {
  const jurisdictionId = service.jurisdiction("qinghe");
  const by = { seen, by: "林晓", now: service.runtime.now() };
  return service.runtime.database.inCounty(jurisdictionId, (tx) => changeTrial(tx, jurisdictionId, wanted, by));
};

describe("a county in trial whose account can only answer", () => {
  it("answers whoever is not listed that it is not open, carries nothing else, and a card to whoever is in danger", async () => {
    expect((await change({ what: "begin" }, "t0")).ok).toBe(true);
    const phone = service.phone("passive");
    await say(service, phone, "柳东村二组路灯坏了");
    const { number } = await onlyCase(service, phone);
    expect(newest(phone)).toContain("没有正式开通");
    expect(arrived(phone).join("\n")).not.toContain(number);
    await say(service, phone, "进度");
    expect(arrived(phone).join("\n")).not.toContain(number);
    expect(await shownOf(service, number)).toEqual(["receipt held"]);
    const other = service.phone("danger");
    await say(service, other, "柳东村二组楼道里全是煤气味，有人头晕");
    expect(arrived(other).join("\n")).toMatch(/119|120/);
    const states = (await outgoingOf(service, other)).map(({ kind, state }) => `${kind} ${state}`);
    expect(states).toContain("emergency delivered");
    expect(states).toContain("receipt held");
    await expectEveryMessageEnded(service);
  });

  it("sends nothing of then with the next answer once it is open", async () => {
    const phone = service.phone("passive");
    const before = arrived(phone).length;
    const held = (await outgoingOf(service, phone)).filter(({ state }) => state === "held");
    expect(held.length).toBeGreaterThan(0);
    const wrong = await change({ what: "end", seen: 0, held: "keep" }, "t1");
    expect(wrong).toMatchObject({ ok: false, why: "held-changed" });
    const seen = wrong.ok || wrong.why !== "held-changed" ? 0 : wrong.count;
    expect((await change({ what: "end", seen, held: "keep" }, "t1")).ok).toBe(true);
    await say(service, phone, "进度");
    expect(arrived(phone).slice(before)).toHaveLength(1);
    expect((await outgoingOf(service, phone)).filter(({ state }) => state === "held")).toHaveLength(held.length);
  });
});
