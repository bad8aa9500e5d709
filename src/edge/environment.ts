import type { DurableObjectNamespace } from "cloudflare:workers";
import type { ChannelAccount } from "../channels/channel.ts";

/** The environment of the edge: settings of `wrangler.toml`, secrets, and the class of the lines. */
export type EdgeEnvironment<Door> = Settings & { readonly DOOR: DurableObjectNamespace<Door> };

/** The settings and secrets of the edge. */
export type Settings = {
  /** The address of the service, to which all is handed over. */
  readonly ORIGIN: string;
  readonly EDGE_SECRET?: string;
  /** For how many seconds a platform's signature holds, as in the service. */
  readonly WEBHOOK_MAX_AGE?: string;
  /** The language in which a person hears that an answer will take longer; nothing is said without it. */
  readonly EDGE_NOTICE?: string;
  /** What the pause before another try is multiplied with; 1 when left out. */
  readonly RETRY_SCALE?: string;
};

/** An account as the edge knows it: enough to receive, nothing with which one could send. */
export type EdgeAccount = {
  readonly account: ChannelAccount;
  /** Whether its people hear from the service only in the answers to what they send. */
  readonly answersOnly: boolean;
};

/** The accounts by `<type>/<name>`; null where what the edge was given cannot be read. */
type Accounts = ReadonlyMap<string, EdgeAccount> | null;

/** What was read last: an account stays the same object as long as it does not change, for channels keep what they read of one. */
let known: { readonly texts: string; readonly accounts: Accounts } | null = null;

/**
 * The accounts that the edge was given: all secrets whose names begin with ACCOUNTS, each the output of `liaison edge accounts`, for one
 * secret holds at most 5 KB.
 */
export function accountsOf(environment: object): Accounts {
  const texts = Object.entries(environment).flatMap(([name, text]) =>
    /^ACCOUNTS(_|$)/.test(name) && typeof text === "string" ? [text] : [],
  );
  const all = texts.join("\n");
  if (known?.texts !== all) known = { texts: all, accounts: read(texts) };
  return known.accounts;
}

function read(texts: readonly string[]): Accounts {
  try {
    const all = texts.flatMap((text) => Object.entries(JSON.parse(text)));
    return new Map(all.map(([name, given]) => [name, accountIn(name, Object(given))]));
  } catch {
    return null;
  }
}

function accountIn(
  address: string,
  { settings, secrets, answersOnly }: Readonly<Record<string, unknown>>,
): EdgeAccount {
  const [channel = "", name = ""] = address.split("/");
  return {
    account: { id: address, jurisdictionId: "", channel, name, settings: textsIn(settings), secrets: textsIn(secrets) },
    answersOnly: answersOnly === true,
  };
}

function textsIn(given: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(Object(given)).map(([name, value]) => [name, String(value)]));
}
