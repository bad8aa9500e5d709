import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { latestChanges } from "../../../src/casework/county/settings-ledger.ts";
import { readKnown } from "../../../src/casework/import/known.ts";
import { plainRow } from "../../../src/casework/import/undo/written.ts";
import { ROLES } from "../../../src/domain/access/roles.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import type { StaffApi } from "../staff-api.ts";
import { type ImportApi, importApi, staffWhoImport } from "./import-api.ts";
import { rightLists, workbook } from "./import-files.ts";

type Told = { kind: string; what: string; code: string; fields: object[] };

let staff: StaffApi;
let started: Awaited<ReturnType<typeof staffWhoImport>>;
let lists: ImportApi;

beforeAll(async () => {
  started = await staffWhoImport();
  ({ staff } = started);
  lists = importApi(staff);
});
afterAll(() => started.close());

const ask = (operation: string, given: object = {}) => staff.ask("office", operation, given);
const imported = async (...files: Parameters<ImportApi["check"]>) => lists.applied(await lists.check(...files));
const history = async () => (await ask("GET /imports")).body.items;
const undo = (id: string) => ask(`POST /imports/${id}/undo`);
const told = async (id: string) =>
  (await lists.list(id, "changes")).map(({ kind, what, code }: Told) => `${kind} ${what} ${code}`).toSorted();
const patch = async (path: string, body: object) => {
  const code = path.split("/").at(-1);
  const kind = path.split("/")[1];
  const etag =
    kind === "deputies"
      ? (await ask(`GET ${path}`)).etag
      : `"${(await ask(`GET /${kind}?q=${code}`)).body.items[0].etag}"`;
  const done = await ask(`PATCH ${path}`, { body, match: etag });
  expect(done.status).toBe(200);
};
/** Every row of the county's lists as it is; of assignments those that hold today. */
async function county() {
  const known = await staff.office.db.database.inCounty(staff.office.county.id, readKnown);
  const rows = [known.stations, known.grids, known.deputies, known.units].flatMap((kind) => [...kind.values()]);
  const today = dayIn(staff.office.runtime.now(), "Asia/Shanghai");
  const held = known.assignments.filter(({ untilOn }) => untilOn === null || untilOn > today);
  return new Map([...rows, ...known.places, ...held].map((row) => [row.id, JSON.stringify(plainRow(row))]));
}
/** The lists of one grid that belongs to 清河 already, under another name and with somebody else. */
const renamed = async (name = "换了名的网格") => {
  const { items } = (await ask("GET /grids?limit=200")).body;
  const grid = items.find(({ code }: { code: string }) => !/^H\d$/.test(code));
  const all = (await ask("GET /deputies?limit=200")).body.items;
  const deputy = all.find(({ code }: { code: string }) => !/^M\d$/.test(code));
  const file = await workbook("改动.xlsx", {
    网格: [
      ["编号", "名称", "乡镇", "别名"],
      [grid.code, name, grid.township, "新别名"],
    ],
    代表: [
      ["编号", "姓名", "级别", "电话", "网格"],
      [deputy.code, "改名人", "乡", "13900001111", grid.code],
    ],
  });
  return { file, grid: grid.code as string, deputy: deputy.code as string };
};

