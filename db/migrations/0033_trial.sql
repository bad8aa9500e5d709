CREATE TABLE "rehearsal_numbers" (
	"jurisdiction_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "rehearsal_numbers_pk" PRIMARY KEY("jurisdiction_id","year")
);
--> statement-breakpoint
ALTER TABLE "rehearsal_numbers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "trial_person_id" uuid;--> statement-breakpoint
ALTER TABLE "rehearsal_numbers" ADD CONSTRAINT "rehearsal_numbers_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "outbox_held_index" ON "outbox" USING btree ("jurisdiction_id","settled_at") WHERE "outbox"."state" = 'held';--> statement-breakpoint
CREATE POLICY "rehearsal_numbers_of_county" ON "rehearsal_numbers" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "rehearsal_numbers" FORCE ROW LEVEL SECURITY;
