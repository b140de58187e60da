import type { Express } from "express";
import type { SignIn } from "../adapters/sign-in.ts";

/** Everything under /api/auth is the sign-in library's. Mounted before any body is read. */
export function mountSignIn(app: Express, { nodeHandler }: SignIn): void {
  app.all("/api/auth/{*any}", (request, response) => nodeHandler(request, response));
}
