import { offerSize } from "../size.ts";
import { offerOpening } from "./open.ts";
import { sendAnswer } from "./send.ts";

// The page works without any of this; where one part cannot begin, in an old browser, the others do.
for (const begin of [offerOpening, sendAnswer, offerSize]) {
  try {
    begin();
  } catch {
    document.documentElement.dataset.without = `${document.documentElement.dataset.without ?? ""} ${begin.name}`;
  }
}
