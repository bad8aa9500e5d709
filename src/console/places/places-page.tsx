import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { ListView } from "./list-view.tsx";
import { MapView } from "./map-view.tsx";
import { readPlaceParams, VIEWS } from "./params.ts";
import { PostersDialog } from "./posters-dialog.tsx";

type Printed = { readonly what: "posters" | "invites"; readonly grid: string | null };

/** The county's places: the map, the tables, and what is printed of them. */
export function PlacesPage() {
  const { words } = useLanguage();
  const { places } = words;
  const { me } = useSession();
  const params = readPlaceParams(useSearch({ strict: false }));
  const { view = "map", township = null } = params;
  const [printed, setPrinted] = useState<Printed | null>(null);
  const mayPrint = mayAsk(me, "POST /posters");
  return (
    <>
      <h1>{places.title}</h1>
      <p className="buttons">
        <a className="deed" href="/api/v1/coverage.pdf" download>
          ⇩ {places.certificate}
        </a>
        {mayPrint ? (
          <>
            <button
              type="button"
              className="deed"
              onClick={() => setPrinted({ what: "posters", grid: params.grid ?? null })}
            >
              {places.posters}
            </button>
            <button type="button" className="deed" onClick={() => setPrinted({ what: "invites", grid: null })}>
              {places.invites}
            </button>
          </>
        ) : null}
        {mayAsk(me, "GET /successions") ? (
          <Link className="deed" to="/successions">
            {places.successions}
          </Link>
        ) : null}
      </p>
      <nav className="tabs" aria-label={places.title}>
        {VIEWS.map((one) => (
          <Link
            key={one}
            to="/places"
            search={{ view: one }}
            className="deed"
            aria-current={one === view ? "page" : undefined}
          >
            {places.views[one]}
          </Link>
        ))}
      </nav>
      {view === "map" ? (
        <MapView params={params} onPosters={(grid) => setPrinted({ what: "posters", grid })} />
      ) : (
        <ListView key={view} view={view} />
      )}
      {printed === null ? null : <PostersDialog {...printed} township={township} onClose={() => setPrinted(null)} />}
    </>
  );
}
