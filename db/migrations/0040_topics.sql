CREATE TABLE "audience" (
	"jurisdiction_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"told_up_to" bigint DEFAULT 0 NOT NULL,
	"stopped_at" timestamp with time zone,
	CONSTRAINT "audience_pk" PRIMARY KEY("jurisdiction_id","kind","subject_id","conversation_id")
);
--> statement-breakpoint
ALTER TABLE "audience" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consequence_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"from_kind" text NOT NULL,
	"from_id" uuid NOT NULL,
	"to_kind" text NOT NULL,
	"to_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "consequence_links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "topic_tellings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"topic_id" uuid NOT NULL,
	"act_seq" bigint NOT NULL,
	"kind" text NOT NULL,
	"words" "bytea",
	"deputy_id" uuid,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "topic_tellings_act_unique" UNIQUE("act_seq")
);
--> statement-breakpoint
ALTER TABLE "topic_tellings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "topics" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"number" text NOT NULL,
	"state" text NOT NULL,
	"sign" text,
	"grid_id" uuid,
	"spots" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"deputy_id" uuid,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"told_people" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "topics_number_unique" UNIQUE("jurisdiction_id","number"),
	CONSTRAINT "topics_of_county_unique" UNIQUE("jurisdiction_id","id")
);
--> statement-breakpoint
ALTER TABLE "topics" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "trouble_marks" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"sign" text,
	"grid_id" uuid,
	"spots" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"pasted_from" uuid,
	"seconds_case_id" uuid,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "trouble_marks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audience" ADD CONSTRAINT "audience_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience" ADD CONSTRAINT "audience_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience" ADD CONSTRAINT "audience_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience" ADD CONSTRAINT "audience_of_topic_fk" FOREIGN KEY ("jurisdiction_id","subject_id") REFERENCES "public"."topics"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consequence_links" ADD CONSTRAINT "consequence_links_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topic_tellings" ADD CONSTRAINT "topic_tellings_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topic_tellings" ADD CONSTRAINT "topic_tellings_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topic_tellings" ADD CONSTRAINT "topic_tellings_deputy_id_deputies_id_fk" FOREIGN KEY ("deputy_id") REFERENCES "public"."deputies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_grid_id_grids_id_fk" FOREIGN KEY ("grid_id") REFERENCES "public"."grids"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_deputy_id_deputies_id_fk" FOREIGN KEY ("deputy_id") REFERENCES "public"."deputies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trouble_marks" ADD CONSTRAINT "trouble_marks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trouble_marks" ADD CONSTRAINT "trouble_marks_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trouble_marks" ADD CONSTRAINT "trouble_marks_grid_id_grids_id_fk" FOREIGN KEY ("grid_id") REFERENCES "public"."grids"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trouble_marks" ADD CONSTRAINT "trouble_marks_pasted_from_cases_id_fk" FOREIGN KEY ("pasted_from") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trouble_marks" ADD CONSTRAINT "trouble_marks_seconds_case_id_cases_id_fk" FOREIGN KEY ("seconds_case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audience_conversation_index" ON "audience" USING btree ("conversation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "consequence_links_one_topic_unique" ON "consequence_links" USING btree ("jurisdiction_id","from_kind","from_id") WHERE "consequence_links"."to_kind" = 'topic' and "consequence_links"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "consequence_links_from_index" ON "consequence_links" USING btree ("from_id");--> statement-breakpoint
CREATE INDEX "consequence_links_to_index" ON "consequence_links" USING btree ("to_id");--> statement-breakpoint
CREATE INDEX "topic_tellings_waiting_index" ON "topic_tellings" USING btree ("jurisdiction_id","act_seq") WHERE "topic_tellings"."done_at" is null;--> statement-breakpoint
CREATE INDEX "topics_live_index" ON "topics" USING btree ("jurisdiction_id","opened_at") WHERE "topics"."state" in ('offered', 'open', 'answered');--> statement-breakpoint
CREATE INDEX "trouble_marks_alike_index" ON "trouble_marks" USING btree ("jurisdiction_id","sign","grid_id","at");--> statement-breakpoint
CREATE INDEX "trouble_marks_at_index" ON "trouble_marks" USING btree ("jurisdiction_id","at");--> statement-breakpoint
CREATE POLICY "audience_of_county" ON "audience" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "consequence_links_of_county" ON "consequence_links" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "topic_tellings_of_county" ON "topic_tellings" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "topics_of_county" ON "topics" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "trouble_marks_of_county" ON "trouble_marks" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "topics" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consequence_links" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audience" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "topic_tellings" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "trouble_marks" FORCE ROW LEVEL SECURITY;
