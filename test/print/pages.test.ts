import { expect, test } from "vitest";
import { closePdf, openPdf } from "../../src/print/document.ts";
import { drawQrCode } from "../../src/print/qr-code.ts";
import { signsWithoutShape } from "../../src/print/signs.ts";
import { readPdf } from "../pdf.ts";

const MADE = new Date("2026-11-29T02:00:00Z");
const SENTENCE = "您写什么都可以，“路灯坏了”也行；写清楚在哪里，代表会在３个工作日内回复您。Liaison 12,345.67%";

function pageOf(text: string): Promise<Uint8Array> {
  const document = openPdf({ title: "青禾县海报", made: MADE });
  document.font("bold").fontSize(20).text("柳东社区");
  document.font("regular").fontSize(14).text(text, { width: 187 });
  drawQrCode(document, "http://weixin.qq.com/q/02abcDEF_-123", { x: 300, y: 400, side: 220 });
  return closePdf(document);
}

test("a page of Chinese is read back as it was written, with its code, and carries a subset of the font", async () => {
  const bytes = await pageOf(SENTENCE);
  const { pages, seen } = await readPdf(bytes);
  const [page] = seen;

  expect(pages).toBe(1);
  expect(page!.text.replaceAll(/\s/g, "")).toBe(`柳东社区${SENTENCE}`.replaceAll(/\s/g, ""));
  expect(page!.code).toBe("http://weixin.qq.com/q/02abcDEF_-123");
  expect(bytes.length).toBeLessThan(60_000);
});

test("no line begins with a full stop, a comma or what closes a bracket, wherever the line ends", async () => {
  for (let lead = 0; lead < 14; lead++) {
    const document = openPdf({ title: "行", made: MADE });
    const starts: string[] = [];
    document.fontSize(14);
    // Each line is one call of the drawing below `text`.
    const draw = document as unknown as { _fragment: (text: string, ...rest: unknown[]) => void };
    const original = draw._fragment.bind(document);
    draw._fragment = (text, ...rest) => {
      starts.push(text[0] ?? "");
      original(text, ...rest);
    };
    document.text(`${"路".repeat(lead)}灯坏了。您好，（写清楚）、“在哪里”；谢谢！是吗？`.repeat(3), { width: 187 });
    await closePdf(document);
    expect(starts.length).toBeGreaterThan(2);
    expect(starts.filter((sign) => "。，、；：！？）”》」".includes(sign))).toEqual([]);
  }
});

test("the same pages made at the same moment are the same bytes", async () => {
  const [one, other] = [await pageOf(SENTENCE), await pageOf(SENTENCE)];
  expect(Buffer.compare(one, other)).toBe(0);
});

test("signs without a shape are named once each; what the font has is not", () => {
  expect(signsWithoutShape("𠮷祥𠮷路😀")).toEqual(["𠮷", "😀"]);
  expect(signsWithoutShape(`${SENTENCE}\n㎡·—…`)).toEqual([]);
});
