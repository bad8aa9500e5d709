import { createServer } from "node:http";
import wechat from "co-wechat";
import Koa from "koa";
import { ACCOUNT } from "../callbacks.ts";
import { serveBenchmark } from "./parent.ts";

/** What most people would take: co-wechat in Koa, in encrypted mode; it stores nothing and answers with nothing. */
const door = wechat({ token: ACCOUNT.token, appid: ACCOUNT.appId, encodingAESKey: ACCOUNT.aesKey });
const app = new Koa();
let heard = 0;
app.use(
  door.middleware(async (message) => {
    if (message.MsgType === "text" && message.Content !== "") heard += 1;
    return "";
  }),
);
const server = createServer(app.callback());
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
const port = typeof address === "object" && address !== null ? address.port : 0;

serveBenchmark({
  ready: { url: `http://127.0.0.1:${port}` },
  on: { heard: () => heard },
  async close() {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});
