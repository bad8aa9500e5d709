CREATE TABLE "web_posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "web_posts_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"jurisdiction_id" uuid NOT NULL,
	"visitor_id" uuid NOT NULL,
	"key" text NOT NULL,
	"content" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "web_posts_seq_unique" UNIQUE("seq"),
	CONSTRAINT "web_posts_key_unique" UNIQUE("visitor_id","key")
);
--> statement-breakpoint
ALTER TABLE "web_posts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "web_uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"visitor_id" uuid NOT NULL,
	"photo" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "web_uploads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "web_visitors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"key" text NOT NULL,
	"peer" text NOT NULL,
	"code_hash" text NOT NULL,
	"link_sealed" "bytea",
	"page_hash" text NOT NULL,
	"proof" text,
	"lock" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "web_visitors_key_unique" UNIQUE("account_id","key"),
	CONSTRAINT "web_visitors_page_unique" UNIQUE("account_id","page_hash"),
	CONSTRAINT "web_visitors_proof_unique" UNIQUE("jurisdiction_id","proof")
);
--> statement-breakpoint
ALTER TABLE "web_visitors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "web_posts" ADD CONSTRAINT "web_posts_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "web_posts" ADD CONSTRAINT "web_posts_visitor_id_web_visitors_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."web_visitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "web_uploads" ADD CONSTRAINT "web_uploads_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "web_uploads" ADD CONSTRAINT "web_uploads_visitor_id_web_visitors_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."web_visitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "web_visitors" ADD CONSTRAINT "web_visitors_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "web_visitors" ADD CONSTRAINT "web_visitors_account_id_channel_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."channel_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "web_posts_visitor_index" ON "web_posts" USING btree ("visitor_id","seq");--> statement-breakpoint
CREATE INDEX "web_posts_unread_index" ON "web_posts" USING btree ("jurisdiction_id","at") WHERE "web_posts"."read_at" is null;--> statement-breakpoint
CREATE INDEX "web_uploads_visitor_index" ON "web_uploads" USING btree ("visitor_id");--> statement-breakpoint
CREATE INDEX "web_uploads_at_index" ON "web_uploads" USING btree ("jurisdiction_id","at");--> statement-breakpoint
CREATE INDEX "web_visitors_created_index" ON "web_visitors" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "web_visitors_seen_index" ON "web_visitors" USING btree ("jurisdiction_id","seen_at");--> statement-breakpoint
CREATE POLICY "web_posts_of_county" ON "web_posts" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "web_uploads_of_county" ON "web_uploads" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "web_visitors_of_county" ON "web_visitors" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "web_posts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "web_uploads" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "web_visitors" FORCE ROW LEVEL SECURITY;
