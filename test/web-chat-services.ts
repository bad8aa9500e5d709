import { BlockList } from "node:net";
import type { Runtime } from "../src/casework/runtime/runtime.ts";
import { createPostWatch } from "../src/casework/web-chat/watch.ts";
import { clientAddress } from "../src/http/client-address.ts";

/** What stands behind the pages of the web chat in tests; visitors come from where they say. */
export function webChatOver(runtime: Runtime) {
  const proxies = new BlockList();
  proxies.addAddress("127.0.0.1");
  return { runtime, watch: createPostWatch(runtime), addressOf: clientAddress(proxies), mapTiles: null };
}
