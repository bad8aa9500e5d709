import { asc, eq, inArray } from "drizzle-orm";
import { conversations } from "../../db/schema/conversations.ts";
import { attempts, outbox } from "../../db/schema/outbox.ts";
import type { PlatformLogEntry } from "../../src/demo/platforms/wechat/log.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import type { TestService } from "../service.ts";
import { onlyCase, say } from "./resident.ts";

export const CUSTOM_SEND = "/cgi-bin/message/custom/send";
export const TEMPLATE_SEND = "/cgi-bin/message/template/send";
export const SUBSCRIBE_SEND = "/cgi-bin/message/subscribe/bizsend";
export const STABLE_TOKEN = "/cgi-bin/stable_token";

type County = "qinghe" | "baishi";
type Call = Extract<PlatformLogEntry, { kind: "call" }>;

let buildings = 0;

/** A resident of 柳东-2 whose receipt has come; D001 answers for them. Each has a lamp of their own: what many tell of one is told together. */
export async function withCase(
  service: TestService,
  person: string,
  county: County = "qinghe",
): Promise<{ phone: Phone; number: string }> {
  const phone = service.phone(person, county);
  buildings += 1;
  await say(service, phone, `柳东村二组${buildings}号楼前路灯坏了`);
  return { phone, number: (await onlyCase(service, phone)).number };
}

/** The platform's log of calls that wrote to one phone. */
export function callsTo(service: TestService, phone: Phone, path = CUSTOM_SEND): Call[] {
  return service.wechat
    .log()
    .filter((entry): entry is Call => entry.kind === "call" && entry.path === path && entry.openid === phone.openid);
}

/** What the service wants to tell one phone, oldest first. */
export async function outgoingOf(service: TestService, phone: Phone): Promise<(typeof outbox.$inferSelect)[]> {
  const county = phone.account as County;
  return service.runtime.database.inCounty(service.jurisdiction(county), async (tx) => {
    const rows = await tx
      .select({ row: outbox, peer: conversations.peer, account: conversations.accountId })
      .from(outbox)
      .innerJoin(conversations, eq(conversations.id, outbox.conversationId))
      .orderBy(asc(outbox.seq));
    return rows
      .filter((one) => one.peer === service.runtime.vault.blindIndex(phone.openid, one.account))
      .map((one) => one.row);
  });
}

/** How every try to reach one phone ended, oldest first, as `rung outcome`. */
export async function triesFor(service: TestService, phone: Phone): Promise<string[]> {
  const ids = (await outgoingOf(service, phone)).map((row) => row.id);
  const rows = await service.runtime.database.inCounty(service.jurisdiction(phone.account as County), (tx) =>
    tx
      .select()
      .from(attempts)
      .where(inArray(attempts.outboxId, ids))
      .orderBy(asc(attempts.startedAt), asc(attempts.id)),
  );
  return rows.map((row) => `${row.rung} ${row.outcome}`);
}

/** The conversation of one phone, as `deliver` is asked for it. */
export async function conversationOf(service: TestService, phone: Phone) {
  const jurisdictionId = service.jurisdiction(phone.account as County);
  const rows = await service.runtime.database.inCounty(jurisdictionId, (tx) => tx.select().from(conversations));
  const row = rows.find((one) => one.peer === service.runtime.vault.blindIndex(phone.openid, one.accountId));
  if (row === undefined) throw new Error(`${phone.openid} never wrote`);
  return row;
}

/** What `liaison case` shows of the way of each outgoing message, as `kind state`. */
export async function shownOf(service: TestService, number: string, county: County = "qinghe"): Promise<string[]> {
  const { messages } = await service.case(number, county);
  return messages.filter((one) => one.direction === "out").map((one) => `${one.kind} ${one.delivery}`);
}
