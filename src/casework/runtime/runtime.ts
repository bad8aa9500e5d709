import type { Logger } from "pino";
import type { Database } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import type { ExchangeDirection, ExchangeOutcome } from "../../domain/acts/partner.ts";
import type { Reader } from "../../domain/understanding/reader.ts";
import type { VoteUse } from "../../domain/understanding/vote.ts";
import type { AtlasStore } from "../county/atlas-store.ts";
import type { Accounts } from "./accounts.ts";
import type { MediaStore } from "./media-store.ts";
import type { Voter } from "./voter.ts";

/**
 * The runtime of a process: the database, clock, accounts and services that are passed to every function.
 *
 * It is made once, by `openRuntime`, and passed as an argument everywhere.
 */
export type Runtime = {
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly timeZone: string;
  readonly accounts: Accounts;
  readonly atlases: AtlasStore;
  readonly media: MediaStore;
  /** Reads residents' words. */
  readonly reader: Reader;
  /** Votes on words that would be asked about; left out where the office has no other model. */
  readonly voter?: Voter;
  /** Shows to whoever watches what became of a vote, or whether the resident's own answer agreed with it. */
  readonly countVote?: (what: VoteUse | "agreed" | "disagreed") => void;
  /** How the world sees this service, to which platforms send; left out where nothing asks for it. */
  readonly publicUrl?: string;
  /** The address that platforms are told: of the edge, where there is one; `publicUrl` when left out. */
  readonly receivesAt?: string;
  /** The time that others have too, where `now` was moved for a rehearsal; left out where it was not. */
  readonly unmoved?: () => Date;
  /** How partners are called; `fetch` of Node when left out. */
  readonly callPartner?: typeof fetch;
  /** Shows to whoever watches how an exchange with a partner ended; left out where nobody does. */
  readonly countExchange?: (direction: ExchangeDirection, outcome: ExchangeOutcome, seconds?: number) => void;
  readonly log: Logger;
  /** Shows to whoever watches that invite codes were tried in vain; left out where nobody does. */
  readonly countWrongCodes?: (
    where: { readonly county: string; readonly channel: string; readonly account: string },
    wrong: number,
  ) => void;
};
