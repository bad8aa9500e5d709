import { sql } from "drizzle-orm";
import type { webPosts, webUploads, webVisitors } from "../../../db/schema/media.ts";
import type { CaseView } from "../../../src/casework/cases/case-view.ts";
import type { TestService } from "../../service.ts";

/** How many rows of a table of the web chat there are. */
export function countOf(
  { runtime, jurisdiction }: TestService,
  table: typeof webVisitors | typeof webPosts | typeof webUploads,
): Promise<number> {
  return runtime.database.inCounty(jurisdiction("qinghe"), async (tx) =>
    Number((await tx.select({ n: sql`count(*)` }).from(table))[0]?.n),
  );
}

/** The case that was opened last. */
export async function newestCase(service: TestService): Promise<CaseView> {
  const numbers = (await service.cases()).map(({ number }) => number).toSorted();
  return service.case(numbers.at(-1) ?? "");
}

let houses = 0;
/** A lamp of its own each time: what many tell of one is told together. */
export function aLamp(community = "柳东村一组"): string {
  houses += 1;
  return `${community}${houses}号楼前路灯坏了`;
}
