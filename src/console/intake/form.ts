import type { Given } from "../client/call.ts";
import { newKey } from "../client/call.ts";

type Body = Given<"POST /intake">["body"];

/** The way in which a matter came. */
export type How = Body["how"];
/** The way in which somebody says where it is. */
export type Where = "words" | "here" | "grid";

/** A matter that is being taken down, as it stands in the draft. */
export type Form = {
  /** Made with the form, so that it is taken down once however often it is handed in. */
  readonly key: string;
  readonly how: How;
  readonly text: string;
  readonly where: Where;
  readonly placeWords: string;
  readonly grid: string;
  readonly position: { readonly latitude: number; readonly longitude: number; readonly metres: number } | null;
  readonly photo: string | null;
  readonly name: string;
  readonly phone: string;
  readonly mayCall: boolean;
};

const EMPTY: Omit<Form, "key"> = {
  ...{ how: "walk-in", text: "", where: "words", placeWords: "", grid: "", position: null, photo: null },
  ...{ name: "", phone: "", mayCall: false },
};

/** Reads a form from its draft; an empty one where there is none. */
export function readForm(draft: string): Form {
  if (draft === "") return { key: newKey(), ...EMPTY };
  try {
    return { key: newKey(), ...EMPTY, ...(JSON.parse(draft) as Partial<Form>) };
  } catch {
    return { key: newKey(), ...EMPTY };
  }
}

/** The body of a request, made of a form. */
export function bodyOf(form: Form): Body {
  const { how, text, name, phone, mayCall, photo } = form;
  return {
    ...{ how, text: text.trim(), photo, mayCall: mayCall && phone.trim() !== "", place: placeOf(form) },
    name: name.trim() === "" ? null : name.trim(),
    phone: phone.trim() === "" ? null : phone.trim(),
  };
}

function placeOf({ where, placeWords, grid, position }: Form): Body["place"] {
  switch (where) {
    case "grid":
      return grid.trim() === "" ? null : { grid: grid.trim() };
    case "here":
      return position === null ? null : { latitude: position.latitude, longitude: position.longitude };
    case "words":
      return placeWords.trim() === "" ? null : { words: placeWords.trim() };
  }
}
