import { describe, expect, it } from "vitest";
import { parseBody } from "../../../src/channels/tencent-callback/body.ts";

const reasonFor = (body: string) => {
  const parsed = parseBody(Buffer.from(body));
  return parsed.ok ? "read" : parsed.reason;
};
const attributes = Array.from({ length: 20_000 }, (_, index) => `a${index}="x"`).join(" ");

describe("a body that would cost much is not parsed, when it has", () => {
  it.each([
    ["60,000 tags", `<xml>${"<a/>".repeat(60_000)}</xml>`, "too many elements"],
    ["60,000 halves of tags", `<xml>${"<".repeat(60_000)}`, "too many elements"],
    ["a tower", `<xml>${"<a>".repeat(30_000)}${"</a>".repeat(30_000)}</xml>`, "too many elements"],
    ["20,000 comments", `<xml>${"<!---->".repeat(20_000)}</xml>`, "too many elements"],
    ["20,000 pieces of CDATA", `<xml><C>${"<![CDATA[a]]>".repeat(20_000)}</C></xml>`, "too many elements"],
    ["20,000 instructions", `<xml>${"<?a b?>".repeat(20_000)}</xml>`, "too many elements"],
    ["20,000 attributes", `<xml ${attributes}></xml>`, "a tag that is too long"],
    ["20,000 attributes further in", `<xml><C>a</C><D ${attributes}>b</D></xml>`, "a tag that is too long"],
    ["60,000 entities", `<xml><C>${"&lt;".repeat(60_000)}</C></xml>`, "too many entities"],
    ["40,000 numbers as entities", `<xml><C>${"&#65;".repeat(40_000)}</C></xml>`, "too many entities"],
    [
      "an entity of its own",
      '<!DOCTYPE xml [<!ENTITY e "x">]><xml/>',
      "an XML declaration of a document type or an entity",
    ],
    ["a list of 60,000", `{"a":[${"0,".repeat(60_000)}0]}`, "too many values"],
    ["60,000 brackets", `{"a":${"[".repeat(60_000)}`, "too many values"],
    ["20,000 names", `{${'"a":{},'.repeat(20_000)}"b":0}`, "too many values"],
  ])("%s", (_what, body, reason) => {
    expect(reasonFor(body)).toBe(reason);
  });
});

describe("words of any length and signs are parsed", () => {
  const words = [
    ",{[".repeat(20_000),
    "<a>&amp;".repeat(600),
    "]]>".repeat(600),
    '\\"'.repeat(5000),
    "水".repeat(60_000),
  ];

  it.each(words)("in CDATA and in JSON", (said) => {
    const cdata = said.replaceAll("]]>", "]]]]><![CDATA[>");
    expect(reasonFor(`<xml><Content><![CDATA[${cdata}]]></Content></xml>`)).toBe("read");
    expect(reasonFor(JSON.stringify({ Content: said }))).toBe("read");
  });

  it("with as many fields as the platform's largest messages, many times over", () => {
    const picture = "<item><PicMd5Sum><![CDATA[0123456789abcdef0123456789abcdef]]></PicMd5Sum></item>";
    expect(reasonFor(`<xml><SendPicsInfo><PicList>${picture.repeat(300)}</PicList></SendPicsInfo></xml>`)).toBe("read");
  });
});
