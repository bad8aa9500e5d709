import { z } from "zod";
import type { NoticeTemplate } from "./account.ts";
import { callBack } from "./callback.ts";
import { type ApiResult, failure, success } from "./errors.ts";
import type { Fields } from "./format.ts";
import type { ArrivalRung } from "./screen.ts";
import { type AccountState, type Person, show, type World } from "./world.ts";

const SAME_MESSAGE_MS = 600_000;

/** Characters that a typed key holds; over-long values are refused, never cut. Source: template message guide. */
const LIMITS: Readonly<Record<string, { max: number; pattern?: RegExp }>> = {
  thing: { max: 20 },
  character_string: { max: 32, pattern: /^[\x20-\x7e]*$/ },
  number: { max: 32, pattern: /^[\d.]*$/ },
  letter: { max: 32, pattern: /^[A-Za-z]*$/ },
  phrase: { max: 5, pattern: /^[\u4e00-\u9fff]*$/ },
  name: { max: 20 },
  phone_number: { max: 17 },
  car_number: { max: 8 },
  time: { max: 32 },
  date: { max: 32 },
  const: { max: 20 },
};

const notice = z.object({
  touser: z.string(),
  template_id: z.string(),
  url: z.string().default(""),
  data: z.record(z.string(), z.object({ value: z.union([z.string(), z.number()]).transform(String) })),
  client_msg_id: z.string().optional(),
});
type Notice = z.infer<typeof notice>;

/** The first key whose value is missing or does not fit its type; null when the data fill the template. */
function wrongKey(template: NoticeTemplate, data: Notice["data"]): string | null {
  for (const key of Object.keys(template.labels)) {
    const value = data[key]?.value ?? "";
    const limit = LIMITS[key.replace(/\d+$/, "")];
    if (value === "") return key;
    if (limit !== undefined && ([...value].length > limit.max || limit.pattern?.test(value) === false)) return key;
  }
  return null;
}

function nextJobId(world: World): number {
  return 3_000_000_000_000 + world.nextId();
}

function showCard(
  world: World,
  state: AccountState,
  person: Person,
  rung: ArrivalRung,
  template: NoticeTemplate,
  sent: Notice,
): number {
  const rows = Object.entries(template.labels).map(([key, label]) => ({
    key,
    label,
    value: sent.data[key]?.value ?? "",
  }));
  const content = { kind: "card", title: template.title, templateId: template.id, rows, url: sent.url } as const;
  return show(world, state, person, { direction: "in", state: "arrived", rung, content }).id;
}

/** The platform's report, some moments after the notice went out. */
function report(world: World, state: AccountState, person: Person, fields: Fields): void {
  void callBack(world, state, person.openid, {
    ToUserName: state.originalId,
    FromUserName: person.openid,
    CreateTime: Math.floor(world.now().getTime() / 1000),
    MsgType: "event",
    ...fields,
  });
}

/**
 * Handles `POST /cgi-bin/message/template/send`: needs no window. The same openid and `client_msg_id` within ten
 * minutes is one message; the final result follows as TEMPLATESENDJOBFINISH.
 */
export function sendTemplateMessage(world: World, state: AccountState, body: unknown): ApiResult {
  const parsed = notice.safeParse(body);
  if (!parsed.success) return failure(47001);
  const person = state.people.get(parsed.data.touser);
  const template = state.account.templates?.find(({ id }) => id === parsed.data.template_id);
  if (person === undefined) return failure(40003);
  if (template === undefined) return failure(40037);
  if (!person.following) return failure(43004);
  const wrong = wrongKey(template, parsed.data.data);
  if (wrong !== null) return failure(47003, `data.${wrong}.value invalid`);

  const now = world.now().getTime();
  const { client_msg_id: ownId } = parsed.data;
  const key = `${person.openid}\n${ownId}`;
  const before = ownId === undefined ? undefined : state.sentTemplates.get(key);
  if (before !== undefined && now - before.at < SAME_MESSAGE_MS) return success({ msgid: before.msgid });
  const msgid = nextJobId(world);
  if (ownId !== undefined) state.sentTemplates.set(key, { msgid, at: now });
  const messageId = showCard(world, state, person, "template", template, parsed.data);
  report(world, state, person, { Event: "TEMPLATESENDJOBFINISH", MsgID: msgid, Status: "success" });
  return success({ msgid }, messageId);
}

/** Handles `POST /cgi-bin/message/subscribe/bizsend`: uses up one consent; without one, 43101. */
export function sendSubscriptionNotice(world: World, state: AccountState, body: unknown): ApiResult {
  const parsed = notice.safeParse(body);
  if (!parsed.success) return failure(47001);
  const person = state.people.get(parsed.data.touser);
  const template = state.account.subscriptionTemplates?.find(({ id }) => id === parsed.data.template_id);
  if (person === undefined) return failure(40003);
  if (template === undefined) return failure(40037);
  const wrong = wrongKey(template, parsed.data.data);
  if (wrong !== null) return failure(47003, `data.${wrong}.value invalid`);
  const consents = person.consents.get(template.id) ?? 0;
  if (consents === 0) return failure(43101);
  person.consents.set(template.id, consents - 1);
  const messageId = showCard(world, state, person, "subscription", template, parsed.data);
  const List = [{ TemplateId: template.id, MsgID: String(nextJobId(world)), ErrorCode: "0", ErrorStatus: "success" }];
  report(world, state, person, { Event: "subscribe_msg_sent_event", SubscribeMsgSentEvent: { List } });
  return success({}, messageId);
}
