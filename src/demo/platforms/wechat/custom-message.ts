import { z } from "zod";
import { hasAbility } from "./account.ts";
import { type ApiResult, failure, success } from "./errors.ts";
import { spend } from "./ledger.ts";
import type { ScreenContent } from "./screen.ts";
import { type AccountState, announce, show, storedMedia, type World } from "./world.ts";

const MAX_TEXT_BYTES = 2048;
/** Undocumented at the platform; these are what the simulated one allows. */
const MAX_MENU_ITEMS = 8;
const MAX_MENU_LABEL = 12;
const TYPING_MS = 15_000;

const customMessage = z.discriminatedUnion("msgtype", [
  z.object({ touser: z.string(), msgtype: z.literal("text"), text: z.object({ content: z.string() }) }),
  z.object({
    touser: z.string(),
    msgtype: z.enum(["image", "voice"]),
    image: z.object({ media_id: z.string() }).optional(),
    voice: z.object({ media_id: z.string() }).optional(),
  }),
  z.object({
    touser: z.string(),
    msgtype: z.literal("news"),
    news: z.object({
      articles: z.array(
        z.object({ title: z.string(), description: z.string().default(""), url: z.string().default("") }),
      ),
    }),
  }),
  z.object({
    touser: z.string(),
    msgtype: z.literal("msgmenu"),
    msgmenu: z.object({
      head_content: z.string().default(""),
      list: z.array(z.object({ id: z.string(), content: z.string() })),
      tail_content: z.string().default(""),
    }),
  }),
]);

type Shown = { ok: true; content: ScreenContent } | { ok: false; errcode: number };

function screenContent(world: World, state: AccountState, message: z.infer<typeof customMessage>): Shown {
  const wrong = (errcode: number): Shown => ({ ok: false, errcode });
  switch (message.msgtype) {
    case "text": {
      const { content } = message.text;
      if (content === "") return wrong(44004);
      if (Buffer.byteLength(content, "utf8") > MAX_TEXT_BYTES) return wrong(45002);
      return { ok: true, content: { kind: "text", text: content } };
    }
    case "image":
    case "voice": {
      const mediaId = message[message.msgtype]?.media_id ?? "";
      if (storedMedia(world, state, mediaId) === null) return wrong(40007);
      return { ok: true, content: { kind: message.msgtype === "image" ? "picture" : "voice", mediaId } };
    }
    case "news": {
      const [first, ...more] = message.news.articles;
      if (first === undefined || more.length > 0) return wrong(45008);
      return { ok: true, content: { kind: "article", ...first } };
    }
    case "msgmenu": {
      const { head_content: head, list, tail_content: tail } = message.msgmenu;
      if (!hasAbility(state.account.kind, "msgmenu")) return wrong(40200);
      if (list.length === 0 || list.length > MAX_MENU_ITEMS) return wrong(45098);
      if (list.some((item) => item.content === "" || [...item.content].length > MAX_MENU_LABEL)) return wrong(45099);
      if (Buffer.byteLength(head, "utf8") > MAX_TEXT_BYTES) return wrong(45002);
      const choices = list.map((item) => ({ id: item.id, label: item.content }));
      return { ok: true, content: { kind: "menu", head, choices, tail } };
    }
  }
}

/** Handles `POST /cgi-bin/message/custom/send`: needs an open window; costs one message of it. */
export function sendCustomMessage(world: World, state: AccountState, body: unknown): ApiResult {
  const parsed = customMessage.safeParse(body);
  if (!parsed.success) return failure(parsed.error.issues[0]?.path[0] === "msgtype" ? 40008 : 47001);
  const person = state.people.get(parsed.data.touser);
  if (person === undefined) return failure(40003);
  // Nobody follows a mini program: who has thrown it away can only not be written to.
  if (!person.following) return failure(state.account.kind === "mini-program" ? 45015 : 43004);
  const shown = screenContent(world, state, parsed.data);
  if (!shown.ok) return failure(shown.errcode);
  const spent = spend(person.ledger, world.now());
  if (!spent.ok) return failure(spent.errcode);
  person.ledger = spent.ledger;
  const line = { direction: "in", state: "arrived", rung: "direct", content: shown.content } as const;
  return success({}, show(world, state, person, line).id);
}

const typingCommand = z.object({ touser: z.string(), command: z.string() });

/** Handles `POST /cgi-bin/message/custom/typing`: shows the typing hint for up to 15 s. */
export function showTyping(world: World, state: AccountState, body: unknown): ApiResult {
  const parsed = typingCommand.safeParse(body);
  if (!parsed.success) return failure(47001);
  const { touser, command } = parsed.data;
  const person = state.people.get(touser);
  if (person === undefined) return failure(40003);
  if (command !== "Typing" && command !== "CancelTyping") return failure(45072);
  const now = world.now();
  if (spend(person.ledger, now).ok === false) return failure(45015);
  const on = command === "Typing";
  if (on && person.typingUntil > now.getTime()) return failure(45081);
  person.typingUntil = on ? now.getTime() + TYPING_MS : 0;
  announce(world, { type: "typing", account: state.account.name, openid: touser, on });
  return success();
}
