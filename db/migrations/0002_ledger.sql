CREATE TABLE "event_links" (
	"jurisdiction_id" uuid NOT NULL,
	"position" bigint NOT NULL,
	"event_seq" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "event_links_pk" PRIMARY KEY("jurisdiction_id","position"),
	CONSTRAINT "event_links_event_unique" UNIQUE("event_seq")
);
--> statement-breakpoint
ALTER TABLE "event_links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "events_to_link" (
	"event_seq" bigint PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "events_to_link" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "interventions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"what" text NOT NULL,
	"subject" text NOT NULL,
	"action" text NOT NULL,
	"reason" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "interventions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "retry_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "stuck_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "event_links" ADD CONSTRAINT "event_links_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_links" ADD CONSTRAINT "event_links_event_seq_case_events_seq_fk" FOREIGN KEY ("event_seq") REFERENCES "public"."case_events"("seq") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events_to_link" ADD CONSTRAINT "events_to_link_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interventions" ADD CONSTRAINT "interventions_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_to_link_county_index" ON "events_to_link" USING btree ("jurisdiction_id","event_seq");--> statement-breakpoint
CREATE INDEX "interventions_subject_index" ON "interventions" USING btree ("jurisdiction_id","subject");--> statement-breakpoint
CREATE POLICY "event_links_of_county" ON "event_links" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "events_to_link_of_county" ON "events_to_link" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "interventions_of_county" ON "interventions" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "event_links" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "events_to_link" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "interventions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Nobody changes what was written, not even the owner of the tables: grants alone would not bind a service that connects as the owner.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
	raise exception 'rows of % are only ever added', tg_table_name using errcode = 'insufficient_privilege';
end
$$;--> statement-breakpoint
CREATE TRIGGER "case_events_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "case_events" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "event_links_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "event_links" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "interventions_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "interventions" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
-- With the rights of its owner: a version that runs beside this one may not know the table that it writes to.
CREATE FUNCTION "await_link"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
begin
	insert into events_to_link (event_seq, jurisdiction_id) values (new.seq, new.jurisdiction_id);
	return null;
end
$$;--> statement-breakpoint
CREATE TRIGGER "case_events_await_link" AFTER INSERT ON "case_events" FOR EACH ROW EXECUTE FUNCTION "await_link"();--> statement-breakpoint
-- The events of an older version; the forced policies would hide them from an owner whom they bind.
ALTER TABLE "case_events" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "events_to_link" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "events_to_link" ("event_seq", "jurisdiction_id") SELECT "seq", "jurisdiction_id" FROM "case_events";--> statement-breakpoint
ALTER TABLE "case_events" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "events_to_link" FORCE ROW LEVEL SECURITY;
