import writeExcelFile from "write-excel-file/node";

type Rows = readonly (readonly (string | number)[])[];
/** A file to be uploaded. */
export type Uploaded = { readonly name: string; readonly bytes: Uint8Array };

/** A workbook with these sheets, every text as text and every number as a number. */
export async function workbook(name: string, sheets: Readonly<Record<string, Rows>>): Promise<Uploaded> {
  const written = Object.entries(sheets).map(([sheet, rows]) => ({
    sheet,
    data: rows.map((row) => row.map((value) => ({ value, type: typeof value === "number" ? Number : String }))),
  }));
  return { name, bytes: await writeExcelFile(written as never).toBuffer() };
}

const STATIONS = ["编号", "名称", "乡镇", "地址"];
const GRIDS = ["网格编号", "名称", "乡镇", "联络站"];
const DEPUTIES = ["代表编号", "姓名", "级别", "电话", "联络站", "网格", "任期至"];

/** Lists with mistakes of many kinds, each in a cell that the test names. */
export const wrongLists = () =>
  workbook("名单.xlsx", {
    联络站: [STATIONS, ["S1", "河湾站", "河湾镇", "桥头街 1 号"], ["S2", "", "河湾镇", "=cmd|' /C calc'!A0"]],
    网格: [
      GRIDS,
      ["H1", "河湾一组", "河湾镇", "S1"],
      ["H2", "河湾二组", "河湾镇", "S9"],
      ["H2", "河湾三组", "河湾镇", "S1"],
    ],
    代表: [
      DEPUTIES,
      ["M1", "马小川", "乡", "0516123", "S1", "H1", "2031-12-31"],
      ["M1", "牛大山", "县", 5161234567, "S1", "H1", 48000],
      ["M2", "杨石头", "村", "12", "S1", "H7", "2031-02-30"],
    ],
  });

/** The same lists, mended; two grids have nobody. */
export const rightLists = (extra = "河湾二组") =>
  workbook("名单.xlsx", {
    联络站: [STATIONS, ["S1", "河湾站", "河湾镇", "桥头街 1 号"], ["S2", "山口站", "山口镇", ""]],
    网格: [GRIDS, ["H1", "河湾一组", "河湾镇", ""], ["H2", extra, "河湾镇", "S2"], ["H3", "山口村", "山口镇", "S2"]],
    代表: [DEPUTIES, ["M1", "马小川", "乡", "05161234567", "S1", "H1", "2031-12-31"]],
  });

/** A workbook under a password, as far as its beginning tells. */
export const locked: Uploaded = {
  name: "网格.xlsx",
  bytes: Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.from("EncryptedPackage", "utf16le"),
  ]),
};
