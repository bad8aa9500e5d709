CREATE TABLE "spent_signatures" (
	"jurisdiction_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"signature" text NOT NULL,
	"serves_for" text NOT NULL,
	"until" timestamp with time zone,
	CONSTRAINT "spent_signatures_unique" UNIQUE("account_id","signature")
);
--> statement-breakpoint
ALTER TABLE "spent_signatures" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "spent_signatures" ADD CONSTRAINT "spent_signatures_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spent_signatures" ADD CONSTRAINT "spent_signatures_account_id_channel_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."channel_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "spent_signatures_until_index" ON "spent_signatures" USING btree ("jurisdiction_id","until") WHERE "spent_signatures"."until" is not null;--> statement-breakpoint
CREATE POLICY "spent_signatures_of_county" ON "spent_signatures" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "spent_signatures" FORCE ROW LEVEL SECURITY;