-- What was written before this is not told again: that was the rule then. What is written from now on may be, whichever version writes it.
ALTER TABLE "outbox" ADD COLUMN "repeats_left" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ALTER COLUMN "repeats_left" SET DEFAULT 1;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "repeats" uuid;--> statement-breakpoint
CREATE INDEX "outbox_to_repeat_index" ON "outbox" USING btree ("jurisdiction_id","settled_at") WHERE "outbox"."state" = 'uncertain' and "outbox"."repeats_left" > 0;--> statement-breakpoint
CREATE INDEX "outbox_to_repeat_here_index" ON "outbox" USING btree ("conversation_id") WHERE "outbox"."state" = 'uncertain' and "outbox"."repeats_left" > 0;--> statement-breakpoint
CREATE INDEX "outbox_repeats_index" ON "outbox" USING btree ("repeats") WHERE "outbox"."repeats" is not null;