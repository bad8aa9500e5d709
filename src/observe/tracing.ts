import { httpInstrumentationMiddleware } from "@hono/otel";
import {
  type Context,
  context,
  type DiagLogger,
  DiagLogLevel,
  diag,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-node";
import type { MiddlewareHandler } from "hono";
import type { Logger } from "pino";
import { withTimeout } from "../with-timeout.ts";
import type { TraceParent, TraceSettings, Tracing } from "./watch.ts";

/** A tracing that was started; BullMQ's own instrumentation finds it by OpenTelemetry's global interface. */
export type StartedTracing = Tracing & {
  /** A span per request; its parent is what the request says. */
  readonly middleware: MiddlewareHandler;
  /** Sends what was not sent yet, for two seconds at most. */
  close(): Promise<void>;
};

const NAME = "liaison";
const FAREWELL_MS = 2000;
const EXPORT_LIMIT_MS = 5000;
/** Every attribute that may leave this machine. Addresses carry platform ids, and errors quote rows. */
const ALLOWED =
  /^(http\.(request\.method|response\.status_code|route)|liaison\.\w+|bullmq\.(queue|job)\.(name|operation|id|attempts.made|bulk\.count))$/;

/**
 * Starts tracing, once for all parts of the process: the context is kept by OpenTelemetry's global interface, on which
 * its instrumentations rely.
 */
export function startTracing(settings: TraceSettings, log: Logger): StartedTracing {
  diag.setLogger(toLog(log), DiagLogLevel.WARN);
  const exporter = new OTLPTraceExporter({
    url: settings.url,
    headers: { ...settings.headers },
    timeoutMillis: EXPORT_LIMIT_MS,
  });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": settings.serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(settings.share) }),
    spanProcessors: [withoutPeople(new BatchSpanProcessor(exporter))],
  });
  // Trace context alone: baggage, which anybody may send, would travel with our jobs.
  provider.register({ propagator: new W3CTraceContextPropagator() });
  const tracer = provider.getTracer(NAME);
  return {
    middleware: httpInstrumentationMiddleware({ tracerProvider: provider, captureActiveRequests: false }),
    current: () => carry(context.active()),
    step(name, { parents = [], attributes = {}, ended, isCall = false }, work) {
      const { parent, links } = placeOf(parents);
      const kind = isCall ? SpanKind.CLIENT : SpanKind.INTERNAL;
      return tracer.startActiveSpan(name, { kind, attributes, links }, parent, async (span) => {
        try {
          const result = await work();
          if (ended !== undefined) span.setAttributes(ended(result));
          return result;
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      });
    },
    async close() {
      await withTimeout(FAREWELL_MS, provider.shutdown()).catch((error) =>
        log.warn({ err: error }, "the last traces could not be sent"),
      );
      trace.disable();
      context.disable();
      propagation.disable();
      diag.disable();
    },
  };
}

/**
 * Where a step belongs. One job carries the keys of many messages: a step about one of them belongs to the trace of that
 * message, below the job where the job is of the same trace, otherwise linked with it.
 */
function placeOf(parents: readonly TraceParent[]): { readonly parent: Context; readonly links: Link[] } {
  const here = trace.getSpanContext(context.active());
  const [first, ...others] = parents.flatMap(read);
  const links = others.map((other): Link => ({ context: other }));
  if (first === undefined || here?.traceId === first.traceId) return { parent: context.active(), links };
  if (here !== undefined) links.push({ context: here });
  return { parent: trace.setSpanContext(ROOT_CONTEXT, first), links };
}

function carry(from: Context): TraceParent | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(from, carrier);
  return carrier.traceparent;
}

function read(traceparent: TraceParent): SpanContext[] {
  const found = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, { traceparent }));
  return found === undefined ? [] : [found];
}

/** Takes everything off a span that is not known to be harmless, before it is handed on. */
function withoutPeople(next: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, parent) => next.onStart(span, parent),
    onEnd(span) {
      for (const name of Object.keys(span.attributes)) {
        if (!ALLOWED.test(name)) delete span.attributes[name];
      }
      span.events.length = 0;
      next.onEnd(span);
    },
    forceFlush: () => next.forceFlush(),
    shutdown: () => next.shutdown(),
  };
}

function toLog(log: Logger): DiagLogger {
  const say = (level: "error" | "warn" | "debug") => (message: string) => log[level]({ tracing: message }, "tracing");
  return { error: say("error"), warn: say("warn"), info: say("debug"), debug: say("debug"), verbose: say("debug") };
}
