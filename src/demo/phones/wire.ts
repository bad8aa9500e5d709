import type { PhoneMessage } from "../platforms/wechat/screen.ts";

/** An invented resident whose phone a visitor may use. */
export type Resident = { readonly openid: string; readonly name: string };

/** A deputy of the practice county; `invite` is the one-time code with which this phone can still be bound. */
export type Deputy = {
  readonly openid: string;
  readonly code: string;
  readonly name: string;
  readonly station: string;
  readonly grids: readonly string[];
  readonly bound: boolean;
  readonly invite?: string;
};

/** A unit of the practice county, whose person has a phone too. */
export type Unit = { readonly openid: string; readonly code: string; readonly name: string; readonly bound: boolean };

/** A station of the practice county, whose officer has a phone too. */
export type Station = Unit & { readonly township: string };

/** A QR code that hangs somewhere in the county. */
export type Scene = { readonly scene: string; readonly label: string };

/** The data of the page besides the chats. `samples` are texts that a newcomer may send with one tap. */
export type PageData = {
  readonly county: string;
  readonly residents: readonly Resident[];
  readonly deputies: readonly Deputy[];
  readonly units: readonly Unit[];
  readonly stations: readonly Station[];
  readonly scenes: readonly Scene[];
  readonly samples: readonly string[];
};

/** The page's data as it crosses the wire: with the name of the official account that all phones follow, and where residents write without it. */
export type WirePage = PageData & {
  readonly accountTitle: string;
  /** Empty where the demo has no such page. */
  readonly pageUrl: string;
  /** The platforms on which a phone may be looked at, WeChat first. */
  readonly platforms: readonly { readonly type: string; readonly title: string }[];
};

/** The content of a line: WeChat's own kinds, and on other platforms buttons, with what was written over them. */
export type WireContent =
  | PhoneMessage["content"]
  | {
      readonly kind: "buttons";
      readonly text: string;
      readonly buttons: readonly { readonly key: string; readonly label: string }[];
      readonly revised: string | null;
    };

/** A line of a chat as it crosses the wire; times are ISO strings. */
export type WireMessage = Omit<PhoneMessage, "at" | "content"> & {
  readonly at: string;
  readonly content: WireContent;
};

/** An exchange between the platform and the service, in words. */
export type WireTraffic = {
  readonly id: number;
  readonly at: string;
  /** `webhook`: the platform called the service; `call`: the service called the platform. */
  readonly kind: "webhook" | "call";
  readonly what: string;
  readonly result: string;
  readonly ok: boolean;
};

/**
 * A live event from the server to the page.
 *
 * `attention`: a deputy's phone has something new. A message is `isQuiet` when the demo itself is using that phone:
 * nobody needs to read it.
 */
export type WireEvent =
  | { readonly type: "message"; readonly openid: string; readonly message: WireMessage; readonly isQuiet?: boolean }
  | { readonly type: "typing"; readonly openid: string; readonly on: boolean }
  | { readonly type: "traffic"; readonly traffic: WireTraffic }
  | { readonly type: "attention"; readonly openid: string };

/** An action with a phone on the page; a photo goes as bytes to its own address. */
export type WireDeed =
  | { readonly deed: "say"; readonly text: string }
  | { readonly deed: "choose"; readonly id: string }
  /** A button of a line, on platforms other than WeChat. */
  | { readonly deed: "press"; readonly line: number; readonly key: string }
  | { readonly deed: "share"; readonly latitude: number; readonly longitude: number; readonly label: string }
  | { readonly deed: "scan"; readonly scene: string };
