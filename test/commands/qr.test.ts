import qrcode from "qrcode";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawQr } from "../../src/commands/qr.ts";
import { readPdf } from "../pdf.ts";

const ADDRESS = "http://weixin.qq.com/q/02abcDEF_-123";
const QUIET_MODULES = 4;
const MADE = new Date("2026-11-29T02:00:00Z");

// The service blocks the library's other readers for good where it takes in photos; files share a process.
const SVG = { operation: ["VipsForeignLoadSvg"] };
beforeAll(() => sharp.unblock(SVG));
afterAll(() => sharp.block(SVG));

/** Reads a picture back, module by module, `#` for dark. */
async function modulesOf(picture: Uint8Array, size: number): Promise<string[]> {
  const { data, info } = await sharp(picture, { density: 300 }).greyscale().raw().toBuffer({ resolveWithObject: true });
  const scale = info.width / (size + 2 * QUIET_MODULES);
  const isDark = (row: number, column: number) => {
    const [x, y] = [column, row].map((at) => Math.floor((at + QUIET_MODULES + 0.5) * scale));
    return data[(y! * info.width + x!) * info.channels]! < 128;
  };
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => (isDark(row, column) ? "#" : ".")).join(""),
  );
}

function expected(errorCorrectionLevel: "M" | "Q"): { size: number; rows: string[] } {
  const { modules } = qrcode.create(ADDRESS, { errorCorrectionLevel });
  const rows = Array.from({ length: modules.size }, (_, row) =>
    Array.from({ length: modules.size }, (_, column) => (modules.get(row, column) ? "#" : ".")).join(""),
  );
  return { size: modules.size, rows };
}

describe("a QR code", () => {
  test.each([
    ["png", "Q"],
    ["svg", "M"],
  ] as const)("as %s shows the address and keeps its quiet zone", async (format, level) => {
    const { size, rows } = expected(level);
    const picture = await drawQr(ADDRESS, { format, caption: "g:柳东-3", made: MADE });
    expect(await modulesOf(picture, size)).toEqual(rows);
  });

  test.each(["s:ST01", "g:柳东-3", "😀", ""])("as PDF is one page with the caption %j below", async (caption) => {
    const pdf = await drawQr(ADDRESS, { format: "pdf", caption, made: MADE });
    const { pages, seen } = await readPdf(pdf);
    expect(pages).toBe(1);
    expect(seen[0]?.code).toBe(ADDRESS);
    if (caption !== "😀") expect(seen[0]?.text).toBe(caption);
  });
});
