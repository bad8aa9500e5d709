CREATE TABLE "binding_invites" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"role" text NOT NULL,
	"ref" text NOT NULL,
	"code_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "binding_invites_code_unique" UNIQUE("jurisdiction_id","code_hash")
);
--> statement-breakpoint
ALTER TABLE "binding_invites" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "bindings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"role" text NOT NULL,
	"ref" text NOT NULL,
	"bound_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "bindings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "acts" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "acts_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"jurisdiction_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"type" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "acts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "handovers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"role" text NOT NULL,
	"state" text NOT NULL,
	"due_on" date NOT NULL,
	"asked_until" date,
	"result" text,
	"opened_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "handovers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "record_heads" (
	"jurisdiction_id" uuid NOT NULL,
	"serial" bigint NOT NULL,
	"position" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	"noted_at" timestamp with time zone NOT NULL,
	"signature" text NOT NULL,
	CONSTRAINT "record_heads_pk" PRIMARY KEY("jurisdiction_id","serial")
);
--> statement-breakpoint
ALTER TABLE "record_heads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "verdict_until" date;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "heard_apart" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "aliases" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "binding_invites" ADD CONSTRAINT "binding_invites_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bindings" ADD CONSTRAINT "bindings_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bindings" ADD CONSTRAINT "bindings_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_heads" ADD CONSTRAINT "record_heads_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bindings_conversation_index" ON "bindings" USING btree ("conversation_id") WHERE "bindings"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "bindings_ref_index" ON "bindings" USING btree ("jurisdiction_id","role","ref") WHERE "bindings"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "acts_subject_index" ON "acts" USING btree ("subject_id","seq");--> statement-breakpoint
CREATE INDEX "handovers_case_index" ON "handovers" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "handovers_open_of_unit_index" ON "handovers" USING btree ("unit_id") WHERE "handovers"."state" in ('waiting', 'sent', 'accepted', 'reported');--> statement-breakpoint
CREATE INDEX "cases_verdict_index" ON "cases" USING btree ("jurisdiction_id","verdict_until") WHERE "cases"."verdict_until" is not null;--> statement-breakpoint
CREATE INDEX "conversations_asked_how_index" ON "conversations" USING btree ("jurisdiction_id") WHERE dialog @? '$.*[*] ? (@.kind == "closing-how")';--> statement-breakpoint
CREATE POLICY "binding_invites_of_county" ON "binding_invites" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "bindings_of_county" ON "bindings" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "acts_of_county" ON "acts" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "handovers_of_county" ON "handovers" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "record_heads_of_county" ON "record_heads" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));
--> statement-breakpoint
ALTER TABLE "record_heads" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "acts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "handovers" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "bindings" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "binding_invites" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "acts_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "acts" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "record_heads_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "record_heads" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "acts_await_link" AFTER INSERT ON "acts" FOR EACH ROW EXECUTE FUNCTION "await_record_link"();
