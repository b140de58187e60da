import { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import { appRouter, type Context } from "@tessera/api";
import { getWSConnectionHandler } from "@trpc/server/adapters/ws";
import type { Logger } from "pino";
import type { WebSocket, WebSocketServer } from "ws";
import { logFaults } from "../routes/trpc.ts";
import type { Line, Opening } from "./line.ts";

/** What tRPC's handler takes for a socket: a line, as far as the front gives it on. */
class Facade extends EventEmitter {
  readonly OPEN = 1;
  readonly context: Context;
  readonly #line: Line;

  constructor(line: Line, context: Context) {
    super();
    this.#line = line;
    this.context = context;
  }

  get readyState(): number {
    return this.#line.isOpen ? this.OPEN : this.OPEN + 1;
  }

  send(text: string): void {
    this.#line.say(text);
  }

  close(): void {
    this.#line.client.close();
  }

  terminate(): void {
    this.#line.client.terminate();
  }
}

/** tRPC's own handler on one line. */
export interface Adapter {
  hear(message: Buffer, isBinary: boolean): void;
  /** The line is gone. */
  end(): void;
}

/** Makes an adapter for a line, when its first unusual message has come. */
export type OpenAdapter = (line: Line, context: Context, isIntroduced: boolean) => Adapter;

/** @returns What opens tRPC's handler on a line. `isIntroduced`: the message that says who it is was read already. */
export function adapterOpener(maxBatchSize: number, log: Logger): OpenAdapter {
  const handler = getWSConnectionHandler({
    wss: null as unknown as WebSocketServer, // asked for by its type, and never used: the lines are ours
    router: appRouter,
    maxBatchSize,
    onError: logFaults(log),
    createContext: ({ res }) => (res as unknown as Facade).context,
  });

  return (line, context, isIntroduced) => {
    const facade = new Facade(line, context);
    handler(facade as unknown as WebSocket, asRequest(isIntroduced ? { ...line.request, url: "/trpc" } : line.request));
    return {
      hear: (message, isBinary) => void facade.emit("message", message, isBinary),
      end: () => void facade.emit("close"),
    };
  };
}

/** The handler looks at address and headers alone. An address without `connectionParams` says that none will follow. */
const asRequest = (opening: Opening): IncomingMessage => opening as IncomingMessage;
