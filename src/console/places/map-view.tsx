import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { PageFailure } from "../parts/asking/failure.tsx";
import { EmptyNote, Skeleton } from "../parts/notes.tsx";
import { type CountyMap, drawCounty, type Shapes } from "./county-map.ts";
import { GridPanel } from "./grid-panel.tsx";
import { type Counted, lookOf, NO_VALUE, numberOf, stepOf } from "./layers.ts";
import { Legend } from "./legend.tsx";
import { NumbersTable } from "./numbers-table.tsx";
import { LAYERS, type Layer, type PlaceParams } from "./params.ts";

const FRESH_MS = 5 * 60_000;

/** The map of the county's grids, coloured by one number, with the same numbers as a table below. */
export function MapView(props: { readonly params: PlaceParams; readonly onPosters: (grid: string) => void }) {
  const { words } = useLanguage();
  const { places } = words;
  const { me, call } = useSession();
  const navigate = useNavigate();
  const { layer = "answering", township = null, grid = null } = props.params;
  const shapes = useQuery({
    queryKey: ["shapes"],
    queryFn: async ({ signal }) => (await call("GET /grids/shapes", { signal })).body,
    staleTime: FRESH_MS,
    retry: mayAskAgain,
  });
  const figures = useQuery({
    queryKey: ["grid-figures"],
    queryFn: async ({ signal }) => (await call("GET /grids/figures", { signal })).body,
    staleTime: FRESH_MS,
    retry: mayAskAgain,
  });
  const failed = shapes.error ?? figures.error;
  const change = (more: PlaceParams) =>
    void navigate({ to: "/places", search: { ...props.params, ...more }, replace: true });
  if (failed !== null)
    return (
      <PageFailure
        error={failed}
        again={() => {
          void shapes.refetch();
          void figures.refetch();
        }}
      />
    );
  if (shapes.data === undefined || figures.data === undefined) return <Skeleton rows={8} isLoading />;
  const all = figures.data.grids;
  if (all.length === 0) return <EmptyNote text={places.emptyAll} />;
  const townships = [...new Set(all.map((one) => one.township))].sort();
  const shown = township === null ? all : all.filter((one) => one.township === township);
  const layers = figures.data.seesCases ? LAYERS : LAYERS.slice(0, 1);
  const { grids, withoutShape } = shapes.data;
  return (
    <>
      <div className="toolbar toolbar-start">
        <NativeSelect
          label={places.layer}
          value={layer}
          data={layers.map((value) => ({ value, label: places.layers[value] }))}
          onChange={({ currentTarget: { value } }) => change({ layer: value as Layer })}
        />
        <NativeSelect
          label={places.township}
          value={township ?? ""}
          data={[{ value: "", label: places.allTownships }, ...townships]}
          onChange={({ currentTarget: { value } }) =>
            change({ township: value === "" ? undefined : value, grid: undefined })
          }
        />
      </div>
      {grids.length === 0 ? (
        <EmptyNote text={places.noShapes}>
          {mayAsk(me, "POST /imports") ? <Link to="/imports">{places.toImport}</Link> : null}
        </EmptyNote>
      ) : (
        <>
          <div className="map-row">
            <div className="map-column">
              <Drawing
                shapes={shapes.data}
                tiles={figures.data.tiles}
                counted={all}
                layer={layer}
                township={township}
                grid={grid}
                onChoose={(code) => change({ grid: code })}
              />
              <Legend layer={layer} />
            </div>
            {grid === null ? null : (
              <GridPanel
                code={grid}
                onPosters={() => props.onPosters(grid)}
                onClose={() => change({ grid: undefined })}
              />
            )}
          </div>
          {withoutShape === 0 ? null : <p className="small">{places.someWithoutShape(withoutShape)}</p>}
        </>
      )}
      <p className="small">{places.how}</p>
      <NumbersTable
        key={`${layer} ${township}`}
        grids={shown}
        layer={layer}
        onChoose={(code) => change({ grid: code })}
      />
      {grids.length === 0 && grid !== null ? (
        <GridPanel code={grid} onPosters={() => props.onPosters(grid)} onClose={() => change({ grid: undefined })} />
      ) : null}
    </>
  );
}

/** The canvas itself; it is drawn once, and painted anew when what it shows changes. */
function Drawing(props: {
  readonly shapes: Shapes;
  readonly tiles: string | null;
  readonly counted: readonly Counted[];
  readonly layer: Layer;
  readonly township: string | null;
  readonly grid: string | null;
  readonly onChoose: (code: string) => void;
}) {
  const { words } = useLanguage();
  const { shapes, tiles, counted, layer, township, grid } = props;
  const { zoomIn, zoomOut } = words.places;
  const box = useRef<HTMLElement>(null);
  const choose = useRef(props.onChoose);
  choose.current = props.onChoose;
  const [map, setMap] = useState<CountyMap | null>(null);
  useEffect(() => {
    if (box.current === null) return;
    const drawn = drawCounty(box.current, shapes, {
      tiles,
      says: { zoomIn, zoomOut },
      onChoose: (code) => choose.current(code),
    });
    setMap(drawn);
    return () => drawn.remove();
  }, [shapes, tiles, zoomIn, zoomOut]);
  useEffect(() => {
    const values = new Map(counted.map((one) => [one.code, numberOf(one, layer)]));
    map?.paint((code) => {
      const value = values.get(code);
      return value === undefined ? NO_VALUE : lookOf(layer, stepOf(value, layer));
    });
  }, [map, counted, layer]);
  useEffect(() => map?.goTo(township), [map, township]);
  useEffect(() => map?.mark(grid), [map, grid]);
  return <section ref={box} className="county-map" aria-label={words.places.map} data-ready={map !== null} />;
}
