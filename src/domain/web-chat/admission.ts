import type { BucketLimit } from "./bucket.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The buckets of the web chat: what is counted of a visitor, of an address, of an account. */
export const LIMITS = {
  ownMinute: { most: 6, withinMs: MINUTE_MS },
  ownDay: { most: 40, withinMs: 24 * HOUR_MS },
  addressNewcomers: { most: 10, withinMs: HOUR_MS },
  addressMessages: { most: 60, withinMs: HOUR_MS },
  accountNewcomers: { most: 300, withinMs: HOUR_MS },
  /** Dangers to life that were taken beyond the other buckets. */
  addressDangers: { most: 1, withinMs: MINUTE_MS },
} as const satisfies Readonly<Record<string, BucketLimit>>;

/** A bucket of the web chat, by its name. */
export type LimitName = keyof typeof LIMITS;

/** Beyond so many times their limit newcomers of an account or an address are told another way, whatever they have proved. */
const FLOOD = { account: 2, address: 4 } as const;

/** The time for which newcomers are told another way once it has become too much. */
export const ELSEWHERE_MS = 10 * MINUTE_MS;

/** The facts of a message that are known before anything of it is stored. */
export type Asking = {
  /** Whether its sender has written before, and proves it by the cookie. */
  readonly isKnown: boolean;
  readonly speaksOfDanger: boolean;
  readonly hasProof: boolean;
  /** Whether newcomers of this account are told another way for some minutes. */
  readonly isTurnedAway: boolean;
  /** How full the buckets are. */
  readonly levels: Readonly<Record<LimitName, number>>;
};

/**
 * Whether a message is taken. `beyond` is taken though the buckets are full, for it tells of a danger to life; `prove` asks a newcomer's
 * page for a little work; `elsewhere` names other ways. Nobody is refused who tells of a danger, but more than one such a minute from one address.
 */
export type Admission = "take" | "beyond" | "slow-down" | "prove" | "elsewhere";

/** Decides whether a message is taken; whoever is known has nothing to prove. */
export function admit(asking: Asking): Admission {
  const ordinary = asking.isKnown ? ofKnown(asking) : ofNewcomer(asking);
  if (ordinary === "take") return "take";
  return asking.speaksOfDanger && !isOver(asking, "addressDangers") ? "beyond" : ordinary;
}

/** Whether so many newcomers come to an account that all others are told another way for some minutes. */
export function isFlood({ levels }: Pick<Asking, "levels">): boolean {
  return levels.accountNewcomers >= FLOOD.account * LIMITS.accountNewcomers.most;
}

function ofKnown(asking: Asking): Admission {
  return isOver(asking, "ownMinute") || isOver(asking, "ownDay") ? "slow-down" : "take";
}

function ofNewcomer(asking: Asking): Admission {
  const isBeyond = asking.levels.addressNewcomers >= FLOOD.address * LIMITS.addressNewcomers.most;
  if (asking.isTurnedAway || isFlood(asking) || isBeyond) return "elsewhere";
  const isMuch = (["addressNewcomers", "addressMessages", "accountNewcomers"] as const).some((name) =>
    isOver(asking, name),
  );
  return isMuch && !asking.hasProof ? "prove" : "take";
}

function isOver({ levels }: Pick<Asking, "levels">, name: LimitName): boolean {
  return levels[name] >= LIMITS[name].most;
}
