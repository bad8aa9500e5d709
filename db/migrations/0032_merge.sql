CREATE TABLE "case_links" (
	"jurisdiction_id" uuid NOT NULL,
	"case_id" uuid PRIMARY KEY NOT NULL,
	"leading_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "case_links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "unseal_proposals" (
	"jurisdiction_id" uuid NOT NULL,
	"case_id" uuid PRIMARY KEY NOT NULL,
	"caller_id" uuid NOT NULL,
	"caller_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "unseal_proposals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "case_links" ADD CONSTRAINT "case_links_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_links" ADD CONSTRAINT "case_links_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_links" ADD CONSTRAINT "case_links_leading_id_cases_id_fk" FOREIGN KEY ("leading_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unseal_proposals" ADD CONSTRAINT "unseal_proposals_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unseal_proposals" ADD CONSTRAINT "unseal_proposals_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_links_leading_index" ON "case_links" USING btree ("leading_id");--> statement-breakpoint
CREATE POLICY "case_links_of_county" ON "case_links" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "unseal_proposals_of_county" ON "unseal_proposals" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "case_links" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "unseal_proposals" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Whoever destroys the key of a case or seals it takes it out of the search too, also a version that knows of none; the setting is changed within, for an owner who is no superuser may not bind one of ours to a function.
CREATE FUNCTION "forget_case_words"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
declare
	before text := current_setting('liaison.search', true);
begin
	if set_config('liaison.search', '''@all''', true) is not null then delete from public.case_words w where w.case_id = new.id; end if;
	perform set_config('liaison.search', coalesce(before, ''), true);
	return null;
end
$$;--> statement-breakpoint
CREATE TRIGGER "cases_forget_words" AFTER UPDATE OF "key_wrapped", "sealed" ON "cases" FOR EACH ROW
	WHEN (new.key_wrapped IS DISTINCT FROM old.key_wrapped OR (new.sealed AND NOT old.sealed))
	EXECUTE FUNCTION "forget_case_words"();
