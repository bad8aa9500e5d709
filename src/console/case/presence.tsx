import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { pollEvery } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";

/** Often enough that nobody who is there counts as gone. */
const AGAIN_MS = 15_000;
/** Whoever has typed nothing for so long reads. */
const WRITING_MS = 20_000;

/** Says who else is at a case, and tells them that this person is; never of a sealed case. */
export function Presence({ number }: { readonly number: string }) {
  const { words } = useLanguage();
  const { me, call } = useSession();
  const mayTell = mayAsk(me, "PUT /cases/{number}/presence");
  const { data, refetch } = useQuery({
    queryKey: ["presence", number],
    queryFn: async ({ signal }) =>
      (
        await call("PUT /cases/{number}/presence", {
          params: { number },
          body: { doing: performance.now() - typedAt < WRITING_MS ? "writing" : "reading" },
          signal,
        })
      ).body.others,
    enabled: mayTell,
    refetchInterval: () => (pollEvery() === false ? false : AGAIN_MS),
    retry: false,
    gcTime: 0,
  });
  useEffect(() => {
    if (!mayTell) return;
    const typed = (event: Event): void => {
      if (!(event.target instanceof HTMLTextAreaElement)) return;
      const isNew = performance.now() - typedAt >= WRITING_MS;
      typedAt = performance.now();
      if (isNew) void refetch();
    };
    document.addEventListener("input", typed);
    return () => {
      document.removeEventListener("input", typed);
      typedAt = Number.NEGATIVE_INFINITY;
      void call("PUT /cases/{number}/presence", { params: { number }, body: { doing: "gone" } }).catch(() => undefined);
    };
  }, [mayTell, number, call, refetch]);
  return (
    <span className="presence" role="status">
      {(data ?? [])
        .map(({ name, doing }) => (doing === "writing" ? words.onePage.writes(name) : words.onePage.reads(name)))
        .join(" · ")}
    </span>
  );
}

/** When something was last typed in a text of this page. */
let typedAt = Number.NEGATIVE_INFINITY;
