import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { SimulatedPlatform } from "./face/platform.ts";
import { answerCall } from "./wecom-customer/api.ts";
import { callBack } from "./wecom-customer/callback.ts";
import { endSession, pickUpPhone } from "./wecom-customer/phone.ts";
import { type Account, createWorld, customerOf } from "./wecom-customer/world.ts";

/** A simulated WeCom customer service (微信客服), with what its own staff and its network do. */
export type SimulatedCustomerService = SimulatedPlatform & {
  /** Ends somebody's session. */
  endSession(account: string, person: string): Promise<boolean>;
  /** A person of the corporation's staff takes somebody's session. */
  takeOver(account: string, person: string): void;
  /** Whether the platform loses what it should say of messages that lie ready. */
  silence(account: string, isSilent: boolean): void;
};

/** The one customer-service account of every corporation here. */
export const OPEN_KF_ID = "wkSimulatedDesk";

/**
 * Starts a simulated customer service of WeCom on 127.0.0.1: people in plain WeChat, sessions, menus, files, codes of events, and
 * messages that are pulled.
 *
 * It shares no code with the channel that it talks to, so that an error there does not cancel itself out here.
 */
export async function startWecomCustomer(
  options: { readonly now?: () => Date; readonly port?: number } = {},
): Promise<SimulatedCustomerService> {
  const clock = options.now ?? (() => new Date());
  let offsetMs = 0;
  const world = createWorld(() => new Date(clock().getTime() + offsetMs));
  const server = createServer((request, response) => void answerCall(world, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const accountOf = (name: string): Account => {
    const account = world.accounts.get(name);
    if (account === undefined) throw new Error(`There is no account ${name}.`);
    return account;
  };

  return {
    type: "wecom-customer",
    url: `http://127.0.0.1:${port}`,
    async openAccount(name, webhookUrl) {
      const made = {
        corpId: `ww${randomBytes(8).toString("hex")}`,
        secret: randomBytes(24).toString("base64url"),
        token: randomBytes(10).toString("hex"),
        aesKey: randomBytes(32).toString("base64").slice(0, 43),
      };
      world.accounts.set(name, {
        ...{ ...made, name, webhookUrl, openKfId: OPEN_KF_ID, accessToken: randomBytes(24).toString("base64url") },
        ...{ customers: new Map(), rows: [], hints: new Map(), callbacks: [], sent: new Set(), files: new Map() },
        ...{ late: [], isPulled: false, isSilent: false },
      });
      return { "corp-id": made.corpId, secret: made.secret, token: made.token, "aes-key": made.aesKey };
    },
    phone: (account, person) => pickUpPhone(world, accountOf(account), person),
    endSession: (account, person) => endSession(world, accountOf(account), person),
    takeOver(account, person) {
      customerOf(accountOf(account), person).state = 3;
    },
    silence(account, isSilent) {
      accountOf(account).isSilent = isSilent;
    },
    fail: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    advanceClock(byMs) {
      offsetMs += byMs;
      for (const account of world.accounts.values()) for (const tell of account.late.splice(0)) void tell();
    },
    async repeat(account, count) {
      const { callbacks } = accountOf(account);
      for (const body of callbacks.slice(-count)) await callBack(world, accountOf(account), null, body);
    },
    listen(listener) {
      world.listeners.add(listener);
      return () => void world.listeners.delete(listener);
    },
    log: () => world.entries,
    close() {
      world.closing.abort();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
