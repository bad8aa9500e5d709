CREATE TABLE "clock_proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"category" text,
	"priority" boolean NOT NULL,
	"kind" text NOT NULL,
	"amount" integer NOT NULL,
	"unit" text NOT NULL,
	"source" text NOT NULL,
	"from_on" date NOT NULL,
	"author" text NOT NULL,
	"author_id" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "clock_proposals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "clock_proposals" ADD CONSTRAINT "clock_proposals_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clock_proposals_state_index" ON "clock_proposals" USING btree ("jurisdiction_id","state","proposed_at");--> statement-breakpoint
CREATE POLICY "clock_proposals_of_county" ON "clock_proposals" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "case_clocks" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "clock_proposals" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "clock_rules" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "digests" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "clock_rules_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "clock_rules" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
