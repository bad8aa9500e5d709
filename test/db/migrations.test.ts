import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate } from "../../db/migrate.ts";
import { type TestDatabase, testDatabase } from "../database.ts";

const FOLDER = join(import.meta.dirname, "../../db/migrations");

/** What breaks the version before, which works on while a migration runs and after it (see CONTRIBUTING.md). */
const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ["drops what is in use", /\bdrop\s+(table|column|schema|type|view|function|policy|role)\b/i],
  ["renames", /\brename\s+(to|column|constraint|value|table)?/i],
  ["changes a type", /\balter\s+(column\s+)?\S+\s+(set\s+data\s+)?type\b/i],
  ["demands a value that the version before does not give", /\bset\s+not\s+null\b/i],
  ["takes a default away", /\balter\s+(column\s+)?\S+\s+drop\s+default\b/i],
  ["deletes rows", /^\s*(truncate|delete\s+from)\b/i],
  ["lets a county be seen by others", /\bdisable\s+row\s+level\s+security\b/i],
];
const UNFORCED = /\balter\s+table\s+("?[\w.]+"?)\s+no\s+force\s+row\s+level\s+security\b/i;
const NEW_COLUMN = /\badd\s+column\b[^;]*?\bnot\s+null\b/i;
const NEW_CONSTRAINT = /\balter\s+table\s+("?[\w.]+"?)\s+add\s+constraint\b/i;
const NEW_UNIQUE = /\bcreate\s+unique\s+index\b.*?\bon\s+("?[\w.]+"?)/i;

const UNIQUE_WHERE = /\bcreate\s+unique\s+index\s+("?[\w.]+"?)\s+(on\b.*?)\s+where\s+(.*)$/is;

/** The unique indexes of some migrations by name: on what, and of which rows. */
function uniqueIndexes(file: string): ReadonlyMap<string, { readonly on: string; readonly where: string }> {
  const found = file.split(/;|--> statement-breakpoint/).flatMap((text) => {
    const [, name = "", on = "", where = ""] = UNIQUE_WHERE.exec(text) ?? [];
    return name === "" ? [] : [[name, { on, where: where.trim() }] as const];
  });
  return new Map(found);
}

/**
 * Whether a unique index forbids nothing that the version before writes: it is of rows that have a value in a column of this migration, or
 * takes the place of an index of its name and leaves out more rows than that.
 */
function isLoose(statement: string, file: string, before: string): boolean {
  const [[name, index] = ["", undefined]] = uniqueIndexes(statement);
  if (index === undefined) return false;
  const columns = [...file.matchAll(/\badd\s+column\s+("?\w+"?)/gi)].map(([, column = ""]) => column);
  if (columns.some((column) => index.where.includes(`${column} is not null`) && !/\bor\b/i.test(index.where)))
    return true;
  const former = uniqueIndexes(before).get(name);
  return former !== undefined && former.on === index.on && index.where.startsWith(`${former.where} and `);
}

/** Why a migration would break the version before, one reason for each statement; empty when it only adds. @param before the migrations that came before */
function breaks(file: string, before = ""): string[] {
  const statements = file
    .replaceAll(/--> statement-breakpoint/g, ";")
    .replaceAll(/--.*$/gm, "")
    .split(";");
  const made = new Set(
    statements.flatMap((text) => text.match(/\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?("?[\w.]+"?)/i)?.[1] ?? []),
  );
  const isNew = (match: RegExpMatchArray | null) => match === null || made.has(match[1] ?? "");
  return statements.flatMap((statement, index) => {
    const named = FORBIDDEN.find(([, pattern]) => pattern.test(statement))?.[0];
    if (named !== undefined) return [named];
    const unforced = statement.match(UNFORCED)?.[1];
    const isForcedAgain = (later: string) => new RegExp(`table\\s+${unforced}\\s+force\\s+row`, "i").test(later);
    if (unforced !== undefined && !statements.slice(index).some(isForcedAgain)) return ["leaves a table unforced"];
    if (NEW_COLUMN.test(statement) && !/\b(default|generated)\b/i.test(statement))
      return ["adds a column that must be given"];
    const isTight = !isNew(statement.match(NEW_UNIQUE)) && !isLoose(statement, file, before);
    if (!isNew(statement.match(NEW_CONSTRAINT)) || isTight) {
      return ["forbids rows that the version before writes"];
    }
    return [];
  });
}

