import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bridge, startBridge } from "../../workers/wechaty/bridge.ts";
import { type Bot, load } from "../../workers/wechaty/puppet.ts";
import { signatureOf } from "../../workers/wechaty/signature.ts";
import { type Receiver, SECRET } from "./receiver.ts";

/** A bot that tests tell what to think happened. */
type MockBot = Bot & { logout(): Promise<void>; emit(event: string, given: object): void };

/** Somebody of the mock puppet. */
type MockContact = {
  readonly id: string;
  say(something: unknown, mentions?: readonly MockContact[]): { to(conversation: unknown): void };
};
type MockRoom = { readonly id: string };

type Mocker = {
  createContact(payload: object): MockContact;
  createRoom(payload: object): MockRoom;
  login(user: MockContact): void;
  readonly cacheMessagePayload: Map<
    string,
    { readonly text?: string; readonly talkerId: string; readonly roomId?: string }
  >;
};
type Puppet = { reset(): Promise<void>; emit(event: string, payload: object): void; logout(): Promise<void> };
type FileBoxes = { FileBox: { fromBase64(base64: string, name: string): unknown } };

/** A bot on the mock puppet, logged in, with two people and a room. */
export async function openBot() {
  const { WechatyBuilder } = await load<{
    WechatyBuilder: { build(options: object): MockBot };
  }>("wechaty");
  const { PuppetMock, mock } = await load<{
    PuppetMock: new (options: object) => Puppet;
    mock: { Mocker: new () => Mocker };
  }>("wechaty-puppet-mock");
  const mocker = new mock.Mocker();
  const puppet = new PuppetMock({ mocker });
  const bot = WechatyBuilder.build({ puppet });
  const [self, ann, bo] = ["联络站", "安", "博"].map((name, index) =>
    mocker.createContact({ id: `wxid_${index}`, name }),
  );
  if (self === undefined || ann === undefined || bo === undefined) throw new Error("nobody is there");
  const room = mocker.createRoom({
    ...{ id: "9000@chatroom", topic: "联络站的群", memberIdList: [self.id, ann.id, bo.id] },
  });
  await bot.start();
  mocker.login(self);
  return { bot, mocker, puppet, self, ann, bo, room };
}

/** A file in the form that the puppet takes. */
export async function fileBox(bytes: Buffer, name: string): Promise<unknown> {
  const { FileBox } = await load<FileBoxes>("file-box");
  return FileBox.fromBase64(bytes.toString("base64"), name);
}

export type OpenBridge = Bridge & { readonly folder: string; readonly logged: string[]; end(): Promise<void> };

/** A bridge on a bot, in a folder of its own where none is given. */
export async function openBridge(
  bot: Bot,
  receiver: Pick<Receiver, "url">,
  options: { readonly folder?: string; readonly now?: () => Date } = {},
): Promise<OpenBridge> {
  const { FileBox } = await load<FileBoxes>("file-box");
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "liaison-wechaty-")));
  const logged: string[] = [];
  const bridge = await startBridge({
    ...{ bot, folder, port: 0, ...(options.now && { now: options.now }) },
    service: { url: receiver.url, secret: SECRET, pause: () => new Promise((resolve) => setTimeout(resolve, 5)) },
    fileOf: (name, bytes) => FileBox.fromBase64(bytes.toString("base64"), name),
    wait: async () => undefined,
    log: (event, facts) => logged.push(JSON.stringify({ event, ...facts })),
  });
  const end = async () => {
    await bridge.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...bridge, folder, logged, end };
}

/** A call of the service to a bridge, signed. */
export function call(bridge: Pick<Bridge, "url">, path: string, body?: object, secret = SECRET): Promise<Response> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const proof = signatureOf(secret, text ?? `GET ${path}`, new Date());
  return fetch(`${bridge.url}${path}`, {
    method: text === undefined ? "GET" : "POST",
    headers: { "liaison-signature": proof },
    ...(text !== undefined && { body: text }),
  });
}
