import { demoAccounts } from "@tessera/db";
import type { Express } from "express";

/** The demo's accounts, for the sign-in page. Outside the demo there are none. */
export function mountDemo(app: Express, isDemo: boolean): void {
  app.get("/api/v1/demo", (_request, response) => {
    if (!isDemo) return void response.status(404).json({ message: "There is no demo here." });
    response.json({ accounts: demoAccounts });
  });
}
