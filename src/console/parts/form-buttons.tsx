import { Button } from "@mantine/core";
import { useWords } from "../client/language.tsx";

/** The buttons at the end of a form in a dialog: the one that does it, and the one that closes the dialog. */
export function FormButtons(props: {
  readonly doIt: string;
  readonly isBusy?: boolean;
  readonly isReady?: boolean;
  readonly onClose: () => void;
}) {
  const { shell } = useWords();
  return (
    <div className="buttons">
      <Button type="submit" loading={props.isBusy} disabled={props.isReady === false}>
        {props.doIt}
      </Button>
      <Button variant="default" onClick={props.onClose}>
        {shell.cancel}
      </Button>
    </div>
  );
}
