import { useRef, useState } from "react";
import { isComposing } from "../client/keys.ts";
import { useWords } from "../client/language.tsx";

/** What ends a word while it is typed or pasted. */
const BETWEEN = /[\s,，、;；]+/;

/** What looks like a part of a sentence: hardly anybody writes just that. */
const SENTENCE = /^(?=.*\p{Script=Han}).{4,}$/u;

/** Takes words one after the other, each as a chip: Enter, a comma or leaving the field ends a word; one that is too short, or too long to be met, warns. */
export function WordChips(props: {
  readonly words: readonly string[];
  readonly label: string;
  readonly onChange: (words: readonly string[]) => void;
}) {
  const { ruleEditor: words } = useWords();
  const [text, setText] = useState("");
  /** While an input method composes, its signs are not words yet. */
  const composes = useRef(false);
  const add = (typed: string) => {
    const more = typed.split(BETWEEN).filter((word) => word !== "");
    setText("");
    const all = [...new Set([...props.words, ...more])];
    if (all.length > props.words.length) props.onChange(all);
  };
  const short = props.words.find((word) => [...word].length < 2);
  const long = props.words.find((word) => SENTENCE.test(word));
  return (
    <div className="picker">
      {props.words.map((word) => (
        <span className={[...word].length < 2 ? "chip chip-short" : "chip"} key={word}>
          {word}
          <button
            type="button"
            aria-label={words.dropWord(word)}
            onClick={() => props.onChange(props.words.filter((one) => one !== word))}
          >
            ✕
          </button>
        </span>
      ))}
      <input
        aria-label={props.label}
        placeholder={words.wordsHint}
        value={text}
        onCompositionStart={() => {
          composes.current = true;
        }}
        onCompositionEnd={() => {
          composes.current = false;
        }}
        onChange={({ currentTarget: { value } }) => {
          if (!composes.current && BETWEEN.test(value)) add(value);
          else setText(value);
        }}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          const last = props.words.at(-1);
          if (event.key === "Enter") {
            event.preventDefault();
            add(text);
          } else if (event.key === "Backspace" && text === "" && last !== undefined)
            props.onChange(props.words.slice(0, -1));
        }}
        onBlur={() => add(text)}
        autoComplete="off"
      />
      {short === undefined ? null : (
        <p className="small warn" role="status">
          ⚠ {words.shortWord(short)}
        </p>
      )}
      {long === undefined ? null : (
        <p className="small warn" role="status">
          ⚠ {words.longWord(long)}
        </p>
      )}
    </div>
  );
}
