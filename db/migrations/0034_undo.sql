CREATE TABLE "import_writes" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "import_writes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"jurisdiction_id" uuid NOT NULL,
	"errand_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"row_id" uuid NOT NULL,
	"was" "bytea",
	"became" "bytea"
);
--> statement-breakpoint
ALTER TABLE "import_writes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "grids" ADD COLUMN "until_on" date;--> statement-breakpoint
ALTER TABLE "import_writes" ADD CONSTRAINT "import_writes_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_writes" ADD CONSTRAINT "import_writes_errand_id_errands_id_fk" FOREIGN KEY ("errand_id") REFERENCES "public"."errands"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_writes_errand_index" ON "import_writes" USING btree ("errand_id","seq");--> statement-breakpoint
CREATE INDEX "import_writes_row_index" ON "import_writes" USING btree ("row_id","seq");--> statement-breakpoint
CREATE POLICY "import_writes_of_county" ON "import_writes" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "import_writes" FORCE ROW LEVEL SECURITY;
