import { Skeleton } from "../notes.tsx";
import { PageFailure } from "./failure.tsx";

/** A question to the API as far as it is answered. */
type Asking = {
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => Promise<unknown>;
};

/** Shows bars where an answer will be while it is on its way; where it failed, why, with the way to ask again; nothing once it is there. */
export function Asked({ asked, rows }: { readonly asked: Asking; readonly rows: number }) {
  return (
    <>
      {asked.error === null ? null : <PageFailure error={asked.error} again={() => void asked.refetch()} />}
      <Skeleton rows={rows} isLoading={asked.isPending} />
    </>
  );
}
