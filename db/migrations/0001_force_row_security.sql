-- The policies bind the owner of the tables too, so that they hold where the service must connect as the owner.
do $$
declare name text;
begin
	for name in select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
	loop
		execute format('alter table public.%I enable row level security', name);
		execute format('alter table public.%I force row level security', name);
	end loop;
end
$$;
