import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../../db/database.ts";
import { ERRAND_KINDS } from "../../../src/casework/errand-kinds/registry.ts";
import { readWorkbook } from "../../../src/casework/import/spreadsheet/workbook.ts";
import { ROLES } from "../../../src/domain/access/roles.ts";
import { SUCCESSION_FILES } from "../../../src/http/contract/places/succession-files.ts";
import { startErrands } from "../../../workers/errands.ts";
import { rawRow, rawWorkbook } from "../../casework/import/raw-workbook.ts";
import { type Uploaded, workbook } from "../county/import-files.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

const LIMIT = { timeout: 120_000, interval: 100 };
const HEAD = ["原代表编号", "原代表姓名", "新代表编号", "新代表姓名", "从哪一天起", "只接这些网格或站"];

let staff: StaffApi;
let worker: { close(): Promise<void> };
let today: string;
let people: { code: string; name: string }[];
let number: string;
const dayAfter = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  staff = await staffApi();
  const { runtime, db } = staff.office;
  const openLong = () => openDatabase({ login: db.database.login, statementLimitMs: 60_000 });
  worker = startErrands({ runtime, kinds: ERRAND_KINDS, openLong, log: runtime.log });
  today = new Date(runtime.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const west = await db.county("west");
  for (const role of ROLES) {
    await staff.person(`here ${role}`, role);
    await staff.person(`elsewhere ${role}`, role, { jurisdictionId: west });
  }
  await staff.person("office", "office");
  number = await staff.newCase("resident", "柳东村一组路灯坏了六盏");
  const holder = (await ask(`GET /cases/${number}`)).body.holder.code;
  const { items } = (await ask("GET /deputies?limit=200")).body;
  people = items.toSorted((one: { code: string }) => (one.code === holder ? -1 : 0));
});
afterAll(async () => {
  await worker.close();
  await staff.close();
});

const ask = (operation: string, given: object = {}) => staff.ask("office", operation, given);
const fetchAs = (path: string, who = "office", init: RequestInit = {}) =>
  fetch(`${staff.api.base}/api/v1${path}`, {
    ...init,
    headers: { "x-person": encodeURIComponent(who), "idempotency-key": randomUUID() },
  });
async function upload(files: readonly Uploaded[], who = "office") {
  const body = new FormData();
  for (const { name, bytes } of files) body.append("files", new File([new Uint8Array(bytes)], name));
  const response = await fetchAs("/successions/files", who, { method: "POST", body });
  return { status: response.status, body: JSON.parse(await response.text()) };
}
async function check(file: Uploaded) {
  const asked = await upload([file]);
  expect(asked.status).toBe(202);
  const { id } = asked.body;
  await vi.waitFor(async () => expect((await ask(`GET /errands/${id}`)).body.state).toBe("done"), LIMIT);
  return { id: id as string, ...(await ask(`GET /errands/${id}`)).body.answer };
}
const list = (rows: readonly (readonly (string | number)[])[]) => workbook("换届.xlsx", { 接任: [HEAD, ...rows] });
const errorsOf = async (id: string): Promise<string[]> =>
  (await ask(`GET /successions/files/${id}/errors`)).body.items.map(
    ({ cell, code }: { cell: string; code: string }) => `${cell} ${code}`,
  );

