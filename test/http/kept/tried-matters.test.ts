import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { caseBars } from "../../../db/schema/console.ts";
import { ask, DRAFT, inQinghe, lamps, person, service, withTriedRules } from "../rules/tried-rules.ts";

withTriedRules();

it("tries rules on no matter that is kept from whoever asks, and counts none that is sealed", async () => {
  const drafted = await ask("lin", "POST", "/rulesets", DRAFT);
  const { number } = drafted.body as { number: number };
  const kin = person("relative", "reviewer");
  await inQinghe(async (tx) => {
    const [row] = await tx.select({ id: cases.id }).from(cases).where(eq(cases.number, lamps[0]!));
    const jurisdictionId = service.jurisdiction("qinghe");
    const why = { by: "sun", reason: "related", at: new Date() };
    await tx.insert(caseBars).values({ jurisdictionId, caseId: row!.id, personId: kin.id, ...why });
  });
  const report = async (who: string) => (await ask(who, "GET", `/rulesets/${number}/dry-run`)).body;
  expect(await report("lin")).toMatchObject({ messages: 3, moved: 3, leftOut: 0 });
  const kept = await report("relative");
  expect(kept).toMatchObject({ messages: 2, moved: 2, leftOut: 0 });
  expect(JSON.stringify(kept)).not.toContain(lamps[0]);
});
