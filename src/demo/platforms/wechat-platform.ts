import { randomBytes } from "node:crypto";
import type { PlatformEvent, PlatformFault, PlatformLogEntry, ScreenLine, SimulatedPlatform } from "./face/platform.ts";
import type { AccountKind, SimulatedAccount } from "./wechat/account.ts";
import type { Fault } from "./wechat/faults.ts";
import type { PlatformLogEntry as WechatLogEntry } from "./wechat/log.ts";
import type { Phone } from "./wechat/phone.ts";
import { type PhoneMessage, textOf } from "./wechat/screen.ts";
import type { SimulatedWechat } from "./wechat.ts";

/** The platform's word for too many calls in a minute. */
const TOO_OFTEN = 45011;

/**
 * A simulated WeChat with the face that all simulated platforms have; it keeps its own, richer one beside.
 * @param kind of the accounts that are opened here
 */
export function wechatPlatform(wechat: SimulatedWechat, kind: AccountKind = "verified-service"): SimulatedPlatform {
  return {
    type: "wechat-official",
    url: wechat.url,
    async openAccount(name, webhookUrl) {
      const account = newAccount(name, webhookUrl, kind);
      wechat.openAccount(account);
      const { appId, appSecret, token, aesKey } = account;
      const options = { "app-id": appId, "app-secret": appSecret, token, "aes-key": aesKey ?? "" };
      return kind === "mini-program" ? { ...options, kind } : options;
    },
    phone: (account, person) => withFace(wechat.phone(account, person), kind),
    fail: (fault) => wechat.fail(asOwn(fault)),
    clearFaults: wechat.clearFaults,
    advanceClock: wechat.advanceClock,
    async repeat(account, count) {
      const tries = wechat.log().filter((entry) => entry.kind === "webhook");
      const first = tries.filter((entry) => entry.account === account && entry.attempt === 1);
      for (const { openid, fields } of first.slice(-count)) await wechat.phone(account, openid).sendRaw(fields);
    },
    listen: (listener) =>
      wechat.listen((event) => {
        const seen = asEvent(event);
        if (seen !== null) listener(seen);
      }),
    log: () => wechat.log().map(entryOf),
    close: wechat.close,
  };
}

/** An account in safe mode. */
function newAccount(name: string, webhookUrl: string, kind: AccountKind): SimulatedAccount {
  return {
    ...{ name, webhookUrl, format: "xml", mode: "safe", kind },
    appId: `wx${randomBytes(8).toString("hex")}`,
    appSecret: randomBytes(16).toString("hex"),
    token: randomBytes(12).toString("hex"),
    aesKey: randomBytes(32).toString("base64").slice(0, 43),
  };
}

function withFace(phone: Phone, kind: AccountKind): ReturnType<SimulatedPlatform["phone"]> {
  const ofMiniProgram = {
    open: phone.enter,
    block: async () => ({ accepted: phone.discard(true) === undefined }),
    unblock: async () => ({ accepted: phone.discard(false) === undefined }),
  };
  return {
    say: (text) => phone.say(text),
    async press(_line, key, times = 1) {
      const taps = await Promise.all(Array.from({ length: times }, () => phone.tapChoice(key)));
      return { accepted: taps.every(({ accepted }) => accepted) };
    },
    photo: phone.sendPhoto,
    voice: phone.sendVoice,
    place: phone.sendLocation,
    open: (scene) => (scene === null ? phone.follow() : phone.scan(scene)),
    block: phone.unfollow,
    unblock: () => phone.follow(),
    ...(kind === "mini-program" && ofMiniProgram),
    lines: () => phone.messages().map(lineOf),
  };
}

function lineOf({ id, at, direction, state, content }: PhoneMessage): ScreenLine {
  const isMenu = content.kind === "menu";
  return {
    id: String(id),
    at,
    by: direction === "out" ? "person" : "service",
    state: state === "accepted" ? "arrived" : state,
    text: isMenu ? [content.head, content.tail].filter((part) => part !== "").join("\n") : textOf(content),
    picture: content.kind === "picture" ? content.mediaId : null,
    buttons: isMenu ? content.choices.map(({ id: key, label }) => ({ key, label })) : [],
    ...{ revised: null, quotes: null, room: null },
  };
}

function asOwn({ kind, code, ...fault }: PlatformFault): Fault {
  if (kind === "error") return { ...fault, kind: "errcode", ...(code !== undefined && { errcode: code }) };
  if (kind === "late-report") throw new Error("WeChat reports on no direct message.");
  return kind === "rate-limit" ? { ...fault, kind: "errcode", errcode: TOO_OFTEN } : { ...fault, kind };
}

function asEvent(event: Parameters<Parameters<SimulatedWechat["listen"]>[0]>[0]): PlatformEvent | null {
  if (event.type === "typing") return null;
  if (event.type === "log") return { type: "log", entry: entryOf(event.entry) };
  return { type: "line", account: event.account, person: event.openid, line: lineOf(event.message) };
}

function entryOf(entry: WechatLogEntry): PlatformLogEntry {
  const shared = { at: entry.at, account: entry.account, person: entry.openid, status: entry.status };
  if (entry.kind === "webhook") {
    return { ...shared, kind: "webhook", path: String(entry.fields.MsgType), request: entry.fields, code: null };
  }
  return { ...shared, kind: "call", path: entry.path, request: entry.request, code: entry.errcode };
}
