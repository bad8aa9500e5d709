import { useWords } from "../client/language.tsx";
import { Dialog } from "../parts/dialog.tsx";
import type { ShellPage } from "./pages.ts";

/** The keys that are commands, each with what it does. */
export function KeysHelp(props: { readonly pages: readonly ShellPage[]; readonly onClose: () => void }) {
  const { keys, pages } = useWords().shell;
  const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    [
      keys.title,
      [
        ["?", keys.help],
        ["Ctrl+K", keys.jump],
        ...props.pages.map((page) => [`g ${page.key}`, keys.goTo(pages[page.name])] as const),
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
    <Dialog title={keys.title} onClose={props.onClose}>
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
