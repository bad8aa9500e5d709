import { deliver } from "../../src/casework/delivery/deliver.ts";
import { openSendingRuntime } from "../workers/sending-runtime.ts";

/** Delivers to one conversation, and is stopped (SIGSTOP) just before its second call: its claim is written, nothing has left. */
const { from, key } = JSON.parse(process.argv[2] ?? "{}");
const { runtime, close } = await openSendingRuntime(from);
let calls = 0;
await deliver(
  {
    ...runtime,
    accounts: {
      ...runtime.accounts,
      named: async () => [],
      async byId(jurisdictionId, id) {
        const found = await runtime.accounts.byId(jurisdictionId, id);
        if (found === null) return null;
        const { sender } = found;
        return {
          ...found,
          sender: {
            ...sender,
            send(...call) {
              calls += 1;
              if (calls === 2) process.kill(process.pid, "SIGSTOP");
              return sender.send(...call);
            },
          },
        };
      },
    },
  },
  key,
);
await close();
