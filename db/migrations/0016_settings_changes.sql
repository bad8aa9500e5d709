CREATE TABLE "settings_changes" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "settings_changes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"jurisdiction_id" uuid NOT NULL,
	"what" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "settings_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "settings_changes" ADD CONSTRAINT "settings_changes_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "settings_changes_county_index" ON "settings_changes" USING btree ("jurisdiction_id","seq");--> statement-breakpoint
CREATE POLICY "settings_changes_of_county" ON "settings_changes" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "settings_changes" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "settings_changes_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "settings_changes" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
