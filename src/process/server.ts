import { beginEmbedded } from "../../db/embedded/embedded.ts";
import type { Config } from "../config.ts";
import { keepSecret } from "./secret.ts";

/** A database server that takes connections, with the master key of its data. */
export type Server = {
  /** Of the user who may change the tables: the owner, where the operator has named one. */
  readonly url: string;
  /** The service's own login, where the operator has named one beside the owner's. */
  readonly serviceUrl: string | null;
  readonly secret: Uint8Array;
  /** Resolves with a plain sentence when it has ended and does not come back; never, of somebody else's server. */
  readonly lost: Promise<Error>;
  /** Lets go of it; all connections must be closed before. */
  close(): Promise<void>;
};

/**
 * Begins to open the server of the configuration, which is joined or started where it is the embedded one.
 *
 * Resolves when there is nothing to do but to wait: a program that loads the rest of itself before it waits for `opened` has lost
 * no time, for Postgres starts in a process of its own.
 * @param options.asService true for what `start` runs: one per data folder
 * @param options.say is given sentences that the operator should read
 * @throws Error with a plain sentence that says what to do
 */
export async function beginServer(
  config: Config,
  options: { readonly asService: boolean; readonly say: (sentence: string) => void },
): Promise<{ readonly opened: Promise<Server> }> {
  const { databaseUrl, databaseOwnerUrl, dataFolder } = config;
  // Before there is a database: data without a key mean that it was lost.
  const secret = config.secret ?? (await keepSecret(dataFolder));
  if (databaseUrl !== null) {
    const serviceUrl = databaseOwnerUrl === null ? null : databaseUrl;
    const url = databaseOwnerUrl ?? databaseUrl;
    const lost = new Promise<Error>(() => undefined);
    return { opened: Promise.resolve({ url, serviceUrl, secret, lost, close: async () => undefined }) };
  }
  const { opened: embedded } = await beginEmbedded({ folder: dataFolder, ...options });
  const opened = embedded.then(({ url, lost, close }) => ({ url, serviceUrl: null, secret, lost, close }));
  // Whoever begins may be long in coming to wait for it.
  opened.catch(() => undefined);
  return { opened };
}
