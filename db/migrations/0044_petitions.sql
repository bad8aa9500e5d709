CREATE TABLE "petition_notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"serial" integer NOT NULL,
	"organ" text NOT NULL,
	"article" text NOT NULL,
	"way" text NOT NULL,
	"words" "bytea" NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "petition_notices_case_unique" UNIQUE("case_id"),
	CONSTRAINT "petition_notices_number_unique" UNIQUE("jurisdiction_id","year","serial")
);
--> statement-breakpoint
ALTER TABLE "petition_notices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "minor" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "petition" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "unnamed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "petition_notices" ADD CONSTRAINT "petition_notices_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_notices" ADD CONSTRAINT "petition_notices_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cases_writer_index" ON "cases" USING btree ("jurisdiction_id","closed_at") WHERE "cases"."minor" or "cases"."petition";--> statement-breakpoint
CREATE POLICY "petition_notices_of_county" ON "petition_notices" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "petition_notices" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "petition_notices_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "petition_notices" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
