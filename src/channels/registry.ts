import type { Channel } from "./channel.ts";
import { desk } from "./desk/channel.ts";
import { dingtalk } from "./dingtalk/channel.ts";
import { feishu } from "./feishu/channel.ts";
import { rehearsal } from "./rehearsal/channel.ts";
import { sms } from "./sms/channel.ts";
import { telegram } from "./telegram/channel.ts";
import { web } from "./web/channel.ts";
import { wechatOfficial } from "./wechat-official/channel.ts";
import { wechaty } from "./wechaty/channel.ts";
import { wecom } from "./wecom/channel.ts";
import { wecomCustomer } from "./wecom-customer/channel.ts";

/** The registry of channels: every platform that Liaison supports; a new one is one folder and one name here. */
export const channels: readonly Channel[] = [
  wechatOfficial,
  wecom,
  wecomCustomer,
  wechaty,
  telegram,
  feishu,
  dingtalk,
  web,
  sms,
  desk,
  rehearsal,
];

/** The channels of which somebody adds accounts. */
export const platforms: readonly Channel[] = channels.filter((channel) => channel !== desk && channel !== rehearsal);

/** The channel of a type, as addresses and commands name it; null when there is none. */
export function channelOf(type: string): Channel | null {
  return channels.find((channel) => channel.type === type) ?? null;
}
