/** A question as a person sees it: the words, then labels that are numbered 1, 2, 3 …, then how to answer. */
export type Question = { readonly text: string; readonly labels: readonly string[]; readonly closing: string };
