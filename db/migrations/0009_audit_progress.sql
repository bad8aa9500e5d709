ALTER TABLE "checkups" ADD COLUMN "progress" "bytea";--> statement-breakpoint
-- What the version before verified, it verified whole.
ALTER TABLE "checkups" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "checkups" ("jurisdiction_id", "kind", "at", "is_good") SELECT "jurisdiction_id", 'audit-whole', "at", "is_good" FROM "checkups" WHERE "kind" = 'audit';--> statement-breakpoint
ALTER TABLE "checkups" FORCE ROW LEVEL SECURITY;
