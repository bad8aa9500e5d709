import { strToU8, zipSync } from "fflate";

/** A sheet as its XML says it: rows of cell elements, and what stands around them. */
export type RawSheet = {
  readonly name: string;
  readonly rows: readonly string[];
  readonly merged?: readonly string[];
  readonly columns?: string;
  readonly state?: "hidden" | "veryHidden";
};

/** What is shared by the sheets: number formats by style, texts as `<si>` elements. */
export type RawShared = {
  readonly formats?: readonly string[];
  readonly strings?: readonly string[];
  readonly date1904?: boolean;
};

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** A workbook of these parts; as other programs than the one that writes our own workbooks make them. */
export function rawWorkbook(
  sheets: readonly RawSheet[],
  { formats = [], strings = [], date1904 = false }: RawShared = {},
): Uint8Array {
  const parts: Record<string, string> = {
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${sheets
      .map(
        ({ name, state = "visible" }, i) =>
          `<sheet name="${name}" sheetId="${i + 1}" state="${state}" r:id="rId${i + 1}"/>`,
      )
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${sheets
      .map(
        (_, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
      )
      .join("")}</Relationships>`,
    "xl/sharedStrings.xml": `<sst xmlns="${MAIN}">${strings.map((string) => `<si>${string}</si>`).join("")}</sst>`,
    "xl/styles.xml": `<styleSheet><numFmts>${formats
      .map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${code.replaceAll('"', "&quot;")}"/>`)
      .join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map((_, i) => `<xf numFmtId="${200 + i}"/>`)
      .join("")}</cellXfs></styleSheet>`,
  };
  for (const [i, { rows, merged = [], columns = "" }] of sheets.entries()) {
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}">${columns}<sheetData>${rows.join(
        "",
      )}</sheetData><mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells></worksheet>`;
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, strToU8(xml)])));
}

/** A row of cells, each a text or the XML of what lies within and around a `<c>` element; null for none. */
export function rawRow(
  row: number,
  cells: readonly (string | { readonly xml: string } | null)[],
  attributes = "",
): string {
  const elements = cells.map((cell, column) => {
    if (cell === null) return "";
    const at = `${String.fromCharCode(65 + column)}${row}`;
    if (typeof cell === "string") return `<c r="${at}" t="inlineStr"><is><t>${cell}</t></is></c>`;
    return cell.xml.replace("<c", `<c r="${at}"`);
  });
  return `<row r="${row}" ${attributes}>${elements.join("")}</row>`;
}
