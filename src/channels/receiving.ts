import type { Channel, ChannelAccount } from "./channel.ts";

/** The part of an account that is enough to receive for it, and to do nothing else. */
export type ReceivingPart = Pick<ChannelAccount, "settings" | "secrets">;

/**
 * The part of an account with which its channel can read requests: never a secret with which somebody could send.
 *
 * Settings that follow from options (the number of a bot) are no options themselves, and no secrets.
 */
export function receivingPart(
  { options }: Pick<Channel, "options">,
  { settings, secrets }: ChannelAccount,
): ReceivingPart {
  const isFor = (name: string) => options.find((one) => one.name === name)?.isForReceiving;
  return {
    settings: only(settings, (name) => isFor(name) ?? true),
    secrets: only(secrets, (name) => isFor(name) ?? false),
  };
}

function only(values: Readonly<Record<string, string>>, isWanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isWanted(name)));
}
