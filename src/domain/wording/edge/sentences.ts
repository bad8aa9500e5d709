/** The wording of what is said while the service itself is away. */
export type EdgeWording = {
  /** To whoever wrote: that the words are kept, and that an answer takes longer. Promises no moment, for none is known. */
  late(): string;
};
