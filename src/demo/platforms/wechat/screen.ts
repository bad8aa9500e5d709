/** The content of a line on a phone's screen. */
export type ScreenContent =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "menu";
      readonly head: string;
      readonly choices: readonly { readonly id: string; readonly label: string }[];
      readonly tail: string;
    }
  | { readonly kind: "picture"; readonly mediaId: string }
  | { readonly kind: "voice"; readonly mediaId: string }
  | { readonly kind: "video"; readonly mediaId: string }
  | { readonly kind: "place"; readonly latitude: number; readonly longitude: number; readonly label: string }
  | { readonly kind: "article"; readonly title: string; readonly description: string; readonly url: string }
  | {
      readonly kind: "card";
      readonly title: string;
      readonly templateId: string;
      readonly rows: readonly { readonly key: string; readonly label: string; readonly value: string }[];
      readonly url: string;
    }
  /** Something the person did that is no message: scanned, followed, tapped the account's menu, agreed to notices. */
  | { readonly kind: "act"; readonly text: string }
  /** The grey line of a notice by WeChat itself. */
  | { readonly kind: "notice"; readonly text: string };

/** The rung of the delivery ladder by which something arrived. */
export type ArrivalRung = "direct" | "template" | "subscription" | "passive";

/**
 * A line of a chat, as its phone's owner sees it: `out` is what they did, `in` what came.
 *
 * `sending` until the account's server has answered the callback, then `accepted` or, after three tries, `failed`;
 * what comes is `arrived`. `rung` is null for `out` and for WeChat's own lines.
 */
export type PhoneMessage = {
  /** Unique on the platform and growing with time. */
  readonly id: number;
  readonly at: Date;
  readonly direction: "in" | "out";
  readonly state: "sending" | "accepted" | "failed" | "arrived";
  readonly rung: ArrivalRung | null;
  readonly content: ScreenContent;
};

/** A picture, voice or film that lies at the platform for three days. */
export type StoredMedia = {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly form: "image" | "voice" | "video" | "thumb";
  readonly storedAt: Date;
};

/** The content type of a picture by its first bytes; JPEG where nothing else is recognised. */
export function pictureType(bytes: Uint8Array): "image/png" | "image/gif" | "image/jpeg" {
  const start = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  if (start === "\u0089PNG") return "image/png";
  if (start.startsWith("GIF8")) return "image/gif";
  return "image/jpeg";
}

/** The readable text of a message, in one string: for searches and for checkers. */
export function textOf(content: ScreenContent): string {
  switch (content.kind) {
    case "text":
    case "act":
    case "notice":
      return content.text;
    case "menu":
      return [content.head, ...content.choices.map((choice) => choice.label), content.tail].join("\n");
    case "place":
      return content.label;
    case "article":
      return [content.title, content.description].join("\n");
    case "card":
      return [content.title, ...content.rows.map((row) => `${row.label}：${row.value}`)].join("\n");
    case "picture":
    case "voice":
    case "video":
      return "";
  }
}
