import { useWords } from "../client/language.tsx";
import type { OpenVersion } from "./use-open-versions.ts";

/** Says where open versions get in each other's way: two that change the same rule, or one whose beginning is not in force any more. */
export function Conflicts({ open }: { readonly open: ReadonlyMap<number, OpenVersion> }) {
  const { rules: words, shell } = useWords();
  const byRule = new Map<string, number[]>();
  for (const [number, { changes }] of open)
    for (const rule of new Set((changes?.changes ?? []).flatMap((one) => (one.rule === null ? [] : [one.rule]))))
      byRule.set(rule, [...(byRule.get(rule) ?? []), number]);
  const byVersions = new Map<string, string[]>();
  for (const [rule, numbers] of byRule) {
    if (numbers.length < 2) continue;
    const versions = numbers.toSorted((a, b) => a - b).join(shell.comma);
    byVersions.set(versions, [...(byVersions.get(versions) ?? []), rule]);
  }
  const old = [...open].flatMap(([number, { readiness }]) =>
    readiness === null || readiness.base.isPublished ? [] : [{ number, base: readiness.base.number }],
  );
  return (
    <>
      {[...byVersions].map(([versions, changed]) => (
        <p key={versions} className="note note-banner">
          ⚠ {words.sameRule(versions, changed.join(shell.comma))}
        </p>
      ))}
      {old.map(({ number, base }) => (
        <p key={number} className="note note-banner">
          ⚠ {words.oldBase(number, base === null ? words.noBase : words.oldBaseNamed(base))}
        </p>
      ))}
    </>
  );
}
