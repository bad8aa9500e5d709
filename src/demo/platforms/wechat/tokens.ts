import { randomBytes } from "node:crypto";

const LIFE_MS = 7_200_000;
const RENEWAL_MS = 300_000;
const FORCE_PAUSE_MS = 30_000;
const FORCE_PER_DAY = 20;
const DAY_MS = 86_400_000;

/** What `stable_token` answers. */
type TokenAnswer =
  | { readonly ok: true; readonly accessToken: string; readonly expiresInSeconds: number }
  | { readonly ok: false; readonly errcode: number };

/** The issuer of one account's access tokens. */
export type TokenDesk = {
  /** Normal mode gives the same token until its last five minutes; then a new one, and both are valid. */
  issue(now: Date, forceRefresh: boolean): TokenAnswer;
  /** `valid`, or the errcode: 40001 for one that was never given out, 42001 for one that has expired. */
  check(token: string, now: Date): "valid" | 40001 | 42001;
  expireAll(): void;
  /** How many times a token was asked for. */
  calls(): number;
};

/** Opens the token issuer of one account. Source: api_getstableaccesstoken. */
export function openTokenDesk(): TokenDesk {
  const expiries = new Map<string, number>();
  let current: string | null = null;
  let forced: number[] = [];
  let calls = 0;

  const create = (now: number): TokenAnswer => {
    current = `t_${randomBytes(48).toString("base64url")}`;
    expiries.set(current, now + LIFE_MS);
    return { ok: true, accessToken: current, expiresInSeconds: LIFE_MS / 1000 };
  };

  return {
    issue: (moment, forceRefresh) => {
      calls += 1;
      const now = moment.getTime();
      const expiry = current === null ? 0 : (expiries.get(current) ?? 0);
      if (forceRefresh) {
        forced = forced.filter((at) => at > now - DAY_MS);
        if (forced.length >= FORCE_PER_DAY) return { ok: false, errcode: 45009 };
        if (forced.some((at) => at > now - FORCE_PAUSE_MS)) return { ok: false, errcode: 45011 };
        forced.push(now);
        if (current !== null) expiries.set(current, 0);
        return create(now);
      }
      if (current === null || expiry - now <= RENEWAL_MS) return create(now);
      return { ok: true, accessToken: current, expiresInSeconds: Math.floor((expiry - now) / 1000) };
    },
    check: (token, moment) => {
      const expiry = expiries.get(token);
      if (expiry === undefined) return 40001;
      return expiry > moment.getTime() ? "valid" : 42001;
    },
    expireAll: () => {
      for (const token of expiries.keys()) expiries.set(token, 0);
    },
    calls: () => calls,
  };
}
