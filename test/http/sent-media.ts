import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import { caseMessages, cases } from "../../db/schema/cases.ts";
import { channelAccounts } from "../../db/schema/county.ts";
import { media } from "../../db/schema/media.ts";
import type { Runtime } from "../../src/casework/runtime/runtime.ts";

/** Where a file is kept: the database and the store of a county. */
type Kept = {
  readonly db: { readonly database: Database };
  readonly county: { readonly id: string };
  readonly runtime: Pick<Runtime, "media">;
};

/** Puts a photo, a recording or a film of the office's or its resident's into a case, with bytes of its own; it returns its id. */
export async function putMedia(
  staff: { readonly office: Kept },
  number: string,
  by: "office" | "resident",
  {
    form = "image",
    bytes = `${form} of ${number}`,
    encoding = "utf8",
  }: { readonly form?: "image" | "voice"; readonly bytes?: string; readonly encoding?: BufferEncoding } = {},
): Promise<string> {
  const { db, county, runtime } = staff.office;
  const id = randomUUID();
  const hash = await runtime.media.keep(county.id, Buffer.from(bytes, encoding));
  await db.database.inCounty(county.id, async (tx) => {
    const [subject] = await tx.select().from(cases).where(eq(cases.number, number));
    const [account] = await tx.select({ id: channelAccounts.id }).from(channelAccounts);
    const row = { jurisdictionId: county.id, id, createdAt: new Date() };
    const contentType = form === "image" ? "image/jpeg" : "application/octet-stream";
    const kept = { form, state: "kept", hash, contentType, platformId: id, accountId: account!.id } as const;
    await tx.insert(media).values({ ...row, ...kept });
    const said =
      by === "office" ? ({ direction: "out", kind: "photo" } as const) : ({ direction: "in", kind: form } as const);
    const message = { party: by, text: "", mediaId: id, at: new Date(), id: randomUUID() };
    await tx.insert(caseMessages).values({ ...said, ...message, jurisdictionId: county.id, caseId: subject!.id });
  });
  return id;
}
