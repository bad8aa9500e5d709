CREATE TABLE "dry_run_differences" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "dry_run_differences_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"jurisdiction_id" uuid NOT NULL,
	"errand_id" uuid NOT NULL,
	"case_number" text NOT NULL,
	"from_code" text NOT NULL,
	"to_code" text NOT NULL,
	"rule" text NOT NULL,
	"kind" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "dry_run_differences" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "errands" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"asked" jsonb NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_by_name" text NOT NULL,
	"state" text NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"answer" jsonb,
	"problem" jsonb,
	"run_id" uuid,
	"heard_at" timestamp with time zone,
	"runs" integer DEFAULT 0 NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "errands" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"errand_id" uuid NOT NULL,
	"name" text NOT NULL,
	"content_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ruleset_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"ruleset_id" uuid NOT NULL,
	"rule_id" text,
	"by_id" uuid NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"text" text NOT NULL,
	"must" boolean NOT NULL,
	"resolved_by" text,
	"resolved_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "ruleset_comments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ruleset_looks" (
	"jurisdiction_id" uuid NOT NULL,
	"ruleset_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"change" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "ruleset_looks_pk" PRIMARY KEY("ruleset_id","person_id","change")
);
--> statement-breakpoint
ALTER TABLE "ruleset_looks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "ruleset_events" ADD COLUMN "by_id" uuid;--> statement-breakpoint
ALTER TABLE "rulesets" ADD COLUMN "author_id" uuid;--> statement-breakpoint
ALTER TABLE "rulesets" ADD COLUMN "based_on" integer;--> statement-breakpoint
ALTER TABLE "rulesets" ADD COLUMN "continues" integer;--> statement-breakpoint
ALTER TABLE "rulesets" ADD COLUMN "reviewer_wanted" text;--> statement-breakpoint
ALTER TABLE "rulesets" ADD COLUMN "checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "rulesets" ADD COLUMN "reviewer_id" uuid;--> statement-breakpoint
ALTER TABLE "dry_run_differences" ADD CONSTRAINT "dry_run_differences_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dry_run_differences" ADD CONSTRAINT "dry_run_differences_errand_id_errands_id_fk" FOREIGN KEY ("errand_id") REFERENCES "public"."errands"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "errands" ADD CONSTRAINT "errands_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_errand_id_errands_id_fk" FOREIGN KEY ("errand_id") REFERENCES "public"."errands"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ruleset_comments" ADD CONSTRAINT "ruleset_comments_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ruleset_comments" ADD CONSTRAINT "ruleset_comments_ruleset_id_rulesets_id_fk" FOREIGN KEY ("ruleset_id") REFERENCES "public"."rulesets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ruleset_looks" ADD CONSTRAINT "ruleset_looks_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ruleset_looks" ADD CONSTRAINT "ruleset_looks_ruleset_id_rulesets_id_fk" FOREIGN KEY ("ruleset_id") REFERENCES "public"."rulesets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dry_run_differences_kind_index" ON "dry_run_differences" USING btree ("errand_id","kind","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "errands_one_running" ON "errands" USING btree ("jurisdiction_id","kind") WHERE "errands"."state" = 'running';--> statement-breakpoint
CREATE INDEX "errands_waiting_index" ON "errands" USING btree ("jurisdiction_id","made_at") WHERE "errands"."state" in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX "errands_made_index" ON "errands" USING btree ("jurisdiction_id","made_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "files_errand_unique" ON "files" USING btree ("errand_id");--> statement-breakpoint
CREATE INDEX "ruleset_comments_ruleset_index" ON "ruleset_comments" USING btree ("ruleset_id","at");--> statement-breakpoint
CREATE POLICY "dry_run_differences_of_county" ON "dry_run_differences" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "errands_of_county" ON "errands" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "files_of_county" ON "files" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "ruleset_comments_of_county" ON "ruleset_comments" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "ruleset_looks_of_county" ON "ruleset_looks" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "errands" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "files" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "dry_run_differences" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "ruleset_comments" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "ruleset_looks" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- As before, and: a version is withdrawn from its review without a reviewer; who reviews it is nobody who wrote it, by id or by name.
CREATE OR REPLACE FUNCTION "keep_ruleset"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
	if tg_op in ('DELETE', 'TRUNCATE') then
		raise exception 'rule sets are never deleted' using errcode = 'insufficient_privilege';
	end if;
	if tg_op = 'INSERT' then
		if new.state <> 'draft' or num_nonnulls(new.submitted_at, new.checked_at, new.reviewer, new.reviewer_id, new.review_note, new.reviewed_at, new.published_at, new.retired_at) > 0 then
			raise exception 'a rule set begins as a draft' using errcode = 'insufficient_privilege';
		end if;
		return new;
	end if;
	if (new.id, new.jurisdiction_id, new.number, new.author, new.author_id, new.takes_back, new.based_on, new.continues, new.created_at)
		is distinct from (old.id, old.jurisdiction_id, old.number, old.author, old.author_id, old.takes_back, old.based_on, old.continues, old.created_at) then
		raise exception 'the number, author and origin of a rule set never change' using errcode = 'insufficient_privilege';
	end if;
	if old.state = 'draft' and new.state = 'draft' then
		if num_nonnulls(new.submitted_at, new.checked_at, new.reviewer, new.reviewer_id, new.review_note, new.reviewed_at, new.published_at, new.retired_at) > 0 then
			raise exception 'a draft has no review' using errcode = 'insufficient_privilege';
		end if;
		return new;
	end if;
	if (old.state, new.state) not in (('draft', 'in-review'), ('in-review', 'in-review'), ('in-review', 'published'), ('in-review', 'retired'), ('published', 'retired')) then
		raise exception 'a rule set that is % cannot become %', old.state, new.state using errcode = 'insufficient_privilege';
	end if;
	if (new.name, new.content) is distinct from (old.name, old.content) then
		raise exception 'a rule set is not changed once it was submitted' using errcode = 'insufficient_privilege';
	end if;
	if (old.submitted_at is not null and new.submitted_at is distinct from old.submitted_at)
		or (old.reviewed_at is not null
			and (new.reviewer, new.reviewer_id, new.review_note, new.reviewed_at, new.published_at)
				is distinct from (old.reviewer, old.reviewer_id, old.review_note, old.reviewed_at, old.published_at)) then
		raise exception 'the review of a rule set never changes' using errcode = 'insufficient_privilege';
	end if;
	if num_nonnulls(new.submitted_at) <> 1
		or (new.state = 'in-review' and num_nonnulls(new.reviewer, new.reviewer_id, new.review_note, new.reviewed_at, new.published_at, new.retired_at) > 0)
		or (new.state = 'published' and (num_nonnulls(new.reviewed_at, new.published_at) <> 2 or new.retired_at is not null))
		or (new.state = 'retired' and (new.retired_at is null or (new.published_at is null) <> (old.state = 'in-review')))
		or (new.state = 'retired' and old.state = 'in-review' and new.reviewer is null and num_nonnulls(new.reviewer_id, new.review_note, new.reviewed_at) > 0) then
		raise exception 'the moments of a rule set belong to its state' using errcode = 'insufficient_privilege';
	end if;
	if new.state = 'published' and (coalesce(btrim(new.reviewer), '') = '' or lower(btrim(new.reviewer)) = lower(btrim(new.author)) or new.reviewer_id = new.author_id) then
		raise exception 'a rule set is published by a reviewer who is not its author' using errcode = 'insufficient_privilege';
	end if;
	if new.state = 'published' and exists (
		with recursive own as (
			select new.id, new.continues, new.takes_back
			union
			select r.id, r.continues, r.takes_back from own join rulesets r
				on r.jurisdiction_id = new.jurisdiction_id and r.number in (own.continues, own.takes_back)
		)
		select from own join ruleset_events e on e.ruleset_id = own.id and e.type in ('drafted', 'edited')
		where lower(btrim(e.by)) = lower(btrim(new.reviewer)) or e.by_id = new.reviewer_id) then
		raise exception 'a rule set is published by a reviewer who wrote nothing of it' using errcode = 'insufficient_privilege';
	end if;
	return new;
end
$$;
