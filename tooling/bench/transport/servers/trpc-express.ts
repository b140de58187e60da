import { createExpressMiddleware } from "@trpc/server/adapters/express";
import express from "express";
import { listen } from "./listen.ts";
import { tinyRouter } from "./tiny-router.ts";

const app = express();
app.use("/trpc", createExpressMiddleware({ router: tinyRouter }));
listen(app);
