/** The page on which a deputy sees what their chat cannot show: one to be opened, one that they have open, or none. */
export type PageToSee =
  | { readonly kind: "link"; readonly address: string }
  | { readonly kind: "open" }
  | { readonly kind: "none" };

/** The sentences about photos, recordings and files that cannot be taken, or cannot be shown where they are to be read; in one language. */
export type FileWording = {
  /** To whoever sent it. */
  notTaken(given: { readonly number: string; readonly why: "too-large" | "unsupported" }): string;
  /** To a deputy, in place of what their chat cannot show. */
  notShown(given: {
    readonly number: string;
    readonly photos: number;
    readonly recordings: number;
    readonly files: number;
    readonly page: PageToSee;
  }): string;
};
