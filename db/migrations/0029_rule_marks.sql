CREATE TABLE "ruleset_marks" (
	"jurisdiction_id" uuid NOT NULL,
	"ruleset_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"by" text NOT NULL,
	"case_number" text NOT NULL,
	"verdict" text NOT NULL,
	"from_code" text NOT NULL,
	"to_code" text NOT NULL,
	"rule" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "ruleset_marks_pk" PRIMARY KEY("ruleset_id","person_id","case_number")
);
--> statement-breakpoint
ALTER TABLE "ruleset_marks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "dry_run_differences" ADD COLUMN "from_rule" text;--> statement-breakpoint
ALTER TABLE "ruleset_marks" ADD CONSTRAINT "ruleset_marks_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ruleset_marks" ADD CONSTRAINT "ruleset_marks_ruleset_id_rulesets_id_fk" FOREIGN KEY ("ruleset_id") REFERENCES "public"."rulesets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "ruleset_marks_of_county" ON "ruleset_marks" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "ruleset_marks" FORCE ROW LEVEL SECURITY;
