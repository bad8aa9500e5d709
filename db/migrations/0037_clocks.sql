DROP INDEX "phone_tasks_open_unique";--> statement-breakpoint
ALTER TABLE "phone_tasks" ADD COLUMN "deputy_id" uuid;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "outbox_id" uuid NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "phone_tasks_deputy_unique" ON "phone_tasks" USING btree ("case_id") WHERE "phone_tasks"."done_at" is null and "phone_tasks"."deputy_id" is not null;--> statement-breakpoint
CREATE INDEX "digests_cases_index" ON "digests" USING gin ("case_ids");--> statement-breakpoint
CREATE INDEX "digests_day_index" ON "digests" USING btree ("jurisdiction_id","on_day");--> statement-breakpoint
CREATE UNIQUE INDEX "phone_tasks_open_unique" ON "phone_tasks" USING btree ("case_id") WHERE "phone_tasks"."done_at" is null and "phone_tasks"."person_id" is null and "phone_tasks"."deputy_id" is null;--> statement-breakpoint
ALTER TABLE "case_clocks" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "clock_proposals" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "clock_rules" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "digests" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "clock_rules_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "clock_rules" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
