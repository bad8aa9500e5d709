import type { ErrandKind } from "../errands/kind.ts";
import { ACCOUNT_TEST } from "./account-test.ts";
import { AUDIT_EXPORT } from "./audit-export.ts";
import { AUDIT_VERIFY } from "./audit-verify.ts";
import { BULK } from "./bulk.ts";
import { DRY_RUN } from "./dry-run.ts";
import { EXPORT } from "./export.ts";
import { FIGURES_COUNT } from "./figures/count.ts";
import { REPORT } from "./figures/report.ts";
import { IMPORT } from "./import.ts";
import { IMPORT_CHECK } from "./import-check.ts";
import { INVITE_SHEETS } from "./invite-sheets.ts";
import { POSTERS } from "./posters.ts";
import { SUCCESSION_CHECK } from "./succession-check.ts";
import { UNDERSTAND_LEARN } from "./understand-learn.ts";
import { UNDO_CHECK } from "./undo-check.ts";

/** The kinds of errands, one line each: what the API takes, and what a worker does. */
export const ERRAND_KINDS: readonly ErrandKind[] = [
  DRY_RUN,
  IMPORT_CHECK,
  IMPORT,
  UNDO_CHECK,
  SUCCESSION_CHECK,
  REPORT,
  FIGURES_COUNT,
  POSTERS,
  INVITE_SHEETS,
  ACCOUNT_TEST,
  UNDERSTAND_LEARN,
  AUDIT_VERIFY,
  AUDIT_EXPORT,
  BULK,
  EXPORT,
];
