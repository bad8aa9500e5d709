import { addAccount } from "../src/casework/office/channel-accounts.ts";
import type { Runtime } from "../src/casework/runtime/runtime.ts";
import type { Channel } from "../src/channels/channel.ts";
import { channels } from "../src/channels/registry.ts";
import type { SimulatedPlatform } from "../src/demo/platforms/face/platform.ts";

/** A channel that a service has beside its own ones, and how its platform is started. */
export type Beside = { readonly channel: Channel; startPlatform(now: () => Date): Promise<SimulatedPlatform> };

/** All channels of a service with the platform beside WeChat; undefined where none was asked for. */
export type OpenBeside = {
  readonly platform: SimulatedPlatform | undefined;
  readonly channels: readonly Channel[];
  readonly apiBases: Readonly<Record<string, string>>;
  channelOf(type: string): Channel | null;
  /** Opens the account `qinghe` at the platform, and adds it to the county. */
  addTo(runtime: Runtime, jurisdictionId: string, serviceUrl: string): Promise<void>;
  close(): Promise<void>;
};

/** Starts the platform beside WeChat. */
export async function openBeside(beside: Beside | undefined, now: () => Date): Promise<OpenBeside> {
  const platform = await beside?.startPlatform(now);
  const all = beside === undefined || channels.includes(beside.channel) ? channels : [...channels, beside.channel];
  return {
    platform,
    channels: all,
    apiBases: beside === undefined || platform === undefined ? {} : { [beside.channel.apiBaseVariable]: platform.url },
    channelOf: (type) => all.find((channel) => channel.type === type) ?? null,
    async addTo(runtime, jurisdictionId, serviceUrl) {
      if (beside === undefined || platform === undefined) return;
      const { channel } = beside;
      const options = await platform.openAccount("qinghe", `${serviceUrl}/webhooks/${channel.type}/qinghe`);
      const added = await addAccount(runtime, jurisdictionId, { channel, name: "qinghe", options });
      if (!added.ok) throw new Error(added.problems.join(" "));
      // Nobody writes before the service knows its new account.
      await runtime.accounts.byId(jurisdictionId, added.account.id);
    },
    close: async () => platform?.close(),
  };
}
