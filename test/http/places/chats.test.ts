import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settingsChanges } from "../../../db/schema/ledger.ts";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import type { CHATS } from "../../../src/http/contract/places/chats.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

let staff: StaffApi;
const paths: { list: "stations" | "grids"; path: string; said: RegExp }[] = [];

beforeAll(async () => {
  staff = await staffApi();
  for (const role of ROLES) await staff.person(role, role);
  await staff.person("林晓", "office");
  for (const [list, said] of [
    ["stations", /您在这里代表/],
    ["grids", /您在这里是.*网格员/],
  ] as const) {
    const { code } = (await staff.ask("林晓", `GET /${list}?limit=1`)).body.items[0];
    paths.push({ list, path: `/${list}/${encodeURIComponent(code)}`, said });
  }
});
afterAll(() => staff.close());

const newest = (person: string) => staff.office.sent.filter(({ to }) => to === person).at(-1)?.text ?? "";

describe("who speaks in chat for a station, or as the worker of a grid", () => {
  it.each([0, 1])("is invited once, listed, and ended by who has seen it (list %i)", async (at) => {
    const { list, path, said } = paths[at]!;
    const made = await staff.ask("林晓", `POST ${path}/invite`, {});
    expect(made).toMatchObject({ status: 201, body: { code: expect.stringMatching(/^[0-9A-Z-]{8,}$/) } });
    expect(staff.api.logged()).not.toContain(made.body.code);
    expect((await staff.ask("林晓", `GET ${path}/chats`)).body).toMatchObject({ chats: [], openCodes: 1 });
    const seen = (await staff.ask("林晓", `GET ${path}/chats`)).etag;
    await staff.office.say(`of ${list}`, `绑定 ${made.body.code}`);
    expect(newest(`of ${list}`)).toMatch(said);
    const { body, etag } = await staff.ask("林晓", `GET ${path}/chats`);
    expect(body).toMatchObject({ chats: [{ id: expect.any(String) }], openCodes: 0 });
    const end = `POST ${path}/chats/${body.chats[0].id}/end`;
    expect((await staff.ask("林晓", end, { match: seen })).status).toBe(412);
    const other = paths[1 - at]!.path;
    const elsewhere = (await staff.ask("林晓", `GET ${other}/chats`)).etag;
    const wrong = `POST ${other}/chats/${body.chats[0].id}/end`;
    expect((await staff.ask("林晓", wrong, { match: elsewhere })).status).toBe(404);
    expect((await staff.ask("林晓", end, { match: etag })).status).toBe(204);
    expect((await staff.ask("林晓", `GET ${path}/chats`)).body.chats).toEqual([]);
    await staff.office.say(`of ${list}`, "帮助");
    expect(newest(`of ${list}`)).not.toMatch(said);
    const noted = await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.select().from(settingsChanges),
    );
    const own = noted
      .filter(({ what }) => what.startsWith(`${list}/`))
      .map(({ what, by }) => [what.split("/").at(-1), by]);
    expect(own).toEqual([
      ["invited", "林晓"],
      ["chat-ended", "林晓"],
    ]);
  });

  const MAY: Readonly<Record<keyof typeof CHATS, readonly Role[]>> = {
    "GET /stations/{code}/chats": ["office", "auditor"],
    "POST /stations/{code}/invite": ["office"],
    "POST /stations/{code}/chats/{id}/end": ["office"],
    "GET /grids/{code}/chats": ["office", "auditor"],
    "POST /grids/{code}/invite": ["office"],
    "POST /grids/{code}/chats/{id}/end": ["office"],
  };
  it.each(Object.keys(MAY) as (keyof typeof MAY)[])("%s is for its roles alone", async (operation) => {
    const path = operation.replace("{code}", "X77").replace("{id}", "0195d0c0-0000-7000-8000-00000000dead");
    for (const role of ROLES) {
      const { status } = await staff.ask(role, path, operation.endsWith("end") ? { match: '"v0"' } : {});
      expect([role, status === 403]).toEqual([role, !MAY[operation].includes(role)]);
    }
    expect((await staff.ask("nobody", path, {})).status).toBe(401);
  });
});
