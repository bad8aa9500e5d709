import { type CallbackOutcome, callBack } from "./callback.ts";
import type { Fields } from "./format.ts";
import { type Contact, contact } from "./ledger.ts";
import { showPassiveReply } from "./passive.ts";
import { type PhoneMessage, pictureType, type ScreenContent } from "./screen.ts";
import { type AccountState, accountOf, type Person, personOf, restate, show, storeMedia, type World } from "./world.ts";

/** The grey line that people see when an account's server has failed three times. */
export const SERVICE_FAILED = "该公众号提供的服务出现故障，请稍后再试";

/** A person's phone with its actions. Each resolves when the account's server has answered or was given up. */
export type Phone = {
  readonly account: string;
  readonly openid: string;
  say(text: string): Promise<CallbackOutcome>;
  /** Taps an item of the newest msgmenu that has one with this id. @throws Error when the screen shows none */
  tapChoice(id: string): Promise<CallbackOutcome>;
  sendPhoto(bytes: Uint8Array): Promise<CallbackOutcome>;
  sendVoice(bytes: Uint8Array, transcript?: string): Promise<CallbackOutcome>;
  /** Degrees in GCJ-02, as WeChat's map gives them. */
  sendLocation(place: { latitude: number; longitude: number; label: string }): Promise<CallbackOutcome>;
  /** Scans a QR code with a scene: SCAN for a follower, subscribe with `qrscene_` for anybody else. */
  scan(scene: string): Promise<CallbackOutcome>;
  follow(scene?: string): Promise<CallbackOutcome>;
  unfollow(): Promise<CallbackOutcome>;
  /** Opens the chat of a mini program from a page that names a scene, or none. */
  enter(scene: string | null): Promise<CallbackOutcome>;
  /** Throws a mini program away, of which nobody is told, or takes it up again. */
  discard(isGone: boolean): void;
  /** Taps an item of the account's own menu. */
  click(key: string): Promise<CallbackOutcome>;
  /** Answers the dialog that asks whether one notice of this template may come. */
  consent(templateId: string, accepts: boolean): Promise<CallbackOutcome>;
  /** Sends a callback with any fields: for kinds of message that this phone does not know. */
  sendRaw(fields: Fields): Promise<CallbackOutcome>;
  isFollowing(): boolean;
  messages(): readonly PhoneMessage[];
};

type Deed = { shown: ScreenContent | null; fields: Fields; contact: Contact | null };

async function perform(world: World, state: AccountState, person: Person, deed: Deed): Promise<CallbackOutcome> {
  const line =
    deed.shown === null
      ? null
      : show(world, state, person, { direction: "out", state: "sending", rung: null, content: deed.shown });
  const now = world.now();
  if (deed.contact !== null) person.ledger = contact(person.ledger, deed.contact, now);
  const outcome = await callBack(world, state, person.openid, {
    ToUserName: state.originalId,
    FromUserName: person.openid,
    CreateTime: Math.floor(now.getTime() / 1000),
    ...deed.fields,
  });
  if (line !== null) restate(world, state, person, line.id, outcome.accepted ? "accepted" : "failed");
  if (!outcome.accepted) {
    const content = { kind: "notice", text: SERVICE_FAILED } as const;
    if (line !== null) show(world, state, person, { direction: "in", state: "arrived", rung: null, content });
  } else if (outcome.reply !== null) showPassiveReply(world, state, person, outcome.reply);
  return outcome;
}

function choiceOn(person: Person, id: string): { id: string; label: string } {
  for (const { content } of person.screen.toReversed()) {
    const choice = content.kind === "menu" ? content.choices.find((item) => item.id === id) : undefined;
    if (choice !== undefined) return choice;
  }
  throw new Error(`No menu on this phone has a choice "${id}".`);
}

/**
 * Gives access to a person's phone. A person who was never seen before has followed the account since before it had a
 * server.
 */
export function pickUpPhone(world: World, accountName: string, openid: string): Phone {
  const state = accountOf(world, accountName);
  const person = personOf(state, openid);

  const message = async (shown: ScreenContent, fields: Fields): Promise<CallbackOutcome> => {
    if (!person.following) throw new Error(`${openid} does not follow ${accountName}: nothing can be sent.`);
    return perform(world, state, person, {
      shown,
      fields: { ...fields, MsgId: world.nextMsgId() },
      contact: "message",
    });
  };
  const event = (shown: string, fields: Fields, because: Contact | null): Promise<CallbackOutcome> =>
    perform(world, state, person, {
      shown: { kind: "act", text: shown },
      fields: { MsgType: "event", ...fields },
      contact: because,
    });
  const follow = (scene?: string): Promise<CallbackOutcome> => {
    person.following = true;
    const key: Fields =
      scene === undefined ? { EventKey: "" } : { EventKey: `qrscene_${scene}`, Ticket: `ticket_${scene}` };
    return event(scene === undefined ? "关注了公众号" : "扫码关注了公众号", { Event: "subscribe", ...key }, "follow");
  };

  return {
    account: accountName,
    openid,
    say: (text) => message({ kind: "text", text }, { MsgType: "text", Content: text }),
    tapChoice: async (id) => {
      const { label } = choiceOn(person, id);
      return message({ kind: "text", text: label }, { MsgType: "text", Content: label, bizmsgmenuid: id });
    },
    sendPhoto: (bytes) => {
      const mediaId = storeMedia(world, state, { bytes, contentType: pictureType(bytes), form: "image" });
      const picture = { MsgType: "image", PicUrl: `http://mmbiz.qpic.cn/simulated/${mediaId}`, MediaId: mediaId };
      return message({ kind: "picture", mediaId }, picture);
    },
    sendVoice: (bytes, transcript) => {
      const mediaId = storeMedia(world, state, { bytes, contentType: "audio/amr", form: "voice" });
      const heard: Fields = transcript === undefined ? {} : { Recognition: transcript };
      return message({ kind: "voice", mediaId }, { MsgType: "voice", MediaId: mediaId, Format: "amr", ...heard });
    },
    sendLocation: ({ latitude, longitude, label }) =>
      message(
        { kind: "place", latitude, longitude, label },
        { MsgType: "location", Location_X: latitude, Location_Y: longitude, Scale: 16, Label: label },
      ),
    scan: (scene) =>
      person.following
        ? event("扫描了二维码", { Event: "SCAN", EventKey: scene, Ticket: `ticket_${scene}` }, "scan")
        : follow(scene),
    follow,
    unfollow: () => {
      person.following = false;
      return event("取消了关注", { Event: "unsubscribe", EventKey: "" }, null);
    },
    enter: (scene) => event("进入了客服会话", { Event: "user_enter_tempsession", SessionFrom: scene ?? "" }, "enter"),
    discard(isGone) {
      person.following = !isGone;
    },
    click: (key) => event(`点击了菜单「${key}」`, { Event: "CLICK", EventKey: key }, "menu"),
    consent: (templateId, accepts) => {
      if (accepts) person.consents.set(templateId, (person.consents.get(templateId) ?? 0) + 1);
      const List = [{ TemplateId: templateId, SubscribeStatusString: accepts ? "accept" : "reject", PopupScene: "1" }];
      const fields = { Event: "subscribe_msg_popup_event", SubscribeMsgPopupEvent: { List } };
      return event(accepts ? "同意接收一次通知" : "拒绝接收通知", fields, null);
    },
    sendRaw: (fields) => perform(world, state, person, { shown: null, fields, contact: null }),
    isFollowing: () => person.following,
    messages: () => person.screen,
  };
}
