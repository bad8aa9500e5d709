/** Something in the ledger of a county that cannot have come about by itself. */
type Finding = {
  readonly kind:
    | "changed"
    | "event-deleted"
    | "link-missing"
    | "not-linked"
    | "not-as-noted"
    | "head-forged"
    | "head-missing"
    | "case-differs"
    | "handover-differs"
    | "topic-differs";
  /** The link, where it is about one. */
  readonly position: number | null;
  /** The event's seq, where it is about one. */
  readonly event: number | null;
  /** The number of the case, where it is known. */
  readonly case: string | null;
  readonly text: string;
};

/** The findings of an audit: the first ones, in the order of the chain, then of the cases, and their number. */
export type Findings = { readonly findings: readonly Finding[]; readonly found: number };

/**
 * A callback for progress: it gets how many more links, events and cases were checked; the next page is read when it
 * resolves.
 */
export type Advance = (count: number) => Promise<void>;

/** A callback for findings, called once for each. */
export type Report = (finding: Finding) => void;

const FINDINGS_KEPT = 100;

/** Creates a collector of findings: it keeps the first ones only, and counts all. */
export function gatherFindings(): { readonly report: Report; found(): Findings } {
  const findings: Finding[] = [];
  let found = 0;
  return {
    report: (finding) => {
      found += 1;
      if (findings.length < FINDINGS_KEPT) findings.push(finding);
    },
    found: () => ({ findings, found }),
  };
}

/** The findings of two audits as those of one. */
export function joinFindings(one: Findings, other: Findings): Findings {
  const findings = [...one.findings, ...other.findings].slice(0, FINDINGS_KEPT);
  return { findings, found: one.found + other.found };
}

/** Reports an event that is neither in the chain nor waiting for its link. */
export function reportUnlinked(
  report: Report,
  { seq, type, number }: { readonly seq: number; readonly type: string; readonly number: string },
): void {
  const text = `event ${seq} (${type}, case ${number}) has no link: it was slipped in, or its link was deleted`;
  report({ kind: "not-linked", position: null, event: seq, case: number, text });
}
