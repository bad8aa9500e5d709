/** Where a command says things: its result on `out`, everything else on `err`, one line each. */
export type Output = { readonly out: (line: string) => void; readonly err: (line: string) => void };

/** 0 done, 1 failed, 2 used wrongly. */
export type ExitStatus = 0 | 1 | 2;
