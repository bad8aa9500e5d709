import type { Arrival, History, Outgoing, PromisedDay, Sent, StoredCase, StoredMessage } from "./history.ts";

/** Tokens of the messages below. */
export const ASK = "事bbbbb";
export const MORE = "事bbbbc";
export const REPLY = "事bbbbd";
export const ACCUSATION = "事bbbbf";
export const NEIGHBOUR = "事bbbbg";

const OWN = { county: "qinghe", openid: "o_r1" };
const DEPUTY = { county: "qinghe", openid: "o_deputy_D003" };
const ABOVE = { county: "qinghe", openid: "o_deputy_D002" };
const OTHER = { county: "qinghe", openid: "o_r2" };

function sent(token: string, from: typeof OWN, at: number, more: Partial<Sent> = {}): Sent {
  const answered = { sentAt: at, answeredAt: at + 5, tries: 1 };
  const text = `柳东村一组的路灯坏了，${token}`;
  return {
    ...from,
    ...answered,
    msgId: `m${token}`,
    token,
    text,
    readers: [from.openid],
    followers: [],
    accused: [],
    isForMany: false,
    ...more,
  };
}

function stored(seq: number, token: string, from: typeof OWN, caseNumber: string | null): StoredMessage {
  const ended = { outcome: caseNumber === null ? "command" : "case", isProcessed: true, failure: null };
  return { seq, ...from, ...ended, dedupeKey: `oa_wx1_m_m${token}`, caseNumber };
}

function outgoing(seq: number, to: typeof OWN, kind: string, text: string): Outgoing {
  const attempts = [{ call: `c${seq}`, rung: "direct", outcome: "delivered", reason: null }];
  const settled = { state: "delivered", reason: null, awaitsContact: false, repeats: null };
  return { seq, ...to, kind, caseNumber: "2026-000001", ...settled, text, attempts };
}

function openCase(number: string, openid: string, more: Partial<StoredCase>): StoredCase {
  return {
    county: "qinghe",
    number,
    openid,
    deputy: "D003",
    followers: [],
    state: "assigned",
    isClosed: false,
    isSealed: false,
    rating: null,
    reopenings: 0,
    events: [
      { type: "opened", by: "resident", details: {} },
      { type: "assigned", by: "service", details: { deputy: "D003" } },
    ],
    words: [],
    ...more,
  };
}

function promised(number: string, more: Partial<PromisedDay>): PromisedDay {
  return {
    ...{ county: "qinghe", number, deputy: "D003", hasChat: true, dueAt: "2026-12-07T15:59:59.000Z" },
    ...{ settledAt: null, answeredAt: null, saidAt: null, passedOnAt: null },
    ...more,
  };
}

const RESIDENT = { direction: "in", party: "resident", kind: "text" } as const;
const BOTH = [OWN.openid, DEPUTY.openid];

/**
 * A resident asks twice and is answered, a neighbour asks the same deputy, of which a deputy of a higher level is told, a third
 * one accuses that deputy: all well.
 */
