/** What several people said of one matter, and where each of them lives. */
export type Told = { readonly matter: string; readonly grid: string; readonly said: readonly string[] };
