import { telegram } from "../src/channels/telegram/channel.ts";
import type { SimulatedPlatform } from "../src/demo/platforms/face/platform.ts";
import { startTelegram } from "../src/demo/platforms/telegram.ts";
import { wechatPlatform } from "../src/demo/platforms/wechat-platform.ts";
import { convertDatum } from "../src/domain/place/datum.ts";
import type { Beside } from "./beside.ts";
import type { TestService } from "./service.ts";
import { webPlatform } from "./web-platform.ts";

/** A platform as the tables over all platforms know it: who writes on it, and where it is found in a service. */
export type PlatformRow = {
  readonly type: string;
  readonly for: readonly ("resident" | "deputy")[];
  /** Started beside the service's own WeChat; left out where the service has it. */
  readonly beside?: Beside;
  of(service: TestService): SimulatedPlatform;
};

const BOTH = ["resident", "deputy"] as const;
const toSatellites = (longitude: number, latitude: number) => convertDatum([longitude, latitude], "gcj02", "wgs84");

function beside(type: string, who: PlatformRow["for"], started: Beside): PlatformRow {
  const of = (service: TestService) => {
    const platform = service.platforms.find((one) => one.type === type);
    if (platform === undefined) throw new Error(`no platform ${type}`);
    return platform;
  };
  return { type, for: who, beside: started, of };
}

/** All platforms of the registry that have a simulated platform: one line each. */
export const PLATFORMS: readonly PlatformRow[] = [
  { type: "wechat-official", for: BOTH, of: (service) => wechatPlatform(service.wechat) },
  beside("telegram", BOTH, { channel: telegram, startPlatform: (now) => startTelegram({ now, toSatellites }) }),
  { type: "web", for: ["resident"], of: webPlatform },
];
