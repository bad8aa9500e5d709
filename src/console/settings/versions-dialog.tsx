import { useQuery } from "@tanstack/react-query";
import { mayAskAgain } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { Dialog } from "../parts/dialog.tsx";
import type { Template } from "./shapes.ts";

/** Shows every version of a template, the newest first. */
export function VersionsDialog({ template, onClose }: { readonly template: Template; readonly onClose: () => void }) {
  const { words, times } = useLanguage();
  const { settings } = words;
  const { call } = useSession();
  const { id } = template;
  const asked = useQuery({
    queryKey: ["template", id],
    queryFn: async ({ signal }) => (await call("GET /templates/{id}", { params: { id }, signal })).body.items,
    retry: mayAskAgain,
  });
  return (
    <Dialog title={template.name} onClose={onClose}>
      <Asked asked={asked} rows={3} />
      {(asked.data ?? []).toReversed().map((one) => (
        <section key={one.version}>
          <h3>{settings.version(one.version, one.by, times.moment(one.at))}</h3>
          <p>{one.isEnd ? settings.ended : one.textZh}</p>
          {one.isEnd || one.textEn === "" ? null : <p>{one.textEn}</p>}
        </section>
      ))}
    </Dialog>
  );
}
