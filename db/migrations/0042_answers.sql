CREATE TABLE "answer_uses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"refused_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "answer_uses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "answers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"triggers" text[] NOT NULL,
	"body" text NOT NULL,
	"category" text,
	"valid_from" date NOT NULL,
	"valid_until" date NOT NULL,
	"state" text NOT NULL,
	"author" text NOT NULL,
	"author_id" uuid,
	"written_at" timestamp with time zone NOT NULL,
	"revision" integer NOT NULL,
	"reviewer" text,
	"reviewed_at" timestamp with time zone,
	"out_since" timestamp with time zone,
	"ended_by" text,
	"ended_at" timestamp with time zone,
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "answers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "receptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"station_id" uuid NOT NULL,
	"held_on" date NOT NULL,
	"from_time" text NOT NULL,
	"until_time" text NOT NULL,
	"place" text NOT NULL,
	"deputies" text[] NOT NULL,
	CONSTRAINT "receptions_station_unique" UNIQUE("jurisdiction_id","station_id","held_on","from_time")
);
--> statement-breakpoint
ALTER TABLE "receptions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "answered_by" text;--> statement-breakpoint
ALTER TABLE "answer_uses" ADD CONSTRAINT "answer_uses_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_uses" ADD CONSTRAINT "answer_uses_answer_id_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_uses" ADD CONSTRAINT "answer_uses_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receptions" ADD CONSTRAINT "receptions_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receptions" ADD CONSTRAINT "receptions_station_id_stations_id_fk" FOREIGN KEY ("station_id") REFERENCES "public"."stations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answer_uses_answer_index" ON "answer_uses" USING btree ("answer_id","at");--> statement-breakpoint
CREATE INDEX "answer_uses_case_index" ON "answer_uses" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "answers_code_unique" ON "answers" USING btree ("jurisdiction_id","code") WHERE "answers"."state" = 'in-force';--> statement-breakpoint
CREATE INDEX "receptions_day_index" ON "receptions" USING btree ("jurisdiction_id","held_on");--> statement-breakpoint
CREATE POLICY "answer_uses_of_county" ON "answer_uses" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "answers_of_county" ON "answers" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "receptions_of_county" ON "receptions" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "answers" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "answer_uses" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "receptions" FORCE ROW LEVEL SECURITY;