import type { Express } from "express";

/** `/livez`: the process turns. `/readyz`: it can serve, now. */
export function mountHealth(app: Express, isReady: () => Promise<boolean>): void {
  app.get("/livez", (_request, response) => void response.json({ live: true }));

  app.get("/readyz", async (_request, response) => {
    const ready = await isReady();
    response.status(ready ? 200 : 503).json({ ready });
  });
}
