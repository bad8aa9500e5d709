/** A point in GCJ-02, the datum in which maps in mainland China are drawn; degrees. */
export type Position = { readonly latitude: number; readonly longitude: number };

/** The allowance that a contact opens: how many direct messages the platform allows to this person, and for how long. */
export type Window = { readonly messages: number; readonly durationMs: number };

/** A file that the platform keeps for us, named by the platform's id; never by a URL. */
export type MediaReference = {
  readonly mediaId: string;
  readonly form: "image" | "voice" | "video" | "file";
  /** As the platform tells it; what comes is sniffed all the same. */
  readonly fileName?: string;
};

/** A chat with several people in it. A channel hands over only what is said to us there: quoting, naming or commanding us. */
export type Room = { readonly id: string; readonly title: string };

/** The message that another one answers: ours by its platform id, or, where the platform gives none, by the words that it quotes. */
export type Reference =
  | { readonly by: "id"; readonly platformId: string }
  | { readonly by: "words"; readonly text: string };

/** A button that was pressed. `key` is what we put behind it; `handle` lets us change its card, null where we may not. */
export type Press = { readonly key: string; readonly handle: string | null };

/**
 * The content of an inbound message or event, on any platform.
 *
 * `unsupported` is something the platform may send and we do not understand yet; `quarantined` is a request that was
 * genuine but could not be read: both are kept, and neither is ever an error toward the platform.
 */
export type InboundContent =
  | { readonly kind: "text"; readonly text: string; readonly choice?: string }
  | { readonly kind: "press"; readonly press: Press }
  | { readonly kind: "media"; readonly media: MediaReference; readonly transcript?: string; readonly text?: string }
  | { readonly kind: "location"; readonly position: Position; readonly label: string }
  | { readonly kind: "link"; readonly title: string; readonly description: string; readonly url: string }
  /** The person changed or took back what they had said, by the platform's id of it. */
  | { readonly kind: "edited"; readonly platformId: string; readonly text: string }
  | { readonly kind: "recalled"; readonly platformId: string }
  | { readonly kind: "follow"; readonly scene: string | null }
  | { readonly kind: "unfollow" }
  | { readonly kind: "scan"; readonly scene: string }
  | { readonly kind: "menu"; readonly key: string }
  | { readonly kind: "delivery-report"; readonly platformId: string; readonly ok: boolean; readonly reason: string }
  | { readonly kind: "consent"; readonly accepted: readonly string[]; readonly rejected: readonly string[] }
  | { readonly kind: "revoked"; readonly scope: "account" | "data"; readonly detail: string }
  /** A chat has another address from now on: `to` replaces the sender's or the room's id. */
  | { readonly kind: "moved"; readonly to: string }
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
   * The same in every repetition by the platform, for as long as it may repeat it, and of this person's messages to the account
   * no other's; 1 to 200 letters, digits, `_` and `-`. Two people's messages may have one key, for platforms give ids twice.
   */
  readonly dedupeKey: string;
  /** The platform's id of the person who acts; empty when a quarantined request named none. */
  readonly sender: string;
  readonly room: Room | null;
  readonly sentAt: Date;
  /** Whether the person did something themselves: what waits for their next contact may be tried again. */
  readonly isContact: boolean;
  /** How many direct messages the contact allows us, and for how long; null where it allows none or needs to allow none. */
  readonly window: Window | null;
  readonly replyTo: Reference | null;
  /** The platform's id of this message, by which an answer can quote it; left out where it has none. */
  readonly platformId?: string;
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

/** A button of a card; `key` at most 40 bytes of `[A-Za-z0-9_-]`: Telegram has 64 for everything. */
export type Action = {
  readonly key: string;
  readonly label: string;
  readonly style: "primary" | "plain" | "danger";
};

/**
 * A case for a deputy, with what can be done about it. `text` says all of it for channels without cards, `words` is what was said,
 * masked, for cards that show title and facts by themselves.
 */
export type Card = {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly words: string;
  readonly text: string;
  readonly actions: readonly Action[];
};

/** The content of an outgoing message, the same on every platform. */
export type OutboundContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "choices"; readonly text: string; readonly choices: readonly Choice[]; readonly closing: string }
  | ({ readonly kind: "card" } & Card)
  | {
      readonly kind: "media";
      readonly form: MediaReference["form"];
      readonly bytes: Uint8Array;
      readonly contentType: string;
      readonly fileName: string;
      readonly caption: string;
    }
  | { readonly kind: "notice"; readonly fields: NoticeFields };

/**
 * An outgoing message. `key` is the same in every try of the same message, and in no other message: at most 32 of
 * `[0-9A-Za-z_-]`. `replyTo` is the platform's id of the message that it answers.
 */
export type Outbound = { readonly key: string; readonly replyTo?: string } & OutboundContent;

/**
 * The words on a card after something was done about it: `done` instead of the buttons. With a `card` something can be pressed still:
 * it stands in the former one's place, with `done` beside its buttons, and without them where the platform cannot show both.
 */
export type Revision = { readonly text: string; readonly done: string; readonly card?: Card };

/** A way of reaching a person on one platform, best first; see the delivery ladder. */
export type Rung = "direct" | "template" | "subscription" | "passive";
