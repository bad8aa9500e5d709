/** A button in a row of a table: short to see, and named with its row for whoever hears it. */
export function RowDeed(props: { readonly does: string; readonly row: string; readonly onClick: () => void }) {
  const { does, row, onClick } = props;
  return (
    <button type="button" className="deed" aria-label={`${does} ${row}`} onClick={onClick}>
      {does}
    </button>
  );
}
