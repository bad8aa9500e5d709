import type { Accounts } from "../casework/runtime/accounts.ts";
import type { Sender, SendOutcome } from "../channels/channel.ts";
import type { Tally, Tracing } from "./watch.ts";

/** Wraps the accounts so that every delivery to a platform is counted and traced. */
export function watchSends(
  accounts: Accounts,
  watch: { readonly tally: Tally; readonly tracing: Tracing | null },
): Accounts {
  const watched = new WeakMap<Sender, Sender>();
  return {
    find: accounts.find,
    named: accounts.named,
    async byId(jurisdictionId, id) {
      const found = await accounts.byId(jurisdictionId, id);
      if (found === null) return null;
      const { account } = found;
      const known = watched.get(found.sender);
      if (known !== undefined) return { ...found, sender: known };
      const sender = watchSender(found.sender, account.channel, watch);
      watched.set(found.sender, sender);
      watch.tally.account(account.channel, account.name, () => sender.pause() !== null);
      return { ...found, sender };
    },
  };
}

function watchSender(
  sender: Sender,
  channel: string,
  { tally, tracing }: { readonly tally: Tally; readonly tracing: Tracing | null },
): Sender {
  return {
    ...sender,
    async send(rung, to, outbound, isOurs) {
      const startedAt = performance.now();
      const call = () => sender.send(rung, to, outbound, isOurs);
      const outcome = await (tracing === null
        ? call()
        : tracing.step<SendOutcome>(
            `send ${channel}`,
            {
              attributes: { "liaison.channel": channel, "liaison.rung": rung },
              ended: (result) => ({ "liaison.outcome": result.outcome }),
              isCall: true,
            },
            call,
          ));
      tally.called(channel, rung, outcome, (performance.now() - startedAt) / 1000);
      return outcome;
    },
  };
}
