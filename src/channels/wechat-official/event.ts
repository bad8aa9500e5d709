import type { InboundContent } from "../../domain/messages/message.ts";
import { type Fields, groupOf, groupsOf, textOf } from "../tencent-callback/fields.ts";

/** The reading of an event: its content, with the platform's id of the job that it reports on, where it reports on one. */
export type EventReading = { readonly content: InboundContent; readonly job: string | null };

const SCENE = /^[gsdil]:./;
const SUBSCRIBED_BY_QR = "qrscene_";

/**
 * Names of events that say nothing to the service and are only kept. Positions in LOCATION events are not read: they
 * are a track of movement (PIPL art. 28). What `location_select` and `pic_*` announce follows as a message.
 */
const NOTED = new Set([
  "location",
  "view",
  "view_miniprogram",
  "location_select",
  "pic_sysphoto",
  "pic_photo_or_album",
  "pic_weixin",
  "masssendjobfinish",
  "kf_create_session",
  "kf_close_session",
  "kf_switch_session",
  "user_info_modified",
]);

/**
 * Reads an event (protocols.md 1.3); it gives several contents when it lists several jobs.
 *
 * @param name the event's name in lower case, for its case varies
 */
export function readEvent(name: string, fields: Fields): readonly EventReading[] {
  switch (name) {
    case "templatesendjobfinish":
      return readTemplateJob(name, fields);
    case "subscribe_msg_sent_event":
      return readSubscriptionJobs(name, fields);
    default:
      return [{ content: contentOf(name, fields), job: textOf(fields, "MsgID") || null }];
  }
}

function contentOf(name: string, fields: Fields): InboundContent {
  const key = textOf(fields, "EventKey");
  switch (name) {
    case "subscribe":
      return { kind: "follow", scene: key.startsWith(SUBSCRIBED_BY_QR) ? sceneOf(key) : null };
    case "user_enter_tempsession": {
      // Whoever writes opens the chat first, each time: without a scene that says nothing.
      const scene = knownScene(textOf(fields, "SessionFrom"));
      return scene === null ? { kind: "note", name } : { kind: "follow", scene };
    }
    case "unsubscribe":
      return { kind: "unfollow" };
    case "scan":
      return scanOf(name, sceneOf(key));
    case "scancode_push":
    case "scancode_waitmsg":
      return scanOf(name, knownScene(textOf(groupOf(fields, "ScanCodeInfo"), "ScanResult")));
    case "click":
      return { kind: "menu", key };
    case "subscribe_msg_popup_event":
      return consentOf(name, groupOf(fields, "SubscribeMsgPopupEvent"));
    case "subscribe_msg_change_event":
      return consentOf(name, groupOf(fields, "SubscribeMsgChangeEvent"));
    case "user_authorization_revoke":
      return { kind: "revoked", scope: "data", detail: textOf(fields, "RevokeInfo") };
    case "user_authorization_cancellation":
      return { kind: "revoked", scope: "account", detail: textOf(fields, "RevokeInfo") };
    default:
      return NOTED.has(name) ? { kind: "note", name } : { kind: "unsupported", type: `event:${name.slice(0, 64)}` };
  }
}

function readTemplateJob(name: string, fields: Fields): readonly EventReading[] {
  const status = textOf(fields, "Status");
  return [jobReading(name, textOf(fields, "MsgID"), status.toLowerCase() === "success", status)];
}

function readSubscriptionJobs(name: string, fields: Fields): readonly EventReading[] {
  const jobs = groupsOf(groupOf(fields, "SubscribeMsgSentEvent"), "List");
  if (jobs.length === 0) return [{ content: { kind: "note", name }, job: null }];
  return jobs.map((job) =>
    jobReading(name, textOf(job, "MsgID"), textOf(job, "ErrorCode") === "0", textOf(job, "ErrorStatus")),
  );
}

function jobReading(name: string, job: string, ok: boolean, status: string): EventReading {
  if (job === "") return { content: { kind: "note", name }, job: null };
  return { content: { kind: "delivery-report", platformId: job, ok, reason: ok ? "" : status }, job };
}

function consentOf(name: string, answers: Fields): InboundContent {
  const list = groupsOf(answers, "List");
  if (list.length === 0) return { kind: "note", name };
  const chosen = (accepted: boolean) =>
    list
      .filter((answer) => (textOf(answer, "SubscribeStatusString").toLowerCase() === "accept") === accepted)
      .map((answer) => textOf(answer, "TemplateId"));
  return { kind: "consent", accepted: chosen(true), rejected: chosen(false) };
}

function scanOf(name: string, scene: string | null): InboundContent {
  return scene === null ? { kind: "note", name } : { kind: "scan", scene };
}

function sceneOf(key: string): string | null {
  const scene = key.startsWith(SUBSCRIBED_BY_QR) ? key.slice(SUBSCRIBED_BY_QR.length) : key;
  return scene === "" ? null : scene;
}

/** Anybody may print a code: only what looks like one of ours (contract.md, QR scenes) is taken for a scene. */
function knownScene(result: string): string | null {
  return SCENE.test(result) ? result : null;
}
