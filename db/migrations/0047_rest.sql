ALTER TABLE "weekly_absences" ADD COLUMN "part" text;--> statement-breakpoint
ALTER TABLE "topic_tellings" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "topic_tellings" ADD COLUMN "claim" text;