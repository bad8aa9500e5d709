import { useEffect, useRef } from "react";
import { useLanguage } from "../client/language.tsx";
import { type Look, lookOf, NO_VALUE, stepsOf, tileOf } from "./layers.ts";
import type { Layer } from "./params.ts";

/** The meaning of each look on the map. */
export function Legend({ layer }: { readonly layer: Layer }) {
  const { words } = useLanguage();
  const { places } = words;
  const steps: readonly string[] = places.steps[layer];
  return (
    <ul className="legend" aria-label={places.legend}>
      {Array.from({ length: stepsOf(layer) }, (_, step) => (
        <li key={`${layer} ${steps[step]}`}>
          <Field look={lookOf(layer, step)} /> {steps[step]}
        </li>
      ))}
      {layer === "answering" ? null : (
        <li>
          <Field look={NO_VALUE} /> {places.noValue}
        </li>
      )}
    </ul>
  );
}

function Field({ look }: { readonly look: Look }) {
  const field = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const draw = field.current?.getContext("2d");
    const pattern = draw?.createPattern(tileOf(look), "repeat");
    if (draw == null || pattern == null) return;
    draw.fillStyle = pattern;
    draw.fillRect(0, 0, 32, 18);
  }, [look]);
  return <canvas ref={field} width={32} height={18} />;
}
