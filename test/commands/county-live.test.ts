import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { readTrial } from "../../src/casework/county/trial.ts";
import type { TestDatabase } from "../database.ts";
import { type CommandLine, commandLineWithDatabase } from "./liaison.ts";

let line: CommandLine & { readonly db: TestDatabase };
beforeAll(async () => {
  line = await commandLineWithDatabase();
});
afterAll(() => line.close());

describe("liaison county live", () => {
  it("ends the trial in which a county was added, once", async () => {
    expect(await line.liaison("county", "add", "north", "--name", "North", "--trial")).toMatchObject({
      status: 0,
      out: "north\n",
    });
    const live = () => line.liaison("county", "live", "--county", "north", "--by", "Lin");
    expect(await live()).toMatchObject({ status: 0, out: expect.stringContaining("everybody receives") });
    const id = (await countyByCode(line.db.database, "north"))?.id ?? "";
    const trial = await line.db.database.inCounty(id, (tx) => readTrial(tx));
    expect(trial).toMatchObject({ isOn: false, by: "Lin" });
    expect(await live()).toMatchObject({ status: 1, err: "The county is not in trial.\n" });
    expect(await line.liaison("county", "live", "--county", "east")).toMatchObject({ status: 1 });
  });
});
