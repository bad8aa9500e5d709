import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inbox } from "../../../db/schema/conversations.ts";
import { interventions } from "../../../db/schema/ledger.ts";
import { fillLedger, tamper } from "../../casework/audit/ledger.ts";
import { type Office, openOffice, waitingOf } from "../../casework/office.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { type CommandLine, commandLine } from "../liaison.ts";

describe("liaison audit verify", () => {
  let db: TestDatabase;
  let shell: CommandLine;
  let east: string;
  beforeAll(async () => {
    db = await testDatabase({ counties: [] });
    shell = await commandLine(db.url);
    east = (await fillLedger(db, "east", 2)).id;
    await fillLedger(db, "west", 3);
  });
  afterAll(async () => {
    await shell.close();
    await db.close();
  });

  test("prints the head of every county and ends with 0 where all is intact", async () => {
    const { status, out, err } = await shell.liaison("audit", "verify");
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toMatch(
      /^east {2}intact {2}6 links {2}2 cases {2}head 6:[0-9a-f]{64}\nwest {2}intact {2}9 links .*\n$/,
    );
  });

  test("takes a head that was noted, of one county", async () => {
    const { out } = await shell.liaison("audit", "verify", "--county", "east");
    const head = /6:[0-9a-f]{64}/.exec(out)![0];
    expect((await shell.liaison("audit", "verify", "--county", "east", "--head", head)).status).toBe(0);
    const other = await shell.liaison("audit", "verify", "--county", "west", "--head", head);
    expect(other).toMatchObject({
      status: 1,
      err: expect.stringContaining("west: link 6 is not the one that was noted"),
    });
    expect((await shell.liaison("audit", "verify", "--head", head)).status).toBe(2);
    expect((await shell.liaison("audit", "verify", "--county", "east", "--head", "6")).status).toBe(2);
    expect((await shell.liaison("audit", "verify", "--county", "nowhere")).status).toBe(2);
  });

  test("prints the signed head that was noted, which shows later that nothing was taken away", async () => {
    const { status, out } = await shell.liaison("audit", "head", "--county", "east");
    expect(status).toBe(0);
    const [, signed] = /^east {2}(6:[0-9a-f]{64}:1:\d+:[\w-]{43})\n$/.exec(out)!;
    expect((await shell.liaison("audit", "verify", "--county", "east", "--head", signed!)).status).toBe(0);
    const forged = signed!.replace(/:1:/, ":2:");
    for (const [county, head] of [
      ["east", forged],
      ["west", signed!],
    ] as const) {
      expect(await shell.liaison("audit", "verify", "--county", county, "--head", head)).toMatchObject({
        status: 1,
        err: expect.stringContaining(`${county}: this head does not bear the signature`),
      });
    }
    expect(JSON.parse((await shell.liaison("audit", "head", "--json")).out)).toMatchObject([
      { county: "east", position: 6, serial: 1, signed },
      { county: "west", position: 9, serial: 1 },
    ]);
    await db.county("young");
    expect(await shell.liaison("audit", "head", "--county", "young")).toMatchObject({
      status: 1,
      out: "",
      err: expect.stringContaining("young: no head is noted yet"),
    });
  });

  test("names the first broken link and ends with 1", async () => {
    await tamper(
      db.url,
      (client) => client`
        update case_events set by = 'office' where seq = (select event_seq from event_links where jurisdiction_id = ${east} and position = 4)`,
    );
    const { status, out, err } = await shell.liaison("audit", "verify");
    expect(status).toBe(1);
    expect(err).toMatch(/^east: link 4: event \d+ \(opened, case 2026-000002\)/);
    expect(out).toMatch(/^east {2}broken, 1 finding /);
    const json = JSON.parse((await shell.liaison("audit", "verify", "--json")).out);
    expect(json).toMatchObject({
      ok: false,
      counties: [
        {
          county: "east",
          links: 6,
          cases: 2,
          findings: [{ kind: "changed", position: 4, case: "2026-000002" }],
          found: 1,
        },
        { county: "west", links: 9, cases: 3, findings: [], found: 0 },
        { county: "young", links: 0, head: null, noted: null },
      ],
    });
  });
});

describe("liaison stuck", () => {
  let office: Office;
  let shell: CommandLine;
  let id: string;
  beforeEach(async () => {
    office = await openOffice();
    shell = await commandLine(office.db.url);
    await office.accept("ann", "柳东村一组路灯坏了没人修");
    await office.db.database.inCounty(office.county.id, (tx) => tx.update(inbox).set({ payload: new Uint8Array(40) }));
    await office.work();
    id = String((await waitingOf(office, "ann"))[0]);
  });
  afterEach(async () => {
    await shell.close();
    await office.close();
  });

  test("lists a failing message with its reason and without anybody's words", async () => {
    const { status, out } = await shell.liaison("stuck");
    expect(status).toBe(0);
    expect(out).toMatch(new RegExp(`^message  ${id}  failing  .*  tries 1  \\S.*\\n$`));
    expect(JSON.parse((await shell.liaison("stuck", "--json")).out)).toMatchObject([{ what: "message", id, tries: 1 }]);
  });

  test("retry and put-aside keep who decided and why", async () => {
    const county = ["--county", office.county.code];
    expect(await shell.liaison("stuck", "retry", id, ...county, "--by", "li")).toEqual({
      status: 0,
      out: `${id}\n`,
      err: "",
    });
    await office.work();
    expect((await shell.liaison("stuck", "put-aside", id, "--reason", "the key is lost")).status).toBe(0);
    const kept = await office.db.database.inCounty(office.county.id, (tx) => tx.select().from(interventions));
    expect(kept).toMatchObject([
      { action: "retry", by: "li", reason: null },
      { action: "put-aside", by: expect.stringMatching(/./), reason: "the key is lost" },
    ]);
    expect((await shell.liaison("stuck")).out).toBe("");
  });

  test("refuses what makes no sense with a sentence", async () => {
    expect(await shell.liaison("stuck", "put-aside", id)).toMatchObject({
      status: 2,
      err: expect.stringContaining("--reason"),
    });
    expect(await shell.liaison("stuck", "retry", "999")).toEqual({
      status: 1,
      out: "",
      err: "There is no message 999 in this county.\n",
    });
  });
});
