/**
 * The kind of an account at WeChat; it decides which interfaces answer 48001.
 *
 * Source: the interface table of the platform's documentation (Explanation_of_interface_privileges); `sandbox` is the
 * test account, which has the interfaces but no msgmenu; `mini-program` has customer messages and notices of its own.
 */
export type AccountKind =
  | "verified-service"
  | "unverified-service"
  | "verified-subscription"
  | "unverified-subscription"
  | "sandbox"
  | "mini-program";

/** A template that the account has been granted: its typed keys and the labels that a phone shows beside them. */
export type NoticeTemplate = {
  readonly id: string;
  readonly title: string;
  readonly labels: Readonly<Record<string, string>>;
};

/** An official account as its owner set it up in the platform's console. */
export type SimulatedAccount = {
  readonly name: string;
  /** What people read at the top of their chat; the account's `name` when left out. */
  readonly title?: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly token: string;
  /** The 43 characters of the EncodingAESKey; null in plain mode. */
  readonly aesKey: string | null;
  readonly webhookUrl: string;
  readonly format: "xml" | "json";
  readonly mode: "plain" | "compat" | "safe";
  readonly kind: AccountKind;
  readonly templates?: readonly NoticeTemplate[];
  readonly subscriptionTemplates?: readonly NoticeTemplate[];
};

/** An ability that not every kind of account has. */
export type Ability =
  | "customer-service"
  | "media"
  | "template"
  | "scene-qr"
  | "subscription"
  | "mini-notice"
  | "msgmenu";

const ABILITIES: Readonly<Record<AccountKind, readonly Ability[]>> = {
  "verified-service": ["customer-service", "media", "template", "scene-qr", "subscription", "msgmenu"],
  "unverified-service": [],
  "verified-subscription": ["customer-service", "media", "subscription", "msgmenu"],
  "unverified-subscription": [],
  "mini-program": ["customer-service", "media", "mini-notice"],
  sandbox: ["customer-service", "media", "template", "scene-qr", "subscription"],
};

/** Whether an account of this kind may use an interface. */
export function hasAbility(kind: AccountKind, ability: Ability): boolean {
  return ABILITIES[kind].includes(ability);
}
