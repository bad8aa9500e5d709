import type { FaultKind } from "./faults.ts";
import type { Fields } from "./format.ts";
import type { PhoneMessage } from "./screen.ts";

/**
 * An exchange over HTTP, in either direction. Secrets and access tokens are left out.
 *
 * A `webhook` is one try of a callback to the account's server; `answer` says what came of it. A `call` is one call of
 * the platform's API; `messageId` names what it put on a phone, whether or not the caller was told.
 */
export type PlatformLogEntry =
  | {
      readonly kind: "webhook";
      readonly id: number;
      readonly at: Date;
      readonly account: string;
      readonly openid: string;
      readonly attempt: number;
      readonly sealed: boolean;
      readonly fields: Fields;
      readonly status: number | null;
      readonly answer: "accepted" | "replied" | "invalid" | "no-answer";
      readonly durationMs: number;
    }
  | {
      readonly kind: "call";
      readonly id: number;
      readonly at: Date;
      readonly account: string | null;
      readonly openid: string | null;
      readonly path: string;
      readonly request: unknown;
      readonly status: number | null;
      readonly errcode: number | null;
      readonly fault: FaultKind | null;
      readonly messageId: number | null;
      readonly durationMs: number;
    };

/** A live event of the platform. A `message` comes again, with the same id, when its state changes. */
export type PlatformEvent =
  | { readonly type: "message"; readonly account: string; readonly openid: string; readonly message: PhoneMessage }
  | { readonly type: "typing"; readonly account: string; readonly openid: string; readonly on: boolean }
  | { readonly type: "log"; readonly entry: PlatformLogEntry };

type Draft<T> = T extends unknown ? Omit<T, "id"> : never;

/** An exchange before it has its number. */
export type LogDraft = Draft<PlatformLogEntry>;
