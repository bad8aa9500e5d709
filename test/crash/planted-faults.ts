import { ACCUSATION, ASK, MORE, NEIGHBOUR, REPLY } from "./a-history.ts";
import type { Arrival, History, Outgoing, PromisedDay, StoredCase, StoredMessage } from "./history.ts";

/** A fault put into a good history, with the invariant that must be found broken and the message that it is about. */
export type Planted = readonly [
  what: string,
  invariant: string,
  about: string | null,
  plant: (good: History) => History,
];

const stored = (good: History, token: string, more: Partial<StoredMessage>): History => ({
  ...good,
  stored: good.stored.map((row) => (row.dedupeKey.endsWith(`m${token}`) ? { ...row, ...more } : row)),
});
export const written = (good: History, token: string, more: Partial<Outgoing>): History => ({
  ...good,
  outgoing: good.outgoing.map((row) => (row.text.includes(token) ? { ...row, ...more } : row)),
});
const aCase = (good: History, number: string, more: Partial<StoredCase>): History => ({
  ...good,
  cases: good.cases.map((one) => (one.number === number ? { ...one, ...more } : one)),
});
export const arriving = (good: History, ...more: Arrival[]): History => ({
  ...good,
  arrivals: [...good.arrivals, ...more],
});
export const answersOf = (good: History) => good.arrivals.find(({ text }) => text.includes(REPLY))!;

const promises = (good: History, more: Partial<PromisedDay>): History => ({
  ...good,
  promises: good.promises.map((one) => (one.settledAt === null ? { ...one, ...more } : one)),
});
const reminded = (good: History, at: string): History => ({
  ...good,
  reminders: [...good.reminders, { county: "qinghe", deputy: "D003", at, cases: [] }],
});

