import { createCanvas } from "@napi-rs/canvas";
import jsQr from "jsqr";
import { getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

// The library says of itself a default that its file does not have.
const scan = jsQr as unknown as typeof jsQr.default;

/** A page of a PDF as a reader sees it: its text, its size in points, its QR code, and itself as PNG. */
export type SeenPage = {
  readonly text: string;
  readonly width: number;
  readonly height: number;
  readonly code: string | null;
  readonly png: Uint8Array;
};

/** Reads some pages of a PDF with a browser's reader, by number from 1 on. Leaves nothing of the reader behind in the process. */
export async function readPdf(
  bytes: Uint8Array,
  numbers: readonly number[] = [1],
): Promise<{ readonly pages: number; readonly seen: readonly SeenPage[] }> {
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 });
  try {
    const opened = await task.promise;
    const seen: SeenPage[] = [];
    for (const number of numbers) seen.push(await see(opened, number));
    return { pages: opened.numPages, seen };
  } finally {
    await task.destroy();
    for (const name of ["pdfjsWorker", "self"]) Reflect.deleteProperty(globalThis, name);
  }
}

async function see(opened: PDFDocumentProxy, number: number): Promise<SeenPage> {
  const page = await opened.getPage(number);
  const { width, height } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const viewport = page.getViewport({ scale: 1200 / Math.max(width, height) });
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
  await page.render({ canvas: canvas as never, viewport }).promise;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return {
    text: items.map((item) => ("str" in item ? item.str : "")).join(""),
    width,
    height,
    code: scan(new Uint8ClampedArray(data), canvas.width, canvas.height)?.data ?? null,
    png: canvas.toBuffer("image/png"),
  };
}
