import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sealedTexts } from "../../../src/channels/tencent-callback/sealed.ts";

const textsIn = (body: string) => sealedTexts(Buffer.from(body));

describe("what may be encrypted in a body", () => {
  it.each([
    ["in CDATA", "<xml><ToUserName>gh</ToUserName><Encrypt><![CDATA[ab+/==]]></Encrypt></xml>", ["ab+/=="]],
    ["without CDATA", "<xml><Encrypt>ab+/</Encrypt></xml>", ["ab+/"]],
    ["among white space", "<xml>\n<Encrypt >\n <![CDATA[ ab= ]]>\n</Encrypt >\n</xml>", ["ab="]],
    ["after a byte order mark", "\uFEFF<xml><Encrypt>ab</Encrypt></xml>", ["ab"]],
    ["in JSON", '{"ToUserName":"gh","Encrypt":"ab+/=="}', ["ab+/=="]],
    ["in JSON with blanks", ' { " Encrypt" : "ab" }', ["ab"]],
    ["in JSON with slashes as some write them", '{"Encrypt":"a\\/b\\/="}', ["a/b/="]],
    ["nowhere", "<xml><Content>Encrypt</Content></xml>", []],
    ["in other signs", "<xml><Encrypt><![CDATA[a b]]></Encrypt></xml>", []],
    ["without an end", "<xml><Encrypt>abab", []],
    ["in no form at all", "Encrypt", []],
    ["empty", "", []],
  ])("is found %s", (_what, body, expected) => {
    expect(textsIn(body)).toEqual(expected);
  });

  it("is found beside a person's words that look like it, whether it stands before or behind them", () => {
    const words = `<Content><![CDATA[${"<Encrypt>forged</Encrypt>".repeat(200)}]]></Content>`;
    const sealed = "<Encrypt><![CDATA[genuine=]]></Encrypt>";
    for (const body of [`<xml>${words}${sealed}</xml>`, `<xml>${sealed}${words}</xml>`]) {
      expect(textsIn(body)).toContain("genuine=");
      expect(textsIn(body).length).toBeLessThanOrEqual(12);
    }
  });

  it("are at most twelve texts, whatever the body", () => {
    const piece = fc.constantFrom(
      "<Encrypt>",
      "</Encrypt>",
      "ab=",
      "<![CDATA[",
      "]]>",
      '"Encrypt":"',
      '"',
      "{",
      " ",
      "Encrypt",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        expect(textsIn(pieces.join("")).length).toBeLessThanOrEqual(12);
      }),
    );
  });
});
