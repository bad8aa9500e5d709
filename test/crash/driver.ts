import { setTimeout as pause } from "node:timers/promises";
import type { SimulatedWechat } from "../../src/demo/platforms/wechat.ts";
import { phoneKey } from "./history.ts";
import type { Deed } from "./plan.ts";
import type { Record } from "./record.ts";

/** The people of a run, who do what the plan says when they have read what they wait for. */
export type Driver = {
  /** Lets a person do a deed: at once, or when what it answers has come to the phone. */
  give(deed: Deed): void;
  /** Resolves when everybody has said what there was to say. */
  idle(): Promise<void>;
  /** Resolves when no more than `most` callbacks are out. */
  untilFewer(most: number): Promise<void>;
  /** From now on nobody answers what comes. */
  hold(): void;
  /** Those who were held do what they had read enough for. */
  letGo(): void;
  /** Deeds that still wait for what they answer. */
  waiting(): number;
  /** When somebody last said something of the plan, by `performance.now()`; 0 where nobody has. */
  lastSaid(): number;
  /** What a person says when nothing is to be said, so that the platform's window opens again. */
  contact(county: string, openid: string): void;
};

/** @param beforeEach called before each callback */
export function startDriver(wechat: SimulatedWechat, record: Record, beforeEach: () => void): Driver {
  const turns = new Map<string, Promise<unknown>>();
  const parked = new Map<string, Deed[]>();
  const ready: Deed[] = [];
  let isHeld = false;
  let out = 0;
  let lastSaid = 0;

  const send = async (work: () => Promise<unknown>): Promise<void> => {
    out += 1;
    beforeEach();
    await work().finally(() => {
      out -= 1;
    });
  };
  const inTurn = (key: string, work: () => Promise<void>): void => {
    const before = turns.get(key) ?? Promise.resolve();
    turns.set(key, before.then(work));
  };
  const perform = (deed: Deed): void => {
    const { county, openid, together } = deed;
    const key = phoneKey(county, openid);
    const phone = wechat.phone(county, openid);
    const work = () => {
      lastSaid = performance.now();
      return send(() => phone.say(textOf(record, deed)));
    };
    if (together) void work();
    else inTurn(key, work);
    if (deed.repeated && deed.token !== null) {
      const { token } = deed;
      inTurn(key, () => {
        const fields = record.callback(token);
        return fields === null ? Promise.resolve() : send(() => phone.sendRaw(fields));
      });
    }
  };
  record.onRead((phone, token) => {
    const key = `${phone} ${token}`;
    const found = parked.get(key) ?? [];
    parked.delete(key);
    if (isHeld) ready.push(...found);
    else for (const deed of found) perform(deed);
  });

  return {
    give(deed) {
      const { county, openid, after } = deed;
      if (after === null || record.read(county, openid, after) !== null) {
        perform(deed);
        return;
      }
      const key = `${phoneKey(county, openid)} ${after}`;
      parked.set(key, [...(parked.get(key) ?? []), deed]);
    },
    async idle() {
      await Promise.all(turns.values());
      while (out > 0) await pause(10);
    },
    async untilFewer(most) {
      while (out > most) await pause(10);
    },
    hold() {
      isHeld = true;
    },
    letGo() {
      isHeld = false;
      for (const deed of ready.splice(0)) perform(deed);
    },
    waiting: () => [...parked.values()].reduce((sum, deeds) => sum + deeds.length, 0) + ready.length,
    lastSaid: () => lastSaid,
    contact(county, openid) {
      const phone = wechat.phone(county, openid);
      inTurn(phoneKey(county, openid), () => send(() => phone.say(openid.startsWith("o_deputy_") ? "统计" : "进度")));
    },
  };
}

/** The words of a deed, with the number of the case by what the phone shows. */
function textOf(record: Record, { county, openid, text, after }: Deed): string {
  if (after === null) return text;
  const read = record.read(county, openid, after) ?? "";
  if (text.includes("{topic}")) return text.replace("{topic}", /回复 主题(\d+) /.exec(read)?.[1] ?? "0");
  if (!text.includes("{number}")) return text;
  const before = read.slice(0, read.indexOf(after));
  const [, whole, short] = [...before.matchAll(/编号(\d{4}-\d{6})|(\d+)号，(?:居民又说|[^\n]*转来)/g)].at(-1) ?? [];
  return text.replace("{number}", whole ?? short ?? "0");
}
