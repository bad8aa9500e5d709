CREATE TABLE "ledger_heads" (
	"jurisdiction_id" uuid NOT NULL,
	"serial" bigint NOT NULL,
	"position" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	"noted_at" timestamp with time zone NOT NULL,
	"signature" text NOT NULL,
	CONSTRAINT "ledger_heads_pk" PRIMARY KEY("jurisdiction_id","serial")
);
--> statement-breakpoint
ALTER TABLE "ledger_heads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "ledger_heads" ADD CONSTRAINT "ledger_heads_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "ledger_heads_of_county" ON "ledger_heads" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "ledger_heads" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "ledger_heads_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_heads" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
