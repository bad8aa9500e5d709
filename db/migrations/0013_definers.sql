-- What runs with its owner's rights looks for nothing where others may put something: pg_temp is searched first unless it is named.
CREATE OR REPLACE FUNCTION "public"."await_link"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
begin
	insert into public.events_to_link (event_seq, jurisdiction_id) values (new.seq, new.jurisdiction_id);
	return null;
end
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION "public"."await_link"() FROM PUBLIC;
