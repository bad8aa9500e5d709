import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { RefusalNote, Skeleton } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";

/** Shows where the person is signed in, each with the button that ends it. */
export function Sessions() {
  const { words, times } = useLanguage();
  const { account } = words;
  const { call } = useSession();
  const { run, isBusy, error } = useWorking();
  const asked = useQuery({
    queryKey: ["my-sessions"],
    queryFn: async ({ signal }) => (await call("GET /me/sessions", { signal })).body.items,
  });
  const end = (work: () => Promise<unknown>) =>
    void run(async () => {
      await work();
      await asked.refetch();
    });
  const sessions = asked.data ?? [];
  return (
    <section className="card">
      <h2>{account.sessions}</h2>
      <Skeleton rows={2} isLoading={asked.isPending} />
      <RefusalNote error={asked.error ?? error} />
      <table className="table cards" aria-label={account.sessions}>
        <thead>
          <tr>
            <th scope="col">{account.device}</th>
            <th scope="col">{account.address}</th>
            <th scope="col">{account.since}</th>
            <th scope="col">{account.lastUsed}</th>
            <th scope="col">{account.end}</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, isThis, device, address, since, lastUsedAt }) => (
            <tr key={id}>
              <th scope="row">{device}</th>
              <td data-label={account.address}>{address}</td>
              <td data-label={account.since}>{times.moment(since)}</td>
              <td data-label={account.lastUsed}>{times.moment(lastUsedAt)}</td>
              <td data-label={account.end}>
                {isThis ? (
                  `● ${account.thisOne}`
                ) : (
                  <button
                    type="button"
                    className="link-button"
                    onClick={() => end(() => call("DELETE /me/sessions/{id}", { params: { id } }))}
                  >
                    {account.end}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sessions.length > 1 ? (
        <Button variant="default" loading={isBusy} onClick={() => end(() => call("DELETE /me/sessions", {}))}>
          {account.endOthers}
        </Button>
      ) : (
        <p>{account.noOthers}</p>
      )}
    </section>
  );
}
