import { useLanguage } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { EditDialog, type Edited, linesOf, orNull } from "../parts/edit-dialog.tsx";
import type { OneDeputy } from "./one-deputy.ts";

/** Changes what the lists say of a deputy: name, phone, district, groups, the last day of the term. */
export function DeputyDetails(props: {
  readonly deputy: OneDeputy;
  readonly etag: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { words } = useLanguage();
  const { places, successions } = words;
  const { call } = useSession();
  const { code } = props.deputy;
  const editedOf = ({ name, district, groups, untilOn }: OneDeputy, etag: string): Edited => ({
    ...{ title: places.editOf(name), etag },
    fields: [
      { name: "name", label: words.people.name, kind: "text", value: name },
      { name: "phone", label: places.phone, hint: successions.phoneHint, kind: "text", value: "" },
      { name: "district", label: successions.district, kind: "text", value: district },
      {
        name: "groups",
        label: successions.groups,
        hint: successions.groupsHint,
        kind: "lines",
        value: groups.join("\n"),
      },
      { name: "untilOn", label: successions.term, hint: successions.termHint, kind: "day", value: untilOn ?? "" },
    ],
  });
  return (
    <EditDialog
      edited={editedOf(props.deputy, props.etag)}
      save={async ({ name, phone, district, groups, untilOn }, etag, key) => {
        const body = {
          ...(name === undefined ? {} : { name }),
          ...(phone === undefined || phone === "" ? {} : { phone }),
          ...(district === undefined ? {} : { district }),
          ...(groups === undefined ? {} : { groups: linesOf(groups) }),
          ...(untilOn === undefined ? {} : { untilOn: orNull(untilOn) }),
        };
        await call("PATCH /deputies/{code}", { params: { code }, body, etag, key });
      }}
      readAgain={async () => {
        const { body, etag } = await call("GET /deputies/{code}", { params: { code } });
        return editedOf(body, etag ?? "");
      }}
      onDone={props.onDone}
      onClose={props.onClose}
    />
  );
}
