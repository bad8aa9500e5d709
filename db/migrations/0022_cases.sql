CREATE EXTENSION IF NOT EXISTS btree_gin;--> statement-breakpoint
CREATE TABLE "case_acts" (
	"jurisdiction_id" uuid NOT NULL,
	"caller_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "case_acts_pk" PRIMARY KEY("caller_id","case_id")
);
--> statement-breakpoint
ALTER TABLE "case_acts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "case_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"note" "bytea" NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "case_notes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "case_words" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "case_words" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "case_acts" ADD CONSTRAINT "case_acts_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_acts" ADD CONSTRAINT "case_acts_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_notes" ADD CONSTRAINT "case_notes_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_notes" ADD CONSTRAINT "case_notes_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_words" ADD CONSTRAINT "case_words_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_words" ADD CONSTRAINT "case_words_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_notes_case_index" ON "case_notes" USING btree ("case_id","at");--> statement-breakpoint
CREATE INDEX "case_words_index" ON "case_words" USING gin ("jurisdiction_id","words");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "cases_newest_index" ON "cases" USING btree ("jurisdiction_id","received_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "cases_newest_by_state_index" ON "cases" USING btree ("jurisdiction_id","state","received_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "cases_newest_by_station_index" ON "cases" USING btree ("jurisdiction_id","station_id","received_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "cases_newest_by_deputy_index" ON "cases" USING btree ("jurisdiction_id","deputy_id","received_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "cases_newest_by_grid_index" ON "cases" USING btree ("jurisdiction_id","grid_id","received_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "cases_spoken_index" ON "cases" USING btree ("jurisdiction_id","last_spoken_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "cases_due_index" ON "cases" USING btree ("jurisdiction_id","due_on","id") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "cases_sealed_index" ON "cases" USING btree ("jurisdiction_id","conversation_id","received_at") WHERE "cases"."sealed";--> statement-breakpoint
CREATE POLICY "case_acts_of_county" ON "case_acts" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "case_notes_of_county" ON "case_notes" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "case_words_of_county" ON "case_words" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid) and words @@ (select nullif(current_setting('liaison.search', true), '')::tsquery)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "case_acts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "case_notes" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "case_words" FORCE ROW LEVEL SECURITY;
