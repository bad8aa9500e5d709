CREATE TABLE "case_followers" (
	"jurisdiction_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"deputy_id" uuid NOT NULL,
	"why" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "case_followers_pk" PRIMARY KEY("case_id","deputy_id")
);
--> statement-breakpoint
ALTER TABLE "case_followers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "case_followers" ADD CONSTRAINT "case_followers_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_followers" ADD CONSTRAINT "case_followers_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_followers" ADD CONSTRAINT "case_followers_deputy_id_deputies_id_fk" FOREIGN KEY ("deputy_id") REFERENCES "public"."deputies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_followers_deputy_index" ON "case_followers" USING btree ("deputy_id","since");--> statement-breakpoint
CREATE POLICY "case_followers_of_county" ON "case_followers" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "case_followers" FORCE ROW LEVEL SECURITY;
