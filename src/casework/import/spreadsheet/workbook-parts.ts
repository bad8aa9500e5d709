import { strFromU8, unzipSync } from "fflate";
import { builtInFormat, type NumberFormat, readFormat } from "./number-format.ts";
import { readXml } from "./xml.ts";

/** A function from the path of a workbook's part to its unpacked text; null where there is none. */
export type Parts = (path: string) => string | null;

/** An entry of the workbook's list of sheets. */
export type SheetEntry = { readonly name: string; readonly path: string; readonly isHidden: boolean };

/** The parts that all sheets of a workbook refer to: texts, number formats, calendar. */
export type Shared = {
  readonly strings: readonly string[];
  /** By the style of a cell. */
  readonly formats: readonly NumberFormat[];
  /** Days are counted from 1904 in workbooks of old Macs. */
  readonly is1904: boolean;
};

/** The most bytes of an unpacked part, far above those of a county's lists: 50,000 rows are some 20 MB. */
const LARGEST_PART = 400_000_000;
const READ = /^xl\/.*\.(?:xml|rels)$/;

/**
 * Unpacks the parts of a workbook that its sheets need.
 *
 * @throws Error for what is no ZIP archive, or is too large
 */
export function unpack(bytes: Uint8Array): Parts {
  const files = unzipSync(bytes, {
    filter({ name, originalSize }) {
      const isRead = READ.test(name) && !/^xl\/(?:drawings|media|charts|theme|printerSettings|comments)/.test(name);
      if (isRead && originalSize > LARGEST_PART) throw new Error("larger than 400 MB");
      return isRead;
    },
  });
  return (path) => {
    const found = files[path];
    return found === undefined ? null : strFromU8(found).replace(/^\uFEFF/, "");
  };
}

/**
 * The sheets of a workbook in the order of their tabs; charts, which have no cells, are none.
 *
 * @throws Error where the archive holds no workbook
 */
export function sheetsOf(parts: Parts): SheetEntry[] {
  const workbook = parts("xl/workbook.xml");
  if (workbook === null) throw new Error("no workbook in it");
  const targets = new Map<string, string>();
  readXml(parts("xl/_rels/workbook.xml.rels") ?? "<none/>", {
    open(name, attributes) {
      const { Id = "", Target = "", Type = "" } = name === "Relationship" ? attributes() : {};
      if (Type.endsWith("/worksheet")) targets.set(Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`);
    },
  });
  const sheets: SheetEntry[] = [];
  readXml(workbook, {
    open(name, attributes) {
      if (name !== "sheet") return;
      const { name: title = "", id = "", state = "visible" } = attributes();
      const path = targets.get(id);
      if (path !== undefined) sheets.push({ name: title, path, isHidden: state !== "visible" });
    },
  });
  return sheets;
}

/** The texts, number formats and calendar that the sheets of a workbook share. */
export function sharedOf(parts: Parts): Shared {
  let is1904 = false;
  readXml(parts("xl/workbook.xml") ?? "<none/>", {
    open(name, attributes) {
      if (name === "workbookPr") is1904 = ["1", "true"].includes(attributes().date1904 ?? "");
    },
  });
  return { strings: stringsOf(parts("xl/sharedStrings.xml")), formats: formatsOf(parts("xl/styles.xml")), is1904 };
}

function stringsOf(xml: string | null): string[] {
  const strings: string[] = [];
  const run = openRichText();
  readXml(xml ?? "<none/>", {
    open: run.open,
    text: run.text,
    close(name) {
      run.close(name);
      if (name === "si") strings.push(run.take());
    },
  });
  return strings;
}

/**
 * Creates a collector of the text of `<t>` elements without phonetic runs (`<rPh>`), which say how the text is
 * pronounced.
 */
export function openRichText() {
  let gathered = "";
  let isText = false;
  let phonetic = 0;
  return {
    open(name: string) {
      if (name === "rPh") phonetic += 1;
      isText = name === "t" && phonetic === 0;
    },
    close(name: string) {
      if (name === "rPh") phonetic -= 1;
      isText = false;
    },
    text(text: string) {
      if (isText) gathered += text;
    },
    take(): string {
      const text = unescaped(gathered);
      gathered = "";
      return text;
    },
  };
}

/**
 * Replaces escapes such as `_x000D_`, by which a workbook writes characters that XML cannot hold (ECMA-376, 22.9.2.19).
 */
export function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function formatsOf(xml: string | null): NumberFormat[] {
  const own = new Map<string, string>();
  const byStyle: string[] = [];
  let isCellStyles = false;
  readXml(xml ?? "<none/>", {
    open(name, attributes) {
      if (name === "cellXfs") isCellStyles = true;
      if (name === "numFmt") {
        const { numFmtId = "", formatCode = "" } = attributes();
        own.set(numFmtId, formatCode);
      }
      if (name === "xf" && isCellStyles) byStyle.push(attributes().numFmtId ?? "0");
    },
    close(name) {
      if (name === "cellXfs") isCellStyles = false;
    },
  });
  const read = new Map<string, NumberFormat>();
  return byStyle.map((id) => {
    const format = read.get(id) ?? readFormat(own.get(id) ?? builtInFormat(Number(id)) ?? "General");
    read.set(id, format);
    return format;
  });
}
