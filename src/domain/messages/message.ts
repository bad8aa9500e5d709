/** A point in GCJ-02, the datum in which maps in mainland China are drawn; degrees. */
export type Position = { readonly latitude: number; readonly longitude: number };

/** The allowance that a contact opens: how many direct messages the platform allows to this person, and for how long. */
export type Window = { readonly messages: number; readonly durationMs: number };

/** A file that the platform keeps for us for some days, named by the platform's id; never by a URL. */
export type MediaReference = { readonly mediaId: string; readonly form: "image" | "voice" | "video" };

/**
 * The content of an inbound message or event, on any platform.
 *
 * `unsupported` is something the platform may send and we do not understand yet; `quarantined` is a request that was
 * genuine but could not be read: both are kept, and neither is ever an error toward the platform.
 */
export type InboundContent =
  | { readonly kind: "text"; readonly text: string; readonly choice?: string }
  | { readonly kind: "media"; readonly media: MediaReference; readonly transcript?: string }
  | { readonly kind: "location"; readonly position: Position; readonly label: string }
  | { readonly kind: "link"; readonly title: string; readonly description: string; readonly url: string }
  | { readonly kind: "follow"; readonly scene: string | null }
  | { readonly kind: "unfollow" }
  | { readonly kind: "scan"; readonly scene: string }
  | { readonly kind: "menu"; readonly key: string }
  | { readonly kind: "delivery-report"; readonly platformId: string; readonly ok: boolean; readonly reason: string }
  | { readonly kind: "consent"; readonly accepted: readonly string[]; readonly rejected: readonly string[] }
  | { readonly kind: "revoked"; readonly scope: "account" | "data"; readonly detail: string }
  | { readonly kind: "note"; readonly name: string }
  | { readonly kind: "unsupported"; readonly type: string }
  | {
      readonly kind: "quarantined";
      readonly reason: string;
      readonly raw: string;
      /** What its person said, as far as that can be told; left out where it cannot. */
      readonly words?: string;
    };

/** A message or event as a channel hands it over. */
export type Inbound = {
  /**
   * The same in every repetition by the platform, and of this person's messages to the account no other's; letters, digits,
   * `_` and `-`. Two people's messages may have one key, for platforms give ids twice.
   */
  readonly dedupeKey: string;
  /** The platform's id of the person; empty when a quarantined request did not name one. */
  readonly sender: string;
  readonly sentAt: Date;
  readonly window: Window | null;
  readonly content: InboundContent;
};

/** A numbered answer that a person may tap or type. `id` is 1, 2, 3 … as text. */
export type Choice = { readonly id: string; readonly label: string };

/** The fields of a notice outside the window, from which a template of the platform is filled. */
export type NoticeFields = {
  readonly number: string;
  readonly summary: string;
  readonly deputy: string;
  readonly date: string;
};

/** The content of an outgoing message, the same on every platform. */
export type Outbound =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "choices"; readonly text: string; readonly choices: readonly Choice[]; readonly closing: string }
  | {
      readonly kind: "image" | "voice";
      readonly bytes: Uint8Array;
      readonly contentType: string;
      readonly fileName: string;
    }
  | { readonly kind: "notice"; readonly fields: NoticeFields; readonly idempotencyKey: string };

/** A way of reaching a person on one platform, best first; see the delivery ladder. */
export type Rung = "direct" | "template" | "subscription" | "passive";
