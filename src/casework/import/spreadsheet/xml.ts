import { Parser } from "saxen";

/** A handler of the elements and texts of one part of a workbook, in the order of the document; names come without their prefix. */
export type XmlHandler = {
  readonly open: (name: string, attributes: () => Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
};

/**
 * Reads a part of a workbook from its beginning to its end, element by element, so that a large sheet needs no tree.
 *
 * @throws Error for XML that is not well-formed, and for a document type, which no spreadsheet has
 */
export function readXml(xml: string, hearing: XmlHandler): void {
  new Parser()
    .on("openTag", (name, attributes, decode) =>
      hearing.open(localOf(name), () =>
        Object.fromEntries(Object.entries(attributes()).map(([key, value]) => [localOf(key), decode(value)])),
      ),
    )
    .on("closeTag", (name) => hearing.close?.(localOf(name)))
    .on("text", (text, decode) => hearing.text?.(decode(text)))
    .on("cdata", (text) => hearing.text?.(text))
    .on("attention", (text) => {
      if (/^<!doctype/i.test(text)) throw new Error("a document type in it");
    })
    .on("error", (error) => {
      throw error;
    })
    .parse(xml);
}

function localOf(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
