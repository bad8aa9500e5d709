import { eq, max } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { rulesets } from "../../db/schema/rulesets.ts";
import type { TestService } from "../service.ts";

/** Publishes a rule set in 青禾县, past the office's steps, which have tests of their own. */
export async function publish(service: TestService, content: object): Promise<number> {
  const jurisdictionId = service.jurisdiction("qinghe");
  return service.runtime.database.inCounty(jurisdictionId, async (tx) => {
    const [{ last } = { last: null }] = await tx.select({ last: max(rulesets.number) }).from(rulesets);
    const number = (last ?? 0) + 1;
    const at = service.runtime.now();
    const id = newId();
    const retired = { state: "retired" as const, retiredAt: at };
    await tx.insert(rulesets).values({
      ...{ id, jurisdictionId, number, content, author: "office:lin", createdAt: at },
      state: "draft",
      name: (content as { name: string }).name,
    });
    await tx.update(rulesets).set({ state: "in-review", submittedAt: at }).where(eq(rulesets.id, id));
    await tx.update(rulesets).set(retired).where(eq(rulesets.state, "published"));
    await tx
      .update(rulesets)
      .set({ state: "published", reviewer: "reviewer:he", reviewedAt: at, publishedAt: at })
      .where(eq(rulesets.id, id));
    return number;
  });
}
