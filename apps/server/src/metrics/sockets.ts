import { topics } from "@tessera/api";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { type Closing, closings } from "../sockets/closing.ts";

/**
 * Why a socket is no more: we closed it, the client did, or what the client sent is no such protocol: `too_large` for a
 * message beyond the limit, `malformed` for all else.
 */
export type Ending = Closing | "by_client" | "too_large" | "malformed";

/** What is counted of sockets. */
export interface SocketMetrics {
  opened(): void;
  closed(why: Ending): void;
  /** Somebody began to listen (1) or stopped (-1). */
  listening(topic: string, change: 1 | -1): void;
  /** Messages were written. */
  told(topic: string, messages: number): void;
  /** Somebody reads too slowly, and gets one message later in place of some now. */
  leftOut(topic: string): void;
  /**
   * An event was written to all, so many milliseconds after it arrived in this process.
   *
   * @param sinceDecided And so many after it was decided; null when nobody knows.
   */
  wrote(topic: string, sinceArrived: number, sinceDecided: number | null): void;
}

/** Seconds. One event for ten thousand takes some hundredths; what is gathered waits 0.05. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

/** Seconds. A tenth is what people do not notice; a second is what it may be without Redis. */
const DECIDED_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2, 5, 10];

/** @returns All at zero, and read with `register`. */
export function openSocketMetrics(register: Registry): SocketMetrics {
  const registers = [register];
  const open = new Gauge({ name: "websocket_connections_active", help: "Open sockets", registers });
  const opened = new Counter({ name: "websocket_connections_total", help: "Sockets that were opened", registers });
  const closed = new Counter({
    name: "websocket_disconnects_total",
    help: "Sockets that were closed, by why",
    labelNames: ["why"],
    registers,
  });
  const listeners = new Gauge({
    name: "tessera_subscriptions",
    help: "Subscriptions that many have in common",
    labelNames: ["topic"],
    registers,
  });
  const messages = new Counter({
    name: "tessera_messages_total",
    help: "Messages that were written to subscribers",
    labelNames: ["topic"],
    registers,
  });
  const leftOut = new Counter({
    name: "tessera_messages_left_out_total",
    help: "Times a slow reader was left out, to be told one message later in place of many",
    labelNames: ["topic"],
    registers,
  });
  const latency = new Histogram({
    name: "tessera_news_write_seconds",
    help: "From an event's arrival in this process until it was written to all who hear of it",
    labelNames: ["topic"],
    buckets: SECONDS,
    registers,
  });
  const updates = new Histogram({
    name: "availability_update_latency",
    help: "From the decision that changed a thing's availability until it was written to all who hear of it, seconds",
    buckets: DECIDED_SECONDS,
    registers,
  });
  for (const why of [...Object.keys(closings), "by_client", "too_large", "malformed"]) closed.inc({ why }, 0);
  for (const topic of topics.keys()) {
    listeners.set({ topic }, 0);
    messages.inc({ topic }, 0);
    leftOut.inc({ topic }, 0);
  }

  return {
    opened() {
      open.inc();
      opened.inc();
    },
    closed(why) {
      open.dec();
      closed.inc({ why });
    },
    listening: (topic, change) => listeners.inc({ topic }, change),
    told: (topic, count) => messages.inc({ topic }, count),
    leftOut: (topic) => leftOut.inc({ topic }),
    wrote(topic, sinceArrived, sinceDecided) {
      latency.observe({ topic }, sinceArrived / 1_000);
      if (topic !== "live.availability" || sinceDecided === null) return;
      updates.observe(Math.max(0, sinceDecided) / 1_000); // the database's clock may be a little ahead of ours
    },
  };
}
