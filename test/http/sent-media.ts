import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { caseMessages, cases } from "../../db/schema/cases.ts";
import { channelAccounts } from "../../db/schema/county.ts";
import { media } from "../../db/schema/media.ts";
import type { StaffApi } from "./staff-api.ts";

/** Puts a photo, a recording or a film of the office's or its resident's into a case, with bytes of its own; it returns its id. */
export async function putMedia(
  staff: StaffApi,
  number: string,
  by: "office" | "resident",
  {
    form = "image",
    bytes = `${form} of ${number}`,
  }: { readonly form?: "image" | "voice"; readonly bytes?: string } = {},
): Promise<string> {
  const { db, county, runtime } = staff.office;
  const id = randomUUID();
  const hash = await runtime.media.keep(county.id, Buffer.from(bytes));
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
