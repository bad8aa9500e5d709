import { Option } from "commander";
import { ACTS } from "../../domain/understanding/meaning.ts";

/** The option with which somebody of the office says what a resident's words were, where they were taken for something else. */
export function actMeant(): Option {
  return new Option("--was <act>", "what the words were, where they were taken for something else").choices(ACTS);
}
