import type { ErrandKind } from "../errands/kind.ts";
import { BULK } from "./bulk.ts";
import { DRY_RUN } from "./dry-run.ts";
import { EXPORT } from "./export.ts";
import { IMPORT } from "./import.ts";
import { IMPORT_CHECK } from "./import-check.ts";

/** The kinds of errands, one line each: what the API takes, and what a worker does. */
export const ERRAND_KINDS: readonly ErrandKind[] = [DRY_RUN, IMPORT_CHECK, IMPORT, BULK, EXPORT];
