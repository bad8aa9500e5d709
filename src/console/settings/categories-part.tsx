import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { type Answered, newKey } from "../client/call.ts";
import { useWords } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { RefusalNote } from "../parts/notes.tsx";
import { RowDeed } from "../parts/row-deed.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { useWorking } from "../parts/working.ts";
import { CategoryDialog } from "./category-dialog.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import type { Category } from "./shapes.ts";

type Learning = NonNullable<Answered<"GET /categories">["lastLearning"]>;

/** The county's categories: their words and examples, and learning from what the office corrected. */
export function CategoriesPart() {
  const { settings } = useWords();
  const { me, call } = useSession();
  const [chosen, setChosen] = useState<Category | "new" | null>(null);
  const [ending, setEnding] = useState<Category | null>(null);
  const key = useRef(newKey());
  const learning = useWorking();
  const asked = useQuery({
    queryKey: ["categories"],
    queryFn: async ({ signal }) => (await call("GET /categories", { signal })).body,
    retry: mayAskAgain,
  });
  const { data } = asked;
  if (data === undefined) return <Asked asked={asked} rows={8} />;
  const mayChange = mayAsk(me, "PUT /categories/{code}");
  const { categoryColumns: columns } = settings;
  const learn = () =>
    learning.run(async () => {
      try {
        await call("POST /categories/learn", { key: key.current });
      } finally {
        key.current = newKey();
      }
      await asked.refetch();
    });
  return (
    <>
      {data.isBuiltIn ? <p>{settings.catalogueBuiltIn}</p> : null}
      {mayChange ? (
        <p>
          <button type="button" className="deed" onClick={() => setChosen("new")}>
            ＋ {settings.addCategory}
          </button>
        </p>
      ) : (
        <p className="small">{settings.looksOnly}</p>
      )}
      <table className="table cards" aria-label={settings.parts.categories}>
        <TableHead names={Object.values(columns)} />
        <tbody>
          {data.items.map((one) => (
            <tr key={one.code}>
              <th scope="row">{one.code}</th>
              <td data-label={columns.name}>{one.name}</td>
              <td data-label={columns.words} className="small">
                {some(one.words)}
              </td>
              <td data-label={columns.examples} className="small">
                {some(one.examples.slice(0, 2))}
              </td>
              <td data-label={columns.acts} className="acts">
                {mayChange ? (
                  <>
                    <RowDeed does={settings.change} row={one.name} onClick={() => setChosen(one)} />
                    <RowDeed does={settings.remove} row={one.name} onClick={() => setEnding(one)} />
                  </>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{settings.learn}</h2>
      <p className="small">{settings.learnAbout}</p>
      {data.lastLearning === null ? null : <Learned learning={data.lastLearning} />}
      <RefusalNote error={learning.error} />
      {mayAsk(me, "POST /categories/learn") ? (
        <Button variant="default" loading={learning.isBusy} onClick={() => void learn()}>
          {settings.learn}
        </Button>
      ) : null}
      {chosen === null ? null : (
        <CategoryDialog
          category={chosen === "new" ? null : chosen}
          etag={data.etag}
          onLook={() => void asked.refetch()}
          onDone={() => {
            setChosen(null);
            void asked.refetch();
          }}
          onClose={() => setChosen(null)}
        />
      )}
      {ending === null ? null : (
        <RemoveDialog
          text={settings.removeCategory(ending.name)}
          onRemove={async (once) => {
            await call("DELETE /categories/{code}", { params: { code: ending.code }, etag: data.etag, key: once });
          }}
          onDone={() => {
            setEnding(null);
            void asked.refetch();
          }}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  );
}

function Learned({ learning }: { readonly learning: Learning }) {
  const { settings } = useWords();
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
  const { learnedFrom, measuredOn, accuracyBefore, accuracyAfter, takesEffect } = learning;
  return (
    <p role="status">
      {settings.learned(learnedFrom, measuredOn, percent(accuracyBefore), percent(accuracyAfter))}{" "}
      {takesEffect ? settings.learnedUsed : settings.learnedUnused}
    </p>
  );
}

const MOST_SHOWN = 12;

function some(words: readonly string[]): string {
  return words.length > MOST_SHOWN ? `${words.slice(0, MOST_SHOWN).join("、")}…（${words.length}）` : words.join("、");
}
