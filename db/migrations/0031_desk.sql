CREATE TABLE "case_people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"how" text NOT NULL,
	"name" "bytea",
	"phone" "bytea",
	"may_call" boolean NOT NULL,
	"is_joined" boolean NOT NULL,
	"notice_read_at" timestamp with time zone,
	"taken_by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "case_people" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "phone_tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"station_id" uuid,
	"why" text NOT NULL,
	"say" "bytea",
	"asked_by" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"again_on" date,
	"result" text,
	"done_by" text,
	"done_at" timestamp with time zone,
	"person_id" uuid
);
--> statement-breakpoint
ALTER TABLE "phone_tasks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"owner_name" text NOT NULL,
	"name" text NOT NULL,
	"is_shared" boolean NOT NULL,
	"filter" jsonb NOT NULL,
	"sort" text NOT NULL,
	"columns" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "saved_views" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "bulk_results" (
	"jurisdiction_id" uuid NOT NULL,
	"errand_id" uuid NOT NULL,
	"case_number" text NOT NULL,
	"code" text NOT NULL,
	CONSTRAINT "bulk_results_pk" PRIMARY KEY("errand_id","case_number")
);
--> statement-breakpoint
ALTER TABLE "bulk_results" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "case_people" ADD CONSTRAINT "case_people_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_people" ADD CONSTRAINT "case_people_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_tasks" ADD CONSTRAINT "phone_tasks_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_tasks" ADD CONSTRAINT "phone_tasks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_tasks" ADD CONSTRAINT "phone_tasks_person_id_case_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."case_people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_results" ADD CONSTRAINT "bulk_results_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_results" ADD CONSTRAINT "bulk_results_errand_id_errands_id_fk" FOREIGN KEY ("errand_id") REFERENCES "public"."errands"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_people_case_index" ON "case_people" USING btree ("case_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "phone_tasks_open_unique" ON "phone_tasks" USING btree ("case_id") WHERE "phone_tasks"."done_at" is null and "phone_tasks"."person_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "phone_tasks_person_unique" ON "phone_tasks" USING btree ("person_id") WHERE "phone_tasks"."done_at" is null;--> statement-breakpoint
CREATE INDEX "phone_tasks_open_index" ON "phone_tasks" USING btree ("jurisdiction_id","made_at","id") WHERE "phone_tasks"."done_at" is null;--> statement-breakpoint
CREATE INDEX "phone_tasks_done_index" ON "phone_tasks" USING btree ("jurisdiction_id","done_at") WHERE "phone_tasks"."done_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name_unique" ON "saved_views" USING btree ("jurisdiction_id","owner_id","name");--> statement-breakpoint
CREATE INDEX "saved_views_shared_index" ON "saved_views" USING btree ("jurisdiction_id") WHERE "saved_views"."is_shared";--> statement-breakpoint
CREATE POLICY "case_people_of_county" ON "case_people" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "phone_tasks_of_county" ON "phone_tasks" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "saved_views_of_county" ON "saved_views" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "bulk_results_of_county" ON "bulk_results" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "case_people" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "phone_tasks" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "saved_views" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "bulk_results" FORCE ROW LEVEL SECURITY;
