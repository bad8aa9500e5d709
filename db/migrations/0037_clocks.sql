CREATE TABLE "case_clocks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"rule_id" uuid,
	"started_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"due_within" smallint,
	"paused_since" timestamp with time zone,
	"paused_days" integer DEFAULT 0 NOT NULL,
	"state" text NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "case_clocks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "clock_proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"category" text,
	"priority" boolean NOT NULL,
	"kind" text NOT NULL,
	"amount" integer NOT NULL,
	"unit" text NOT NULL,
	"source" text NOT NULL,
	"from_on" date NOT NULL,
	"author" text NOT NULL,
	"author_id" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "clock_proposals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "clock_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"category" text,
	"priority" boolean NOT NULL,
	"kind" text NOT NULL,
	"amount" integer NOT NULL,
	"unit" text NOT NULL,
	"source" text NOT NULL,
	"author" text NOT NULL,
	"reviewer" text NOT NULL,
	"from_on" date NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "clock_rules_key_unique" UNIQUE NULLS NOT DISTINCT("jurisdiction_id","category","priority","kind","from_on")
);
--> statement-breakpoint
ALTER TABLE "clock_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "digests" (
	"jurisdiction_id" uuid NOT NULL,
	"deputy_id" uuid NOT NULL,
	"on_day" date NOT NULL,
	"case_ids" uuid[] NOT NULL,
	"outbox_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "digests_pk" PRIMARY KEY("deputy_id","on_day")
);
--> statement-breakpoint
ALTER TABLE "digests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "duty_shifts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"station_id" uuid,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ended_by" text,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "duty_shifts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "duty_tellings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"outbox_id" uuid,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "duty_tellings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "phone_tasks_open_unique";--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "escalation" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "phone_tasks" ADD COLUMN "deputy_id" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "duty_person_id" uuid;--> statement-breakpoint
ALTER TABLE "case_clocks" ADD CONSTRAINT "case_clocks_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_clocks" ADD CONSTRAINT "case_clocks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_clocks" ADD CONSTRAINT "case_clocks_rule_id_clock_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."clock_rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_proposals" ADD CONSTRAINT "clock_proposals_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_rules" ADD CONSTRAINT "clock_rules_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_deputy_id_deputies_id_fk" FOREIGN KEY ("deputy_id") REFERENCES "public"."deputies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_shifts" ADD CONSTRAINT "duty_shifts_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_shifts" ADD CONSTRAINT "duty_shifts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_tellings" ADD CONSTRAINT "duty_tellings_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_tellings" ADD CONSTRAINT "duty_tellings_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_clocks_case_index" ON "case_clocks" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "case_clocks_open_unique" ON "case_clocks" USING btree ("case_id","kind") WHERE "case_clocks"."state" in ('running', 'paused');--> statement-breakpoint
CREATE INDEX "case_clocks_due_index" ON "case_clocks" USING btree ("jurisdiction_id","due_at") WHERE "case_clocks"."state" = 'running';--> statement-breakpoint
CREATE INDEX "clock_proposals_state_index" ON "clock_proposals" USING btree ("jurisdiction_id","state","proposed_at");--> statement-breakpoint
CREATE INDEX "digests_cases_index" ON "digests" USING gin ("case_ids");--> statement-breakpoint
CREATE INDEX "digests_day_index" ON "digests" USING btree ("jurisdiction_id","on_day");--> statement-breakpoint
CREATE INDEX "duty_shifts_days_index" ON "duty_shifts" USING btree ("jurisdiction_id","until_on");--> statement-breakpoint
CREATE INDEX "duty_tellings_case_index" ON "duty_tellings" USING btree ("case_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "phone_tasks_deputy_unique" ON "phone_tasks" USING btree ("case_id") WHERE "phone_tasks"."done_at" is null and "phone_tasks"."deputy_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "phone_tasks_open_unique" ON "phone_tasks" USING btree ("case_id") WHERE "phone_tasks"."done_at" is null and "phone_tasks"."person_id" is null and "phone_tasks"."deputy_id" is null;--> statement-breakpoint
CREATE POLICY "case_clocks_of_county" ON "case_clocks" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "clock_proposals_of_county" ON "clock_proposals" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "clock_rules_of_county" ON "clock_rules" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "digests_of_county" ON "digests" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "duty_shifts_of_county" ON "duty_shifts" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "duty_tellings_of_county" ON "duty_tellings" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "case_clocks" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "clock_proposals" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "clock_rules" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "digests" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "duty_shifts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "duty_tellings" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "clock_rules_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "clock_rules" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
