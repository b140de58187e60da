// The limit: node:http and JSON, nothing else.
import { worked } from "../work.ts";
import { listen } from "./listen.ts";

listen((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (piece: string) => {
    body += piece;
  });
  request.on("end", () => {
    const answer = JSON.stringify({ result: { data: worked(JSON.parse(body)) } });
    response
      .writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) })
      .end(answer);
  });
});
