CREATE TABLE "categories" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"words" text[] DEFAULT '{}' NOT NULL,
	"examples" text[] DEFAULT '{}' NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "categories_code_unique" UNIQUE("jurisdiction_id","code")
);
--> statement-breakpoint
ALTER TABLE "categories" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "category_corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"text" "bytea" NOT NULL,
	"from_category" text,
	"to_category" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"held_back" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "category_corrections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "category_learnings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"words" jsonb NOT NULL,
	"learned_from" integer NOT NULL,
	"measured_on" integer NOT NULL,
	"accuracy_before" real NOT NULL,
	"accuracy_after" real NOT NULL,
	"measured_at" timestamp with time zone NOT NULL,
	"takes_effect" boolean NOT NULL,
	CONSTRAINT "category_learnings_version_unique" UNIQUE("jurisdiction_id","version")
);
--> statement-breakpoint
ALTER TABLE "category_learnings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "deputy_relations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"deputy_id" uuid NOT NULL,
	"related_deputy_id" uuid NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "deputy_relations_pair_unique" UNIQUE("jurisdiction_id","deputy_id","related_deputy_id"),
	CONSTRAINT "deputy_relations_two_people" CHECK ("deputy_relations"."deputy_id" <> "deputy_relations"."related_deputy_id")
);
--> statement-breakpoint
ALTER TABLE "deputy_relations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sector_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"lead_deputy_id" uuid,
	CONSTRAINT "sector_groups_code_unique" UNIQUE("jurisdiction_id","code")
);
--> statement-breakpoint
ALTER TABLE "sector_groups" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "successions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"effective_on" date NOT NULL,
	"state" text NOT NULL,
	"rows" jsonb NOT NULL,
	"author" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "successions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ruleset_events" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ruleset_events_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"jurisdiction_id" uuid NOT NULL,
	"ruleset_id" uuid NOT NULL,
	"type" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"note" text
);
--> statement-breakpoint
ALTER TABLE "ruleset_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rulesets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"name" text NOT NULL,
	"content" jsonb NOT NULL,
	"author" text NOT NULL,
	"takes_back" integer,
	"created_at" timestamp with time zone NOT NULL,
	"submitted_at" timestamp with time zone,
	"reviewer" text,
	"review_note" text,
	"reviewed_at" timestamp with time zone,
	"published_at" timestamp with time zone,
	"retired_at" timestamp with time zone,
	CONSTRAINT "rulesets_number_unique" UNIQUE("jurisdiction_id","number")
);
--> statement-breakpoint
ALTER TABLE "rulesets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "category_confidence" real;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "moved_by" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "moved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "absences" ADD COLUMN "substitute_id" uuid;--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "until_on" date;--> statement-breakpoint
ALTER TABLE "stations" ADD COLUMN "head_deputy_id" uuid;--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "category_corrections" ADD CONSTRAINT "category_corrections_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "category_corrections" ADD CONSTRAINT "category_corrections_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "category_learnings" ADD CONSTRAINT "category_learnings_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deputy_relations" ADD CONSTRAINT "deputy_relations_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deputy_relations" ADD CONSTRAINT "deputy_relations_deputy_id_deputies_id_fk" FOREIGN KEY ("deputy_id") REFERENCES "public"."deputies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deputy_relations" ADD CONSTRAINT "deputy_relations_related_deputy_id_deputies_id_fk" FOREIGN KEY ("related_deputy_id") REFERENCES "public"."deputies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sector_groups" ADD CONSTRAINT "sector_groups_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sector_groups" ADD CONSTRAINT "sector_groups_lead_deputy_id_deputies_id_fk" FOREIGN KEY ("lead_deputy_id") REFERENCES "public"."deputies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "successions" ADD CONSTRAINT "successions_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ruleset_events" ADD CONSTRAINT "ruleset_events_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ruleset_events" ADD CONSTRAINT "ruleset_events_ruleset_id_rulesets_id_fk" FOREIGN KEY ("ruleset_id") REFERENCES "public"."rulesets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rulesets" ADD CONSTRAINT "rulesets_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "category_corrections_at_index" ON "category_corrections" USING btree ("jurisdiction_id","at");--> statement-breakpoint
CREATE INDEX "category_corrections_case_index" ON "category_corrections" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "deputy_relations_related_index" ON "deputy_relations" USING btree ("related_deputy_id");--> statement-breakpoint
CREATE INDEX "successions_planned_index" ON "successions" USING btree ("jurisdiction_id","effective_on") WHERE "successions"."state" = 'planned';--> statement-breakpoint
CREATE INDEX "ruleset_events_ruleset_index" ON "ruleset_events" USING btree ("ruleset_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "rulesets_one_published" ON "rulesets" USING btree ("jurisdiction_id") WHERE "rulesets"."state" = 'published';--> statement-breakpoint
CREATE POLICY "categories_of_county" ON "categories" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "category_corrections_of_county" ON "category_corrections" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "category_learnings_of_county" ON "category_learnings" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "deputy_relations_of_county" ON "deputy_relations" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "sector_groups_of_county" ON "sector_groups" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "successions_of_county" ON "successions" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "ruleset_events_of_county" ON "ruleset_events" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "rulesets_of_county" ON "rulesets" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
DO $$
declare name text;
begin
	foreach name in array array['categories', 'category_corrections', 'category_learnings', 'deputy_relations', 'sector_groups', 'successions', 'ruleset_events', 'rulesets']
	loop
		execute format('alter table public.%I force row level security', name);
	end loop;
end
$$;--> statement-breakpoint
CREATE TRIGGER "ruleset_events_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ruleset_events" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
-- The life of a rule set: draft, in review, published, retired. Whoever writes to the table, through whatever interface, is bound.
CREATE FUNCTION "keep_ruleset"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
	if tg_op in ('DELETE', 'TRUNCATE') then
		raise exception 'rule sets are never deleted' using errcode = 'insufficient_privilege';
	end if;
	if tg_op = 'INSERT' then
		if new.state <> 'draft' or num_nonnulls(new.submitted_at, new.reviewer, new.review_note, new.reviewed_at, new.published_at, new.retired_at) > 0 then
			raise exception 'a rule set begins as a draft' using errcode = 'insufficient_privilege';
		end if;
		return new;
	end if;
	if (new.id, new.jurisdiction_id, new.number, new.author, new.takes_back, new.created_at)
		is distinct from (old.id, old.jurisdiction_id, old.number, old.author, old.takes_back, old.created_at) then
		raise exception 'the number, author and origin of a rule set never change' using errcode = 'insufficient_privilege';
	end if;
	if old.state = 'draft' and new.state = 'draft' then
		if num_nonnulls(new.submitted_at, new.reviewer, new.review_note, new.reviewed_at, new.published_at, new.retired_at) > 0 then
			raise exception 'a draft has no review' using errcode = 'insufficient_privilege';
		end if;
		return new;
	end if;
	if (old.state, new.state) not in (('draft', 'in-review'), ('in-review', 'published'), ('in-review', 'retired'), ('published', 'retired')) then
		raise exception 'a rule set that is % cannot become %', old.state, new.state using errcode = 'insufficient_privilege';
	end if;
	if (new.name, new.content) is distinct from (old.name, old.content) then
		raise exception 'a rule set is not changed once it was submitted' using errcode = 'insufficient_privilege';
	end if;
	if (old.submitted_at is not null and new.submitted_at is distinct from old.submitted_at)
		or (old.reviewed_at is not null
			and (new.reviewer, new.review_note, new.reviewed_at, new.published_at)
				is distinct from (old.reviewer, old.review_note, old.reviewed_at, old.published_at)) then
		raise exception 'the review of a rule set never changes' using errcode = 'insufficient_privilege';
	end if;
	if num_nonnulls(new.submitted_at) <> 1
		or (new.state = 'in-review' and num_nonnulls(new.reviewer, new.review_note, new.reviewed_at, new.published_at, new.retired_at) > 0)
		or (new.state = 'published' and (num_nonnulls(new.reviewed_at, new.published_at) <> 2 or new.retired_at is not null))
		or (new.state = 'retired' and (new.retired_at is null or (new.published_at is null) <> (old.state = 'in-review'))) then
		raise exception 'the moments of a rule set belong to its state' using errcode = 'insufficient_privilege';
	end if;
	if new.state = 'published' and (coalesce(btrim(new.reviewer), '') = '' or lower(btrim(new.reviewer)) = lower(btrim(new.author))) then
		raise exception 'a rule set is published by a reviewer who is not its author' using errcode = 'insufficient_privilege';
	end if;
	return new;
end
$$;--> statement-breakpoint
CREATE TRIGGER "rulesets_keep" BEFORE INSERT OR UPDATE OR DELETE ON "rulesets" FOR EACH ROW EXECUTE FUNCTION "keep_ruleset"();--> statement-breakpoint
CREATE TRIGGER "rulesets_not_emptied" BEFORE TRUNCATE ON "rulesets" FOR EACH STATEMENT EXECUTE FUNCTION "keep_ruleset"();
