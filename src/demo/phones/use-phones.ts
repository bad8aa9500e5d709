import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { fetchPage, fetchScreen } from "./calls.ts";
import { change, NO_PHONES, type Phones } from "./state.ts";
import type { WireEvent, WirePage } from "./wire.ts";

/** The live state of the phones, and the page's people. */
export type LivePhones = {
  readonly page: WirePage | null;
  readonly phones: Phones;
  readonly connected: boolean;
  /** Fetches the people again: somebody may have been bound. */
  readonly reloadPage: () => void;
  readonly loadScreen: (openid: string) => void;
  readonly markSeen: (openid: string) => void;
};

/**
 * A hook that keeps the phones up to date by Server-Sent Events; `onAttention` is called for deputies' phones with
 * something new.
 */
export function usePhones(onAttention: (openid: string) => void): LivePhones {
  const [page, setPage] = useState<WirePage | null>(null);
  const [phones, dispatch] = useReducer(change, NO_PHONES);
  const [connected, setConnected] = useState(false);
  const attention = useRef(onAttention);
  attention.current = onAttention;
  const loaded = useRef(new Set<string>());

  const reloadPage = useCallback(() => {
    fetchPage().then(setPage, () => setConnected(false));
  }, []);
  const fetchInto = useCallback((openid: string) => {
    fetchScreen(openid).then(
      (messages) => dispatch({ type: "loaded", openid, messages }),
      () => setConnected(false),
    );
  }, []);
  const loadScreen = useCallback(
    (openid: string) => {
      if (loaded.current.has(openid)) return;
      loaded.current.add(openid);
      fetchInto(openid);
    },
    [fetchInto],
  );
  const markSeen = useCallback((openid: string) => dispatch({ type: "seen", openid }), []);

  useEffect(() => {
    const events = new EventSource("/api/events");
    events.onopen = () => {
      setConnected(true);
      reloadPage();
      for (const openid of loaded.current) fetchInto(openid);
    };
    events.onerror = () => setConnected(false);
    events.onmessage = ({ data }) => {
      const event: WireEvent = JSON.parse(data);
      dispatch(event);
      if (event.type === "attention") attention.current(event.openid);
    };
    return () => events.close();
  }, [reloadPage, fetchInto]);

  return { page, phones, connected, reloadPage, loadScreen, markSeen };
}
