import type { BesidePlatform } from "./beside-platforms.ts";
import type { WireContent, WireDeed, WireEvent, WireMessage, WireTraffic } from "./phones/wire.ts";
import type { Deed, Phone, PlatformEvent, PlatformLogEntry, ScreenLine } from "./platforms/face/platform.ts";

/** A phone on a platform beside WeChat. */
export type BesidePhone = { readonly beside: BesidePlatform; readonly openid: string; readonly phone: Phone };

/** Between a platform and a person in the id of a phone. */
const BETWEEN = "~";
/** Far above the numbers of WeChat's own traffic. */
const FIRST_TRAFFIC = 1_000_000_000;

const WORDS: Readonly<Record<string, string>> = {
  "event:template_card_event": "按钮事件",
  "event:subscribe": "进入应用事件",
  "event:enter_agent": "打开应用事件",
  "/cgi-bin/gettoken": "取接口凭证",
  "/cgi-bin/message/send": "发应用消息",
  "/cgi-bin/message/update_template_card": "改卡片",
  "/cgi-bin/media/upload": "上传素材",
  callback_query: "按钮事件",
  message: "消息",
  "/sendMessage": "发消息",
  "/editMessageText": "改卡片",
};

/** The phone with this id, `<platform>~<openid>`; null where it is WeChat's, or no platform's. */
export function besidePhone(platforms: readonly BesidePlatform[], id: string): BesidePhone | null {
  const [type = "", openid] = id.split(BETWEEN);
  const beside = platforms.find((one) => one.type === type);
  if (openid === undefined || beside === undefined) return null;
  return { beside, openid, phone: beside.platform.phone(beside.account, beside.personOf(openid)) };
}

/** The person whose phone an id names, on whichever platform. */
export function openidIn(id: string): string {
  return id.split(BETWEEN).at(-1) ?? id;
}

/** Does something with a phone beside WeChat; null where it cannot be done there. */
export async function actBeside({ phone }: BesidePhone, deed: WireDeed): Promise<Deed | null> {
  switch (deed.deed) {
    case "say":
      return phone.say(deed.text);
    case "share":
      return phone.place(deed);
    case "scan":
      return phone.open(deed.scene);
    case "press": {
      const line = phone.lines().find(({ id }) => numberIn(id) === deed.line);
      return line === undefined ? null : phone.press(line, deed.key);
    }
    case "choose":
      return null;
  }
}

/** A line of a screen beside WeChat as it crosses the wire. */
export function besideLine(line: ScreenLine): WireMessage {
  const isOut = line.by === "person";
  return {
    id: numberIn(line.id),
    at: line.at.toISOString(),
    direction: isOut ? "out" : "in",
    state: isOut && line.state === "arrived" ? "accepted" : line.state,
    rung: null,
    content: contentOf(line),
  };
}

/** A function that tells the page what happens on a platform beside WeChat. @param isBusy whether somebody has something to do there */
export function besideEvents(
  { type, title, account, personOf }: BesidePlatform,
  people: { readonly openids: () => readonly string[]; readonly isBusy: (openid: string) => boolean },
): (event: PlatformEvent) => WireEvent[] {
  let traffic = FIRST_TRAFFIC;
  return (event) => {
    if (event.type === "log") {
      traffic += 1;
      return [{ type: "traffic", traffic: describe(title, traffic, event.entry) }];
    }
    const openid = people.openids().find((one) => personOf(one) === event.person);
    if (event.account !== account || openid === undefined) return [];
    const id = `${type}${BETWEEN}${openid}`;
    const shown: WireEvent = { type: "message", openid: id, message: besideLine(event.line) };
    const isNews = event.line.by === "service" && event.line.revised === null;
    return isNews && people.isBusy(openid) ? [shown, { type: "attention", openid: id }] : [shown];
  };
}

function contentOf({ text, picture, buttons, revised }: ScreenLine): WireContent {
  if (picture !== null) return { kind: "text", text: "〔照片〕" };
  if (buttons.length === 0 && revised === null) return { kind: "text", text };
  return { kind: "buttons", text, buttons, revised };
}

function describe(title: string, id: number, entry: PlatformLogEntry): WireTraffic {
  const isCall = entry.kind === "call";
  const what = WORDS[entry.path] ?? (isCall ? entry.path : "消息");
  const result = entry.status === null ? "连接中断" : isCall ? `errcode ${entry.code ?? 0}` : `HTTP ${entry.status}`;
  const ok = entry.status === 200 && (entry.code ?? 0) === 0;
  return { id, at: entry.at.toISOString(), kind: entry.kind, what: `${title}：${what}`, result, ok };
}

function numberIn(id: string): number {
  return Number(id.replace(/\D/g, ""));
}
