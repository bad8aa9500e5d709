import { BY_PHONE, DIRECT_REFUSED, REFUSED_SINCE_CONTACT } from "./delivery-ladder.ts";

/** The statuses of an outgoing message, as far as anybody knows: none of them says that somebody read it. */
export const DELIVERY_STATUSES = [
  "on-its-way",
  "waits-for-contact",
  "uncertain",
  "failed",
  "delivered",
  "held",
] as const;
/** A status of an outgoing message. */
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** The kinds of reasons for which a message has not arrived; `none`: nothing has hindered it yet; `other`: read the platform's code. */
export const DELIVERY_REASONS = [
  "none",
  "unfollowed",
  "person-refuses",
  "person-unknown",
  "on-blacklist",
  "window-closed",
  "allowance-used",
  "no-consent",
  "announced",
  "unbound",
  "by-phone",
  "passive-only",
  "interface-missing",
  "token-refused",
  "address-not-allowed",
  "template-wrong",
  "content-refused",
  "photo-gone",
  "quota-of-the-day",
  "too-fast",
  "unreachable",
  "platform-trouble",
  "no-answer",
  "in-trial",
  "kept-after-trial",
  "other",
] as const;
/** A kind of reason for which a message has not arrived. */
export type DeliveryReason = (typeof DELIVERY_REASONS)[number];

/** The reason of what is for a deputy who has bound no chat. */
export const NOT_BOUND = "the deputy's chat is not bound";

/** The reason of what was held back because its county is in trial, and its reader is not listed. */
export const IN_TRIAL = "held back in the county's trial";
/** The reason of what was held back in a trial that has ended, and was not sent then. */
export const KEPT_AFTER_TRIAL = "not sent when the county's trial ended";

const BY_CODE: Readonly<Record<string, DeliveryReason>> = {
  "43004": "unfollowed",
  "48002": "person-refuses",
  "50002": "person-refuses",
  "40003": "person-unknown",
  "43019": "on-blacklist",
  "45015": "window-closed",
  "45047": "allowance-used",
  "43101": "no-consent",
  "48001": "interface-missing",
  "48004": "interface-missing",
  "40200": "interface-missing",
  "40001": "token-refused",
  "40013": "token-refused",
  "40014": "token-refused",
  "40125": "token-refused",
  "41001": "token-refused",
  "42001": "token-refused",
  "40164": "address-not-allowed",
  "40037": "template-wrong",
  "47003": "template-wrong",
  "40007": "content-refused",
  "45002": "content-refused",
  "45008": "content-refused",
  "45098": "content-refused",
  "45099": "content-refused",
  "45009": "quota-of-the-day",
  "45011": "too-fast",
  // Feishu's (im/v1/messages, and the gateway before it).
  "230053": "person-refuses",
  "230002": "person-unknown",
  "230013": "person-unknown",
  "230029": "person-unknown",
  "230034": "person-unknown",
  "230045": "person-unknown",
  "230006": "interface-missing",
  "230027": "interface-missing",
  "99991672": "interface-missing",
  "10014": "token-refused",
  "99991663": "token-refused",
  "230001": "content-refused",
  "230022": "content-refused",
  "230025": "content-refused",
  "230028": "content-refused",
  "230099": "content-refused",
  "230020": "too-fast",
  "99991400": "too-fast",
  "40096": "person-unknown",
  "45033": "too-fast",
  "60020": "address-not-allowed",
  "95001": "allowance-used",
  "95002": "window-closed",
  "95013": "window-closed",
};

const BY_BEGINNING: readonly (readonly [string, DeliveryReason])[] = [
  ["no longer follows", "unfollowed"],
  ["outside the platform's window", "window-closed"],
  ["the platform's quota is used up", "allowance-used"],
  ["account replies passively only", "passive-only"],
  ["announced by a notice", "announced"],
  [NOT_BOUND, "unbound"],
  [IN_TRIAL, "in-trial"],
  [KEPT_AFTER_TRIAL, "kept-after-trial"],
  [BY_PHONE, "by-phone"],
  [DIRECT_REFUSED, "interface-missing"],
  [REFUSED_SINCE_CONTACT, "person-refuses"],
  ["the person refuses messages", "person-refuses"],
  ["a notice whose date", "template-wrong"],
  ["the photo", "photo-gone"],
  ["timed out", "no-answer"],
  ["connection broke", "no-answer"],
  ["the process that sent it ended", "no-answer"],
  ["an answer without errcode", "no-answer"],
  ["only the beginning arrived", "no-answer"],
  ["its end was not seen", "no-answer"],
  ["not connected", "unreachable"],
  ["HTTP ", "platform-trouble"],
];

/** The platform's own code in a reason as it was written down; null where it named none. */
export function platformCodeOf(reason: string | null): string | null {
  return /^(?:access token: )?(\d{5,8})\b/.exec(reason ?? "")?.[1] ?? null;
}

/** The kind of a reason as it was written down. */
export function reasonKindOf(reason: string | null): DeliveryReason {
  if (reason === null || reason === "") return "none";
  const code = platformCodeOf(reason);
  if (code !== null) return BY_CODE[code] ?? "other";
  return BY_BEGINNING.find(([beginning]) => reason.startsWith(beginning))?.[1] ?? "other";
}

/** The reasons that somebody mends in the account or at the platform, not with the person. */
const OPERATORS: ReadonlySet<DeliveryReason> = new Set<DeliveryReason>([
  "passive-only",
  "interface-missing",
  "token-refused",
  "address-not-allowed",
  "template-wrong",
  "on-blacklist",
  "other",
]);

/** The role that has to do something about a message, by its status and the kind of its reason. */
export function whoActs(status: DeliveryStatus, reason: DeliveryReason): "nobody" | "office" | "operator" {
  if (status === "delivered" || reason === "in-trial") return "nobody";
  if (status === "uncertain") return "office";
  if (OPERATORS.has(reason)) return "operator";
  return status === "on-its-way" ? "nobody" : "office";
}