describe("a migration", () => {
  test("after the first only adds, so that the version before works on", async () => {
    const files = (await readdir(FOLDER)).filter((name) => name.endsWith(".sql")).sort();
    expect(files.length).toBeGreaterThan(1);
    let before = "";
    for (const [index, name] of files.entries()) {
      const file = await readFile(join(FOLDER, name), "utf8");
      if (index > 0) expect([name, breaks(file, before)]).toEqual([name, []]);
      before += `${file};`;
    }
  });

  test.each([
    `ALTER TABLE "cases" DROP COLUMN "summary";`,
    `DROP TABLE "media";`,
    `ALTER TABLE "cases" RENAME COLUMN "summary" TO "title";`,
    `alter table cases rename to matters;`,
    `ALTER TABLE "cases" ALTER COLUMN "rating" SET DATA TYPE text;`,
    `alter table cases alter rating type text;`,
    `ALTER TABLE "cases" ALTER COLUMN "rating" SET NOT NULL;`,
    `ALTER TABLE "cases" ALTER COLUMN "priority" DROP DEFAULT;`,
    `ALTER TABLE "cases" ADD COLUMN "source" text NOT NULL;`,
    `ALTER TABLE "cases" ADD CONSTRAINT "rated" CHECK ("rating" > 0);`,
    `CREATE UNIQUE INDEX "one" ON "cases" USING btree ("summary");`,
    `DELETE FROM "media";`,
    `alter table cases disable row level security;`,
    `alter table cases no force row level security;`,
  ])("that says %s is refused", (statement) => {
    expect(breaks(`CREATE INDEX "x" ON "cases" ("id");--> statement-breakpoint\n${statement}`)).toHaveLength(1);
  });

  test.each([
    `ALTER TABLE "cases" ADD COLUMN "source" text;`,
    `ALTER TABLE "cases" ADD COLUMN "urgent" boolean DEFAULT false NOT NULL;`,
    `CREATE TABLE "notes" ("id" uuid PRIMARY KEY NOT NULL);--> statement-breakpoint\nALTER TABLE "notes" ADD CONSTRAINT "n" FOREIGN KEY ("id") REFERENCES "cases"("id");`,
    `CREATE INDEX "i" ON "cases" USING btree ("summary");`,
    `ALTER TABLE "cases" ALTER COLUMN "rating" DROP NOT NULL;`,
    `alter table cases no force row level security; alter table cases force row level security;`,
    `CREATE TRIGGER "t" BEFORE UPDATE OR DELETE OR TRUNCATE ON "cases" FOR EACH STATEMENT EXECUTE FUNCTION "f"();`,
    `-- drop table was here`,
    `ALTER TABLE "cases" ADD COLUMN "d" uuid;CREATE UNIQUE INDEX "one" ON "cases" ("summary") WHERE "cases"."d" is not null;`,
  ])("that says %s is accepted", (statement) => {
    expect(breaks(statement)).toEqual([]);
  });
});

describe("a unique index that takes the place of another one of its name", () => {
  const before = `CREATE UNIQUE INDEX "one" ON "cases" ("id") WHERE "cases"."a" is null;`;
  test.each([
    [`CREATE UNIQUE INDEX "one" ON "cases" ("id") WHERE "cases"."a" is null and "cases"."b" is null`, 0],
    [`CREATE UNIQUE INDEX "one" ON "cases" ("id") WHERE "cases"."b" is null`, 1],
    [`CREATE UNIQUE INDEX "one" ON "cases" ("summary") WHERE "cases"."a" is null and "cases"."b" is null`, 1],
    [`CREATE UNIQUE INDEX "two" ON "cases" ("id") WHERE "cases"."a" is null and "cases"."b" is null`, 1],
  ])("%s: %i reasons", (statement, reasons) => {
    expect(breaks(statement, before)).toHaveLength(reasons);
  });
});

describe("a database that a newer version migrated", () => {
  let db: TestDatabase;
  let owner: postgres.Sql;
  beforeAll(async () => {
    db = await testDatabase();
    owner = postgres(db.url, { max: 1, onnotice: () => undefined });
  });
  afterAll(async () => {
    await owner.end();
    await db.close();
  });

  test("is left as it is, and that is said", async () => {
    expect(await migrate(db.url)).toEqual({ isNewer: false, login: null });
    await owner`alter table cases add column from_the_future text not null default 'x'`;
    await owner`
      insert into drizzle.__drizzle_migrations (hash, created_at)
      select 'of a newer version', max(created_at) + 1 from drizzle.__drizzle_migrations`;
    expect(await migrate(db.url)).toEqual({ isNewer: true, login: null });
    const columns = await owner`
      select from information_schema.columns where table_name = 'cases' and column_name = 'from_the_future'`;
    expect(columns).toHaveLength(1);
  });
});
