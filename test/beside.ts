import { addAccount } from "../src/casework/office/channel-accounts.ts";
import type { Runtime } from "../src/casework/runtime/runtime.ts";
import type { Channel } from "../src/channels/channel.ts";
import { channels } from "../src/channels/registry.ts";
import type { SimulatedPlatform } from "../src/demo/platforms/face/platform.ts";

/** A channel that a service has beside its own ones, and how its platform is started. */
export type Beside = { readonly channel: Channel; startPlatform(now: () => Date): Promise<SimulatedPlatform> };

/** All channels of a service with the platforms beside WeChat. */
export type OpenBeside = {
  readonly platforms: readonly SimulatedPlatform[];
  /** The channels of these platforms, and all there are. */
  readonly besideChannels: readonly Channel[];
  readonly channels: readonly Channel[];
  readonly apiBases: Readonly<Record<string, string>>;
  channelOf(type: string): Channel | null;
  /** Opens the account `qinghe` at each platform, and adds it to the county. */
  addTo(runtime: Runtime, jurisdictionId: string, serviceUrl: string): Promise<void>;
  close(): Promise<void>;
};

/** Starts the platforms beside WeChat. */
export async function openBeside(beside: Beside | readonly Beside[] | undefined, now: () => Date): Promise<OpenBeside> {
  const some = beside === undefined ? [] : Array.isArray(beside) ? (beside as readonly Beside[]) : [beside as Beside];
  const started = await Promise.all(
    some.map(async ({ channel, startPlatform }) => ({ channel, platform: await startPlatform(now) })),
  );
  const all = [...channels, ...some.map(({ channel }) => channel).filter((channel) => !channels.includes(channel))];
  return {
    platforms: started.map(({ platform }) => platform),
    besideChannels: some.map(({ channel }) => channel),
    channels: all,
    apiBases: Object.fromEntries(started.map(({ channel, platform }) => [channel.apiBaseVariable, platform.url])),
    channelOf: (type) => all.find((channel) => channel.type === type) ?? null,
    async addTo(runtime, jurisdictionId, serviceUrl) {
      for (const { channel, platform } of started) {
        const options = await platform.openAccount("qinghe", `${serviceUrl}/webhooks/${channel.type}/qinghe`);
        const added = await addAccount(runtime, jurisdictionId, { channel, name: "qinghe", options });
        if (!added.ok) throw new Error(added.problems.join(" "));
        // Nobody writes before the service knows its new account.
        await runtime.accounts.byId(jurisdictionId, added.account.id);
      }
    },
    close: async () => void (await Promise.all(started.map(({ platform }) => platform.close()))),
  };
}
