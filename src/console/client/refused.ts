import type { Words } from "../words/zh-CN.ts";

/** A thing that happened to a case since the version that was named. */
export type Since = { readonly type: string; readonly by: string; readonly at: string };

type Told = {
  readonly status: number;
  readonly code: string;
  readonly isWrite: boolean;
  readonly request?: string | null;
  readonly since?: readonly Since[];
  readonly etag?: string | null;
  readonly waitSeconds?: number;
  readonly findings?: readonly { readonly at?: string; readonly text?: string }[];
};

/** A refusal of the API, or its absence, with the stable word by which the console says what it was. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly isWrite: boolean;
  readonly request: string | null;
  /** What happened to the thing meanwhile, where somebody was faster. */
  readonly since: readonly Since[];
  /** The version of the thing now, where somebody was faster. */
  readonly etag: string | null;
  readonly waitSeconds: number;
  /** The places of what was sent that are not right. */
  readonly findings: readonly string[];

  constructor(told: Told) {
    super(told.code);
    this.status = told.status;
    this.code = told.code;
    this.isWrite = told.isWrite;
    this.request = told.request ?? null;
    this.since = told.since ?? [];
    this.etag = told.etag ?? null;
    this.waitSeconds = told.waitSeconds ?? 0;
    this.findings = (told.findings ?? []).map(({ at = "" }) => at.replace(/^(body|query)\./, ""));
  }
}

const BY_STATUS: Readonly<Record<number, string>> = {
  401: "signed-out",
  403: "forbidden",
  404: "not-found",
  409: "state",
  413: "too-large",
  422: "content",
  429: "too-often",
  500: "failed-here",
  503: "unavailable",
};

/** The refusal of an answer, read from its problem document. */
export async function refusalOf(response: Response, name: string, isWrite: boolean): Promise<Refused> {
  const text = await response.text();
  const told = readProblem(text);
  // Signing in refuses with 401 as well, and there it does not mean that a session has ended.
  const isSigningIn = name.startsWith("POST /session") || name.startsWith("POST /invitations");
  const byStatus = response.status === 401 && isSigningIn ? "wrong-sign-in" : BY_STATUS[response.status];
  const etag = response.headers.get("etag");
  return new Refused({
    ...told,
    status: response.status,
    code: (response.status === 401 ? byStatus : (told.code ?? byStatus)) ?? "other",
    isWrite,
    request: told.request ?? response.headers.get("x-request-id"),
    etag: etag === null ? null : etag.replaceAll('"', ""),
    waitSeconds: Number(response.headers.get("retry-after") ?? 0),
  });
}

function readProblem(text: string): Partial<Told> {
  try {
    const told: unknown = JSON.parse(text);
    return typeof told === "object" && told !== null ? told : {};
  } catch {
    return {};
  }
}

/** Whether a sealed case was refused until somebody says why they read it. */
export function asksForReason(error: unknown): boolean {
  return error instanceof Refused && error.code === "reason-needed";
}

/** The sentence for a refusal, then what became of the request. */
export function sayRefusal({ refusals }: Words, error: unknown): { readonly what: string; readonly more: string } {
  if (!(error instanceof Refused)) return { what: refusals.byCode.other, more: "" };
  const known: Readonly<Record<string, string>> = refusals.byCode;
  const what = known[error.code] ?? known[BY_STATUS[error.status] ?? ""] ?? refusals.byCode.other;
  const wait = error.waitSeconds > 0 ? [refusals.wait(Math.ceil(error.waitSeconds / 60))] : [];
  const places = error.findings.length > 0 ? [error.findings.join(", ")] : [];
  const became = error.isWrite ? [error.status === 0 || error.status === 500 ? refusals.unsure : refusals.stored] : [];
  const request = error.request === null ? [] : [refusals.number(error.request)];
  return { what: [what, ...places, ...wait].join(" "), more: [...became, ...request].join(" ") };
}
