import { useRouter } from "@tanstack/react-router";
import type { MouseEvent } from "react";

/**
 * A link to a case by its number: an ordinary one, which the router follows when it is pressed. A table has fifty of them, and the router's own
 * work out an address each time that anything changes.
 */
export function CaseLink({ number }: { readonly number: string }) {
  const router = useRouter();
  const follow = (event: MouseEvent): void => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!isPlain || event.defaultPrevented) return;
    event.preventDefault();
    void router.navigate({ to: "/cases/$number", params: { number } });
  };
  return (
    <a href={`/console/cases/${encodeURIComponent(number)}`} onClick={follow}>
      {number}
    </a>
  );
}