describe("undoing an import", () => {
  it("takes back what was added, changed and ended, so that the county is as it was, and can be taken back itself", async () => {
    const before = await county();
    const added = await imported(await rightLists());
    const { file, grid, deputy } = await renamed();
    const { name } = (await ask(`GET /grids/${grid}`)).body;
    const changed = await imported(file);
    const after = await county();

    const look = await lists.look(changed);
    expect(look).toMatchObject({ errors: 0, left: 0 });
    const rows = await told(look.id);
    expect(rows).toEqual(expect.arrayContaining([`deputies changed ${deputy}`, `grids changed ${grid}`]));
    const changes: Told[] = await lists.list(look.id, "changes");
    const fields = changes.find(({ kind }) => kind === "grids")?.fields;
    expect(fields).toContainEqual({ field: "name", from: "换了名的网格", to: name });
    expect(JSON.stringify(changes)).not.toContain("13900001111");
    expect(await county()).toEqual(after);
    const undone = await lists.applied(look);
    const first = await lists.look(added);
    expect(await told(first.id)).toContain("deputies removed M1");
    await lists.applied(first);
    expect(await county()).toEqual(before);
    expect((await ask("GET /deputies/M1")).status).toBe(404);

    const again = await lists.applied(await lists.look(undone));
    expect((await ask(`GET /deputies/${deputy}`)).body.name).toBe("改名人");
    await lists.applied(await lists.look(again));
    expect(await county()).toEqual(before);
    const shown = await history();
    expect(shown.find(({ id }: { id: string }) => id === undone)).toMatchObject({ undoes: changed, files: [] });
    expect(shown.find(({ id }: { id: string }) => id === changed)).toMatchObject({
      ...{ by: "office", files: ["改动.xlsx"], undoes: null, cannotUndo: "later-import" },
    });
    const { db, county: here } = staff.office;
    const ledger = await db.database.inCounty(here.id, (tx) => latestChanges(tx, 20));
    expect(ledger.map(({ what, by }) => `${what} ${by}`)).toContain(`imports/${undone}/undone office`);
  });

  it("leaves, and names, what somebody changed since, field by field, and brings back the rest", async () => {
    const { file, grid, deputy } = await renamed("又换了名");
    const was = (await ask(`GET /grids/${grid}`)).body;
    const id = await imported(file);
    await patch(`/grids/${grid}`, { name: "办公室改的" });
    await patch(`/deputies/${deputy}`, { name: "林办改的", phone: "13711112222" });
    const look = await lists.look(id);
    const left = await lists.list(look.id, "left");
    expect(left).toEqual(
      expect.arrayContaining([
        {
          kind: "grids",
          code: grid,
          name: "办公室改的",
          field: "name",
          wanted: was.name,
          is: "办公室改的",
          why: "changed-since",
        },
        expect.objectContaining({ kind: "deputies", field: "name", is: "林办改的", why: "changed-since" }),
        expect.objectContaining({ kind: "deputies", field: "phone", is: "…" }),
      ]),
    );
    expect(JSON.stringify(left)).not.toContain("1371111");
    await lists.applied(look);
    const now = (await ask(`GET /grids/${grid}`)).body;
    expect([now.name, now.aliases]).toEqual(["办公室改的", was.aliases]);
    expect((await ask(`GET /deputies/${deputy}`)).body.name).toBe("林办改的");
  });

  it("leaves a new deputy who is in use by now, and says so", async () => {
    const id = await imported(await rightLists());
    await staff.office.bind("new deputy", "M1");
    const look = await lists.look(id);
    const left: { kind: string; code: string; why: string }[] = await lists.list(look.id, "left");
    expect(left.map(({ kind, code, why }) => `${kind} ${code} ${why}`)).toEqual(["deputies M1 in-use"]);
    const gaps: { code: string; isNew: boolean }[] = await lists.list(look.id, "consequences");
    expect(gaps.filter(({ isNew }) => isNew)).toMatchObject([{ code: "M1", kind: "deputy-without-place" }]);
    await lists.applied(look);
    expect((await ask("GET /deputies/M1")).status).toBe(200);
    for (const grid of ["H1", "H3"]) expect((await ask(`GET /grids/${grid}`)).status).toBe(404);
  });
});

describe("an import is not undone", () => {
  it("by a look at a county that has changed since, or at another one", async () => {
    const { file, grid } = await renamed("第三次换名");
    const look = await lists.look(await imported(file));
    await patch(`/grids/${grid}`, { community: "改过的社区" });
    expect((await lists.apply(look.id, look.hash)).body).toMatchObject({ status: 409, code: "county-changed" });
    expect((await lists.apply(look.id, "0".repeat(64))).body).toMatchObject({ status: 409, code: "other-files" });
    const generic = { kind: "import", asked: { check: look.id } };
    expect((await ask("POST /errands", { body: generic })).status).toBe(422);
  });

  it("twice, before what came after it, or when it changed nothing", async () => {
    const first = await renamed("先改的名");
    const one = await imported(first.file);
    const two = await imported((await renamed("后改的名")).file);
    expect((await undo(one)).body).toMatchObject({ status: 409, code: "later-import" });
    const look = await lists.look(two);
    const twice = await Promise.all([lists.apply(look.id, look.hash), lists.apply(look.id, look.hash)]);
    const ends = await Promise.all(twice.map(({ body }) => lists.ended(body.id)));
    expect(ends.map(({ state }) => state).toSorted()).toEqual(["done", "failed"]);
    expect((await undo(two)).body).toMatchObject({ status: 409, code: "later-import" });
    const same = await workbook("同样.xlsx", { 地名: [["名称", "网格"]] });
    const empty = await lists.check(same);
    if (empty.errors === 0) {
      const nothing = await lists.applied(empty);
      expect((await undo(nothing)).body).toMatchObject({ status: 409, code: "not-imported" });
    }
  });

  it("by anybody but the office of its county, nor a day later", async () => {
    const id = await imported((await renamed("最后换名")).file);
    for (const role of ROLES) {
      const path = `POST /imports/${id}/undo`;
      expect([role, (await staff.ask(`here ${role}`, path)).status]).toEqual([role, role === "office" ? 202 : 403]);
      const abroad = await staff.ask(`elsewhere ${role}`, path);
      expect([role, abroad.status]).toEqual([role, role === "office" ? 404 : 403]);
    }
    expect((await staff.ask("elsewhere office", "GET /imports")).body.items).toEqual([]);
    const look = await lists.look(id);
    await staff.office.pass(24 * 3_600_000 + 1000);
    expect((await undo(id)).body).toMatchObject({ status: 409, code: "undo-over" });
    expect((await lists.apply(look.id, look.hash)).body).toMatchObject({ status: 409, code: "undo-over" });
    expect((await history())[0]).toMatchObject({ id, cannotUndo: "undo-over" });
  });
});
