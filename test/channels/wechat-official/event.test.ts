import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Inbound, InboundContent, Window } from "../../../src/domain/messages/message.ts";
import { COMMON, inbounds, SENT } from "./read-callback.ts";
import { xml } from "./request.ts";

const ACTION_WINDOW: Window = { messages: 3, durationMs: 60_000 };
const NO_KEY = "da39a3ee5e";

function event(fields: Record<string, string>, raw = ""): readonly Inbound[] {
  return inbounds(xml({ ...COMMON, MsgType: "event", ...fields }, raw));
}

function sha(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 10);
}

const events: [string, Record<string, string>, string, InboundContent, Window | null, string][] = [
  ["a plain follow", { Event: "subscribe", EventKey: "" }, "", { kind: "follow", scene: null }, ACTION_WINDOW, NO_KEY],
  ["a follow without EventKey", { Event: "subscribe" }, "", { kind: "follow", scene: null }, ACTION_WINDOW, NO_KEY],
  [
    "a follow by a scene's code",
    { Event: "subscribe", EventKey: "qrscene_g:110105", Ticket: "t" },
    "",
    { kind: "follow", scene: "g:110105" },
    ACTION_WINDOW,
    sha("qrscene_g:110105"),
  ],
  [
    "a follow in capitals",
    { Event: "SUBSCRIBE", EventKey: "qrscene_s:7" },
    "",
    { kind: "follow", scene: "s:7" },
    ACTION_WINDOW,
    sha("qrscene_s:7"),
  ],
  [
    "a follow from a payment",
    { Event: "subscribe", EventKey: "last_trade_no_1" },
    "",
    { kind: "follow", scene: null },
    ACTION_WINDOW,
    sha("last_trade_no_1"),
  ],
  ["an unfollow", { Event: "unsubscribe" }, "", { kind: "unfollow" }, null, NO_KEY],
  [
    "a scan by a follower",
    { Event: "SCAN", EventKey: "d:D7", Ticket: "t" },
    "",
    { kind: "scan", scene: "d:D7" },
    ACTION_WINDOW,
    sha("d:D7"),
  ],
  [
    "a scan in lower case",
    { Event: "scan", EventKey: "i:AB12" },
    "",
    { kind: "scan", scene: "i:AB12" },
    ACTION_WINDOW,
    sha("i:AB12"),
  ],
  [
    "a position, which is not used",
    { Event: "LOCATION", Latitude: "35.9", Longitude: "119.4", Precision: "9" },
    "",
    { kind: "note", name: "location" },
    null,
    NO_KEY,
  ],
  [
    "a tap on the account's menu",
    { Event: "CLICK", EventKey: "status" },
    "",
    { kind: "menu", key: "status" },
    ACTION_WINDOW,
    sha("status"),
  ],
  [
    "a menu link",
    { Event: "VIEW", EventKey: "https://example.org" },
    "",
    { kind: "note", name: "view" },
    null,
    sha("https://example.org"),
  ],
  [
    "a menu mini program",
    { Event: "view_miniprogram", EventKey: "p/i", MenuId: "1" },
    "",
    { kind: "note", name: "view_miniprogram" },
    null,
    sha("p/i"),
  ],
  [
    "a code scanned from the menu",
    { Event: "scancode_push", EventKey: "k" },
    "<ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>g:110</ScanResult></ScanCodeInfo>",
    { kind: "scan", scene: "g:110" },
    ACTION_WINDOW,
    sha("k"),
  ],
  [
    "somebody else's code scanned from the menu",
    { Event: "scancode_waitmsg", EventKey: "k" },
    "<ScanCodeInfo><ScanResult>https://x</ScanResult></ScanCodeInfo>",
    { kind: "note", name: "scancode_waitmsg" },
    ACTION_WINDOW,
    sha("k"),
  ],
  [
    "photos announced",
    { Event: "pic_photo_or_album", EventKey: "k" },
    "<SendPicsInfo><Count>1</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item></PicList></SendPicsInfo>",
    { kind: "note", name: "pic_photo_or_album" },
    null,
    sha("k"),
  ],
  [
    "a place announced",
    { Event: "location_select", EventKey: "k" },
    "<SendLocationInfo><Location_X>1</Location_X></SendLocationInfo>",
    { kind: "note", name: "location_select" },
    null,
    sha("k"),
  ],
  [
    "a session with a person opened",
    { Event: "kf_create_session" },
    "",
    { kind: "note", name: "kf_create_session" },
    null,
    NO_KEY,
  ],
  [
    "changed personal data",
    { Event: "user_info_modified" },
    "<OpenID>oDemo1</OpenID>",
    { kind: "note", name: "user_info_modified" },
    null,
    NO_KEY,
  ],
  [
    "an event that nobody knows",
    { Event: "Brand_New" },
    "",
    { kind: "unsupported", type: "event:brand_new" },
    null,
    NO_KEY,
  ],
  [
    "an answer to a subscription dialog",
    { Event: "subscribe_msg_popup_event" },
    "<SubscribeMsgPopupEvent><List><TemplateId>T1</TemplateId><SubscribeStatusString>accept</SubscribeStatusString><PopupScene>1</PopupScene></List><List><TemplateId>T2</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List></SubscribeMsgPopupEvent>",
    { kind: "consent", accepted: ["T1"], rejected: ["T2"] },
    null,
    NO_KEY,
  ],
  [
    "a consent to one template",
    { Event: "subscribe_msg_popup_event" },
    "<SubscribeMsgPopupEvent><List><TemplateId>T1</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List></SubscribeMsgPopupEvent>",
    { kind: "consent", accepted: ["T1"], rejected: [] },
    null,
    NO_KEY,
  ],
  [
    "a consent withdrawn",
    { Event: "subscribe_msg_change_event" },
    "<SubscribeMsgChangeEvent><List><TemplateId>T1</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List></SubscribeMsgChangeEvent>",
    { kind: "consent", accepted: [], rejected: ["T1"] },
    null,
    NO_KEY,
  ],
];

