import { createRequire } from "node:module";
import PdfDocument from "pdfkit";

/** The size of a page, by its usual name or in points. */
export type PageSize = "A4" | "A3" | "A5" | readonly [width: number, height: number];

/** The two weights in which pages are set. */
export type Weight = "regular" | "bold";

/** The file of a weight of Noto Sans SC, which has the Chinese signs and the Latin ones. */
export const fontFile = (weight: Weight): string => createRequire(import.meta.url).resolve(FONTS[weight]);

const FONTS: Readonly<Record<Weight, string>> = {
  regular: "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
  bold: "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
};

/**
 * Opens a PDF whose fonts `regular` and `bold` have Chinese; only the signs that are used are embedded.
 *
 * `document.font("bold").text(…)` sets text and breaks its lines by Unicode's rules: between any two Chinese signs, but never with a
 * full stop, a comma or a closing bracket at the beginning of a line. Text is drawn as it is: ask `signsWithoutShape` first where others wrote it.
 *
 * @param options.made the moment that the file says of itself; the same pages made at the same moment are the same bytes
 * @param options.isStarted false leaves the first page to `document.addPage()`
 */
export function openPdf(options: {
  readonly title: string;
  readonly made: Date;
  readonly size?: PageSize;
  readonly margin?: number;
  readonly isStarted?: boolean;
}): PDFKit.PDFDocument {
  const { title, made, size = "A4", margin = 56, isStarted = true } = options;
  const document = new PdfDocument({
    size: typeof size === "string" ? size : [...size],
    margin,
    autoFirstPage: isStarted,
    lang: "zh-CN",
    displayTitle: true,
    info: { Title: title, Creator: "Liaison", Producer: "Liaison", CreationDate: made, ModDate: made },
  });
  document.registerFont("regular", fontFile("regular")).registerFont("bold", fontFile("bold"));
  return document.font("regular");
}

/** Ends a PDF. @returns its bytes, when all pages are written */
export function closePdf(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    document.on("data", (part: Buffer) => parts.push(part));
    document.on("end", () => resolve(Buffer.concat(parts)));
    document.on("error", reject);
    document.end();
  });
}
