ALTER TABLE "pull_cursors" ADD COLUMN "nudges" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "pull_cursors" ADD COLUMN "pulled_nudges" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "pull_cursors" ADD COLUMN "behind_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "pull_cursors" ADD COLUMN "lease_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "pull_cursors" ADD COLUMN "not_before" timestamp with time zone;