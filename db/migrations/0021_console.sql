CREATE TABLE "asked_once" (
	"jurisdiction_id" uuid NOT NULL,
	"caller_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"operation" text NOT NULL,
	"body_hash" "bytea" NOT NULL,
	"status" integer NOT NULL,
	"answer" jsonb,
	"etag" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "asked_once_pk" PRIMARY KEY("jurisdiction_id","caller_id","key")
);
--> statement-breakpoint
ALTER TABLE "asked_once" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "case_bars" (
	"jurisdiction_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"by" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "case_bars_pk" PRIMARY KEY("case_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "case_bars" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "readings" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "readings_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"jurisdiction_id" uuid NOT NULL,
	"caller_id" uuid NOT NULL,
	"caller_name" text NOT NULL,
	"role" text NOT NULL,
	"what" text NOT NULL,
	"case_id" uuid,
	"reason" text,
	"note" text,
	"at" timestamp with time zone NOT NULL,
	"day" text,
	"request_id" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "readings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "asked_once" ADD CONSTRAINT "asked_once_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_bars" ADD CONSTRAINT "case_bars_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_bars" ADD CONSTRAINT "case_bars_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "asked_once_at_index" ON "asked_once" USING btree ("jurisdiction_id","at");--> statement-breakpoint
CREATE INDEX "readings_caller_index" ON "readings" USING btree ("jurisdiction_id","caller_id","seq");--> statement-breakpoint
CREATE INDEX "readings_case_index" ON "readings" USING btree ("case_id","seq");--> statement-breakpoint
CREATE INDEX "readings_day_index" ON "readings" USING btree ("caller_id","case_id","day") WHERE "readings"."day" is not null;--> statement-breakpoint
CREATE POLICY "asked_once_of_county" ON "asked_once" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "case_bars_of_county" ON "case_bars" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "readings_of_county" ON "readings" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "asked_once" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "readings" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "case_bars" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "readings_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "readings" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
