import { z } from "zod";
import { ROLES } from "../../domain/access/roles.ts";
import type { Caller } from "../access/caller.ts";

/** The caller who asks for long work in which cases are read or changed, as the errand keeps them. */
export const ASKING = z.strictObject({
  kind: z.enum(["token", "person"]),
  id: z.uuid(),
  name: z.string(),
  role: z.enum(ROLES),
  stations: z.array(z.string()),
  deputyId: z.string().nullable(),
});

/** The part of a caller that an errand keeps. */
export function askingOf({ kind, id, name, role, stations, deputyId }: Caller): z.output<typeof ASKING> {
  return { kind, id, name, role, stations: [...stations], deputyId };
}
