import { useState } from "react";
import { Sheet } from "./sheet.tsx";
import type { Scene } from "./wire.ts";

const SHOWN = 40;

/** The QR codes that hang in the county: find one, look at it, scan it. */
export function CodePicker(props: {
  readonly scenes: readonly Scene[];
  readonly onClose: () => void;
  readonly onScan: (scene: string) => void;
}) {
  const { scenes, onClose, onScan } = props;
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<Scene | null>(null);
  const found = scenes.filter(({ label, scene }) => `${label} ${scene}`.includes(query.trim()));

  return (
    <Sheet title={chosen === null ? "扫哪里的二维码？" : chosen.label} onClose={onClose}>
      {chosen === null ? (
        <>
          <input
            type="search"
            className="search"
            data-testid="scan-search"
            aria-label="查找联络站、网格或代表"
            placeholder="联络站、网格或代表"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <ul className="codes">
            {found.slice(0, SHOWN).map((scene) => (
              <li key={scene.scene}>
                <button type="button" data-testid="scan-item" data-scene={scene.scene} onClick={() => setChosen(scene)}>
                  {scene.label}
                </button>
              </li>
            ))}
          </ul>
          <p className="picked" role="status">
            {found.length > SHOWN ? `共 ${found.length} 个，输入名称缩小范围` : `共 ${found.length} 个`}
          </p>
        </>
      ) : (
        <>
          <img className="qr" src={`/qr?scene=${encodeURIComponent(chosen.scene)}`} alt={`${chosen.label}的二维码`} />
          <div className="sheet-actions">
            <button type="button" className="quiet" onClick={() => setChosen(null)}>
              换一个
            </button>
            <button
              type="button"
              className="primary"
              data-testid="scan-confirm"
              onClick={() => {
                onScan(chosen.scene);
                onClose();
              }}
            >
              扫这个码
            </button>
          </div>
        </>
      )}
    </Sheet>
  );
}
