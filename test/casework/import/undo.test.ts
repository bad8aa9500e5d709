import { describe, expect, it } from "vitest";
import { KINDS, planUndo, type RowsNow } from "../../../src/casework/import/undo/plan-undo.ts";
import type { PlainRow, WrittenKind, WrittenRow } from "../../../src/casework/import/undo/written.ts";

const TODAY = "2027-03-10";
const grid = (more: PlainRow = {}): PlainRow => ({
  id: "g1",
  code: "G1",
  name: "一组",
  aliases: ["老桥"],
  stationId: "s1",
  ...more,
});
const post = (more: PlainRow = {}): PlainRow => ({
  ...{ id: "a1", deputyId: "d1", gridId: "g1", stationId: null, role: "primary", fromOn: "2027-01-01", untilOn: null },
  ...more,
});
const rows = (some: Partial<Record<WrittenKind, readonly PlainRow[]>>): RowsNow =>
  Object.fromEntries(
    KINDS.map((kind) => [kind, new Map((some[kind] ?? []).map((row) => [String(row.id), row]))]),
  ) as unknown as RowsNow;
const wrote = (kind: WrittenKind, was: PlainRow | null, became: PlainRow | null): WrittenRow => ({
  ...{ kind, was, became },
  id: String((was ?? became)?.id),
});
const COUNTY = { stations: [{ id: "s1", code: "S1" }], deputies: [{ id: "d1", code: "D1" }], grids: [grid()] };
const whys = (written: readonly WrittenRow[], now: RowsNow) =>
  planUndo(written, now, TODAY).left.map(({ kind, field, why }) => `${kind} ${field ?? "-"} ${why}`);

describe("the inverse of an import", () => {
  it("brings back each field that nobody touched since, and leaves those that somebody did", () => {
    const written = [wrote("grids", grid(), grid({ name: "二组", aliases: [] }))];
    const now = rows({ ...COUNTY, grids: [grid({ name: "改过", aliases: [], community: "新社区" })] });
    const { steps, left } = planUndo(written, now, TODAY);
    expect(steps.map(({ to }) => to)).toEqual([grid({ name: "改过", community: "新社区" })]);
    expect(left).toMatchObject([{ field: "name", wanted: "一组", is: "改过", why: "changed-since" }]);
  });

  it("has nothing to do for what somebody put back by hand", () => {
    const written = [wrote("grids", grid(), grid({ name: "二组" }))];
    expect(planUndo(written, rows(COUNTY), TODAY)).toEqual({ steps: [], left: [] });
  });

  it("takes away what was added, unless somebody changed it; what is gone already is no mistake", () => {
    const written = [wrote("grids", null, grid())];
    expect(planUndo(written, rows(COUNTY), TODAY).steps).toMatchObject([{ id: "g1", to: null }]);
    expect(whys(written, rows({ ...COUNTY, grids: [grid({ name: "改过" })] }))).toEqual(["grids - changed-since"]);
    expect(planUndo(written, rows({}), TODAY)).toEqual({ steps: [], left: [] });
  });

  it("ends an assignment that began, and lets one go on that it ended", () => {
    const begun = wrote("assignments", null, post({ fromOn: TODAY }));
    const ended = wrote("assignments", post({ id: "a2" }), post({ id: "a2", untilOn: "2027-03-09" }));
    const now = rows({ ...COUNTY, assignments: [begun.became ?? {}, ended.became ?? {}] });
    const { steps } = planUndo([ended, begun], now, TODAY);
    expect(steps.map(({ id, to }) => [id, to?.untilOn])).toEqual([
      ["a2", null],
      ["a1", "2027-03-09"],
    ]);
  });

  it("lets no assignment go on where somebody was assigned anew since", () => {
    const ended = wrote("assignments", post(), post({ untilOn: "2027-03-09" }));
    const anew = post({ id: "a9", role: "backup", fromOn: TODAY });
    const now = rows({ ...COUNTY, assignments: [ended.became ?? {}, anew] });
    expect(whys([ended], now)).toEqual(["assignments - assigned-since"]);
    const past = rows({ ...COUNTY, assignments: [ended.became ?? {}, { ...anew, untilOn: "2027-03-01" }] });
    expect(whys([ended], past)).toEqual([]);
  });

  it("names what is gone, and brings back no row whose code is another one's now or that hangs on what is gone", () => {
    const changed = wrote("grids", grid(), grid({ name: "二组" }));
    expect(whys([changed], rows({ ...COUNTY, grids: [] }))).toEqual(["grids - gone"]);
    const taken = wrote("grids", grid(), null);
    expect(planUndo([taken], rows({ ...COUNTY, grids: [] }), TODAY).steps).toMatchObject([{ now: null, to: grid() }]);
    expect(whys([taken], rows({ ...COUNTY, grids: [grid({ id: "g2" })] }))).toEqual(["grids - code-taken"]);
    const its = wrote("assignments", post(), null);
    expect(whys([taken, its], rows({ ...COUNTY, grids: [grid({ id: "g2" })] }))).toEqual([
      "grids - code-taken",
      "assignments - gone",
    ]);
    const moved = wrote("grids", grid(), grid({ stationId: null }));
    const without = rows({ ...COUNTY, stations: [], grids: [grid({ stationId: null })] });
    expect(whys([moved], without)).toEqual(["grids - gone"]);
  });
});
