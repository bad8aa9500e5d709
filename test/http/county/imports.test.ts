import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readWorkbook } from "../../../src/casework/import/spreadsheet/workbook.ts";
import { ROLES } from "../../../src/domain/access/roles.ts";
import { IMPORTS } from "../../../src/http/contract/imports.ts";
import { rawRow, rawWorkbook } from "../../casework/import/raw-workbook.ts";
import type { StaffApi } from "../staff-api.ts";
import { type ImportApi, importApi, staffWhoImport } from "./import-api.ts";
import { locked, rightLists, type Uploaded, workbook, wrongLists } from "./import-files.ts";

let staff: StaffApi;
let started: Awaited<ReturnType<typeof staffWhoImport>>;
let importing: ImportApi;
let base: string;

beforeAll(async () => {
  started = await staffWhoImport();
  ({ staff } = started);
  importing = importApi(staff);
  base = `${staff.api.base}/api/v1`;
});
afterAll(() => started.close());

const upload: ImportApi["upload"] = (...given) => importing.upload(...given);
const ended: ImportApi["ended"] = (id) => importing.ended(id);
const check: ImportApi["check"] = (...files) => importing.check(...files);
const list: ImportApi["list"] = (id, what) => importing.list(id, what);
const apply: ImportApi["apply"] = (id, hash) => importing.apply(id, hash);
const fileAt: ImportApi["fileAt"] = (path) => importing.fileAt(path);
const codesOf = async (...files: Uploaded[]): Promise<string[]> => {
  const { id } = await check(...files);
  return (await list(id, "errors")).map(({ cell, code }: { cell: string; code: string }) => `${cell} ${code}`);
};

describe("lists with mistakes", () => {
  it("are told cell by cell, are not imported, and come back with remarks in which nothing is a formula", async () => {
    const { id, errors, hash } = await check(await wrongLists());
    const found: { sheet: string; cell: string; code: string; value: string }[] = await list(id, "errors");
    expect(errors).toBe(found.length);
    expect(found.map(({ sheet, cell, code }) => `${sheet} ${cell} ${code}`).toSorted()).toEqual(
      [
        "代表 A3 twice",
        "代表 C4 no-level",
        "代表 D3 made-number",
        "代表 D4 no-phone",
        "代表 F4 unknown-grid",
        "代表 G3 no-day",
        "代表 G4 no-day",
        "网格 A4 twice",
        "网格 D3 unknown-station",
        "联络站 B3 empty",
        "联络站 D3 formula",
      ].toSorted(),
    );
    expect(found.find(({ cell, sheet }) => cell === "C4" && sheet === "代表")?.value).toBe("村");
    expect((await apply(id, hash)).body).toMatchObject({ status: 409, code: "errors" });
    expect(await list(id, "changes")).toEqual([]);
    const remarks = await fileAt(`/imports/${id}/remarks.xlsx`);
    const { tables } = readWorkbook("remarks.xlsx", remarks.bytes);
    const texts = tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map((cell) => cell?.text ?? "")));
    expect(texts.filter((text) => /^[=+\-@]/.test(text))).toEqual([]);
    expect(texts.some((text) => text.includes("没有这个网格"))).toBe(true);
    expect(texts).toContain("杨石头");
  });

  it.each([
    ["a password on the file", async () => [locked], ["1 password"]],
    ["what is no Excel", async () => [{ name: "网格.xlsx", bytes: Buffer.from("<html>") }], ["1 no-excel"]],
    ["another ending", async () => [{ name: "网格.doc", bytes: Buffer.from("x") }], ["1 no-excel"]],
    [
      "two lists of one kind",
      async () => [
        await workbook("a.xlsx", {
          网格: [
            ["编号", "名称", "乡镇"],
            ["H1", "一", "甲"],
          ],
          网格2: [
            ["编号", "名称", "乡镇"],
            ["H2", "二", "甲"],
          ],
        }),
      ],
      ["1 same-kind"],
    ],
    [
      "a merged cell",
      async () => [
        {
          name: "网格.xlsx",
          bytes: rawWorkbook([
            {
              name: "网格",
              rows: [rawRow(1, ["编号", "名称", "乡镇"]), rawRow(2, ["H1", "甲", "乙"])],
              merged: ["A2:C2"],
            },
          ]),
        },
      ],
      ["B2 merged", "C2 merged"],
    ],
    [
      "a phone that lost its zero",
      async () => [
        await workbook("a.xlsx", {
          代表: [
            ["编号", "姓名", "级别", "电话"],
            ["L1", "甲", "乡", 5161234567],
          ],
        }),
      ],
      ["D2 made-number"],
    ],
  ])("say so of %s", async (_name, files, wanted) => {
    expect(await codesOf(...(await files()))).toEqual(wanted);
  });

  it("of 50,000 rows are checked whole, and told page by page", async () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => `B${at},网格${at},大镇,NONE`);
    const bytes = Buffer.from(["编号,名称,乡镇,联络站", ...rows].join("\n"));
    const { id, errors } = await check({ name: "网格.csv", bytes });
    expect(errors).toBe(50_000);
    const first = (await staff.ask("office", `GET /imports/${id}/errors?limit=500`)).body;
    const second = (await staff.ask("office", `GET /imports/${id}/errors?limit=500&after=${first.next}`)).body;
    expect([first.items[0].cell, second.items[0].cell]).toEqual(["D2", "D502"]);
  });
});

