// The limit: the library `ws`, one buffer to everybody.
import { WebSocketServer } from "ws";
import { messageOf, newsServer } from "./news-server.ts";

const server = newsServer((event) => {
  const message = Buffer.from(messageOf(event));
  for (const client of wss.clients) client.send(message, { binary: false });
});
const wss = new WebSocketServer({ server, perMessageDeflate: false });
wss.on("connection", (client) => client.send("welcome"));
