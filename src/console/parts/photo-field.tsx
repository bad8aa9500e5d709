import { useState } from "react";
import { useWords } from "../client/language.tsx";

const LONGEST_SIDE = 1600;

/** A field for one photo, which is made small enough for a telephone's line; its value is base64, null where there is none. */
export function PhotoField(props: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string | null;
  readonly onChange: (photo: string | null) => void;
}) {
  const { intake } = useWords();
  const [wrong, setWrong] = useState<string | null>(null);
  const { label, hint, value, onChange } = props;
  const take = async (file: File) => {
    setWrong(null);
    const photo = await readPhoto(file);
    if (photo === null) setWrong(intake.photoTooLarge);
    else onChange(photo);
  };
  return (
    <>
      {value === null ? (
        <label className="file-field">
          {label}
          <input
            type="file"
            accept="image/*"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              if (file !== undefined) void take(file);
            }}
          />
        </label>
      ) : (
        <p>
          <img className="photo photo-small" src={`data:image/jpeg;base64,${value}`} alt={label} /> {intake.photoReady}{" "}
          <button type="button" className="link-button" onClick={() => onChange(null)}>
            {intake.removePhoto}
          </button>
        </p>
      )}
      {hint === undefined ? null : <p className="small">{hint}</p>}
      {wrong === null ? null : (
        <p role="alert" className="note note-refusal">
          ⚠ {wrong}
        </p>
      )}
    </>
  );
}

/** Makes a photo small enough, as base64; null where it cannot be read. */
async function readPhoto(file: File): Promise<string | null> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.8).split(",")[1] ?? null;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
