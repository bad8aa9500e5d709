import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBody } from "../../../src/channels/tencent-callback/body.ts";
import { groupOf, groupsOf, textOf, wordsOf } from "../../../src/channels/tencent-callback/fields.ts";

function words(body: string | Uint8Array, name = "Content"): string {
  const parsed = parseBody(Buffer.from(body));
  if (!parsed.ok) throw new Error(parsed.reason);
  return wordsOf(parsed.fields, name);
}

function isRead(body: string | Uint8Array): boolean {
  return parseBody(Buffer.from(body)).ok;
}

describe("a body in XML", () => {
  it.each([
    ["CDATA", "<xml><Content><![CDATA[a<b>&amp;]]></Content></xml>", "a<b>&amp;"],
    ["split CDATA", "<xml><Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>", "a]]>b"],
    ["named entities", "<xml><Content>&lt;&amp;&gt;&quot;&apos;</Content></xml>", "<&>\"'"],
    ["numeric entities", "<xml><Content>&#36335;&#x706f;&#x706F;&#128512;</Content></xml>", "路灯灯😀"],
    ["entities decoded once", "<xml><Content>&amp;#65;&amp;lt;</Content></xml>", "&#65;&lt;"],
    ["an entity of HTML, as written", "<xml><Content>&copy;</Content></xml>", "&copy;"],
    ["numbers as written", "<xml><Content>007</Content></xml>", "007"],
    ["exponents as written", "<xml><Content>1e5</Content></xml>", "1e5"],
    ["NUL as an entity", "<xml><Content>a&#0;b</Content></xml>", "a\uFFFDb"],
    ["a surrogate as an entity", "<xml><Content>&#xD800;</Content></xml>", "\uFFFD"],
    ["a point beyond Unicode", "<xml><Content>&#x110000;</Content></xml>", "\uFFFD"],
    ["NUL as a byte", "<xml><Content>a\0b</Content></xml>", "a\uFFFDb"],
    ["white space", "<xml>\n <Content> a \n</Content>\n</xml>\n", " a \n"],
    ["a byte order mark and a prolog", '\uFEFF<?xml version="1.0"?>\n<xml><Content>a</Content></xml>', "a"],
    ["attributes, which say nothing", '<xml a="1"><Content b="2">a</Content></xml>', "a"],
    ["an element twice: the first", "<xml><Content>a</Content><Content>b</Content></xml>", "a"],
    ["an empty element", "<xml><Content/></xml>", ""],
    ["no such element", "<xml><Other>a</Other></xml>", ""],
    ["a name of every object", "<xml><Content>a</Content><toString>b</toString></xml>", "a"],
  ])("gives %s", (_what, body, expected) => {
    expect(words(body)).toBe(expected);
  });

  it("replaces bytes that are no UTF-8", () => {
    const body = Buffer.concat([
      Buffer.from("<xml><Content>a"),
      Buffer.from([0xed, 0xa0, 0x80, 0xff]),
      Buffer.from("b</Content></xml>"),
    ]);
    expect(words(body)).toMatch(/^a\uFFFD+b$/);
  });

  it("gives a list of one like a list of two", () => {
    const bodies = ["<List><A>1</A></List>", "<List><A>1</A></List><List><A>2</A></List>"];
    const found = bodies.map((list) => {
      const parsed = parseBody(Buffer.from(`<xml><E>${list}</E></xml>`));
      return parsed.ok ? groupsOf(groupOf(parsed.fields, "E"), "List").map((row) => textOf(row, "A")) : null;
    });
    expect(found).toEqual([["1"], ["1", "2"]]);
  });

  it("decodes thousands of entities", () => {
    expect(words(`<xml><Content>${"&#65;".repeat(5000)}</Content></xml>`)).toBe("A".repeat(5000));
  });
});

