import type { Channel } from "./channel.ts";
import { wechatOfficial } from "./wechat-official/channel.ts";

/** Every platform that Liaison speaks; a new one is one folder and one name here. */
export const channels: readonly Channel[] = [wechatOfficial];

/** The channel of a type as it stands in addresses and commands; null when there is none. */
export function channelOf(type: string): Channel | null {
  return channels.find((channel) => channel.type === type) ?? null;
}
