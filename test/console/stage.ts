import { eq } from "drizzle-orm";
import { openDatabase } from "../../db/database.ts";
import { jurisdictions } from "../../db/schema/county.ts";
import { addUser } from "../../src/casework/access/users.ts";
import { addCounty } from "../../src/casework/county/counties.ts";
import { ERRAND_KINDS } from "../../src/casework/errand-kinds/registry.ts";
import type { Role } from "../../src/domain/access/roles.ts";
import { startErrands } from "../../workers/errands.ts";
import { type Browser, browser } from "../http/console/browser.ts";
import { codeOf } from "../http/console/one-time-code.ts";
import { listeningApi } from "../http/listening-api.ts";
import { type ServiceOptions, startService, type TestService } from "../service.ts";

/** Somebody of the office who can sign in. */
export type Clerk = { readonly name: string; readonly email: string; readonly password: string };

/** The whole service with its console, and what residents have written. */
export type ConsoleStage = {
  readonly service: TestService;
  readonly base: string;
  clerk(role: Role, name: string): Promise<Clerk>;
  /** Somebody signed in by the API alone, with a second factor, whose address is `uri`. */
  colleague(role: Role, name: string): Promise<Browser & { readonly uri: string }>;
  /** What the API has logged so far. */
  logged(): string;
  close(): Promise<void>;
};

/** What residents write before anybody signs in: an ordinary matter, one without a clear place, a danger, an accusation. */
const SAID = {
  lights: "柳东村一组的路灯坏了六盏，晚上接孩子放学看不见路，电话13800001111",
  drain: "学校那边的下水道堵了，臭得很",
  gas: "楼道里全是煤气味，头晕，在北大街",
  accusation: "我们网格的王代表收了物业的好处，跟他反映多少次都不办",
  heating: "北大街社区暖气不热，家里有老人，室内只有十二度",
} as const;

/** Starts the service, lets residents write, and opens the console on this machine. */
export async function startConsole(options: ServiceOptions = {}): Promise<ConsoleStage> {
  const service = await startService(options);
  const county = service.jurisdiction("qinghe");
  for (const [who, text] of Object.entries(SAID)) await service.phone(who).say(text);
  await service.settled();
  return open(service, county, "青禾县");
}

/** Starts the service and opens the console of a county that was added just now: nothing is in it, not even a name. */
export async function startEmptyConsole(): Promise<ConsoleStage> {
  const service = await startService();
  const added = await addCounty(service.runtime.database, { code: "empty", name: "本县", isInTrial: true }, new Date());
  if (!added.ok) throw new Error(added.reason);
  return open(service, added.county.id, "本县");
}

async function open(service: TestService, county: string, name: string): Promise<ConsoleStage> {
  const { runtime } = service;
  const { database, vault, now } = runtime;
  await database.inCounty(county, (tx) =>
    tx
      .update(jurisdictions)
      .set({ hosts: ["127.0.0.1"], name })
      .where(eq(jurisdictions.jurisdictionId, county)),
  );
  const api = await listeningApi({ database, vault, runtime, now, publicUrl: "http://127.0.0.1" });
  const clerk = async (role: Role, name: string): Promise<Clerk> => {
    const given = {
      email: `${encodeURIComponent(name).replaceAll("%", "").toLowerCase()}@qinghe.example`,
      password: `a good password of ${name}`,
    };
    const added = await addUser({ database, vault, now: () => new Date() }, county, { ...given, role, name });
    if (!added.ok) throw new Error(added.reason);
    return { ...given, name };
  };
  return {
    service,
    base: api.base,
    clerk,
    async colleague(role, name) {
      const { email, password } = await clerk(role, name);
      const at = browser(api.base);
      await at.ask("POST", "/session", { email, password });
      const begun = await at.ask("POST", "/me/second-factor/begin", { password });
      const { uri } = begun.body as { uri: string };
      // A code whose half minute ends on the way is refused; the next one is of a later half minute.
      let { status } = await at.ask("POST", "/me/second-factor/prove", { code: codeOf(uri) });
      if (status !== 200) ({ status } = await at.ask("POST", "/me/second-factor/prove", { code: codeOf(uri) }));
      if (status !== 200) throw new Error(`${name} could not prove a second factor: ${status}`);
      return { ...at, uri };
    },
    logged: () => api.logged(),
    async close() {
      await api.close();
      await service.close();
    },
  };
}

/** Starts what does the errands of a stage. @param publicUrl the address at which platforms would call it */
export function workAt(stage: ConsoleStage, publicUrl?: string): { close(): Promise<void> } {
  const { runtime } = stage.service;
  const openLong = () => openDatabase({ login: runtime.database.login, statementLimitMs: 60_000 });
  const { log } = runtime;
  return startErrands({ runtime: { ...runtime, ...(publicUrl && { publicUrl }) }, kinds: ERRAND_KINDS, openLong, log });
}
