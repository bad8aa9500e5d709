/** The output of a command: its result on `out`, everything else on `err`, one line each. */
export type Output = { readonly out: (line: string) => void; readonly err: (line: string) => void };

/** The exit status of a command: 0 done, 1 failed, 2 used wrongly. */
export type ExitStatus = 0 | 1 | 2;

/**
 * The output for a terminal, which obeys control and bidirectional signs whoever wrote them: they are written out, as
 * \u001b, which in JSON means the same sign. Line ends, tabs, and the joiners that some scripts need stay.
 */
export function forTerminal({ out, err }: Output): Output {
  return { out: (line) => out(writtenOut(line)), err: (line) => err(writtenOut(line)) };
}

const OBEYED = /(?![\n\t]|\u200c|\u200d)[\p{Cc}\p{Cf}\u2028\u2029]/gu;

function writtenOut(line: string): string {
  return line.replace(OBEYED, (sign) =>
    Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}
