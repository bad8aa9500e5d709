import { useQuery } from "@tanstack/react-query";
import { mayAskAgain } from "../client/asking.ts";
import { type Answered, type Call, type Given, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { useSession } from "../client/session.ts";
import { type Errand, isGoing, useErrand } from "../parts/errand.ts";
import { WrongNote } from "../parts/notes.tsx";

type Question = NonNullable<Given<"GET /figures">["query"]>;
type FiguresTold = Answered<"GET /figures">;

/** The errand that counts figures, or has failed to; null where they are counted at once. */
export type Counting = Errand | null;

/**
 * The figures of a question: at once where there are few enough cases, else counted by a worker, with how far that is. What was counted within
 * the last hour is not counted again.
 */
export function useFigures(query: Question) {
  const { call } = useSession();
  const at = useQuery({
    queryKey: ["figures", query],
    queryFn: async ({ signal }) => (await call("GET /figures", { query, signal })).body,
    retry: mayAskAgain,
    placeholderData: (before) => before,
    // What somebody reads does not change under their eyes.
    refetchOnWindowFocus: false,
  });
  const isMuch = at.error instanceof Refused && at.error.code === "too-many-cases";
  const asked = useQuery({
    queryKey: ["figures-errand", query],
    queryFn: () => errandFor(call, query),
    enabled: isMuch,
    retry: mayAskAgain,
    refetchOnWindowFocus: false,
  });
  const errand = useErrand(isMuch ? (asked.data ?? null) : null);
  const id = errand?.file == null ? null : errand.id;
  const told = useQuery({
    queryKey: ["figures-counted", id],
    queryFn: async ({ signal }) => {
      const { body } = await call("GET /errands/{id}/file", { params: { id: id ?? "" }, signal });
      return JSON.parse(await body.text()) as FiguresTold;
    },
    enabled: id !== null,
    retry: mayAskAgain,
    refetchOnWindowFocus: false,
  });
  if (!isMuch)
    return { ...pick(at), isPlaceholderData: at.isPlaceholderData, counting: null, refetch: () => at.refetch() };
  const isOver = errand !== undefined && !isGoing(errand) && errand.file === null;
  return {
    data: told.data,
    error: asked.error ?? told.error,
    isPending:
      told.data === undefined && !isOver && asked.error === null && told.error === null && errand === undefined,
    isPlaceholderData: false,
    counting: told.data === undefined ? (errand ?? null) : null,
    refetch: () => asked.refetch(),
  };
}

function pick<T>({
  data,
  error,
  isPending,
}: {
  readonly data: T;
  readonly error: unknown;
  readonly isPending: boolean;
}) {
  return { data, error, isPending };
}

/** Says how far a worker is with counting, or that it failed. */
export function CountingNote({ counting }: { readonly counting: Counting }) {
  const { statistics } = useWords();
  if (counting === null) return null;
  if (!isGoing(counting)) return counting.file === null ? <WrongNote text={statistics.notCounted} /> : null;
  return (
    <p className="note" role="status">
      {statistics.counting(counting.done, counting.total)}
    </p>
  );
}

/** The errand that counts the figures of a question: one that goes on or has ended well already, else one that is asked for now. */
async function errandFor(call: Call, { codes = "", period, by, filter = "{}" }: Question): Promise<string> {
  const asked = {
    names: codes.split(",").filter((one) => one !== ""),
    ...{ period, by: by ?? null, filter: JSON.parse(filter) as Record<string, unknown> },
  };
  const { body } = await call("GET /errands", { query: { kind: "figures" } });
  const known = body.items.find((one) => (isGoing(one) || isThere(one)) && isSame(one.asked, asked));
  if (known !== undefined) return known.id;
  return (await call("POST /errands", { body: { kind: "figures", asked }, key: newKey() })).body.id;
}

/** Whether what an errand counted can be fetched still. */
function isThere({ file }: Pick<Errand, "file">): boolean {
  return file !== null && Date.parse(file.until) > Date.now();
}

/** Whether two plain values say the same, in whatever order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .map(([key, part]) => [key, sorted(part)])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
