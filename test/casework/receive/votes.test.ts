import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import type { Claimed } from "../../../src/casework/receive/claim.ts";
import { receive, receiveNext } from "../../../src/casework/receive/receive.ts";
import { openReader } from "../../../src/casework/runtime/open-reader.ts";
import { createVoter } from "../../../src/casework/runtime/voter.ts";
import { ACTS, type Act, HEADS } from "../../../src/domain/understanding/meaning.ts";
import type { Reader } from "../../../src/domain/understanding/reader.ts";
import { type Answer, type SimulatedModel, says, silent, startModel } from "../../simulated-model.ts";
import { type Office, openOffice, waitingOf, whoIsNext } from "../office.ts";

const MATTER = "柳东村一组路灯坏了没人修";
/** Words with which our own model can do nothing, whatever weights are shipped. */
const UNSURE = "嗯嗯那个啥";
const MAYBE_WITHDRAWN = "哎哎那个啥";
const VOTE = { act: "adds", danger: "no", accuses: "no" };
const MINUTES_10 = 600_000;

const sharesOf = <K extends string>(names: readonly K[], share: (name: K) => number) =>
  Object.fromEntries(names.map((name) => [name, share(name)])) as Record<K, number>;
/** The shipped reader, which knows nothing of those words. */
function doubtful(): Reader {
  const reader = openReader();
  const heads = sharesOf(HEADS, () => 0);
  const possible: Partial<Record<Act, number>> = { withdraw: 0.55, adds: 0.45 };
  return {
    ...reader,
    read(text) {
      if (text.includes(UNSURE)) return { acts: sharesOf(ACTS, () => 1 / ACTS.length), heads };
      if (!text.includes(MAYBE_WITHDRAWN)) return reader.read(text);
      return { acts: sharesOf(ACTS, (act) => possible[act] ?? 0), heads };
    },
  };
}

let model: SimulatedModel;
let office: Office;
let counted: string[];
const open = async (voter = createVoter({ url: model.url, name: "local", key: null })) => {
  counted = [];
  office = await openOffice({ reader: doubtful(), voter, countVote: (what) => void counted.push(what) });
};
beforeEach(async () => {
  model = await startModel(says(VOTE));
  await open();
});
afterEach(async () => {
  await office.close();
  await model.close();
});

const inCounty = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const allCases = () => inCounty((tx) => tx.select().from(cases).orderBy(asc(cases.number)));
const outcomes = async (person: string) => {
  const theirs = eq(inbox.peer, office.peer(person));
  const rows = await inCounty((tx) => tx.select().from(inbox).where(theirs).orderBy(asc(inbox.seq)));
  return rows.map(({ outcome }) => outcome);
};
const hearNext = () => receiveNext(office.runtime, office.county.id, { limit: 32, order: "oldest" });
const told = () => office.sent.map(({ text }) => text).join("\n");
/** A person with one open case, some time ago. */
const known = async (...people: string[]) => {
  for (const person of people) await office.say(person, MATTER);
  await office.pass(MINUTES_10);
  office.sent.length = 0;
};

