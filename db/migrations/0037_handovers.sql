ALTER TABLE "cases" ADD COLUMN "verdict_until" date;--> statement-breakpoint
CREATE INDEX "cases_verdict_index" ON "cases" USING btree ("jurisdiction_id","verdict_until") WHERE "cases"."verdict_until" is not null;--> statement-breakpoint
CREATE INDEX "conversations_asked_how_index" ON "conversations" USING btree ("jurisdiction_id") WHERE dialog @? '$.*[*] ? (@.kind == "closing-how")';--> statement-breakpoint
ALTER TABLE "record_heads" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "acts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "handovers" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "bindings" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "binding_invites" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER "acts_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "acts" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "record_heads_only_added" BEFORE UPDATE OR DELETE OR TRUNCATE ON "record_heads" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "acts_await_link" AFTER INSERT ON "acts" FOR EACH ROW EXECUTE FUNCTION "await_record_link"();
