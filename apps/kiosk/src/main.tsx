import "./kiosk.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Kiosk } from "./kiosk.tsx";
import { startShell } from "./update/shell.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root");

createRoot(root).render(
  <StrictMode>
    <Kiosk />
  </StrictMode>,
);

if (import.meta.env.PROD) startShell();
