/** A reception day as people are told it. */
export type ToldReception = {
  readonly station: string;
  /** YYYY-MM-DD, HH:MM, HH:MM. */
  readonly day: string;
  readonly from: string;
  readonly until: string;
  readonly place: string;
  /** The deputies who will be there; empty where the list names none. */
  readonly names: readonly string[];
  /** Days that stand in the list before this one and fall out, because nobody of their deputies is there. */
  readonly cancelled: readonly string[];
};

/** A question with numbered choices. */
type Asked = { readonly text: string; readonly labels: readonly string[]; readonly closing: string };

/** The sentences to residents whose question is answered at once. */
export type AtOnceWording = {
  /** The answer of the library, with the number of the case, and how to say that it is none. */
  answeredAtOnce(a: { number: string; body: string }): string;
  /** The next reception day of each station that is meant. */
  receptionDays(a: { number: string; days: readonly ToldReception[] }): string;
  /** The list has no day ahead for that place: who reads the question stands in the receipt behind it. */
  noReceptionKnown(a: { place: string }): string;
  /** In which township somebody is who asks for the next reception day. */
  askTownship(a: { number: string; labels: readonly string[] }): Asked;
};
