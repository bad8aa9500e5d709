import type { WebhookRequest } from "../../../src/channels/channel.ts";
import { telegram } from "../../../src/channels/telegram/channel.ts";
import { startTelegram } from "../../../src/demo/platforms/telegram.ts";
import { convertDatum } from "../../../src/domain/place/datum.ts";
import type { Said } from "../conformance/driver.ts";
import { conform } from "../conformance.ts";

const BOT = 700_700_700;
const OPTIONS = { "bot-token": `${BOT}:AAtokenOfTheSuiteWithManySigns`, "secret-token": "secret-of-the-suite-16" };
const HEADER = "x-telegram-bot-api-secret-token";
const SEND = "/sendMessage";
const CHAT = { id: 1001, type: "private", first_name: "Ann" };
const GROUP = { id: -100_500, type: "supergroup", title: "联络站" };

function toSatellites(longitude: number, latitude: number): readonly [number, number] {
  return convertDatum([longitude, latitude], "gcj02", "wgs84");
}

/** An update in the platform's own text: ids of 64 bits are numbers there. */
function updateOf(said: Said, at: Date): string | null {
  const by = said.by ?? "1001";
  const date = Math.floor(at.getTime() / 1000);
  const write = (kind: string, fields: object) =>
    `{"update_id":${said.id + 5000},"${kind}":${JSON.stringify(fields).replaceAll('"@by"', `"${by}"`)}}`;
  const from = { id: "@by", is_bot: false, first_name: "Ann" };
  const message = (fields: object, chat: object = CHAT) =>
    write("message", { message_id: said.id, from, chat, date, ...fields });
  switch (said.kind) {
    case "text": {
      if (said.room === "to us") {
        const reply = { message_id: 3, from: { id: BOT, is_bot: true }, chat: GROUP, text: "编号12" };
        return message({ text: said.text, reply_to_message: reply }, GROUP);
      }
      const reply = said.answers && {
        reply_to_message: { message_id: Number(said.answers), from: { id: BOT, is_bot: true }, chat: CHAT },
      };
      return message({ text: said.text, ...reply }, said.room === undefined ? CHAT : GROUP);
    }
    case "choice":
    case "press": {
      const data = said.kind === "press" ? said.key : `c:${said.choice}`;
      const label = said.kind === "press" ? "答复" : `${said.choice} ${said.text}`;
      const keyboard = { inline_keyboard: [[{ text: label, callback_data: data }]] };
      const card = { message_id: 3, chat: CHAT, from: { id: BOT, is_bot: true }, text: "…", reply_markup: keyboard };
      return write("callback_query", { id: "77", from, message: card, data });
    }
    case "image":
      return message({ photo: [{ file_id: "small" }, { file_id: said.mediaId }] });
    case "voice":
    case "video":
      return message({ [said.kind]: { file_id: said.mediaId } });
    case "file":
      return message({ document: { file_id: said.mediaId } });
    case "place": {
      const [longitude, latitude] = toSatellites(said.longitude, said.latitude);
      const location = { latitude, longitude };
      return message({ location, venue: { location, title: said.label, address: "" } });
    }
    case "edited":
      return write("edited_message", {
        message_id: said.id,
        from,
        chat: CHAT,
        date,
        edit_date: date + 5,
        text: said.text,
      });
    case "open":
      return message({ text: `/start ${said.scene === null ? "" : Buffer.from(said.scene).toString("base64url")}` });
    case "leave":
      return write("my_chat_member", { chat: CHAT, from, date, new_chat_member: { status: "kicked" } });
    case "unknown message":
      return message({ dice: { emoji: "🎲", value: 4 } });
    case "unknown event":
      return write("poll", { id: "1" });
    case "unreadable":
      return '{"update_id":';
    case "own":
      return message({ text: "编号12", from: { id: BOT, is_bot: true } });
    default:
      return null;
  }
}

function signed(text: string, secret = OPTIONS["secret-token"]): WebhookRequest {
  const header = (name: string) => (name === HEADER ? secret : null);
  return { method: "POST", query: new URLSearchParams(), header, body: Buffer.from(text) };
}

function request(said: Said | readonly Said[], at: Date): WebhookRequest | null {
  if (Array.isArray(said)) return null;
  const text = updateOf(said as Said, at);
  return text === null ? null : signed(text);
}

const withSecret = (genuine: WebhookRequest, secret: string) => signed(Buffer.from(genuine.body).toString(), secret);
const refusal = (code: number, description: string, blocks: "rung" | "person" | "content" | "account") => ({
  fault: { path: SEND, times: 1, kind: "error", code, says: { description } } as const,
  expect: { outcome: "refused", blocks } as const,
});

conform({
  channel: telegram,
  startPlatform: (now) => startTelegram({ now, toSatellites }),
  options: OPTIONS,
  wrongOptions: [
    { options: { "bot-token": "no token" }, names: "--bot-token" },
    { options: { "secret-token": "短" }, names: "--secret-token" },
  ],
  request,
  spoiled: {
    token: (genuine) => withSecret(genuine, OPTIONS["secret-token"].replace("6", "7")),
    "signature-length": (genuine) => withSecret(genuine, "short"),
    signature: (genuine) => ({ ...genuine, header: () => null }),
  },
  isTimed: false,
  hostile: [
    () => signed(`${"[".repeat(100)}${"]".repeat(100)}`),
    () => signed(`{"message":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}`),
  ],
  calls: {
    text: { chat_id: "1001", text: "已收到，编号12" },
    choices: {
      chat_id: "1001",
      text: "是哪里？\n回数字就行",
      reply_markup: {
        inline_keyboard: [[{ text: "1 柳东村", callback_data: "c:1" }], [{ text: "2 柳西村", callback_data: "c:2" }]],
      },
    },
    card: {
      chat_id: "1001",
      text: "编号12：路灯坏了",
      reply_markup: { inline_keyboard: [[{ text: "答复", callback_data: "r_12" }]] },
    },
    media: { chat_id: "1001", photo: 5 },
  },
  errors: [
    refusal(403, "Forbidden: bot was blocked by the user", "person"),
    refusal(403, "Forbidden: user is deactivated", "person"),
    refusal(403, "Forbidden: not enough rights to send text messages to the chat", "rung"),
    refusal(400, "Bad Request: chat not found", "person"),
    refusal(400, "Bad Request: message is too long", "content"),
    refusal(418, "I'm a teapot", "content"),
    {
      fault: {
        ...{ path: SEND, times: 1, kind: "error", code: 400 },
        says: { description: "Bad Request: group chat was upgraded", parameters: { migrate_to_chat_id: -100_700 } },
      },
      expect: { outcome: "moved", to: "-100700" },
    },
  ],
  sendPath: SEND,
  wrongSecret: { "bot-token": `${BOT}:AAnotTheTokenOfAnyBotAtAll` },
  cards: {
    path: "/editMessageText",
    spent: {
      ...{ path: "/editMessageText", times: 1, kind: "error", code: 400 },
      says: { description: "Bad Request: message can't be edited" },
    },
  },
  notBlocked: { path: SEND, times: 1, kind: "error", code: 403, says: { description: "Forbidden: not enough rights" } },
  without: [
    ...["I1", "I2", "I6", "I7", "I8", "I11-link", "I11-recalled", "I15", "O6", "O11", "O12"],
    ...["R10", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"],
  ],
  contents: { voice: { kind: "media", media: { mediaId: "V1", form: "voice" } } },
});