describe("a body in JSON", () => {
  it.each([
    ["text", '{"Content":"a"}', "a"],
    ["numbers as written", '{"Content":18446744073709551615}', "18446744073709551615"],
    ["decimals as written", '{"Content":35.9960}', "35.9960"],
    ["true", '{"Content":true}', "true"],
    ["null", '{"Content":null}', ""],
    ["keys with spaces", '{" Content ":"a"}', "a"],
    ["NUL", '{"Content":"a\\u0000b"}', "a\uFFFDb"],
    ["a lone surrogate", '{"Content":"\\ud800x"}', "\uFFFDx"],
    ["a pair of surrogates", '{"Content":"\\ud83d\\ude00"}', "😀"],
    ["what stands beside __proto__", '{"__proto__":{"Content":"bad"},"Content":"a"}', "a"],
    ["nothing from __proto__", '{"__proto__":{"Content":"bad"}}', ""],
    ["nothing from constructor", '{"constructor":{"prototype":{"Content":"bad"}}}', ""],
  ])("gives %s", (_what, body, expected) => {
    expect(words(body)).toBe(expected);
    expect(Reflect.get({}, "Content")).toBeUndefined();
  });
});

describe("a body that cannot be read", () => {
  it.each([
    "",
    " ",
    "hello",
    "<xml>",
    "<xml><a></xml>",
    "<xml/>",
    "<xml>words</xml>",
    "<other><a>1</a></other>",
    "<xml><a>1</a></xml><xml><a>2</a></xml>",
    "<xml><a><![CDATA[x</a></xml>",
    "<xml><__proto__>x</__proto__></xml>",
    "[1]",
    "{",
    '{"a":',
    "null",
    "encrypt=1",
  ])("is told apart: %j", (body) => {
    expect(isRead(body)).toBe(false);
  });

  it.each([
    ["a DOCTYPE", '<!DOCTYPE xml [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>'],
    ["a DOCTYPE in small letters", "<!doctype xml><xml><Content>a</Content></xml>"],
    ["an external entity", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>'],
    ["a lone ENTITY", '<xml><!ENTITY a "b"><Content>a</Content></xml>'],
    ["a DOCTYPE after a comment", "<!-- x --><!DOCTYPE xml><xml><Content>a</Content></xml>"],
    ["a bomb", `<!DOCTYPE x [${'<!ENTITY a "&b;&b;&b;">'.repeat(100)}]><xml><Content>&a;</Content></xml>`],
  ])("is one with %s", (_what, body) => {
    expect(isRead(body)).toBe(false);
  });

  it("never defines an entity, even where a DOCTYPE is hidden in an attribute", () => {
    const body = '<xml a="<!--"><!DOCTYPE x [<!ENTITY q "zz">]><Content>&q;</Content><!-- --></xml>';
    const parsed = parseBody(Buffer.from(body));
    if (parsed.ok) expect(wordsOf(parsed.fields, "Content")).not.toContain("zz");
  });

  it.each([
    ["XML", `<xml>${"<a>".repeat(20_000)}${"</a>".repeat(20_000)}</xml>`],
    ["JSON", `{"a":${"[".repeat(60_000)}${"]".repeat(60_000)}}`],
    ["JSON groups", `${'{"a":'.repeat(2000)}1${"}".repeat(2000)}`],
  ])("is one nested absurdly deep: %s", (_what, body) => {
    expect(isRead(body)).toBe(false);
  });
});

describe("the parser", () => {
  it("never throws on arbitrary bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void parseBody(bytes)));
  });

  it("never throws on what nearly is XML or JSON", () => {
    const piece = fc.constantFrom(
      ..."<>/![]-&;#x\"'= {}:,0\0",
      "<xml>",
      "</xml>",
      "<![CDATA[",
      "]]>",
      "<!--",
      "<?",
      "a",
    );
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(fc.constantFrom("<xml>", "{", ""), text, (head, tail) => void parseBody(Buffer.from(head + tail))),
      { numRuns: 2000 },
    );
  });

  it("gives back any words that XML holds in CDATA", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
        const clean = text.toWellFormed().replace(/[\p{Cc}\uFFFE\uFFFF]/gu, "");
        const split = clean.replaceAll("]]>", "]]]]><![CDATA[>");
        expect(words(`<xml><Content><![CDATA[${split}]]></Content></xml>`)).toBe(clean);
      }),
    );
  });

  it("gives back any words that JSON holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(words(JSON.stringify({ Content: text }))).toBe(text.replaceAll("\0", "\uFFFD").toWellFormed());
      }),
    );
  });
});