/** At least one fault for every invariant that the checker knows. */
export const PLANTED: readonly Planted[] = [
  ["a second digest of a day", "NO-DOUBLE-DIGEST", null, (good) => reminded(good, "2026-12-08T07:00:00.000Z")],
  ["a digest in the evening", "NO-DOUBLE-DIGEST", null, (good) => reminded(good, "2026-12-09T12:30:00.000Z")],
  ["a digest on a Sunday", "NO-DOUBLE-DIGEST", null, (good) => reminded(good, "2026-12-06T02:00:00.000Z")],
  [
    "a resident who was told a day late",
    "PROMISE-KEPT-OR-SAID",
    "2026-000002",
    (good) => promises(good, { saidAt: "2026-12-09T00:00:00.000Z" }),
  ],
  [
    "a late case that stayed below",
    "PROMISE-KEPT-OR-SAID",
    "2026-000002",
    (good) => promises(good, { passedOnAt: null }),
  ],
  ["a deputy whom nobody reminded", "PROMISE-KEPT-OR-SAID", "2026-000002", (good) => ({ ...good, reminders: [] })],
  [
    "a message that was answered with success and is not stored",
    "EVERY-ACCEPTED-ONCE",
    MORE,
    (good) => ({ ...good, stored: good.stored.filter((row) => !row.dedupeKey.endsWith(MORE)) }),
  ],
  [
    "a message that is stored twice",
    "EVERY-ACCEPTED-ONCE",
    ASK,
    (good) => ({ ...good, stored: [...good.stored, { ...good.stored[0]!, seq: 9 }] }),
  ],
  [
    "a message that took effect twice",
    "EVERY-ACCEPTED-ONCE",
    MORE,
    (good) => aCase(good, "2026-000001", { words: [...good.cases[0]!.words, good.cases[0]!.words[1]!] }),
  ],
  [
    "a message whose words are in no case",
    "EVERY-ACCEPTED-ONCE",
    MORE,
    (good) => aCase(good, "2026-000001", { words: good.cases[0]!.words.filter(({ text }) => !text.includes(MORE)) }),
  ],
  [
    "a message in another person's case",
    "EVERY-ACCEPTED-ONCE",
    ASK,
    (good) => aCase(good, "2026-000001", { openid: "o_r2" }),
  ],
  ["a message stored as another person's", "EVERY-ACCEPTED-ONCE", ASK, (good) => stored(good, ASK, { openid: "o_r2" })],
  [
    "a message that nobody heard",
    "ONE-OUTCOME",
    MORE,
    (good) => stored(good, MORE, { isProcessed: false, outcome: null }),
  ],
  [
    "a message that was put aside",
    "ONE-OUTCOME",
    MORE,
    (good) => stored(good, MORE, { outcome: "put-aside", failure: "boom" }),
  ],
  [
    "an answer that is stuck on its way",
    "ONE-OUTCOME",
    REPLY,
    (good) => written({ ...good, arrivals: good.arrivals.slice(0, 2) }, REPLY, { state: "sending", attempts: [] }),
  ],
  [
    "an answer that waits for nobody",
    "ONE-OUTCOME",
    REPLY,
    (good) => written({ ...good, arrivals: good.arrivals.slice(0, 2) }, REPLY, { state: "waiting", attempts: [] }),
  ],
  ["a case that nobody has", "ONE-OUTCOME", "2026-000002", (good) => aCase(good, "2026-000002", { deputy: null })],
  [
    "messages stored in another order than they came in",
    "ORDER",
    ASK,
    (good) => stored(stored(good, ASK, { seq: 2 }), MORE, { seq: 1 }),
  ],
  [
    "messages that take effect in another order",
    "ORDER",
    MORE,
    (good) => written(written(good, ASK, { seq: 2 }), MORE, { seq: 1 }),
  ],
  [
    "messages that leave in another order",
    "ORDER",
    MORE,
    (good) => {
      const [first, ...rest] = good.arrivals;
      const [asks, adds] = first!.text.split("\n\n");
      return { ...good, arrivals: [{ ...first!, text: adds! }, { ...first!, text: asks! }, ...rest] };
    },
  ],
  [
    "an answer on a stranger's phone",
    "NO-STRANGER",
    REPLY,
    (good) => arriving(good, { ...answersOf(good), openid: "o_r2" }),
  ],
  [
    "two answers that were swapped between residents",
    "NO-STRANGER",
    REPLY,
    (good) => ({
      ...written(good, REPLY, { openid: "o_r2" }),
      arrivals: good.arrivals.map((one) => (one.text.includes(REPLY) ? { ...one, openid: "o_r2" } : one)),
    }),
  ],
  [
    "an answer that is written for a stranger and has not left yet",
    "NO-STRANGER",
    NEIGHBOUR,
    (good) => written(good, NEIGHBOUR, { openid: "o_r1", state: "waiting", awaitsContact: true, reason: "window" }),
  ],
  [
    "a case with a deputy whose place it is not",
    "NO-STRANGER",
    NEIGHBOUR,
    (good) => aCase(good, "2026-000002", { deputy: "D001" }),
  ],
  [
    "a case on the phone of a deputy of a higher level who does not follow it",
    "NO-STRANGER",
    ASK,
    (good) => arriving(good, { at: 400, county: "qinghe", openid: "o_deputy_D002", text: `新的一件：${ASK}` }),
  ],
  [
    "a case that is told to somebody who does not follow it any more",
    "NO-STRANGER",
    NEIGHBOUR,
    (good) => aCase(good, "2026-000002", { followers: [] }),
  ],
  [
    "a case that is followed by a deputy whose place it is not",
    "NO-STRANGER",
    ASK,
    (good) => aCase(good, "2026-000001", { followers: ["D002"] }),
  ],
  [
    "a sealed case that is followed",
    "NO-STRANGER",
    "2026-000003",
    (good) => aCase(good, "2026-000003", { followers: ["D002"] }),
  ],
  [
    "words of a sealed case on the phone of somebody who follows it",
    "NO-STRANGER",
    NEIGHBOUR,
    (good) => aCase(good, "2026-000002", { isSealed: true }),
  ],
  [
    "an accusation that the accused follows",
    "NO-ACCUSED",
    ACCUSATION,
    (good) => aCase(good, "2026-000003", { followers: ["D003"] }),
  ],
  [
    "an accusation on the phone of the accused",
    "NO-ACCUSED",
    ACCUSATION,
    (good) => arriving(good, { at: 400, county: "qinghe", openid: "o_deputy_D003", text: `新的一件：${ACCUSATION}` }),
  ],
  [
    "an accusation that lies with the accused",
    "NO-ACCUSED",
    ACCUSATION,
    (good) => aCase(good, "2026-000003", { deputy: "D003", state: "assigned" }),
  ],
  [
    "words on a phone of the same name in another county",
    "APART",
    ASK,
    (good) => arriving(good, { at: 400, county: "baishi", openid: "o_r1", text: `进度：${ASK}` }),
  ],
  ["words in a case of another county", "APART", ASK, (good) => aCase(good, "2026-000001", { county: "baishi" })],
  [
    "a message said to be delivered that never arrived",
    "SENT-MEANS-SENT",
    REPLY,
    (good) => ({ ...good, arrivals: good.arrivals.filter(({ text }) => !text.includes(REPLY)) }),
  ],
  [
    "a message said to be delivered by no call",
    "SENT-MEANS-SENT",
    REPLY,
    (good) => written(good, REPLY, { attempts: [] }),
  ],
  [
    "a message that arrived and is said to have failed",
    "SENT-MEANS-SENT",
    REPLY,
    (good) => written(good, REPLY, { state: "failed", reason: "45015" }),
  ],
  [
    "a message that was sent twice although the first send was answered",
    "DOUBLE-BOUND",
    REPLY,
    (good) => arriving(good, { ...answersOf(good), at: 500 }),
  ],
  [
    "more calls without an answer than faults explain",
    "DOUBLE-BOUND",
    null,
    (good) => {
      const attempts = [{ call: "c4", rung: "direct", outcome: "uncertain", reason: "timed out" }];
      return { ...written(good, REPLY, { state: "uncertain", attempts }), faults: [] };
    },
  ],
  [
    "a case that is not what its events make of it",
    "LEDGER",
    "2026-000001",
    (good) => aCase(good, "2026-000001", { state: "assigned" }),
  ],
  [
    "an event that could not happen",
    "LEDGER",
    "2026-000002",
    (good) =>
      aCase(good, "2026-000002", { events: [...good.cases[1]!.events, { type: "rated", by: "", details: {} }] }),
  ],
  ["a change without an event", "LEDGER", "2026-000001", (good) => aCase(good, "2026-000001", { reopenings: 1 })],
  ["a number that was left out", "LEDGER", null, (good) => ({ ...good, cases: good.cases.slice(1) })],
  [
    "a broken chain",
    "LEDGER",
    null,
    (good) => ({ ...good, ledgers: [{ county: "qinghe", broken: "link 3 does not follow" }] }),
  ],
  [
    "a service that does not come back in time",
    "RECOVER",
    null,
    (good) => ({ ...good, recoveries: [{ what: "the last fault", tookMs: 61_000, waiting: [] }] }),
  ],
  [
    "a service that never comes back",
    "RECOVER",
    null,
    (good) => ({ ...good, recoveries: [{ what: "the last fault", tookMs: null, waiting: ["outbox 3"] }] }),
  ],
  [
    "a message that breaks its handler and is not visible",
    "NO-POISON",
    "poison_1",
    (good) => ({ ...good, stored: good.stored.map((row) => ({ ...row, failure: null })) }),
  ],
  [
    "a process that does not end when it is replaced",
    "ROLLING",
    null,
    (good) => ({ ...good, faults: [{ ...good.faults[0]!, kind: "rolling", trouble: "it had to be killed" }] }),
  ],
];