describe("a list of who follows whom with mistakes", () => {
  it("is told cell by cell, comes back with remarks, and cannot be planned", async () => {
    const [a, b, c] = people;
    const { id, errors, days } = await check(
      await list([
        [a!.code, a!.name, b!.code, b!.name, dayAfter(30), ""],
        [a!.code, "", c!.code, "", dayAfter(31), ""],
        ["查无此人", "", b!.code, "", dayAfter(30), ""],
        [c!.code, a!.name, c!.code, "", dayAfter(30), ""],
        [b!.code, "", c!.code, "", 48000, ""],
        [b!.code, "", c!.code, "", dayAfter(-1), ""],
        [b!.code, "", "", "", dayAfter(30), "NOWHERE"],
        [b!.code, "", "=1+1", "", "明年", "NOWHERE"],
      ]),
    );
    expect(days).toEqual([]);
    const found = await errorsOf(id);
    expect(found.length).toBe(errors);
    expect(found).toEqual(
      expect.arrayContaining([
        "A3 twice",
        "A4 unknown-deputy",
        "B5 wrong-name",
        "C5 same-deputy",
        "E6 no-day",
        "E7 not-ahead",
        "C8 empty",
        "C9 formula",
        "E9 no-day",
      ]),
    );
    expect((await ask(`GET /successions/files/${id}/preview`)).body).toMatchObject({ status: 409, code: "errors" });
    expect((await ask(`POST /successions/files/${id}/plan`)).body).toMatchObject({ status: 409, code: "errors" });
    const remarks = await fetchAs(`/successions/files/${id}/remarks.xlsx`);
    const { tables } = readWorkbook("remarks.xlsx", new Uint8Array(await remarks.arrayBuffer()));
    const texts = tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map((cell) => cell?.text ?? "")));
    expect(texts.some((text) => text.includes("没有这位代表"))).toBe(true);
    expect(texts.filter((text) => /^[=+\-@]/.test(text))).toEqual([]);
  });

  it.each<[string, () => Promise<Uploaded>, string[]]>([
    [
      "no list",
      () =>
        workbook("a.xlsx", {
          别的: [
            ["甲", "乙"],
            ["1", "2"],
          ],
        }),
      ["1 no-table"],
    ],
    [
      "a missing column",
      () =>
        workbook("a.xlsx", {
          接任: [
            ["原代表编号", "新代表编号"],
            ["A", "B"],
          ],
        }),
      ["1 column-missing"],
    ],
    [
      "a column that nobody knows",
      () =>
        workbook("a.xlsx", {
          接任: [
            [...HEAD, "星座"],
            ["", "", "", "", "", "", "天秤"],
          ],
        }),
      ["G1 unknown-column"],
    ],
    ["rows that nobody filled in", () => list([["D001", "", "", "", "", ""]]), ["1 nobody-follows"]],
    ["what is no Excel", async () => ({ name: "换届.xlsx", bytes: Buffer.from("<html>") }), ["1 no-excel"]],
    [
      "merged cells",
      async () => ({
        name: "换届.xlsx",
        bytes: rawWorkbook([
          {
            name: "接任",
            rows: [
              rawRow(1, HEAD),
              rawRow(2, ["X1", "", "X2", "", "2999-01-01", ""]),
              rawRow(3, ["", "", "X3", "", "2999-01-01", ""]),
            ],
            merged: ["A2:A3"],
          },
        ]),
      }),
      ["A2 unknown-deputy", "C2 unknown-deputy", "A3 merged"],
    ],
  ])("says so of %s", async (_name, file, wanted) => {
    const { id } = await check(await file());
    expect((await errorsOf(id)).toSorted()).toEqual(wanted.toSorted());
  });

  it("finds a code whose zeros a spreadsheet took away, and a place where the predecessor does not serve", async () => {
    const [a, b] = people;
    await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.execute(
        `insert into deputies (id, jurisdiction_id, code, name, level)
        values (gen_random_uuid(), '${staff.office.county.id}', '007', '零七', 'township')` as never,
      ),
    );
    const { id } = await check(
      await list([
        [7, "", b!.code, "", dayAfter(30), ""],
        [a!.code, "", "007", "零七", dayAfter(30), "NOWHERE"],
      ]),
    );
    expect(await errorsOf(id)).toEqual(["A2 zero-lost", "F3 not-serving"]);
  });
});

