import { randomUUID } from "node:crypto";
import { TenantId } from "@tessera/contracts";
import type { Bus, News } from "@tessera/domain/events/bus";
import { inProcessBus } from "@tessera/domain/events/in-process-bus";
import { Redis } from "ioredis";
import { z } from "zod";

/** The bus of several processes, with its connections. */
export interface RedisBus extends Bus {
  /** @returns On how many of its nodes this process listens now. */
  nodes(): number;
  close(): void;
}

export interface RedisBusOptions {
  /** News from another process. Nobody here hears of it before this is done. */
  onHeard(tenant: TenantId, news: News): Promise<unknown> | null;
  /** On how many nodes this process listens from now on. */
  onNodes?(nodes: number): void;
  /** A node does not answer, or somebody said what no process of ours says. */
  onTrouble(cause: unknown): void;
}

const CHANNEL = "tessera:news";
/** Longer than any message of ours; what is longer is not even read. */
const MOST_LETTERS = 4_096;
/** A node that lets a message wait for this long is given up, so that no more wait in this process. */
const ANSWER_WITHIN_MS = 2_000;
const LONGEST_RETRY_MS = 1_000;
/** After news of a tenant, more of it waits this long: whoever hears it reads the journal, once for all that came. */
const GATHER_MS = 20;

/** How far a journal goes, and what to look at again. Nothing in it is believed: whoever hears it reads the journal. */
const Message = z.strictObject({
  from: z.uuid(),
  tenant: TenantId,
  upTo: z.int().nonnegative(),
  about: z.array(z.string().max(60)).max(60),
});

/**
 * A bus over Redis' publish and subscribe. News goes to every node, so two processes hear each other as long as there is
 * one that both reach; what is heard twice does no harm. While none answers, news of other processes comes with the
 * journal's head (docs/decisions/0017-the-bus.md).
 *
 * @param urls The nodes. None of them has to be there, now or later.
 * @param options Who is told of what.
 */
export function openRedisBus(
  urls: readonly string[],
  { onHeard, onNodes = () => {}, onTrouble }: RedisBusOptions,
): RedisBus {
  const me = randomUUID();
  const here = inProcessBus();
  const listening = new Set<Redis>();
  const gathering = new Map<TenantId, Gathered>();

  function hear(text: string): void {
    const { data, error } = text.length > MOST_LETTERS ? tooLong : Message.safeParse(parsed(text));
    if (!data) {
      onTrouble(error);
      return;
    }
    const { from, tenant, upTo, about } = data;
    if (from === me) return; // who listens here was told when it was said
    const news = { upTo, events: [], about };
    const busy = gathering.get(tenant);
    if (busy) busy.held = busy.held ? merged(busy.held, news) : news;
    else tell(tenant, news);
  }

  /** The first news after a quiet time goes on at once. */
  function tell(tenant: TenantId, news: Told): void {
    const gathered: Gathered = { held: null, timer: setTimeout(() => release(tenant), GATHER_MS) };
    gathered.timer.unref();
    gathering.set(tenant, gathered);
    const ready = onHeard(tenant, news);
    if (ready) ready.then(() => here.publish(tenant, news), onTrouble);
    else here.publish(tenant, news);
  }

  function release(tenant: TenantId): void {
    const held = gathering.get(tenant)?.held;
    gathering.delete(tenant);
    if (held) tell(tenant, held);
  }

  const mouths = urls.map((url) => connection(url, onTrouble));
  const ears = urls.map((url) => {
    const ear = connection(url, onTrouble);
    const listens = (does: boolean) => {
      if (does) listening.add(ear);
      else listening.delete(ear);
      onNodes(listening.size);
    };
    ear.on("ready", () => void ear.subscribe(CHANNEL).then(() => listens(true), onTrouble));
    ear.on("close", () => listens(false));
    ear.on("message", (_channel, text) => hear(text));
    return ear;
  });

  return {
    publish(tenant, news) {
      here.publish(tenant, news);
      const about: readonly string[] = news.about ?? [...new Set(news.events.map(({ type }) => type))];
      if (about.length === 0) return;
      const message = JSON.stringify({ from: me, tenant, upTo: news.upTo, about });
      for (const mouth of mouths) {
        if (mouth.status === "ready") mouth.publish(CHANNEL, message).catch(onTrouble);
      }
    },
    listen: here.listen,
    heard: here.heard,
    nodes: () => listening.size,
    close() {
      for (const { timer } of gathering.values()) clearTimeout(timer);
      for (const node of [...mouths, ...ears]) node.disconnect();
    },
  };
}

type Told = News & { about: readonly string[] };

/** What came of a tenant since it was told last. */
interface Gathered {
  held: Told | null;
  timer: NodeJS.Timeout;
}

const merged = (one: Told, other: Told): Told => ({
  upTo: Math.max(one.upTo, other.upTo),
  events: [],
  about: [...new Set([...one.about, ...other.about])],
});

const tooLong = { data: undefined, error: new Error("a message on the bus was too long") };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Listens again by hand when it is back: a connection that never was cannot be made to by the library. */
function connection(url: string, onTrouble: (cause: unknown) => void): Redis {
  const node = new Redis(url, {
    enableOfflineQueue: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    socketTimeout: ANSWER_WITHIN_MS,
    retryStrategy: (times) => Math.min(LONGEST_RETRY_MS, 50 * times) * (0.5 + Math.random() / 2),
  });
  node.on("error", onTrouble);
  return node;
}
