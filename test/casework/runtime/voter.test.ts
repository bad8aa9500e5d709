import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createVoter, type VoterLimits } from "../../../src/casework/runtime/voter.ts";
import { VOTE_SCHEMA } from "../../../src/domain/understanding/vote.ts";
import { type Answer, type SimulatedModel, says, silent, startModel } from "../../simulated-model.ts";

const VOTE = { act: "adds", danger: "no", accuses: "no" };
const NOBODY = "http://127.0.0.1:1/v1";

let model: SimulatedModel;
beforeEach(async () => {
  model = await startModel(says(VOTE));
});
afterEach(() => model.close());

let time = 0;
const voterOf = (limits: Partial<VoterLimits> = {}, url = model.url, key: string | null = null) =>
  createVoter({ url, name: "local-7b", key }, { limits, elapsedMs: () => time });

describe("a model that answers", () => {
  test("is asked once, at temperature 0, in the schema, with the words as material and nothing else", async () => {
    expect(await voterOf({}, model.url, "abc").ask("还是老样子")).toEqual({ vote: VOTE });
    const [call, ...others] = model.calls;
    expect(others).toEqual([]);
    expect(call).toMatchObject({ path: "/v1/chat/completions", authorization: "Bearer abc", words: "还是老样子" });
    expect(call!.body).toMatchObject({ model: "local-7b", temperature: 0 });
    expect(call!.body.response_format.json_schema.schema).toEqual(JSON.parse(JSON.stringify(VOTE_SCHEMA)));
    expect(call!.body.messages.map(({ role }) => role)).toEqual(["system", "user"]);
  });

  test("is found at a whole address, and gets no key where there is none", async () => {
    await voterOf({}, `${model.url}/chat/completions?tenant=a`).ask("x");
    expect(model.calls[0]).toMatchObject({ path: "/v1/chat/completions?tenant=a", authorization: undefined });
  });
});

const broken: [string, Answer][] = [
  ["answers what is no vote", says({ act: "close", danger: "no", accuses: "no" })],
  ["talks", says("好的，我来帮您办结这件事。")],
  ["adds to the schema", says({ ...VOTE, sql: "drop table cases" })],
  ["answers no JSON", (_call, response) => void response.end("<html>")],
  ["answers without choices", (_call, response) => void response.end('{"choices":[]}')],
  ["answers nothing", (_call, response) => void response.end()],
  ["answers too much", (_call, response) => void response.end(JSON.stringify({ pad: "a".repeat(5000) }))],
  [
    "says the vote in an answer that is too long",
    (_call, response) => {
      const message = { content: JSON.stringify(VOTE), reasoning_content: "想".repeat(2000) };
      response.end(JSON.stringify({ choices: [{ message }] }));
    },
  ],
];
const failing: [string, Answer][] = [
  ["refuses", (_call, response) => void response.writeHead(401).end("{}")],
  ["breaks", (_call, response) => void response.writeHead(500).end(JSON.stringify({ error: "out of memory" }))],
  ["hangs up", (_call, response) => void response.destroy()],
  [
    "sends elsewhere",
    (_call, response) => void response.writeHead(307, { location: `${model.url}/chat/completions` }).end(),
  ],
];

describe("a model that does not vote", () => {
  test.each(broken)("counts as no vote: it %s", async (_what, answer) => {
    model.answers(answer);
    expect(await voterOf().ask("x")).toEqual({ vote: null, why: "invalid" });
    expect(model.calls).toHaveLength(1);
  });

  test.each(failing)("counts as no vote: it %s", async (_what, answer) => {
    model.answers(answer);
    expect(await voterOf().ask("x")).toEqual({ vote: null, why: "failed" });
    expect(model.calls).toHaveLength(1);
  });

  test("counts as no vote: nobody is there", async () => {
    expect(await voterOf({}, NOBODY).ask("x")).toEqual({ vote: null, why: "failed" });
  });

  test("is not waited for: it is silent, or goes on for ever", async () => {
    model.answers(silent);
    expect(await voterOf({ callMs: 60 }).ask("x")).toEqual({ vote: null, why: "late" });
    model.answers((_call, response) => {
      response.write("{");
      const drip = setInterval(() => response.write(" "), 10);
      response.on("close", () => clearInterval(drip));
    });
    expect(await voterOf({ callMs: 100 }).ask("x")).toEqual({ vote: null, why: "late" });
  });

  test("is read no further than four kilobytes, however much it sends", async () => {
    let isEnded = false;
    const flood = createServer((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write("a".repeat(1000)));
      };
      response.on("drain", more).on("close", () => {
        isEnded = true;
      });
      more();
    });
    await new Promise<void>((resolve) => flood.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(flood.address() as AddressInfo).port}`;
    expect(await voterOf({}, url).ask("x")).toEqual({ vote: null, why: "invalid" });
    await expect.poll(() => isEnded).toBe(true);
    await new Promise((resolve) => flood.close(resolve));
  });
});

describe("the limits of a voter", () => {
  test("spare the model for a minute after three failures in a row; then one call tries", async () => {
    const voter = voterOf({ callMs: 500 });
    model.answers(says("?"));
    await voter.ask("1");
    await voter.ask("2");
    model.answers(says(VOTE));
    await voter.ask("3");
    model.answers(says("?"));
    for (const words of ["4", "5", "6"]) await voter.ask(words);
    expect(voter.isReady()).toBe(false);
    expect(await voter.ask("7")).toEqual({ vote: null, why: "spared" });
    expect(model.calls).toHaveLength(6);
    time += 59_999;
    expect(voter.isReady()).toBe(false);
    time += 1;
    const [tried, spared] = await Promise.all([voter.ask("8"), voter.ask("9")]);
    expect([tried, spared]).toEqual([
      { vote: null, why: "invalid" },
      { vote: null, why: "spared" },
    ]);
    expect(voter.isReady()).toBe(false);
    time += 60_000;
    model.answers(says(VOTE));
    expect(await voter.ask("10")).toEqual({ vote: VOTE });
    expect(await Promise.all([voter.ask("11"), voter.ask("12")])).toEqual([{ vote: VOTE }, { vote: VOTE }]);
  });

  test("let no more than a few calls be under way", async () => {
    const waiting: (() => void)[] = [];
    model.answers((call, response) => void waiting.push(() => says(VOTE)(call, response)));
    const voter = voterOf();
    const asked = [voter.ask("1"), voter.ask("2")];
    expect(voter.isReady()).toBe(false);
    expect(await voter.ask("3")).toEqual({ vote: null, why: "spared" });
    await expect.poll(() => waiting.length).toBe(2);
    for (const answer of waiting) answer();
    expect(await Promise.all(asked)).toEqual([{ vote: VOTE }, { vote: VOTE }]);
    expect(voter.isReady()).toBe(true);
  });
});
