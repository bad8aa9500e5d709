import { describe, expect, it } from "vitest";
import { type ListNote, noteAt, sayListNote, zhListNote } from "../../../../src/domain/wording/mistakes/list-notes.ts";

const AT = { file: "名单.xlsx[网格]", row: 4 };
const NOTES: readonly ListNote[] = [
  noteAt({ file: "扫描件.pdf", row: null }, "not-read", { isFolder: false, todo: "only-these" }),
  noteAt({ file: "2025", row: null }, "not-read", { isFolder: true, todo: "name-folder" }),
  noteAt(AT, "hidden-sheet", {}),
  noteAt(AT, "hidden-rows", { rows: "2-3" }),
  noteAt(AT, "hidden-columns", { columns: "B" }),
  noteAt(AT, "instructions", {}),
  noteAt(AT, "no-successions", {}),
  noteAt(AT, "title", { said: "青禾县网格一览表" }),
  noteAt(AT, "sum", { said: "合计" }),
  noteAt(AT, "columns-again", {}),
  noteAt(AT, "merged-cell", { column: "station", to: 9, said: "S1" }),
  noteAt(AT, "for-readers", { columns: "备注, 序号" }),
];

describe("a note about a list", () => {
  it.each(NOTES)("is said after its place in both languages: $code", (note) => {
    expect(sayListNote(note).startsWith(`${note.file}${note.row === null ? "" : ":4"}: `)).toBe(true);
    const chinese = zhListNote(note).slice(note.file.length);
    expect(chinese).toMatch(note.row === null ? /^：/ : /^ 第 4 行：/);
    // Names of columns and endings of files stay as they are.
    expect(chinese.replace(/station|S1|B 列|\.(?:csv|xlsx|geojson)/g, "")).not.toMatch(/[A-Za-z]/);
  });
});
