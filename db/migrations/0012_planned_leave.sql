ALTER TABLE "cases" ADD COLUMN "due_within" smallint;--> statement-breakpoint
ALTER TABLE "absences" ADD COLUMN "awaits_beginning" boolean DEFAULT false NOT NULL;