export function goodHistory(): History {
  const asks = `新的一件\n编号2026-000001\n地点：柳河镇柳东村一组\n内容：柳东村一组的路灯坏了，${ASK}`;
  const adds = `1号，居民又说：\n柳东村一组的路灯坏了，${MORE}`;
  const answers = `赵德明代表答复您（编号2026-000001）：\n明天到现场看，${REPLY}`;
  const neighbour = `新的一件\n编号2026-000002\n地点：柳河镇柳东村一组\n内容：柳东村一组的路灯坏了，${NEIGHBOUR}`;
  const arrivals: Arrival[] = [
    { at: 120, ...DEPUTY, text: `${asks}\n\n${adds}` },
    { at: 130, ...DEPUTY, text: neighbour },
    { at: 140, ...ABOVE, text: neighbour },
    { at: 220, ...OWN, text: answers },
  ];
  return {
    people: [
      { ...OWN, deputy: null },
      { ...OTHER, deputy: null },
      { ...DEPUTY, deputy: "D003" },
      { ...ABOVE, deputy: "D002" },
    ],
    sent: [
      sent(ASK, OWN, 100, { readers: BOTH }),
      sent(MORE, OWN, 110, { readers: BOTH }),
      sent(NEIGHBOUR, OTHER, 115, { readers: [OTHER.openid, DEPUTY.openid], followers: ["D002"] }),
      sent(REPLY, DEPUTY, 200, { readers: BOTH, text: `回复 1 明天到现场看，${REPLY}` }),
      sent(ACCUSATION, OTHER, 300, { accused: [DEPUTY.openid], text: `赵德明代表收了红包，${ACCUSATION}` }),
    ],
    arrivals,
    stored: [
      stored(1, ASK, OWN, "2026-000001"),
      stored(2, MORE, OWN, "2026-000001"),
      stored(3, NEIGHBOUR, OTHER, "2026-000002"),
      stored(4, REPLY, DEPUTY, null),
      stored(5, ACCUSATION, OTHER, "2026-000003"),
      {
        ...stored(6, "事zzzzz", OTHER, null),
        dedupeKey: "poison_1",
        outcome: null,
        isProcessed: false,
        failure: "broken",
      },
    ],
    cases: [
      openCase("2026-000001", OWN.openid, {
        state: "answered",
        events: [
          ...openCase("", "", {}).events,
          { type: "message_added", by: "resident", details: {} },
          { type: "replied", by: "deputy:D003", details: {} },
        ],
        words: [
          { ...RESIDENT, text: `柳东村一组的路灯坏了，${ASK}` },
          { ...RESIDENT, text: `柳东村一组的路灯坏了，${MORE}` },
          { direction: "out", party: "deputy", kind: "reply", text: `明天到现场看，${REPLY}` },
        ],
      }),
      openCase("2026-000002", OTHER.openid, {
        followers: ["D002"],
        words: [{ ...RESIDENT, text: `柳东村一组的路灯坏了，${NEIGHBOUR}` }],
      }),
      openCase("2026-000003", OTHER.openid, {
        deputy: null,
        state: "triage",
        isSealed: true,
        events: [
          { type: "opened", by: "resident", details: {} },
          { type: "left_to_office", by: "service", details: {} },
        ],
        words: [{ ...RESIDENT, text: `赵德明代表收了红包，${ACCUSATION}` }],
      }),
    ],
    outgoing: [
      outgoing(1, DEPUTY, "deputy-case", asks),
      outgoing(2, DEPUTY, "deputy-news", adds),
      outgoing(3, DEPUTY, "deputy-case", neighbour),
      outgoing(4, OWN, "reply", answers),
      outgoing(5, ABOVE, "deputy-follow", neighbour),
    ],
    faults: [{ kind: "kill", target: "worker 0", at: 150, until: 160, mayLose: 32, trouble: null }],
    poison: ["poison_1"],
    recoveries: [{ what: "the last fault", tookMs: 4000, waiting: [] }],
    ledgers: [{ county: "qinghe", broken: null }],
    reminders: [
      { county: "qinghe", deputy: "D003", at: "2026-12-04T01:00:00.000Z", cases: ["2026-000002"] },
      { county: "qinghe", deputy: "D003", at: "2026-12-07T01:00:00.000Z", cases: ["2026-000002"] },
      { county: "qinghe", deputy: "D003", at: "2026-12-08T01:00:00.000Z", cases: ["2026-000002"] },
    ],
    promises: [
      promised("2026-000001", { settledAt: "2026-12-02T01:00:00.000Z", answeredAt: "2026-12-02T01:00:00.000Z" }),
      promised("2026-000002", { saidAt: "2026-12-08T01:00:10.000Z", passedOnAt: "2026-12-08T01:00:10.000Z" }),
    ],
    handedOver: [
      {
        ...{ id: "h-1", county: "qinghe", number: "2026-000002", state: "sent" },
        message: { state: "sent", tries: 2 },
      },
    ],
    platformCalls: [
      { id: "h-1", type: "case.handed_over", number: "2026-000002", body: NEIGHBOUR, status: null, isTaken: true },
      { id: "h-1", type: "case.handed_over", number: "2026-000002", body: NEIGHBOUR, status: 200, isTaken: true },
    ],
    topics: [],
    endsAt: "2026-12-09T01:00:00.000Z",
  };
}