describe("lists that are right", () => {
  it("are imported as they were checked, unless the county changed or other files are meant", async () => {
    const { id, hash, errors, consequences } = await check(await rightLists());
    expect(errors).toBe(0);
    const changes: { kind: string; code: string; what: string }[] = await list(id, "changes");
    expect(changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "grids", code: "H1", what: "added" }),
        expect.objectContaining({ kind: "deputies", code: "M1", what: "added" }),
        expect.objectContaining({ kind: "assignments", code: "M1", what: "added" }),
      ]),
    );
    expect(JSON.stringify(changes)).not.toContain("05161234567");
    const gaps: { code: string; isNew: boolean; kind: string }[] = await list(id, "consequences");
    expect(gaps.length).toBe(consequences);
    expect(gaps.filter(({ isNew }) => isNew).map(({ code }) => code)).toEqual(["H2", "H3"]);
    expect((await staff.ask("office", "GET /deputies/M1")).status).toBe(404);

    const stale = await check(await rightLists("河湾新村"));
    expect((await apply(id, stale.hash)).body).toMatchObject({ status: 409, code: "other-files" });
    const asked = await apply(id, hash);
    expect(asked.status).toBe(202);
    expect(await ended(asked.body.id)).toMatchObject({ state: "done", kind: "import" });
    expect((await staff.ask("office", "GET /deputies/M1")).body.assignments).toHaveLength(2);

    expect((await apply(stale.id, stale.hash)).body).toMatchObject({ status: 409, code: "county-changed" });
    const renamed = await check(await rightLists("河湾新村"));
    expect(await list(renamed.id, "changes")).toEqual([
      {
        kind: "grids",
        what: "changed",
        code: "H2",
        name: "河湾新村",
        fields: [{ field: "name", from: "河湾二组", to: "河湾新村" }],
      },
    ]);
    expect((await fileAt(`/imports/${renamed.id}/remarks.xlsx`)).status).toBe(404);
  });

  it("go out as a template that changes nothing when it comes back", async () => {
    const { status, bytes } = await fileAt("/exports/county.xlsx");
    expect(status).toBe(200);
    const { errors, changes, id } = await check({ name: "county.xlsx", bytes });
    expect([errors, await list(id, "errors"), changes, await list(id, "changes")]).toEqual([0, [], 0, []]);
  });
});

describe("who may import", () => {
  it("is the office of the county alone, for every operation", async () => {
    const { id } = await check(await rightLists());
    for (const operation of Object.keys(IMPORTS)) {
      if (operation === "POST /imports" || operation.endsWith(".xlsx")) continue;
      const asked = operation.replace("{id}", id);
      const given = operation.endsWith("apply") ? { body: { hash: "0".repeat(64) } } : {};
      for (const role of ROLES) {
        const right =
          role !== "office" ? 403 : operation.endsWith("apply") ? 409 : operation.endsWith("undo") ? 404 : 200;
        expect([operation, role, (await staff.ask(`here ${role}`, asked, given)).status]).toEqual([
          operation,
          role,
          right,
        ]);
        const abroad = role !== "office" ? 403 : operation === "GET /imports" ? 200 : 404;
        expect((await staff.ask(`elsewhere ${role}`, asked, given)).status).toBe(abroad);
      }
    }
    for (const role of ROLES) {
      const { status } = await upload([await rightLists()], { who: `here ${role}` });
      expect([role, status]).toEqual([role, role === "office" ? 202 : 403]);
      for (const path of [`/imports/${id}/remarks.xlsx`, "/exports/county.xlsx"]) {
        const { status: read } = await fetch(`${base}${path}`, { headers: { "x-person": `here ${role}` } });
        expect([path, role, read === 403]).toEqual([path, role, role !== "office"]);
      }
    }
    const generic = { kind: "import-check", asked: { files: [], coordinates: "wgs84" } };
    expect((await staff.ask("office", "POST /errands", { body: generic })).status).toBe(422);
    const undoing = { kind: "import-undo-check", asked: { import: id } };
    expect((await staff.ask("office", "POST /errands", { body: undoing })).status).toBe(422);
  });

  it("gets no second errand for the same files with the same key, and no errand for none", async () => {
    const key = randomUUID();
    const lists = await rightLists();
    const first = await upload([lists], { key });
    expect((await upload([lists], { key })).body.id).toBe(first.body.id);
    expect((await upload([locked], { key })).body).toMatchObject({ status: 422, code: "key-used" });
    expect((await upload([])).body).toMatchObject({ status: 422, code: "no-file" });
    expect((await upload([lists, lists])).body).toMatchObject({ status: 422, code: "same-name" });
    expect((await upload([{ name: "网格.csv", bytes: Buffer.alloc(21 * 1024 * 1024) }])).status).toBe(413);
    expect((await staff.ask("office", "POST /imports", { body: {} })).body.code).toBe("no-files");
  });
});
