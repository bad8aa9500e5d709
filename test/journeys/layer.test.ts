import { desc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { understandings } from "../../db/schema/understandings.ts";
import { becauseOf } from "../../src/casework/inbox/understandings.ts";
import { findCandidates } from "../../src/casework/learning/candidates.ts";
import { listLayers, publishLayer, takeBackLayer } from "../../src/casework/learning/layers.ts";
import { makeLayer } from "../../src/casework/learning/learn.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { correct, DIALECT, labelAll, smallGround } from "../casework/learning/lessons.ts";
import { say, service, withService } from "./resident.ts";

withService();

const ground = smallGround();
let county: string;
let other: string;
let phones: Phone[];
let accountId: string;

beforeAll(async () => {
  [county, other] = [service.jurisdiction("qinghe"), service.jurisdiction("baishi")];
  phones = DIALECT.map((_, index) => service.phone(`dialect-${index}`));
  for (const [index, phone] of phones.entries()) await say(service, phone, DIALECT[index]!);
  const account = await service.runtime.accounts.find("wechat-official", "qinghe");
  accountId = account!.id;
});

const inCounty: typeof service.runtime.database.inCounty = (id, work) => service.runtime.database.inCounty(id, work);
const peerOf = (phone: Phone) => service.runtime.vault.blindIndex(phone.openid, accountId);
const step = (by: string) => ({ by, now: service.runtime.now(), weights: ground.reader.hash });
/** How the newest message of a county was understood. */
const newest = async (id: string) => {
  const [row] = await inCounty(id, (tx) =>
    tx.select().from(understandings).orderBy(desc(understandings.inboxSeq)).limit(1),
  );
  return row!;
};

describe("a county's layer", () => {
  it("is learned from its residents, and read with from the next message on, in this county alone", async () => {
    const seqs = await correct(service.runtime, county, phones.map(peerOf));
    await labelAll(service.runtime, county, seqs);
    expect(await makeLayer(service.runtime, county, ground, { author: "何" })).toMatchObject({ ok: true, number: 1 });
    const before = service.phone("before");
    await say(service, before, "这事办得飒利");
    expect((await newest(county)).weights).toBe(ground.reader.name);

    const published = await inCounty(county, (tx) => publishLayer(tx, county, 1, step("邵")));
    expect(published).toEqual({ ok: true, inUse: 1 });
    await say(service, service.phone("after"), "这事办得飒利");
    const read = await newest(county);
    expect(read.weights).toBe(`${ground.reader.name}+1`);
    const because = becauseOf(service.runtime.vault, read);
    expect(because.length).toBeGreaterThan(0);
    expect(because.some(({ ofLayer }) => ofLayer !== undefined)).toBe(true);

    await say(service, service.phone("elsewhere", "baishi"), "这事办得飒利");
    expect((await newest(other)).weights).toBe(ground.reader.name);
  });

  it("does not exist for another county: not its candidates, not its versions, not to be taken", async () => {
    expect(await inCounty(other, (tx) => findCandidates(service.runtime, tx, other))).toEqual([]);
    expect(await inCounty(other, (tx) => listLayers(tx, ground.reader.hash))).toEqual([]);
    expect(await inCounty(other, (tx) => takeBackLayer(tx, other, 1, step("邵")))).toMatchObject({ ok: false });
    expect(await makeLayer(service.runtime, other, ground, { author: "何" })).toMatchObject({ ok: false });
  });

  it("is taken back for the next message, and emptied when somebody has their words erased", async () => {
    await inCounty(county, (tx) => takeBackLayer(tx, county, null, step("何")));
    await say(service, service.phone("without"), "这事办得飒利");
    expect((await newest(county)).weights).toBe(ground.reader.name);
    await inCounty(county, (tx) => takeBackLayer(tx, county, 1, step("何")));
    await say(service, service.phone("with-again"), "这事办得飒利");
    expect((await newest(county)).weights).toBe(`${ground.reader.name}+1`);

    await say(service, phones[0]!, "删除我的数据");
    await say(service, service.phone("after-erasure"), "这事办得飒利");
    expect((await newest(county)).weights).toBe(ground.reader.name);
    const [layer] = await inCounty(county, (tx) => listLayers(tx, ground.reader.hash));
    expect(layer).toMatchObject({ number: 1, state: "retired", isEmptied: true });
    const left = await inCounty(county, (tx) => findCandidates(service.runtime, tx, county));
    expect(left.map(({ person }) => person)).not.toContain(`${accountId} ${peerOf(phones[0]!)}`);
    const kept = await inCounty(county, (tx) =>
      tx.select().from(understandings).where(eq(understandings.isNoLesson, true)),
    );
    expect(kept.length).toBeGreaterThan(0);
  });
});
