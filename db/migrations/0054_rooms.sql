CREATE TABLE "room_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"room_of" text,
	"conversation_id" uuid,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "room_codes_code_unique" UNIQUE("jurisdiction_id","code_hash")
);
--> statement-breakpoint
ALTER TABLE "room_codes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "form" text DEFAULT 'person' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "room_of" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "room_title" "bytea";--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "room_told_on" date;--> statement-breakpoint
ALTER TABLE "room_codes" ADD CONSTRAINT "room_codes_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_codes" ADD CONSTRAINT "room_codes_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversations_room_index" ON "conversations" USING btree ("jurisdiction_id","room_of") WHERE "conversations"."form" = 'room';--> statement-breakpoint
CREATE POLICY "room_codes_of_county" ON "room_codes" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "room_codes" FORCE ROW LEVEL SECURITY;