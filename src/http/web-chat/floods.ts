import {
  type Admission,
  admit,
  ELSEWHERE_MS,
  isFlood,
  LIMITS,
  type LimitName,
} from "../../domain/web-chat/admission.ts";
import { type Bucket, isEmpty, levelOf, withOneMore } from "../../domain/web-chat/bucket.ts";
import { addressGroup } from "../../domain/web-chat/said.ts";

/** The facts of somebody who wants to say something, known before anything of it is stored. */
type Comer = {
  readonly account: string;
  /** The address from which they come. */
  readonly address: string;
  /** The visitor; null for a newcomer. */
  readonly visitor: string | null;
  readonly speaksOfDanger: boolean;
  readonly hasProof: boolean;
};

/** The guard against floods of one process. */
export type Floods = {
  /**
   * Decides whether somebody is heard, and counts them where they are.
   * @param newcomersOfAccount how many this account has had within the last hour, in all processes
   */
  admit(comer: Comer, newcomersOfAccount: number): Admission;
};

/** Buckets that have run out are thrown away when there are so many more than after the last time. */
const SWEEP_EACH = 5_000;

/** Creates a guard: its buckets are in the memory of this process; how many newcomers an account has is counted in the database. */
export function createFloods(now: () => Date): Floods {
  const buckets = new Map<string, { readonly name: LimitName; readonly bucket: Bucket }>();
  const awayUntil = new Map<string, number>();
  let sweepAt = SWEEP_EACH;
  const levelAt = (name: LimitName, key: string, at: number) =>
    levelOf(buckets.get(`${name} ${key}`)?.bucket, LIMITS[name], at);
  const count = (name: LimitName, key: string, at: number) => {
    const whole = `${name} ${key}`;
    buckets.set(whole, { name, bucket: withOneMore(buckets.get(whole)?.bucket, LIMITS[name], at) });
  };
  const sweep = (at: number) => {
    if (buckets.size < sweepAt) return;
    for (const [key, { name, bucket }] of buckets) if (isEmpty(bucket, LIMITS[name], at)) buckets.delete(key);
    sweepAt = buckets.size + SWEEP_EACH;
  };
  return {
    admit({ account, address, visitor, speaksOfDanger, hasProof }, newcomersOfAccount) {
      const at = now().getTime();
      const group = `${account} ${addressGroup(address)}`;
      const own = visitor ?? "";
      const levels = {
        ownMinute: levelAt("ownMinute", own, at),
        ownDay: levelAt("ownDay", own, at),
        addressNewcomers: levelAt("addressNewcomers", group, at),
        addressMessages: levelAt("addressMessages", group, at),
        accountNewcomers: newcomersOfAccount,
        addressDangers: levelAt("addressDangers", group, at),
      };
      if (isFlood({ levels })) awayUntil.set(account, at + ELSEWHERE_MS);
      const isTurnedAway = (awayUntil.get(account) ?? 0) > at;
      const isKnown = visitor !== null;
      const admission = admit({ isKnown, speaksOfDanger, hasProof, isTurnedAway, levels });
      if (admission === "beyond") count("addressDangers", group, at);
      if (admission === "take" || admission === "beyond") {
        count("addressMessages", group, at);
        if (visitor === null) count("addressNewcomers", group, at);
        else for (const name of ["ownMinute", "ownDay"] as const) count(name, own, at);
      }
      sweep(at);
      return admission;
    },
  };
}
