import { Button } from "@mantine/core";

/** A list that comes page by page. */
type Paged = {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
};

/** The button below a list that brings the next page of it; nothing where there is none. */
export function NextPage({ list, text }: { readonly list: Paged; readonly text: string }) {
  if (!list.hasNextPage) return null;
  return (
    <p className="list-end">
      <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        ↓ {text}
      </Button>
    </p>
  );
}
