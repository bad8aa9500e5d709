import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { cleanPhoto, isPhoto } from "../../../src/casework/inbox/clean-photo.ts";

const grey = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#667788" } });

/** Nested uses, each ten of the one before: a few hundred bytes that take a processor for seconds, or for ever. */
const COSTLY = (() => {
  const layers = Array.from({ length: 7 }, (_, layer) => {
    const use = layer === 0 ? '<rect width="1" height="1"/>' : `<use href="#l${layer - 1}"/>`.repeat(10);
    return `<g id="l${layer}">${use}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="3000"><defs>${layers.join("")}</defs><use href="#l6"/></svg>`;
})();

/** A PNG that says it has so many pixels, of one colour: a few kilobytes. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(Math.ceil(width / 8 + 1) * height), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

describe("a photo", () => {
  test.each(["jpeg", "png", "webp", "gif"] as const)(
    "as %s becomes a JPEG of at most 2,000 pixels a side",
    async (format) => {
      const clean = await cleanPhoto(await grey(2600, 1300).toFormat(format).toBuffer());
      expect(await sharp(clean!).metadata()).toMatchObject({ format: "jpeg", width: 2000, height: 1000 });
    },
  );

  test("that was cut off or changed inside is none", async () => {
    const whole = await grey(64, 64).png().toBuffer();
    for (const bytes of [whole.subarray(0, 40), whole.subarray(0, 8), Buffer.concat([whole.subarray(0, 20), whole])]) {
      expect(await cleanPhoto(bytes)).toBeNull();
    }
  });
});

describe("what comes as a photo and is none", () => {
  test.each([
    ["a drawing (SVG)", COSTLY],
    ["one behind blanks", `\n\t  ${COSTLY}`],
    ["one behind a byte order mark", `\ufeff${COSTLY}`],
    ["one behind a declaration", `<?xml version="1.0" encoding="UTF-8"?>\n<!-- jpeg -->${COSTLY}`],
    ["one in UTF-16", Buffer.from(`\ufeff${COSTLY}`, "utf16le")],
    ["one that claims to be a GIF", `GIF89a${COSTLY}`],
    ["one that claims to be a JPEG", Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(COSTLY)])],
    ["one in a WebP's frame", `RIFF${"\0".repeat(4)}WEBP${COSTLY}`],
    ["one compressed", deflateSync(COSTLY)],
    ["a PDF", "%PDF-1.7\n1 0 obj"],
    ["a page", "<html><body>no</body></html>"],
    ["an answer of the platform", '{"errcode":40007}'],
    ["nothing", ""],
    ["two bytes", Buffer.from([0xff, 0xd8])],
  ])("is refused at once: %s", async (_, content) => {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const before = process.cpuUsage();
    expect(await cleanPhoto(bytes)).toBeNull();
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(2_000_000);
  });

  test.each(["tiff", "avif"] as const)("is refused though the library could read it: %s", async (format) => {
    const bytes = await grey(8, 8).toFormat(format).toBuffer();
    expect(isPhoto(bytes)).toBe(false);
    expect(await cleanPhoto(bytes)).toBeNull();
  });

  test("is kept from the library's other readers as well", async () => {
    await cleanPhoto(await grey(8, 8).jpeg().toBuffer());
    const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
    await expect(sharp(bytes).png().toBuffer()).rejects.toThrow("unsupported image format");
  });

  test("is refused where a few kilobytes hold more pixels than any telephone takes", async () => {
    const bytes = bomb(20_000, 20_000);
    expect(bytes.length).toBeLessThan(100_000);
    expect(isPhoto(bytes)).toBe(true);
    expect(await cleanPhoto(bytes)).toBeNull();
    expect(await cleanPhoto(bomb(800, 600))).not.toBeNull();
  });
});