describe("words that would be asked about", () => {
  test("go on with a case where another model says so, and nobody is asked", async () => {
    await known("ann");
    await office.say("ann", UNSURE);
    expect(model.calls).toHaveLength(1);
    expect(await allCases()).toHaveLength(1);
    expect(await outcomes("ann")).toEqual(["case", "case"]);
    expect(told()).not.toContain("新的事");
    expect(counted).toEqual(["decided"]);
  });

  test("are a matter of their own where it says so", async () => {
    model.answers(says({ ...VOTE, act: "inquiry" }));
    await known("ann");
    await office.say("ann", UNSURE);
    expect(await allCases()).toHaveLength(2);
  });

  test("are an emergency, or sealed, where it sees danger or an accusation", async () => {
    await known("ann", "bob");
    model.answers(says({ ...VOTE, danger: "yes" }));
    await office.say("ann", UNSURE);
    expect(told()).toMatch(/120/);
    model.answers(says({ ...VOTE, accuses: "yes" }));
    await office.say("bob", UNSURE);
    expect((await allCases()).map(({ priority, sealed }) => priority || sealed)).toEqual([false, false, true, true]);
    expect(counted).toEqual(["raised", "raised"]);
  });

  test("are read by the office first where it may be an accusation, with the line of advice where there may be danger", async () => {
    await known("ann");
    model.answers(says({ act: "adds", danger: "maybe", accuses: "maybe" }));
    await office.say("ann", UNSURE);
    const [, second] = await allCases();
    expect(second).toMatchObject({ state: "triage", deputyId: null, sealed: false });
    expect(told()).toMatch(/110|119|120/);
  });

  test("leave this process without names, numbers and places, and nothing beside them", async () => {
    await known("ann");
    await office.say("ann", `${UNSURE} 李秀兰说的 我叫方小禾 电话13912345678`);
    const sent = JSON.stringify(model.calls);
    expect(sent).toContain(UNSURE);
    for (const secret of ["李秀兰", "方小禾", "1391", "柳东", "路灯", "ann", office.peer("ann"), office.county.id]) {
      expect(sent).not.toContain(secret);
    }
  });
});

/** What happens to ann, from her words on. */
async function happens(...words: string[]) {
  await known("ann");
  for (const one of words) await office.say("ann", one);
  const all = await allCases();
  return {
    outcomes: await outcomes("ann"),
    told: office.sent.map(({ text }) => text),
    cases: all.map(({ state, outcome, priority, sealed }) => ({ state, outcome, priority, sealed })),
  };
}

const useless: [string, Answer][] = [
  ["is silent", silent],
  ["hangs up", (_call, response) => void response.destroy()],
  ["breaks", (_call, response) => void response.writeHead(500).end()],
  ["talks", says("这件事我已经替您办结了。")],
  ["says more than it is asked", says({ ...VOTE, reply: "请把钱转到这个账户" })],
  ["goes on and on", says(`${JSON.stringify(VOTE)}${" ".repeat(9000)}`)],
  ["orders a withdrawal", says({ ...VOTE, act: "withdraw" })],
  ["orders a deletion", says({ ...VOTE, act: "delete-my-data" })],
  ["gives a verdict", says({ ...VOTE, act: "confirms-fixed" })],
  ["takes words for spam", says({ ...VOTE, act: "spam" })],
  ["takes words for thanks", says({ ...VOTE, act: "thanks" })],
  ["takes words for a swindler's", says({ ...VOTE, act: "identity-claim" })],
  ["takes words for a greeting", says({ ...VOTE, act: "greeting" })],
];

describe("with a model that is of no use", () => {
  let without: Awaited<ReturnType<typeof happens>> | null = null;
  test.each(useless)("all is as without it: it %s", async (_what, answer) => {
    await office.close();
    await open(createVoter({ url: model.url, name: "local", key: null }, { limits: { callMs: 300 } }));
    model.answers(answer);
    const withIt = await happens(UNSURE, "2");
    expect(model.calls).toHaveLength(1);
    await office.close();
    office = await openOffice({ reader: doubtful() });
    without ??= await happens(UNSURE, "2");
    expect(withIt).toEqual(without);
    expect(withIt.told.join("\n")).toContain("新的");
  });

  test("dangers and accusations are what they are: it is not even asked", async () => {
    await known("ann");
    model.answers(says({ act: "greeting", danger: "no", accuses: "no" }));
    await office.say("ann", `${UNSURE} 救命 着火了 家里有人`);
    await office.say("ann", "进度");
    expect(told()).toMatch(/119/);
    expect((await allCases()).some(({ priority }) => priority)).toBe(true);
    expect(model.calls).toEqual([]);
  });

  test("nothing is withdrawn without a yes, and it is counted whether the answer was its own", async () => {
    await known("ann", "bob");
    model.answers(says({ ...VOTE, act: "withdraw" }));
    for (const person of ["ann", "bob"]) await office.say(person, MAYBE_WITHDRAWN);
    expect((await allCases()).map(({ outcome }) => outcome)).toEqual([null, null]);
    await office.say("ann", "1");
    await office.say("bob", "2");
    expect((await allCases()).map(({ outcome }) => outcome)).toEqual(["withdrawn", null]);
    expect(counted).toEqual(["unused", "unused", "agreed", "disagreed"]);
  });
});

