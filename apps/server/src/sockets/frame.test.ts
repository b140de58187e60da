import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { PING_FRAME, textFrame } from "./frame.ts";

const TEXTS = ["", "x", "x".repeat(125), "x".repeat(126), "é".repeat(40_000), "x".repeat(65_535), "x".repeat(65_536)];

describe("a ready frame", () => {
  it("is read as the text it holds, whatever its length", async () => {
    const server = createServer();
    const sockets = new WebSocketServer({ noServer: true });
    server.on("upgrade", (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, () => {
        for (const text of TEXTS) socket.write(textFrame(text));
        socket.write(PING_FRAME);
      });
    });
    server.listen(0);
    await once(server, "listening");
    const client = new WebSocket(`ws://localhost:${(server.address() as AddressInfo).port}`);
    const heard: string[] = [];
    client.on("message", (message) => heard.push(message.toString()));
    await once(client, "ping");
    expect(heard).toEqual(TEXTS);
    client.terminate();
    server.close();
  });
});
