import { BlockList } from "node:net";
import type { Runtime } from "../src/casework/runtime/runtime.ts";
import { createPostWatch } from "../src/casework/web-chat/watch.ts";
import { clientAddress } from "../src/http/client-address.ts";
import type { openQueues } from "../workers/queues.ts";

/** What stands behind the pages of the web chat in tests; visitors come from where they say. */
function webChatOver(runtime: Runtime) {
  const proxies = new BlockList();
  proxies.addAddress("127.0.0.1");
  return { runtime, watch: createPostWatch(runtime), addressOf: clientAddress(proxies), mapTiles: null };
}

/** How the world sees the service of tests: its own address is known only once it listens. */
export const PUBLIC_URL = "http://127.0.0.1";

/** What stands behind the web chat's pages, and behind those on which deputies answer, in tests. */
export function pagesOver(runtime: Runtime, queues: Pick<Awaited<ReturnType<typeof openQueues>>, "announceDeliver">) {
  const webChat = webChatOver(runtime);
  const deliver = (jurisdictionId: string, conversations: readonly string[]) =>
    void queues.announceDeliver(conversations.map((conversationId) => ({ jurisdictionId, conversationId })));
  return { webChat, landing: { runtime }, answerPage: { runtime, addressOf: webChat.addressOf, deliver } };
}
