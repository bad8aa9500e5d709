import { receivePartnerCall } from "../src/casework/partner-exchange/callback.ts";
import type { Runtime } from "../src/casework/runtime/runtime.ts";
import type { PartnerCallServices } from "../src/http/partner-calls.ts";
import type { Queues } from "../workers/queues.ts";

/** Takes the calls of partners in and delivers what they brought, as a process of the service does. */
export function partnerCallsTo(runtime: Runtime, queues: Queues): Omit<PartnerCallServices, "log"> {
  return {
    receive: (name, callback) => receivePartnerCall(runtime, name, callback),
    deliver: (jurisdictionId, conversations) =>
      void queues.announceDeliver(conversations.map((conversationId) => ({ jurisdictionId, conversationId }))),
  };
}
