/** A topic in a message: its number as lists have it, what it is called, and how many people told it. */
export type TopicLine = { readonly number: string; readonly title: string; readonly people: number };
