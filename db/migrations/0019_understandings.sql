CREATE TABLE "understanding_corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"inbox_seq" bigint NOT NULL,
	"decided" text NOT NULL,
	"was" text NOT NULL,
	"source" text NOT NULL,
	"by" text,
	"weights" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "understanding_corrections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "understandings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"inbox_seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"rule" text NOT NULL,
	"act" text,
	"likeliest" text NOT NULL,
	"probability" real NOT NULL,
	"danger" text,
	"accusation" text,
	"signs" text[] DEFAULT '{}' NOT NULL,
	"weights" text NOT NULL,
	"because" "bytea",
	"opened_by" text,
	"opened_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "understandings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "understanding_corrections" ADD CONSTRAINT "understanding_corrections_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "understandings" ADD CONSTRAINT "understandings_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "understanding_corrections_at_index" ON "understanding_corrections" USING btree ("jurisdiction_id","at");--> statement-breakpoint
CREATE INDEX "understandings_message_index" ON "understandings" USING btree ("jurisdiction_id","inbox_seq");--> statement-breakpoint
CREATE INDEX "understandings_at_index" ON "understandings" USING btree ("jurisdiction_id","at");--> statement-breakpoint
CREATE INDEX "understandings_because_index" ON "understandings" USING btree ("jurisdiction_id","at") WHERE "understandings"."because" is not null;--> statement-breakpoint
CREATE POLICY "understanding_corrections_of_county" ON "understanding_corrections" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "understandings_of_county" ON "understandings" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "understanding_corrections" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "understandings" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "understanding_corrections_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "understanding_corrections" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
