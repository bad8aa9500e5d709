CREATE TABLE "answer_templates" (
	"jurisdiction_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"text_zh" text NOT NULL,
	"text_en" text NOT NULL,
	"is_end" boolean NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "answer_templates_pk" PRIMARY KEY("jurisdiction_id","id","version")
);
--> statement-breakpoint
ALTER TABLE "answer_templates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "answer_templates" ADD CONSTRAINT "answer_templates_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "answer_templates_of_county" ON "answer_templates" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "answer_templates" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "answer_templates_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "answer_templates" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
