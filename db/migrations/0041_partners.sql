CREATE TABLE "partner_exchanges" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "partner_exchanges_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"jurisdiction_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"handover_id" uuid,
	"direction" text NOT NULL,
	"their_id" text,
	"at" timestamp with time zone NOT NULL,
	"status" integer,
	"outcome" text NOT NULL,
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "partner_exchanges" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "partner_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"handover_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"lease_until" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"external_id" text,
	"token" text,
	"said_at" timestamp with time zone,
	"said_hash" text,
	"is_ended_there" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "partner_messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "partners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"url" text NOT NULL,
	"secret" "bytea" NOT NULL,
	"jurisdiction_code" text NOT NULL,
	"services" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"status_map" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"paused_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"rests_until" timestamp with time zone,
	"polled_at" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "partners_name_unique" UNIQUE("name"),
	CONSTRAINT "partners_unit_unique" UNIQUE("unit_id")
);
--> statement-breakpoint
ALTER TABLE "partners" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "partner_exchanges" ADD CONSTRAINT "partner_exchanges_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_exchanges" ADD CONSTRAINT "partner_exchanges_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_exchanges" ADD CONSTRAINT "partner_exchanges_handover_id_handovers_id_fk" FOREIGN KEY ("handover_id") REFERENCES "public"."handovers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_messages" ADD CONSTRAINT "partner_messages_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_messages" ADD CONSTRAINT "partner_messages_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_messages" ADD CONSTRAINT "partner_messages_handover_id_handovers_id_fk" FOREIGN KEY ("handover_id") REFERENCES "public"."handovers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "partner_exchanges_their_id_unique" ON "partner_exchanges" USING btree ("partner_id","their_id") WHERE "partner_exchanges"."their_id" is not null;--> statement-breakpoint
CREATE INDEX "partner_exchanges_partner_index" ON "partner_exchanges" USING btree ("jurisdiction_id","partner_id","seq");--> statement-breakpoint
CREATE INDEX "partner_exchanges_at_index" ON "partner_exchanges" USING btree ("jurisdiction_id","at");--> statement-breakpoint
CREATE INDEX "partner_messages_due_index" ON "partner_messages" USING btree ("jurisdiction_id","due_at") WHERE "partner_messages"."state" in ('waiting', 'sending');--> statement-breakpoint
CREATE INDEX "partner_messages_failed_index" ON "partner_messages" USING btree ("jurisdiction_id") WHERE "partner_messages"."state" = 'failed';--> statement-breakpoint
CREATE INDEX "partner_messages_handover_index" ON "partner_messages" USING btree ("handover_id");--> statement-breakpoint
CREATE POLICY "partner_exchanges_of_county" ON "partner_exchanges" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "partner_messages_of_county" ON "partner_messages" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "partners_of_county" ON "partners" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "partners_in_directory" ON "partners" AS PERMISSIVE FOR SELECT TO public USING (current_setting('liaison.scope', true) = 'directory');--> statement-breakpoint
ALTER TABLE "partners" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "partner_messages" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "partner_exchanges" FORCE ROW LEVEL SECURITY;
