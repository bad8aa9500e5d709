import { randomBytes } from "node:crypto";
import { asc } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { inbox } from "../../db/schema/conversations.ts";
import { findStuck } from "../../src/casework/backlog/stuck.ts";
import { newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { post } from "./callback.ts";
import { casesOf, expectEveryMessageEnded, onlyCase, outcomesOf, say } from "./resident.ts";

const SINCE_EVER = { waitingSince: new Date(0), settledSince: new Date(0) };
const REFUSED = [403, "refused"];
const SUCCESS = [200, "success"];

const MODES = ["plain", "compat", "safe"] as const;
const FORMATS = ["xml", "json"] as const;
const ACCOUNTS = MODES.flatMap((mode) => FORMATS.map((format) => ({ mode, format })));

const LAUGHS = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join("");

/** Bodies that are signed well and cannot be read: kept whole, in quarantine. */
const UNREADABLE: readonly (readonly [string, string])[] = [
  ["a document type", "<!DOCTYPE xml><xml><MsgType>text</MsgType></xml>"],
  ["an entity bomb", `<!DOCTYPE xml [<!ENTITY l0 "ha">${LAUGHS}]><xml><Content>&l9;</Content></xml>`],
  [
    "an entity of a file",
    `<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/hostname">]><xml><Content>&x;</Content></xml>`,
  ],
  ["an XML document that ends too early", "<xml><MsgType>text</MsgType><Content>水停了"],
  ["a JSON document that ends too early", '{"MsgType":"text","Content":"水停了'],
  ["a tower of elements", `<xml>${"<a>".repeat(2000)}${"</a>".repeat(2000)}</xml>`],
  ["a tower of arrays", `{"MsgType":${"[".repeat(2000)}${"]".repeat(2000)}}`],
  ["what is neither XML nor JSON", "MsgType=text&Content=水停了"],
  ["nothing at all", ""],
  ["fields without a sender", "<xml><MsgType>text</MsgType><Content>水停了</Content></xml>"],
];

/** Texts that people or their telephones send, and how they stand in the case. */
const ODD: readonly (readonly [string, string, string])[] = [
  ["a NUL", "路灯\u0000坏了", "路灯\uFFFD坏了"],
  ["half a surrogate pair", "路灯\uD83D坏了", "路灯\uFFFD坏了"],
  ["emoji", "路灯坏了😡👨‍👩‍👧", "路灯坏了😡👨‍👩‍👧"],
  ["right-to-left marks", "路灯\u202E了坏\u202C", "路灯\u202E了坏\u202C"],
  ["markup", "路灯坏了<script>alert(1)</script>&amp;", "路灯坏了<script>alert(1)</script>&amp;"],
  ["a query", "路灯坏了'; drop table cases; --", "路灯坏了'; drop table cases; --"],
  ["a placeholder", "路灯坏了 {{number}} %s $1", "路灯坏了 {{number}} %s $1"],
  ["two thousand characters", `路灯坏了${"很黑".repeat(998)}`, `路灯坏了${"很黑".repeat(998)}`],
];

describe.each(ACCOUNTS)("bad input for an account in $mode mode with $format", ({ mode, format }) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ mode, format });
  });
  afterAll(() => service.close());
  afterEach(() => expectEveryMessageEnded(service));

  const account = () => service.wechat.account("qinghe");
  const rows = () =>
    service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      tx.select().from(inbox).orderBy(asc(inbox.seq)),
    );
  const text = (sender: string, id: string, content: string) =>
    format === "json"
      ? `{"ToUserName":"gh","FromUserName":"${sender}","MsgType":"text","MsgId":${id},"Content":${JSON.stringify(content)}}`
      : `<xml><FromUserName>${sender}</FromUserName><MsgType>text</MsgType><MsgId>${id}</MsgId><Content>${escaped(content)}</Content></xml>`;
  const good = () => text("o_refused", "1", "柳东村一组路灯坏了");

  it("is refused in one and the same words where it is not genuine, and stores nothing", async () => {
    const before = await rows();
    const sealed =
      account().aesKey === null
        ? []
        : [
            await post(account(), good(), { appId: "wx0000000000000000" }),
            await post(account(), good(), { mangle: (text) => flipLastByte(text) }),
            await post(account(), good(), { mangle: (text) => text.slice(0, -5) }),
            await post(account(), good(), { mangle: (text) => `${text.slice(0, 40)}!?${text.slice(42)}` }),
            await post(account(), good(), { mangle: () => randomBytes(64).toString("base64") }),
            await post(account(), good(), { mangle: () => "" }),
            await post(account(), good(), { bare: true }),
            await post(account(), "<!DOCTYPE xml><xml/>", { bare: true }),
          ];
    const answers = [
      await post(account(), good(), { token: "guessed" }),
      await post(account(), good(), { ageSeconds: 301, now: service.runtime.now() }),
      await post(account(), good(), { ageSeconds: -302, now: service.runtime.now() }),
      await unsigned(account().webhookUrl, good()),
      ...sealed,
    ];
    expect(answers).toEqual(answers.map(() => REFUSED));
    expect(await rows()).toEqual(before);
  });

  it("is refused where it is too large or for nobody", async () => {
    const before = await rows();
    expect(await post(account(), text("o_large", "2", "水".repeat(350_000)))).toEqual([413, "This is too large."]);
    for (const path of ["nobody", "__proto__", "%00", "..%2fqinghe", "constructor", `${"a".repeat(9000)}`]) {
      const stranger = { ...account(), webhookUrl: account().webhookUrl.replace(/qinghe$/, path) };
      expect(await post(stranger, good())).toEqual([404, "There is no such account."]);
    }
    expect(await rows()).toEqual(before);
  });

  it.each(UNREADABLE)("is kept in quarantine when it is %s", async (_what, body) => {
    const before = await rows();
    expect(await post(account(), body)).toEqual(SUCCESS);
    expect(await post(account(), body)).toEqual(SUCCESS);
    await service.settled();
    const added = (await rows()).slice(before.length);
    expect(added.map((row) => row.outcome)).toEqual(["quarantine"]);
    expect(await service.cases()).toEqual([]);
    const seen = await findStuck(service.runtime.database, service.jurisdiction("qinghe"), SINCE_EVER);
    expect(seen).toContainEqual(expect.objectContaining({ id: String(added[0]?.seq), state: "quarantined" }));
  });

  it("keeps odd words as they are", async () => {
    for (const [index, [what, words, kept]] of ODD.entries()) {
      const phone = service.phone(`odd-${index}`);
      expect(await post(account(), text(phone.openid, String(100 + index), words)), what).toEqual(SUCCESS);
      await service.settled();
      const [message] = (await onlyCase(service, phone)).messages;
      expect(message?.text, what).toBe(kept);
    }
  });

  it("answers words that say nothing, and opens no case", async () => {
    const phone = service.phone("empty");
    for (const [index, words] of ["", "   ", "\u0000", "\u200B", "。。。", "😀", "?"].entries()) {
      expect(await post(account(), text(phone.openid, String(200 + index), words))).toEqual(SUCCESS);
      await service.settled();
    }
    expect(await casesOf(service, phone)).toEqual([]);
    expect(await outcomesOf(service, phone)).toHaveLength(7);
  });

  it("tells ids beyond 2^53 apart by every digit, and knows a repeat", async () => {
    const phone = service.phone("big");
    for (const id of ["9007199254740993", "9007199254740992", "9007199254740993", "1".repeat(3000)]) {
      expect(await post(account(), text(phone.openid, id, `帮助`))).toEqual(SUCCESS);
    }
    await service.settled();
    expect(await outcomesOf(service, phone)).toEqual(["command", "command", "command"]);
  });

  it("takes keys that are names of the language for mere names", async () => {
    const phone = service.phone("proto");
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    const more =
      format === "json"
        ? names.map((name) => `"${name}":{"MsgType":"event","isAdmin":true},`).join("")
        : names.map((name) => `<${name}><isAdmin>1</isAdmin></${name}>`).join("");
    const body = text(phone.openid, "300", "柳东村一组路灯坏了").replace(/^(\{|<xml>)/, `$1${more}`);
    const before = await rows();
    expect(await post(account(), body)).toEqual(SUCCESS);
    await service.settled();
    expect((await rows()).slice(before.length).map((row) => row.outcome)).toEqual([
      format === "json" ? "case" : "quarantine",
    ]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  it("leaves the next resident served as ever", async () => {
    const phone = service.phone("after");
    await say(service, phone, "柳东村一组路灯坏了");
    expect(newest(phone)).toContain((await onlyCase(service, phone)).number);
  });
});

async function unsigned(url: string, body: string): Promise<[number, string]> {
  const response = await fetch(`${url}?timestamp=${Math.floor(Date.now() / 1000)}&nonce=n`, { method: "POST", body });
  return [response.status, await response.text()];
}

/** Breaks the padding: the last byte of the last but one block changes the last byte of the text. */
function flipLastByte(sealed: string): string {
  const bytes = Buffer.from(sealed, "base64");
  const at = bytes.length - 17;
  bytes[at] = (bytes[at] ?? 0) ^ 0x80;
  return bytes.toString("base64");
}

function escaped(content: string): string {
  return content
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("\u0000", "&#0;")
    .replace(/[\uD800-\uDFFF]/g, (half, at: number) =>
      isPaired(content, at) ? half : `&#x${half.charCodeAt(0).toString(16)};`,
    );
}

function isPaired(content: string, at: number): boolean {
  return content.codePointAt(at)! > 0xffff || (at > 0 && content.codePointAt(at - 1)! > 0xffff);
}
