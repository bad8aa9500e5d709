import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { channelAccounts, county, moment, ofCounty } from "./county.ts";

/** The photos, voices and videos of cases. What residents sent is fetched at once, for platforms forget it after days. */
export const media = pgTable(
  "media",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => channelAccounts.id),
    platformId: text("platform_id").notNull(),
    form: text("form", { enum: ["image", "voice", "video"] }).notNull(),
    state: text("state", { enum: ["waiting", "kept", "failed"] }).notNull(),
    /** SHA-256 of what is kept, after its metadata was stripped; the name of the file in the data folder. */
    hash: text("hash"),
    contentType: text("content_type"),
    /** The case under whose key the file is sealed; null where it is kept as it is. */
    sealedFor: uuid("sealed_for"),
    reason: text("reason"),
    tries: integer("tries").notNull().default(0),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    index("media_waiting_index").on(t.jurisdictionId, t.createdAt).where(sql`${t.state} = 'waiting'`),
    ofCounty("media"),
  ],
);
