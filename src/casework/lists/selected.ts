/** A case that was selected, in the version that was seen. */
export type Selected = { readonly number: string; readonly etag: string };
