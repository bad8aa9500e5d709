import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { TEMPLATE_VARIABLES } from "../../domain/wording/answer-template.ts";
import { mayAskAgain } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { EmptyNote } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import type { Template } from "./shapes.ts";
import { TemplateDialog } from "./template-dialog.tsx";
import { VersionsDialog } from "./versions-dialog.tsx";

/** The templates with which the office answers residents. */
export function AnswersPart() {
  const { words, times } = useLanguage();
  const { settings } = words;
  const { me, call } = useSession();
  const [chosen, setChosen] = useState<Template | "new" | null>(null);
  const [ending, setEnding] = useState<Template | null>(null);
  const [looked, setLooked] = useState<Template | null>(null);
  const asked = useQuery({
    queryKey: ["templates"],
    queryFn: async ({ signal }) => (await call("GET /templates", { signal })).body.items,
    retry: mayAskAgain,
  });
  const rows = asked.data ?? [];
  const mayChange = mayAsk(me, "PUT /templates/{id}");
  const { templateColumns: columns } = settings;
  const done = () => {
    setChosen(null);
    setEnding(null);
    void asked.refetch();
  };
  return (
    <>
      <p>
        {settings.templatesAbout} {TEMPLATE_VARIABLES.map((one) => `{${one}} ${settings.variables[one]}`).join(" · ")}
      </p>
      {mayChange ? (
        <p>
          <button type="button" className="deed" onClick={() => setChosen("new")}>
            ＋ {settings.addTemplate}
          </button>
        </p>
      ) : (
        <p className="small">{settings.looksOnly}</p>
      )}
      <Asked asked={asked} rows={4} />
      {asked.isSuccess && rows.length === 0 ? <EmptyNote text={settings.noTemplates} /> : null}
      {rows.length === 0 ? null : (
        <table className="table cards" aria-label={settings.parts.answers}>
          <TableHead names={Object.values(columns)} />
          <tbody>
            {rows.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.name}</th>
                <td data-label={columns.text}>
                  {one.textZh}
                  {one.textEn === "" ? null : <span className="small block">{one.textEn}</span>}
                </td>
                <td data-label={columns.version} className="small">
                  {settings.version(one.version, one.by, times.moment(one.at))}
                </td>
                <td data-label={columns.acts} className="acts">
                  {mayChange ? (
                    <>
                      <RowDeed does={settings.change} row={one.name} onClick={() => setChosen(one)} />
                      <RowDeed does={settings.remove} row={one.name} onClick={() => setEnding(one)} />
                    </>
                  ) : null}
                  {one.version > 1 && mayAsk(me, "GET /templates/{id}") ? (
                    <RowDeed does={settings.versions} row={one.name} onClick={() => setLooked(one)} />
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {chosen === null ? null : (
        <TemplateDialog template={chosen === "new" ? null : chosen} onDone={done} onClose={() => setChosen(null)} />
      )}
      {ending === null ? null : (
        <RemoveDialog
          text={settings.removeTemplate(ending.name)}
          onRemove={async (key) => {
            await call("DELETE /templates/{id}", { params: { id: ending.id }, etag: ending.etag, key });
          }}
          onDone={done}
          onClose={() => setEnding(null)}
        />
      )}
      {looked === null ? null : <VersionsDialog template={looked} onClose={() => setLooked(null)} />}
    </>
  );
}
