import { asc, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { understandingLayerEvents, understandingLayerRows, understandingLayers } from "../../../db/schema/layers.ts";
import { findCandidates } from "../../../src/casework/learning/candidates.ts";
import { labelCandidate } from "../../../src/casework/learning/label.ts";
import { listLayers, publishLayer, takeBackLayer } from "../../../src/casework/learning/layers.ts";
import { makeLayer } from "../../../src/casework/learning/learn.ts";
import { readerOfCounty } from "../../../src/casework/runtime/county-reader.ts";
import { type Office, openOffice } from "../office.ts";
import { correct, DIALECT, labelAll, smallGround, understoodOf } from "./lessons.ts";

const ground = smallGround();
const { hash } = ground.reader;
const PEOPLE = ["a", "b", "c", "d", "e", "f"];

let office: Office;
let county: string;
let seqs: number[];
beforeAll(async () => {
  office = await openOffice();
  county = office.county.id;
  for (const [index, person] of PEOPLE.entries()) await office.say(person, DIALECT[index]!);
  seqs = await correct(office.runtime, county, PEOPLE.map(office.peer));
});
afterAll(() => office.close());

const inCounty: Office["runtime"]["database"]["inCounty"] = (id, work) => office.runtime.database.inCounty(id, work);
const candidate = async (seq: number) =>
  (await inCounty(county, (tx) => findCandidates(office.runtime, tx, county))).find((one) => one.seq === seq);
const make = (author = "何") => makeLayer(office.runtime, county, ground, { author });
const step = (by: string, weights = hash) => ({ by, now: office.runtime.now(), weights });
const publish = (number: number, by: string, weights?: string) =>
  inCounty(county, (tx) => publishLayer(tx, county, number, step(by, weights)));
const takeBack = (number: number | null, by = "骆", weights?: string) =>
  inCounty(county, (tx) => takeBackLayer(tx, county, number, step(by, weights)));
const states = async () =>
  (await inCounty(county, (tx) => listLayers(tx, hash))).map(({ number, state }) => [number, state]);
const says = async (person: string, text: string) => {
  await office.say(person, text);
  return (await understoodOf(office.runtime, county, office.peer(person))).at(-1)!.weights;
};
const label = (seq: number, by: string, act = "thanks", more: { marks?: string[]; isMaskRight?: boolean } = {}) =>
  labelCandidate(office.runtime, county, { id: String(seq), act, marks: [], isMaskRight: true, by, ...more });

describe("labels", () => {
  it("count when two different people agree, however a name is written", async () => {
    const [seq] = seqs;
    expect((await candidate(seq!))?.agreement).toEqual({ state: "none" });
    expect(await label(seq!, "He Li")).toEqual({ ok: true, state: "one" });
    expect(await label(seq!, "  he  LI ")).toEqual({ ok: true, state: "one" });
    expect(await label(seq!, "邵", "matter")).toEqual({ ok: true, state: "differ" });
    expect(await label(seq!, "邵")).toEqual({ ok: true, state: "agreed" });
    expect(await label(seq!, "骆", "thanks", { isMaskRight: false })).toEqual({ ok: true, state: "mask-wrong" });
    expect(await label(seq!, "骆")).toEqual({ ok: true, state: "agreed" });
  });

  it.each([
    ["", "thanks", [], /Say in 1 to 100/],
    ["何", "sings", [], /There is no act "sings"/],
    ["何", "thanks", ["loud"], /There is no mark "loud"/],
  ])("by %j as %s %j are refused", async (by, act, marks, reason) => {
    expect(await label(seqs[1]!, by, act, { marks })).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  it("are refused of a message that is no candidate, and of one by somebody whom it names", async () => {
    expect(await label(404_404, "何")).toMatchObject({ ok: false, reason: expect.stringContaining("no candidate") });
    await office.say("namer", "邻居刘小军家门口的路灯坏了");
    const [seq] = await correct(office.runtime, county, [office.peer("namer")]);
    expect(await label(seq!, "刘小军")).toMatchObject({ ok: false, reason: expect.stringContaining("is named") });
    expect(await label(seq!, "何")).toMatchObject({ ok: true });
  });
});

describe("candidates", () => {
  it("have no names, numbers and places", async () => {
    const words = "柳东村一组王翠花13700001111说，李建国代表来了，路灯编号88776655";
    await office.say("masked", words);
    const [seq] = await correct(office.runtime, county, [office.peer("masked")]);
    const shown = (await candidate(seq!))!.text;
    for (const hidden of ["柳东", "13700001111", "88776655", "李建国"]) expect(shown).not.toContain(hidden);
    expect(shown).toContain("路灯");
  });

  it("that may accuse an official are known for it", async () => {
    await office.say("accuser", "村支书收了包工头的钱,工程全给他");
    const [seq] = await correct(office.runtime, county, [office.peer("accuser")]);
    expect((await candidate(seq!))?.isSealed).toBe(true);
    expect(await label(seq!, "何")).toMatchObject({ ok: false, reason: expect.stringContaining("no candidate") });
  });
});

describe("a layer", () => {
  it("is not made of what one person says, nor of too few residents", async () => {
    await labelAll(office.runtime, county, seqs.slice(0, 4));
    expect(await make()).toEqual({
      ok: false,
      reason: expect.stringMatching(/too little to learn from: two people agree on 4 messages of 4 residents/),
    });
    await labelAll(office.runtime, county, seqs.slice(4), ["何"]);
    expect(await make()).toMatchObject({ ok: false });
    expect(await make(" ")).toMatchObject({ ok: false, reason: expect.stringContaining("who makes") });
  });

  it("is made and measured, and changes nothing until somebody else publishes it", async () => {
    await labelAll(office.runtime, county, seqs);
    const made = await make("何");
    expect(made).toMatchObject({ ok: true, number: 1, rows: 6, people: 6, refusals: [] });
    if (!made.ok) return;
    expect(made.features).toBeGreaterThan(0);
    expect(made.measured).toMatchObject({ frozen: { dangersLost: 0, accusationsLost: 0, floorsLost: [] } });
    expect(made.measured.messages).toBeGreaterThan(6);
    expect(JSON.stringify(made)).not.toContain("飒");
    expect(await says("g", "飒利")).toBe(ground.reader.name);
    expect(await publish(1, "何")).toMatchObject({ ok: false, reason: expect.stringContaining("somebody else") });
    expect(await publish(1, " 何 ")).toMatchObject({ ok: false });
    expect(await publish(9, "邵")).toMatchObject({ ok: false, reason: expect.stringContaining("no layer 9") });
    expect(await says("g", "飒利")).toBe(ground.reader.name);
  });

  it("holds from the next message on, and is taken back as fast, to none or to an earlier one", async () => {
    expect(await publish(1, "邵")).toEqual({ ok: true, inUse: 1 });
    expect(await says("h", "办得飒利")).toBe(`${ground.reader.name}+1`);
    expect(await publish(1, "邵")).toMatchObject({ ok: false, reason: expect.stringContaining("in use already") });
    expect(await takeBack(null)).toEqual({ ok: true, inUse: null });
    expect(await says("h", "办得飒利")).toBe(ground.reader.name);
    expect(await takeBack(null)).toMatchObject({ ok: false, reason: "No layer is in use." });
    expect(await make("邵")).toMatchObject({ ok: true, number: 2 });
    expect(await takeBack(2)).toMatchObject({ ok: false, reason: expect.stringContaining("never in use") });
    expect(await publish(2, "何")).toEqual({ ok: true, inUse: 2 });
    expect(await says("i", "办得飒利")).toBe(`${ground.reader.name}+2`);
    expect(await takeBack(1)).toEqual({ ok: true, inUse: 1 });
    expect(await says("i", "办得飒利")).toBe(`${ground.reader.name}+1`);
    expect(await publish(2, "骆")).toMatchObject({ ok: false, reason: expect.stringContaining("take-back-layer 2") });
    expect(await states()).toEqual([
      [2, "retired"],
      [1, "published"],
    ]);
  });

  it("of other weights is switched off and refused", async () => {
    const others = "ab".repeat(32);
    expect(await publish(1, "邵", others)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("another release"),
    });
    expect(await takeBack(2, "骆", others)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("another release"),
    });
    const [listed] = await inCounty(county, (tx) => listLayers(tx, others));
    expect(listed).toMatchObject({ number: 2, isOfTheseWeights: false });
    const warned: string[] = [];
    const log = { ...office.runtime.log, warn: (_about: unknown, said: string) => void warned.push(said) };
    const reader = { ...ground.reader, hash: others };
    const [row] = await inCounty(county, (tx) =>
      tx.select().from(understandingLayers).where(eq(understandingLayers.number, 1)),
    );
    const open = () =>
      inCounty(county, (tx) => readerOfCounty({ ...office.runtime, reader, log: log as never }, tx, county, row!.id));
    expect([await open(), await open()]).toEqual([reader, reader]);
    expect(warned).toEqual([expect.stringContaining("belongs to other weights")]);
  });

  it("costs one query a version and process, and none where there is none or none is new", async () => {
    const [row] = await inCounty(county, (tx) =>
      tx.select().from(understandingLayers).where(eq(understandingLayers.number, 1)),
    );
    const runtime = { ...office.runtime, reader: { ...ground.reader } };
    const queries: string[] = [];
    const read = (layerId: string | null) =>
      inCounty(county, (tx) => {
        const counted = new Proxy(tx, {
          get(target, name) {
            if (name === "select") queries.push(name);
            return Reflect.get(target, name);
          },
        });
        return readerOfCounty(runtime, counted, county, layerId);
      });
    expect(await read(null)).toBe(runtime.reader);
    expect(queries).toEqual([]);
    const first = await read(row!.id);
    expect(first.name).toBe(`${ground.reader.name}+1`);
    expect([await read(row!.id), await read(row!.id), queries]).toEqual([first, first, ["select"]]);
    expect(await read(null)).toBe(runtime.reader);
  });

  it("that would lose a danger is refused with its reason", async () => {
    const [row] = await inCounty(county, (tx) =>
      tx.select().from(understandingLayers).where(eq(understandingLayers.number, 2)),
    );
    const reason = "1 true danger of the frozen sentences would be lost.";
    const poisoned = { id: newId(), number: 7, state: "draft", refusals: [reason], reviewer: null } as const;
    await inCounty(county, (tx) =>
      tx
        .insert(understandingLayers)
        .values({ ...row!, ...poisoned, refusals: [reason], publishedAt: null, retiredAt: null }),
    );
    expect(await publish(7, "邵")).toEqual({ ok: false, reason: `Layer 7 may not be published. ${reason}` });
    await expect(
      inCounty(county, (tx) =>
        tx
          .update(understandingLayers)
          .set({ state: "published", reviewer: "邵" })
          .where(eq(understandingLayers.number, 7)),
      ),
    ).rejects.toThrow();
  });

  it("is changed by nobody, and published by its author by nobody, not even in the database", async () => {
    const own = { reader: ground.reader, frozen: { corpus: ground.frozen.corpus, rows: [] } };
    expect(await makeLayer(office.runtime, county, own, { author: "何" })).toMatchObject({ ok: true, number: 8 });
    const set = (values: Partial<typeof understandingLayers.$inferInsert>) =>
      inCounty(county, (tx) => tx.update(understandingLayers).set(values).where(eq(understandingLayers.number, 8)));
    await expect(set({ author: "别人" })).rejects.toThrow();
    await expect(set({ state: "published", reviewer: "何" })).rejects.toThrow();
    await expect(inCounty(county, (tx) => tx.delete(understandingLayerEvents))).rejects.toThrow();
    const made = await makeLayer(
      office.runtime,
      county,
      { ...own, frozen: { ...own.frozen, corpus: "x" } },
      { author: "何" },
    );
    expect(made).toMatchObject({ ok: false, reason: expect.stringContaining("belong to other weights") });
  });

  it("is emptied when somebody whose words it was learned from has them erased", async () => {
    expect((await candidate(seqs[0]!))?.seq).toBe(seqs[0]);
    await office.say("a", "删除我的数据");
    expect(await candidate(seqs[0]!)).toBeUndefined();
    expect(await label(seqs[0]!, "邵")).toMatchObject({ ok: false });
    expect(await says("k", "办得飒利")).toBe(ground.reader.name);
    const layers = await inCounty(county, (tx) => listLayers(tx, hash));
    expect(layers.map(({ number, isEmptied, state }) => [number, isEmptied, state])).toEqual([
      [8, true, "retired"],
      [7, false, "draft"],
      [2, true, "retired"],
      [1, true, "retired"],
    ]);
    expect(await takeBack(1)).toMatchObject({ ok: false, reason: expect.stringContaining("erased") });
    const shares = await inCounty(county, (tx) =>
      tx.select().from(understandingLayerRows).where(eq(understandingLayerRows.inboxSeq, seqs[0]!)),
    );
    expect(shares).toEqual([]);
    expect(await make("何")).toMatchObject({ ok: true, number: 9, rows: 5, people: 5 });
    const events = await inCounty(county, (tx) =>
      tx
        .select({ type: understandingLayerEvents.type })
        .from(understandingLayerEvents)
        .innerJoin(understandingLayers, eq(understandingLayers.id, understandingLayerEvents.layerId))
        .where(eq(understandingLayers.number, 1))
        .orderBy(asc(understandingLayerEvents.seq)),
    );
    expect(events.map(({ type }) => type)).toEqual([
      ...["drafted", "measured", "published", "retired", "brought-back", "erased"],
    ]);
  });

  it("is not stored where words that it was learned from are erased while it is measured", async () => {
    const { database } = office.runtime;
    let calls = 0;
    const inCounty: typeof database.inCounty = async (id, work) => {
      calls += 1;
      if (calls === 2) await office.say("b", "删除我的数据");
      return database.inCounty(id, work);
    };
    const services = { ...office.runtime, database: { ...database, inCounty } };
    expect(await makeLayer(services, county, ground, { author: "何" })).toEqual({
      ok: false,
      reason: expect.stringContaining("erased in the meantime"),
    });
    expect((await states())[0]).toEqual([9, "retired"]);
    expect(await make("何")).toMatchObject({ ok: false, reason: expect.stringContaining("too little") });
  });
});
