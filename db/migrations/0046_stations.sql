ALTER TABLE "phone_tasks" ADD COLUMN "missed_days" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "phone_tasks" ADD COLUMN "missed_on" date;