import { Server } from "socket.io";
import { newsServer } from "./news-server.ts";

const server = newsServer((event) => void io.to("news").emit("news", event));
const io = new Server(server, { transports: ["websocket"], serveClient: false });
io.on("connection", (socket) => {
  socket.on("join", () => {
    void socket.join("news");
    socket.emit("joined");
  });
});