describe("a list of who follows whom", () => {
  it("goes out as a template, comes back filled in, is looked at and planned once, each row on its day", async () => {
    const [a, b, c, d] = people;
    const template = await fetchAs("/successions/template.xlsx");
    const { tables } = readWorkbook("t.xlsx", new Uint8Array(await template.arrayBuffer()));
    const rows = tables[0]!.rows.map(({ cells }) => cells.map((cell) => cell?.text ?? ""));
    expect(rows[0]!.slice(0, 6)).toEqual(HEAD);
    expect(rows.some(([code, name]) => code === a!.code && name === a!.name)).toBe(true);
    const filled = rows.slice(1).map(([code = "", name = "", , , , , hint = ""]) => {
      if (code === a!.code) return [code, name, b!.code, b!.name, dayAfter(30), "", hint];
      if (code === c!.code) return [code, name, d!.code, "", dayAfter(60), "", hint];
      return [code, name, "", "", "", "", hint];
    });
    const file = await workbook("换届.xlsx", { 接任: [rows[0]!, ...filled] });
    const { id, errors, days, rows: count, unused } = await check(file);
    expect([errors, await errorsOf(id), days.length]).toEqual([0, [], 2]);
    expect([count, unused]).toEqual([2, filled.length - 2]);
    const seen = (await ask(`GET /successions/files/${id}/preview`)).body.days;
    expect(seen).toMatchObject([
      { on: dayAfter(30), steps: [{ from: a!.code, to: b!.code, openCases: 1, cases: [{ number }] }] },
      { on: dayAfter(60), steps: [{ from: c!.code, to: d!.code }] },
    ]);
    expect((await ask("GET /successions")).body.items).toEqual([]);
    expect((await fetchAs(`/successions/files/${id}/remarks.xlsx`)).status).toBe(404);

    const { ids } = (await ask(`POST /successions/files/${id}/plan`)).body;
    const planned = (await ask("GET /successions")).body.items;
    expect(planned.map((one: { id: string; on: string; state: string }) => [one.id, one.on, one.state])).toEqual([
      [ids[0], dayAfter(30), "planned"],
      [ids[1], dayAfter(60), "planned"],
    ]);
    expect((await ask(`POST /successions/files/${id}/plan`)).body).toMatchObject({
      status: 409,
      code: "there-already",
    });
    const again = await check(file);
    expect(await errorsOf(again.id)).toHaveLength(2);
    expect((await errorsOf(again.id)).every((one) => one.endsWith("planned-already"))).toBe(true);
    for (const one of ids) await ask(`POST /successions/${one}/cancel`);
    expect((await check(file)).errors).toBe(0);
  });

  it("is planned no more once somebody of it has left meanwhile", async () => {
    const [, , , d, e] = people;
    const { id } = await check(await list([[d!.code, "", e!.code, "", dayAfter(40), ""]]));
    const { etag } = await ask(`GET /deputies/${e!.code}`);
    await ask(`PATCH /deputies/${e!.code}`, { body: { untilOn: dayAfter(10) }, match: etag });
    expect((await ask(`POST /successions/files/${id}/plan`)).body).toMatchObject({ status: 422, code: "term-ends" });
    expect((await ask(`GET /successions/files/${id}/preview`)).status).toBe(422);
  });
});

describe("who may plan by a list", () => {
  it("is the office of the county alone", async () => {
    const [, b, c] = people;
    const { id } = await check(await list([[b!.code, "", c!.code, "", dayAfter(50), ""]]));
    for (const operation of Object.keys(SUCCESSION_FILES)) {
      if (operation === "POST /successions/files") continue;
      const [method = "", path = ""] = operation.replace("{id}", id).split(" ");
      for (const role of ROLES) {
        const isGone = operation.endsWith("remarks.xlsx");
        const here = role !== "office" ? 403 : isGone ? 404 : 200;
        const abroad = role !== "office" ? 403 : operation.endsWith("template.xlsx") ? 200 : 404;
        expect([operation, role, (await fetchAs(path, `elsewhere ${role}`, { method })).status]).toEqual([
          operation,
          role,
          abroad,
        ]);
        expect([operation, role, (await fetchAs(path, `here ${role}`, { method })).status]).toEqual([
          operation,
          role,
          here,
        ]);
      }
    }
    for (const role of ROLES) {
      const file = await list([[b!.code, "", c!.code, "", dayAfter(50), ""]]);
      expect([role, (await upload([file], `here ${role}`)).status]).toEqual([role, role === "office" ? 202 : 403]);
    }
    const file = await list([]);
    expect((await upload([file, { ...file, name: "b.xlsx" }])).body).toMatchObject({ status: 422, code: "too-many" });
    expect((await upload([])).body).toMatchObject({ status: 422, code: "no-file" });
    expect((await ask("GET /imports/{id}/errors".replace("{id}", id))).status).toBe(404);
    const generic = { kind: "succession-check", asked: { file: "x" } };
    expect((await ask("POST /errands", { body: generic })).status).toBe(422);
  });
});
