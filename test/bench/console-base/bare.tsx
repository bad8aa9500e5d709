import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

type Row = {
  readonly number: string;
  readonly summary: string;
  readonly state: string;
  readonly place: { readonly name: string | null; readonly township: string | null };
  readonly holder: { readonly name: string };
  readonly dueOn: string;
  readonly lastSpoken: { readonly at: string; readonly by: string };
};

/** The least that a page with these rows can be: React, one question, one table. */
function Bare() {
  const [rows, setRows] = useState<readonly Row[]>([]);
  useEffect(() => {
    const asked = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"filter":{},"sort":"newest"}',
    };
    void fetch("/api/v1/cases/search", asked)
      .then((answer) => answer.json())
      .then(({ items }) => setRows(items));
  }, []);
  return (
    <main>
      <table>
        <thead>
          <tr>
            {["编号", "内容", "状态", "地点", "谁在办", "期限", "最近"].map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number}>
              <th>
                <a href={`/console/cases/${row.number}`}>{row.number}</a>
              </th>
              <td>{row.summary}</td>
              <td>{row.state}</td>
              <td>
                {row.place.township} {row.place.name}
              </td>
              <td>{row.holder.name}</td>
              <td>{row.dueOn}</td>
              <td>
                {row.lastSpoken.by} {row.lastSpoken.at}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}

const place = document.getElementById("bare");
if (place !== null) createRoot(place).render(<Bare />);
