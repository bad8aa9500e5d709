import type { Fields } from "../../src/demo/platforms/wechat/format.ts";
import type { PlatformEvent } from "../../src/demo/platforms/wechat/log.ts";
import { textOf } from "../../src/demo/platforms/wechat/screen.ts";
import type { SimulatedWechat } from "../../src/demo/platforms/wechat.ts";
import { type Arrival, phoneKey, type Sent, tokensIn } from "./history.ts";
import { type Deed, TOPIC_TOLD } from "./plan.ts";

/** What the platform saw: the truth of a run. */
export type Record = {
  sent(): Sent[];
  arrivals(): readonly Arrival[];
  /** The text by which a token first came to a phone; null while it has not. */
  read(county: string, openid: string, token: string): string | null;
  /** The callback that carried a token, as it can be posted again. */
  callback(token: string): Fields | null;
  /** How many calls of the platform's API lost their answers, by what it did to them. */
  withheld(): ReadonlyMap<string, number>;
  /** Told of each token that comes to a phone. */
  onRead(listener: (phone: string, token: string) => void): void;
};

type Facts = {
  readonly county: string;
  readonly openid: string;
  readonly msgId: string;
  readonly fields: Fields;
  readonly sentAt: number;
  answeredAt: number | null;
  tries: number;
};
type Entry = Extract<PlatformEvent, { type: "log" }>["entry"];

/** Begins to listen. */
export function startRecord(wechat: SimulatedWechat, deeds: readonly Deed[], now: () => number): Record {
  const deedOf = new Map(deeds.flatMap((deed) => (deed.token === null ? [] : [[deed.token, deed] as const])));
  const sent = new Map<string, Facts>();
  const byToken = new Map<string, Fields>();
  const arrivals: Arrival[] = [];
  const read = new Map<string, string>();
  const withheld = new Map<string, number>();
  const listeners: ((phone: string, token: string) => void)[] = [];

  const seeCallback = (entry: Extract<Entry, { kind: "webhook" }>): void => {
    const { fields, account, openid, answer, durationMs } = entry;
    if (fields.MsgId === undefined) return;
    const msgId = String(fields.MsgId);
    const key = `${account} ${msgId}`;
    const fresh = { county: account, openid, msgId, fields, sentAt: now() - durationMs, answeredAt: null, tries: 0 };
    const facts: Facts = sent.get(key) ?? fresh;
    sent.set(key, facts);
    facts.tries += 1;
    if (answer === "accepted" || answer === "replied") facts.answeredAt ??= now();
    for (const token of tokensIn(String(fields.Content ?? ""))) byToken.set(token, fields);
  };
  wechat.listen((event) => {
    if (event.type === "log") {
      const { entry } = event;
      if (entry.kind === "webhook") seeCallback(entry);
      else if (entry.fault !== null) {
        const name = entry.fault === "errcode" ? `errcode ${entry.errcode}` : entry.fault;
        withheld.set(name, (withheld.get(name) ?? 0) + 1);
      }
      return;
    }
    if (event.type !== "message") return;
    const { account: county, openid, message } = event;
    if (message.direction !== "in" || message.rung === null) return;
    const text = textOf(message.content);
    arrivals.push({ at: now(), county, openid, text });
    const phone = phoneKey(county, openid);
    // A topic that is offered, or of few, has no answer for all yet.
    const topic = /回复 主题\d+ /.test(text) ? [TOPIC_TOLD] : [];
    for (const token of [...tokensIn(text), ...topic]) {
      if (!read.has(`${phone} ${token}`)) read.set(`${phone} ${token}`, text);
      for (const listener of listeners) listener(phone, token);
    }
  });

  return {
    sent: () =>
      [...sent.values()].map(({ fields, ...facts }) => {
        const text = String(fields.Content ?? "");
        const token = tokensIn(text)[0] ?? null;
        const deed = token === null ? undefined : deedOf.get(token);
        const { readers = [facts.openid], followers = [], accused = [] } = deed ?? {};
        return { ...facts, text, token, readers, followers, accused, isForMany: deed?.kind === "topic" };
      }),
    arrivals: () => arrivals,
    read: (county, openid, token) => read.get(`${phoneKey(county, openid)} ${token}`) ?? null,
    callback: (token) => byToken.get(token) ?? null,
    withheld: () => withheld,
    onRead: (listener) => listeners.push(listener),
  };
}
