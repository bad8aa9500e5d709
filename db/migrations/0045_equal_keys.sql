CREATE TABLE "text_sketches" (
	"case_id" uuid NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "text_sketches_pk" PRIMARY KEY("case_id","hash")
);
--> statement-breakpoint
ALTER TABLE "text_sketches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "digests_cases_index";--> statement-breakpoint
ALTER TABLE "text_sketches" ADD CONSTRAINT "text_sketches_case_id_trouble_marks_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."trouble_marks"("case_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_sketches" ADD CONSTRAINT "text_sketches_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "text_sketches_hash_index" ON "text_sketches" USING btree ("jurisdiction_id","hash","at");--> statement-breakpoint
CREATE INDEX "digests_outbox_index" ON "digests" USING btree ("outbox_id");--> statement-breakpoint
CREATE INDEX "trouble_marks_pasted_index" ON "trouble_marks" USING btree ("pasted_from") WHERE "trouble_marks"."pasted_from" is not null;--> statement-breakpoint
CREATE POLICY "text_sketches_of_county" ON "text_sketches" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "text_sketches" FORCE ROW LEVEL SECURITY;