describe("an event", () => {
  it.each(events)("may be %s", (_what, fields, raw, content, window, keyed) => {
    expect(event(fields, raw)).toEqual([
      {
        dedupeKey:
          raw === "" || raw === undefined
            ? `oa_wxdemo0000000001_e_oDemo1_${SENT}_${fields.Event}_${keyed}`
            : expect.stringMatching(new RegExp(`^oa_wxdemo0000000001_e_oDemo1_${SENT}_${fields.Event}_[0-9a-f]{10}$`)),
        sender: "oDemo1",
        room: null,
        sentAt: new Date(SENT * 1000),
        isContact: window !== null,
        window,
        replyTo: null,
        content,
      },
    ]);
  });

  it.each([
    ["success", true, ""],
    ["failed:user block", false, "failed:user block"],
    ["failed: system failed", false, "failed: system failed"],
  ])("reports that a template message ended with %s", (status, ok, reason) => {
    expect(event({ Event: "TEMPLATESENDJOBFINISH", MsgID: "900719925474099312", Status: status })).toMatchObject([
      {
        dedupeKey: "oa_wxdemo0000000001_e_900719925474099312_TEMPLATESENDJOBFINISH",
        window: null,
        content: { kind: "delivery-report", platformId: "900719925474099312", ok, reason },
      },
    ]);
  });

  it("reports each of several subscription notices", () => {
    const list = (id: string, code: string, status: string) =>
      `<List><TemplateId>T</TemplateId><MsgID>${id}</MsgID><ErrorCode>${code}</ErrorCode><ErrorStatus>${status}</ErrorStatus></List>`;
    const jobs = `<SubscribeMsgSentEvent>${list("1", "0", "success")}${list("2", "43101", "refused")}</SubscribeMsgSentEvent>`;
    const reports = event({ Event: "subscribe_msg_sent_event" }, jobs);
    expect(reports.map(({ content }) => content)).toEqual([
      { kind: "delivery-report", platformId: "1", ok: true, reason: "" },
      { kind: "delivery-report", platformId: "2", ok: false, reason: "refused" },
    ]);
    expect(new Set(reports.map(({ dedupeKey }) => dedupeKey)).size).toBe(2);
  });

  it("of the platform about a mass message is known by its job", () => {
    expect(event({ Event: "MASSSENDJOBFINISH", MsgID: "77", Status: "sendsuccess" })).toMatchObject([
      { dedupeKey: "oa_wxdemo0000000001_e_77_MASSSENDJOBFINISH", content: { kind: "note" } },
    ]);
  });

  it("about a withdrawn authorisation belongs to the person in OpenID, also where keys have spaces", () => {
    const json = {
      ToUserName: "gh_demo",
      FromUserName: "gh_platform",
      CreateTime: SENT,
      MsgType: "event",
      Event: "user_authorization_revoke",
      " OpenID": "oDemo2",
      " RevokeInfo": "206",
    };
    expect(inbounds(JSON.stringify(json))).toMatchObject([
      { sender: "oDemo2", window: null, content: { kind: "revoked", scope: "data", detail: "206" } },
    ]);
    const cancelled = event({ Event: "user_authorization_cancellation", OpenID: "oDemo3", RevokeInfo: "1" });
    expect(cancelled).toMatchObject([{ sender: "oDemo3", content: { kind: "revoked", scope: "account" } }]);
  });

  it("is not mistaken for another in the same second", () => {
    const keys = [
      event({ Event: "CLICK", EventKey: "a" }),
      event({ Event: "CLICK", EventKey: "b" }),
      event({ Event: "VIEW", EventKey: "a" }),
      event({ Event: "user_authorization_revoke", OpenID: "o1", RevokeInfo: "206" }),
      event({ Event: "user_authorization_revoke", OpenID: "o1", RevokeInfo: "207" }),
      event({ Event: "user_authorization_revoke", OpenID: "o2", RevokeInfo: "207" }),
      ...["g:G1", "g:G2"].map((scene) =>
        event(
          { Event: "scancode_push", EventKey: "scan" },
          `<ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>${scene}</ScanResult></ScanCodeInfo>`,
        ),
      ),
      ...["T1", "T2"].flatMap((template) =>
        ["SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent"].map((name) =>
          event(
            { Event: name === "SubscribeMsgPopupEvent" ? "subscribe_msg_popup_event" : "subscribe_msg_change_event" },
            `<${name}><List><TemplateId>${template}</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List></${name}>`,
          ),
        ),
      ),
      event({ Event: "CLICK", EventKey: "a", FromUserName: "o:1" }),
      event({ Event: "CLICK", EventKey: "a", FromUserName: "o_1" }),
    ].map(([only]) => only?.dedupeKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("without a moment is known by its body, so that no tap is taken for another", () => {
    const [only] = event({ Event: "CLICK", EventKey: "a", CreateTime: "" });
    expect(only?.dedupeKey).toMatch(/_q_[0-9a-f]{32}$/);
  });

  it("has a key of plain characters whatever the openid holds", () => {
    const [only] = event({ Event: "CLICK", EventKey: "a", FromUserName: "o:De mo/1" });
    expect(only?.dedupeKey).toMatch(/^oa_h_[0-9a-f]{64}$/);
  });
});
