// The limit over sockets: the library `ws` and JSON, nothing else.
import { WebSocketServer } from "ws";
import { worked } from "../work.ts";
import { listen } from "./listen.ts";

interface Message {
  id: number;
  params: { input: unknown };
}

const server = listen((_request, response) => void response.writeHead(404).end());
new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (client) => {
  client.on("message", (raw) => {
    const { id, params } = JSON.parse(raw.toString()) as Message;
    client.send(JSON.stringify({ id, result: { type: "data", data: worked(params.input) } }));
  });
});
