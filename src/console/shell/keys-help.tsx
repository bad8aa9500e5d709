import { useWords } from "../client/language.tsx";
import { Dialog } from "../parts/dialog.tsx";

/** The keys that are commands, each with what it does. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const { keys, pages } = useWords().shell;
  const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    [
      keys.title,
      [
        ["?", keys.help],
        ["g t", keys.today],
        ["g c", keys.cases],
        ["g p", keys.places],
        ["g r", keys.rules],
        ["g d", keys.deliveries],
        ["g s", keys.statistics],
      ],
    ],
    [
      pages.cases,
      [
        ["j ↓", keys.down],
        ["k ↑", keys.up],
        ["Enter", keys.open],
        ["/", keys.filter],
        ["u", keys.back],
        ["e", keys.next],
      ],
    ],
    [
      keys.open,
      [
        ["a", keys.answer],
        ["n", keys.note],
        ["p", keys.place],
        ["m", keys.move],
        ["c", keys.closeCase],
        ["o", keys.originals],
        ["Ctrl+Enter", keys.send],
      ],
    ],
  ];
  return (
    <Dialog title={keys.title} onClose={onClose}>
      {groups.map(([title, rows]) => (
        <dl key={title} className="keys">
          {rows.map(([key, does]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      ))}
      <p className="small">{keys.off}</p>
    </Dialog>
  );
}