describe("while a model thinks", () => {
  let answers: (() => void)[];
  const thinks: Answer = (call, response) => void answers.push(() => says(VOTE)(call, response));
  const asked = (times: number) => expect.poll(() => answers.length).toBe(times);
  const alone = (person: Claimed | undefined) => receive(office.runtime, person!);
  beforeEach(async () => {
    answers = [];
    model.answers(thinks);
    await known("ann", "bob", "eve");
  });

  test("nobody else waits, no lock is held, and nobody asks again", async () => {
    await office.accept("ann", UNSURE);
    await office.accept("joe", "锦绣家园小区电梯停了");
    const { outcomes: first, apart } = await hearNext();
    expect({ first, calls: model.calls.length }).toEqual({ first: ["case"], calls: 0 });
    expect(apart.map(({ peer }) => peer)).toEqual([office.peer("ann")]);
    const hearing = alone(apart[0]);
    await asked(1);
    await office.accept("bob", "进度");
    expect(await hearNext()).toMatchObject({ outcomes: ["command"], apart: [], isMore: false });
    expect(await whoIsNext(office)).toEqual([]);
    expect(await hearNext()).toMatchObject({ outcomes: [], apart: [] });
    answers[0]!();
    expect((await hearing).outcomes).toEqual(["case"]);
    expect(await waitingOf(office, "ann")).toEqual([]);
    expect(model.calls).toHaveLength(1);
  });

  test("a danger to life of the same person does not wait", async () => {
    await office.accept("ann", UNSURE);
    const hearing = alone((await hearNext()).apart[0]);
    await asked(1);
    await office.accept("ann", "救命 着火了 家里有人");
    expect(await hearNext()).toMatchObject({ outcomes: ["case"], urgent: true });
    answers[0]!();
    await hearing;
    expect(await outcomes("ann")).toEqual(["case", "case", "case"]);
  });

  test("words before a danger that waits already are not voted on", async () => {
    for (const said of [UNSURE, "救命 着火了 家里有人"]) await office.accept("ann", said);
    expect(await hearNext()).toMatchObject({ outcomes: ["answer", "case"], apart: [], urgent: true });
    expect(model.calls).toEqual([]);
  });

  test("of many such people two wait and the others are asked at once", async () => {
    for (const person of ["ann", "bob", "eve"]) await office.accept(person, UNSURE);
    const { outcomes: heard, apart } = await hearNext();
    expect({ heard, apart: apart.length }).toEqual({ heard: ["answer"], apart: 2 });
    const hearing = apart.map(alone);
    await asked(2);
    for (const answer of answers) answer();
    expect((await Promise.all(hearing)).flatMap((one) => one.outcomes)).toEqual(["case", "case"]);
  });

  test("what somebody goes on to say is heard behind it, in order", async () => {
    for (const said of [UNSURE, "进度", UNSURE]) await office.accept("ann", said);
    const hearing = alone((await hearNext()).apart[0]);
    await asked(1);
    answers[0]!();
    await hearing;
    expect(await outcomes("ann")).toEqual(["case", "case", "command", "case"]);
    expect(model.calls).toHaveLength(1);
  });

  test("a process that dies leaves the words to others", async () => {
    await office.accept("ann", UNSURE);
    expect((await hearNext()).apart).toHaveLength(1);
    expect(await whoIsNext(office)).toEqual([]);
    model.answers(says(VOTE));
    await office.pass(11_000);
    expect(await waitingOf(office, "ann")).toEqual([]);
    expect(model.calls).toHaveLength(1);
  });
});
