CREATE TABLE "reading_marks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"reading_seq" bigint NOT NULL,
	"mark" text NOT NULL,
	"note" text,
	"by_id" uuid NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reading_marks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "record_links" (
	"jurisdiction_id" uuid NOT NULL,
	"position" bigint NOT NULL,
	"ledger" text NOT NULL,
	"record_seq" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "record_links_pk" PRIMARY KEY("jurisdiction_id","position"),
	CONSTRAINT "record_links_record_unique" UNIQUE("ledger","record_seq")
);
--> statement-breakpoint
ALTER TABLE "record_links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "records_to_link" (
	"ledger" text NOT NULL,
	"record_seq" bigint NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	CONSTRAINT "records_to_link_pk" PRIMARY KEY("ledger","record_seq")
);
--> statement-breakpoint
ALTER TABLE "records_to_link" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "reading_marks" ADD CONSTRAINT "reading_marks_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_links" ADD CONSTRAINT "record_links_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "records_to_link" ADD CONSTRAINT "records_to_link_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reading_marks_reading_index" ON "reading_marks" USING btree ("jurisdiction_id","reading_seq","at");--> statement-breakpoint
CREATE INDEX "records_to_link_county_index" ON "records_to_link" USING btree ("jurisdiction_id","ledger","record_seq");--> statement-breakpoint
CREATE POLICY "reading_marks_of_county" ON "reading_marks" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "record_links_of_county" ON "record_links" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "records_to_link_of_county" ON "records_to_link" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "reading_marks" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "record_links" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "records_to_link" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "record_links_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "record_links" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "reading_marks_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "reading_marks" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
-- With the rights of its owner: a version that runs beside this one does not know the table that it writes to.
CREATE FUNCTION "public"."await_record_link"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
begin
	insert into public.records_to_link (ledger, record_seq, jurisdiction_id) values (tg_table_name, new.seq, new.jurisdiction_id);
	return null;
end
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION "public"."await_record_link"() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER "readings_await_link" AFTER INSERT ON "readings" FOR EACH ROW EXECUTE FUNCTION "await_record_link"();--> statement-breakpoint
CREATE TRIGGER "staff_changes_await_link" AFTER INSERT ON "staff_changes" FOR EACH ROW EXECUTE FUNCTION "await_record_link"();--> statement-breakpoint
-- The rows of an older version; the forced policies would hide them from an owner whom they bind.
ALTER TABLE "readings" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "staff_changes" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "records_to_link" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "records_to_link" ("ledger", "record_seq", "jurisdiction_id") SELECT 'readings', "seq", "jurisdiction_id" FROM "readings" UNION ALL SELECT 'staff_changes', "seq", "jurisdiction_id" FROM "staff_changes";--> statement-breakpoint
ALTER TABLE "readings" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "staff_changes" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "records_to_link" FORCE ROW LEVEL SECURITY;
