import { Button } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../client/language.tsx";

/** A link that somebody gets once, with the button that copies it. */
export function LinkNote({ link }: { readonly link: string }) {
  const { staff } = useWords();
  const [isCopied, setCopied] = useState(false);
  return (
    <div className="stack" role="status">
      <p>{staff.link}</p>
      <p className="secret">{link}</p>
      <div>
        <Button variant="default" onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}>
          {isCopied ? staff.copied : staff.copy}
        </Button>
      </div>
    </div>
  );
}
