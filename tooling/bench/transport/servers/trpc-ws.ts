import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer } from "ws";
import { listen } from "./listen.ts";
import { tinyRouter } from "./tiny-router.ts";

const server = listen((_request, response) => void response.writeHead(404).end());
applyWSSHandler({ wss: new WebSocketServer({ server }), router: tinyRouter });
