import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { askedOnce } from "../../../db/schema/console.ts";
import { db, person, signedIn, withConsole } from "../console/console-api.ts";

withConsole();

it("says the same of a person again, whose address is kept nowhere for it", async () => {
  const { at } = await signedIn("operator");
  const { email } = await person("auditor");
  const { items } = (await at.ask("GET", "/staff")).body as {
    items: { id: string; etag: string; email: string }[];
  };
  const one = items.find((member) => member.email === email)!;
  for (const [method, path, body] of [
    ["PATCH", `/staff/${one.id}`, { name: "周敏" }],
    ["POST", `/staff/${one.id}/unlock`, undefined],
    ["POST", `/staff/${one.id}/end`, undefined],
  ] as const) {
    const options = { key: randomUUID(), match: one.etag };
    const first = await at.write(method, path, body, options);
    expect([first.status, first.body]).toEqual([200, expect.objectContaining({ name: "周敏", email })]);
    const again = await at.write(method, path, body, options);
    expect([again.status, again.body]).toEqual([200, first.body]);
  }
  const kept = await db.database.inCounty(await db.county("east"), (tx) => tx.select().from(askedOnce));
  expect(kept.length).toBeGreaterThan(0);
  expect(JSON.stringify(kept)).not.toContain(email);
});

it("makes no token of role office, which the command line does", async () => {
  const { at } = await signedIn("operator");
  const asked = await at.write("POST", "/tokens", { name: "statistics", role: "office", days: 30 });
  expect(asked).toMatchObject({ status: 403, body: { code: "command-line" } });
  expect((await at.write("POST", "/tokens", { name: "statistics", role: "auditor", days: 30 })).status).toBe(201);
});
