import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listFailed } from "../../src/casework/partner-exchange/list.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { type PartnerRun, startPartnerRun } from "./partner-run.ts";
import { MINUTE, onlyCase, say, short } from "./resident.ts";

const READER = { id: "00000000-0000-7000-8000-000000000001", role: "office", stations: [], deputyId: null } as const;
let service: TestService;
let run: PartnerRun;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  run = await startPartnerRun(service, true);
  await run.connect({
    ...{ name: "city", type: "georeport", title: "城管平台", services: { roads: "路灯-01", "*": "其他" } },
    statusMap: { "tobe-checked": "working" },
  });
  deputy = await service.deputy("D001");
});
afterAll(async () => {
  await run?.close();
  await service.close();
});

const posted = (number: string) =>
  run.platform.captured().filter(({ method, path, body }) => {
    return method === "POST" && path.endsWith("/requests.json") && decodeURIComponent(body).includes(number);
  });
const asked = (file: string) => run.platform.captured().filter(({ path }) => path.includes(file));

async function handedOver(person: string) {
  const phone = service.phone(person);
  await say(service, phone, "柳东村三组路灯坏了，我叫王秀英，电话13812345678");
  const { number } = await onlyCase(service, phone);
  await say(service, deputy, `转办 ${short(number)} 城管平台，请修灯`);
  await run.exchange();
  return { number, id: short(number), phone };
}

/** Lets a minute pass, so that the platform is asked again. */
async function nextPoll(): Promise<void> {
  service.advance(2 * MINUTE);
  await run.exchange();
}

describe("a case that is handed over by GeoReport", () => {
  it("leaves with a service code and the middle of its grid; its number comes by the token, never within the call", async () => {
    const { number } = await handedOver("token");
    const [only] = posted(number);
    const form = new URLSearchParams(only!.body);
    expect(form.get("service_code")).toBe("路灯-01");
    expect(form.get("jurisdiction_id")).toBe("qinghe");
    expect(form.get("address_string")).toContain("柳东村三组");
    expect(Number(form.get("lat"))).toBeGreaterThan(20);
    expect(Number(form.get("long"))).toBeGreaterThan(100);
    expect([...form.keys()].toSorted()).toEqual([
      "address_string",
      "api_key",
      "description",
      "jurisdiction_id",
      "lat",
      "long",
      "service_code",
    ]);
    expect(decodeURIComponent(JSON.stringify(run.platform.captured()))).not.toMatch(/王秀英|13812345678|o_token/);
    expect(asked("/tokens/").length).toBeGreaterThan(0);
    await nextPoll();
    expect((await service.case(number)).handovers).toMatchObject([{ to: "city", kind: "partner", state: "accepted" }]);
  });

  it("comes back as the platform's word and no more, and the same answer changes nothing", async () => {
    const { number, id, phone } = await handedOver("claims");
    await nextPoll();
    await run.platform.say(number, "tobe-checked", { text: "派人去看了" });
    await nextPoll();
    await run.platform.say(number, "closed", { text: "换了灯泡" });
    await nextPoll();
    const before = (await service.case(number)).events.length;
    await nextPoll();
    await nextPoll();
    const view = await service.case(number);
    expect(view.events).toHaveLength(before);
    expect(view).toMatchObject({ open: true, claims: { unit: { result: "done" }, deputy: null, resident: null } });
    expect(view.handovers).toMatchObject([{ state: "reported" }]);
    expect(arrived(deputy).join("\n")).toContain("派人去看了");
    expect(newest(deputy)).toContain(`城管平台说${id}号办完了`);
    expect(arrived(phone).join()).not.toMatch(/换了灯泡|办结了/);
  });

  it("is not sent twice when its answer was lost: what may have arrived is looked for first", async () => {
    run.platform.fail({ kind: "cut-after" });
    const { number } = await handedOver("lost");
    run.platform.mend();
    expect((await service.case(number)).handovers).toMatchObject([{ state: "waiting" }]);
    await nextPoll();
    expect(posted(number)).toHaveLength(1);
    expect(run.platform.matters().filter((one) => one.number === number)).toHaveLength(1);
    expect((await service.case(number)).handovers[0]?.state).toMatch(/sent|accepted/);
  });

  it("that is taken back is told so there; of a closed request that is not done the office is told, and it takes no update", async () => {
    const { number, id } = await handedOver("back");
    await nextPoll();
    await say(service, deputy, `转办 ${id} 农业农村局，田里的`);
    await run.exchange();
    expect(run.platform.matters().find((one) => one.number === number)?.isTakenBack).toBe(true);
    const closed = await handedOver("closed-there");
    await nextPoll();
    await run.platform.say(closed.number, "closed", { text: "换了" });
    await nextPoll();
    const updates = asked("/servicerequestupdates.json").filter(({ method }) => method === "POST").length;
    await say(service, deputy, "4");
    await run.exchange();
    expect(asked("/servicerequestupdates.json").filter(({ method }) => method === "POST")).toHaveLength(updates);
    const failed = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      listFailed(tx, READER, "2026-11-24"),
    );
    expect(failed).toMatchObject([{ case: closed.number, kind: "reopened", reason: "closed-there", tries: 1 }]);
  });
});
