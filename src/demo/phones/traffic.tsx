import { exactTime } from "./times.ts";
import type { WireTraffic } from "./wire.ts";

/**
 * The column between the phones: texts to try, and every exchange between the platform and the service as it happens.
 */
export function Traffic(props: {
  readonly samples: readonly string[];
  readonly traffic: readonly WireTraffic[];
  readonly onSample: (text: string) => void;
}) {
  const { samples, traffic, onSample } = props;
  return (
    <section className="middle" aria-label="试一试与平台往来">
      {samples.length > 0 && (
        <div className="samples">
          <h2>试一试</h2>
          <p>点一句，居民的手机就会发出去：</p>
          <ul>
            {samples.map((sample) => (
              <li key={sample}>
                <button type="button" data-testid="sample" onClick={() => onSample(sample)}>
                  {sample}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <details className="traffic" open>
        <summary>
          平台往来 <span className="count">{traffic.length === 0 ? "" : traffic.length}</span>
        </summary>
        <p>手机上看到的，都经过签名回调、数据库、队列和平台接口，没有捷径。</p>
        <ol data-testid="traffic">
          {traffic.map((entry) => (
            <li key={entry.id} data-kind={entry.kind} data-ok={entry.ok}>
              <span className="traffic-way">{entry.kind === "webhook" ? "微信 → 联络站" : "联络站 → 微信"}</span>
              <time dateTime={entry.at}>{exactTime(entry.at)}</time>
              <span className="traffic-what">{entry.what}</span>
              <span className="traffic-result">{entry.result}</span>
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}
