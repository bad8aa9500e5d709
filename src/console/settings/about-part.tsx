import { useQuery } from "@tanstack/react-query";
import { mayAskAgain } from "../client/asking.ts";
import { useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { TableHead } from "../parts/table-head.tsx";

/** The version that this is, its licence, and those of what it is made of. */
export function AboutPart() {
  const { settings } = useWords();
  const { call } = useSession();
  const asked = useQuery({
    queryKey: ["about"],
    queryFn: async ({ signal }) => (await call("GET /about", { signal })).body,
    staleTime: Number.POSITIVE_INFINITY,
    retry: mayAskAgain,
  });
  const { data } = asked;
  if (data === undefined) return <Asked asked={asked} rows={6} />;
  const { partColumns: columns } = settings;
  return (
    <>
      <p>{settings.aboutVersion(data.version, data.licence)}</p>
      {data.text === "" ? null : (
        <details>
          <summary>{settings.licence}</summary>
          <p className="licence">{data.text}</p>
        </details>
      )}
      <h2>{settings.partsTitle}</h2>
      <table className="table cards narrow" aria-label={settings.partsTitle}>
        <TableHead names={Object.values(columns)} />
        <tbody>
          {data.parts.map(({ name, version, licence }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-label={columns.version}>{version}</td>
              <td data-label={columns.licence}>{licence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
