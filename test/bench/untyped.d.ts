declare module "co-wechat" {
  import type { IncomingMessage } from "node:http";

  type Message = Readonly<Record<string, string>>;
  type Context = { readonly req: IncomingMessage };
  type Wechat = { middleware(handle: (message: Message) => Promise<string>): (context: Context) => Promise<void> };
  function wechat(config: { token: string; appid: string; encodingAESKey: string }): Wechat;
  export = wechat;
}

declare module "koa" {
  import type { IncomingMessage, RequestListener } from "node:http";

  class Koa {
    use(middleware: (context: { readonly req: IncomingMessage }) => Promise<void>): this;
    callback(): RequestListener;
  }
  export = Koa;
}
