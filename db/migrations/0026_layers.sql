CREATE TABLE "understanding_labels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"inbox_seq" bigint NOT NULL,
	"act" text NOT NULL,
	"marks" text[] DEFAULT '{}' NOT NULL,
	"is_mask_right" boolean NOT NULL,
	"words" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "understanding_labels" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "understanding_layer_events" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "understanding_layer_events_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"jurisdiction_id" uuid NOT NULL,
	"layer_id" uuid NOT NULL,
	"type" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "understanding_layer_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "understanding_layer_rows" (
	"jurisdiction_id" uuid NOT NULL,
	"layer_id" uuid NOT NULL,
	"inbox_seq" bigint NOT NULL,
	CONSTRAINT "understanding_layer_rows_pk" PRIMARY KEY("layer_id","inbox_seq")
);
--> statement-breakpoint
ALTER TABLE "understanding_layer_rows" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "understanding_layers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"author" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"weights" text NOT NULL,
	"content" "bytea",
	"features" integer NOT NULL,
	"rows" integer NOT NULL,
	"people" integer NOT NULL,
	"measured" jsonb NOT NULL,
	"refusals" text[] NOT NULL,
	"reviewer" text,
	"published_at" timestamp with time zone,
	"retired_at" timestamp with time zone,
	CONSTRAINT "understanding_layers_number_unique" UNIQUE("jurisdiction_id","number")
);
--> statement-breakpoint
ALTER TABLE "understanding_layers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "jurisdictions" ADD COLUMN "understanding_layer" uuid;--> statement-breakpoint
ALTER TABLE "understandings" ADD COLUMN "is_no_lesson" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "understanding_labels" ADD CONSTRAINT "understanding_labels_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "understanding_layer_events" ADD CONSTRAINT "understanding_layer_events_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "understanding_layer_events" ADD CONSTRAINT "understanding_layer_events_layer_id_understanding_layers_id_fk" FOREIGN KEY ("layer_id") REFERENCES "public"."understanding_layers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "understanding_layer_rows" ADD CONSTRAINT "understanding_layer_rows_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "understanding_layer_rows" ADD CONSTRAINT "understanding_layer_rows_layer_id_understanding_layers_id_fk" FOREIGN KEY ("layer_id") REFERENCES "public"."understanding_layers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "understanding_layers" ADD CONSTRAINT "understanding_layers_jurisdiction_id_jurisdictions_jurisdiction_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("jurisdiction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "understanding_labels_message_index" ON "understanding_labels" USING btree ("jurisdiction_id","inbox_seq");--> statement-breakpoint
CREATE INDEX "understanding_layer_events_layer_index" ON "understanding_layer_events" USING btree ("layer_id","seq");--> statement-breakpoint
CREATE INDEX "understanding_layer_rows_message_index" ON "understanding_layer_rows" USING btree ("jurisdiction_id","inbox_seq");--> statement-breakpoint
CREATE UNIQUE INDEX "understanding_layers_one_published" ON "understanding_layers" USING btree ("jurisdiction_id") WHERE "understanding_layers"."state" = 'published';--> statement-breakpoint
CREATE POLICY "understanding_labels_of_county" ON "understanding_labels" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "understanding_layer_events_of_county" ON "understanding_layer_events" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "understanding_layer_rows_of_county" ON "understanding_layer_rows" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "understanding_layers_of_county" ON "understanding_layers" AS PERMISSIVE FOR ALL TO public USING (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)) WITH CHECK (jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "understanding_labels" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "understanding_layer_events" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "understanding_layer_rows" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "understanding_layers" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "understanding_layer_events_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "understanding_layer_events" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "understanding_labels_only_added" BEFORE UPDATE ON "understanding_labels" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE FUNCTION "keep_layer"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if tg_op = 'DELETE' then
    raise exception 'layers of understanding are kept' using errcode = 'insufficient_privilege';
  end if;
  if (new.jurisdiction_id, new.number, new.author, new.created_at, new.weights, new.measured, new.refusals)
    is distinct from (old.jurisdiction_id, old.number, old.author, old.created_at, old.weights, old.measured, old.refusals)
    or (new.content is not null and new.content is distinct from old.content) then
    raise exception 'a layer of understanding is never changed' using errcode = 'insufficient_privilege';
  end if;
  if new.state = 'published' and (new.content is null or cardinality(new.refusals) > 0 or new.reviewer is null
    or lower(new.reviewer) = lower(new.author) or old.state not in ('measured', 'retired', 'published')
    or (old.state = 'retired' and old.published_at is null)) then
    raise exception 'this layer of understanding may not be published' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;--> statement-breakpoint
CREATE TRIGGER "understanding_layers_keep" BEFORE UPDATE OR DELETE ON "understanding_layers" FOR EACH ROW EXECUTE FUNCTION "keep_layer"();
