import express from "express";
import { worked } from "../work.ts";
import { listen } from "./listen.ts";

const app = express();
app.use(express.json());
app.post("/trpc/scan", (request, response) => void response.json({ result: { data: worked(request.body) } }));
listen(app);
