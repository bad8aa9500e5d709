CREATE TABLE "pull_cursors" (
	"jurisdiction_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"key" text NOT NULL,
	"cursor" text DEFAULT '' NOT NULL,
	"hint" "bytea",
	"nudged_at" timestamp with time zone,
	"pulled_at" timestamp with time zone,
	"failure" text,
	CONSTRAINT "pull_cursors_pk" PRIMARY KEY("account_id","key")
);
--> statement-breakpoint
ALTER TABLE "pull_cursors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "last_spoken_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "direct_refused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "first_tried_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "pull_cursors" ADD CONSTRAINT "pull_cursors_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pull_cursors" ADD CONSTRAINT "pull_cursors_account_id_channel_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."channel_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pull_cursors_nudged_index" ON "pull_cursors" USING btree ("jurisdiction_id","nudged_at");--> statement-breakpoint
CREATE POLICY "pull_cursors_of_county" ON "pull_cursors" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "pull_cursors" FORCE ROW LEVEL SECURITY;