CREATE TABLE "deputy_phrases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"deputy_id" uuid NOT NULL,
	"words" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "deputy_phrases" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "weekly_absences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"deputy_id" uuid NOT NULL,
	"weekdays" smallint[] NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date,
	"by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "weekly_absences_days" CHECK (cardinality("weekly_absences"."weekdays") between 1 and 7 and "weekly_absences"."weekdays" <@ '{1,2,3,4,5,6,7}'::smallint[])
);
--> statement-breakpoint
ALTER TABLE "weekly_absences" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "absences" ADD COLUMN "weekly_id" uuid;--> statement-breakpoint
ALTER TABLE "deputy_phrases" ADD CONSTRAINT "deputy_phrases_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deputy_phrases" ADD CONSTRAINT "deputy_phrases_deputy_id_deputies_id_fk" FOREIGN KEY ("deputy_id") REFERENCES "public"."deputies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "weekly_absences" ADD CONSTRAINT "weekly_absences_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "weekly_absences" ADD CONSTRAINT "weekly_absences_deputy_id_deputies_id_fk" FOREIGN KEY ("deputy_id") REFERENCES "public"."deputies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deputy_phrases_deputy_index" ON "deputy_phrases" USING btree ("deputy_id","at");--> statement-breakpoint
CREATE INDEX "weekly_absences_deputy_index" ON "weekly_absences" USING btree ("deputy_id") WHERE "weekly_absences"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "absences_weekly_index" ON "absences" USING btree ("weekly_id","from_at") WHERE "absences"."weekly_id" is not null;--> statement-breakpoint
CREATE POLICY "deputy_phrases_of_county" ON "deputy_phrases" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "weekly_absences_of_county" ON "weekly_absences" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "weekly_absences" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "deputy_phrases" FORCE ROW LEVEL SECURITY;