ALTER TABLE "second_factors" ADD COLUMN "last_step" integer;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "sealed" boolean DEFAULT false NOT NULL;