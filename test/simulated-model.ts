import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a simulated model was asked: the whole request. */
type ModelCall = {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly temperature: number;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format: { readonly json_schema: { readonly schema: unknown } };
  };
  /** The words that it was asked about. */
  readonly words: string;
};

/** How a simulated model answers. */
export type Answer = (call: ModelCall, response: ServerResponse) => void;

/** A simulated model behind an OpenAI-compatible address on loopback. */
export type SimulatedModel = {
  readonly url: string;
  readonly calls: readonly ModelCall[];
  answers(next: Answer): void;
  close(): Promise<void>;
};

/** Starts a simulated model. */
export async function startModel(first: Answer): Promise<SimulatedModel> {
  let answer = first;
  const calls: ModelCall[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await readAll(request));
    const call = {
      path: request.url ?? "",
      authorization: request.headers.authorization,
      body,
      words: JSON.parse(body.messages.at(-1).content),
    };
    calls.push(call);
    answer(call, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    answers(next) {
      answer = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with this content, as such servers wrap it. */
export const says =
  (content: unknown): Answer =>
  (_call, response) => {
    response.setHeader("content-type", "application/json");
    const text = typeof content === "string" ? content : JSON.stringify(content);
    response.end(JSON.stringify({ id: "1", choices: [{ index: 0, message: { role: "assistant", content: text } }] }));
  };

/** Takes the request and never answers. */
export const silent: Answer = () => undefined;

async function readAll(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}
