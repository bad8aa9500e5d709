DROP INDEX "phone_tasks_open_unique";--> statement-breakpoint
ALTER TABLE "phone_tasks" ADD COLUMN "person_id" uuid;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "sealed_for" uuid;--> statement-breakpoint
ALTER TABLE "phone_tasks" ADD CONSTRAINT "phone_tasks_person_id_case_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."case_people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "phone_tasks_person_unique" ON "phone_tasks" USING btree ("person_id") WHERE "phone_tasks"."done_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "phone_tasks_open_unique" ON "phone_tasks" USING btree ("case_id") WHERE "phone_tasks"."done_at" is null and "phone_tasks"."person_id" is null;